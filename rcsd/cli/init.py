"""`rcsd init`: from a model and somebody's table to a study that runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import Json
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.errors import OutputError, ParameterError

if TYPE_CHECKING:
    from rcsd.study.setup.asking import Ask, Question
    from rcsd.study.setup.proposal import Proposal

_BOTH = 2
EXAMPLE = "Example: rcsd init predator_prey.mdl pelts.csv -o pelts && rcsd study pelts"


def init(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="MODEL DATA",
            help="A .mdl or .xmile file, or a model that comes along; and a table, CSV, TSV or xlsx, times down or "
            "across. With --city the table alone.",
        ),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FOLDER", help="Folder of the study; the model's name if left out."),
    ] = None,
    city: Annotated[
        str, typer.Option("--city", metavar="NAME", help="A resource-based city: the table is from its yearbook.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: take what is proposed.")] = False,
    match: Annotated[
        list[str] | None,
        typer.Option(
            "--match",
            metavar="COLUMN=VARIABLE",
            help="What a column is; repeatable. Nothing behind the sign leaves the column out.",
        ),
    ] = None,
    group: Annotated[
        str, typer.Option("--group", metavar="NAME", help="Which of several cities or the like in the table.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over a study that is there.")] = False,
    json: Json = False,
) -> None:
    """Propose a study of a model and a table, and write it as a folder that `rcsd study` runs.

    Columns are matched to variables by name and unit, the last fifth of the data is held out, and the constants that
    move the series most are estimated, as trial runs tell. What was understood is printed; study.toml says why each
    thing was proposed, and may be changed. On a terminal, what is in doubt is asked.
    """
    from rcsd.simulation.loading import load
    from rcsd.study.setup.asking import unasked
    from rcsd.study.setup.proposing import Wishes, propose
    from rcsd.study.setup.tables import read_table
    from rcsd.study.setup.written.folder import write_files

    ask = unasked if yes or json or not sys.stdin.isatty() else _asked
    if city:
        _city(city, given, _free(Path(city) if out is None else out, force=force), ask, json=json)
        return
    if len(given) != _BOTH:
        raise ParameterError(f"rcsd init takes a model and a table; got {' '.join(given)}")
    model, data = given[0], Path(given[1])
    loaded = load(model)
    folder = _free(Path(loaded.name) if out is None else out, force=force)
    proposal = propose(loaded, read_table(data), Wishes(_pairs(match or []), group), ask)
    path = write_files(proposal, folder)
    if json:
        print_json(_document(proposal, path))
    else:
        from rcsd.study.setup.written.summary import summary

        print_line(summary(proposal, folder))


def _free(folder: Path, *, force: bool) -> Path:
    """Insist on a folder without a study, unless it may be written over.

    Raises
    ------
    OutputError
        When there is one.
    """
    if (folder / "study.toml").exists() and not force:
        raise OutputError(f"{folder / 'study.toml'} is there already: give another folder with -o, or --force")
    return folder


def _city(name: str, given: list[str], folder: Path, ask: Ask, *, json: bool) -> None:
    """Write the study of a city.

    Raises
    ------
    ParameterError
        For more than a table.
    """
    from rcsd.simulation.loading import load
    from rcsd.study.setup.city import propose_city, write_city
    from rcsd.study.setup.tables import read_table

    if len(given) != 1:
        raise ParameterError(f"rcsd init --city takes one table, and brings the model along; got {' '.join(given)}")
    proposed = propose_city(name, read_table(Path(given[0])), load("resource_city"), ask)
    path = write_city(proposed, folder)
    assumed = {constant: source for constant, (_, _, source) in proposed.assumed.items()}
    if json:
        print_json({"study": str(path), "assumed": assumed, "doubts": list(proposed.doubts)})
        return
    print_line("\n".join(["Look at this:", *(f"  {each}" for each in proposed.doubts)]))
    print_line("\n".join(f"  {constant}: {source}" for constant, source in assumed.items()))
    print_line(f"Written: {path}\nNext: rcsd study {folder}")


def _pairs(texts: list[str]) -> dict[str, str]:
    """Read what --match says.

    Raises
    ------
    ParameterError
        For a text without the sign.
    """
    found = {}
    for text in texts:
        column, sign, variable = text.partition("=")
        if not sign:
            raise ParameterError(f'--match is written "COLUMN=VARIABLE"; got {text!r}')
        found[column.strip()] = variable.strip()
    return found


def _asked(question: Question) -> int:
    """Put a question on the terminal."""
    print_line(question.text)
    for number, option in enumerate(question.options, start=1):
        print_line(f"  {number}  {option}")
    while True:
        said = typer.prompt("Number", default=question.default + 1, type=int)
        if 1 <= said <= len(question.options):
            return int(said) - 1
        print_line(f"a number from 1 to {len(question.options)}")


def _document(proposal: Proposal, path: Path) -> dict[str, object]:
    return {
        "study": str(path),
        "series": {
            each.key: {"column": each.match.column.name, "variable": each.match.candidate.name}
            for each in proposal.series
        },
        "drivers": {
            each.key: {"column": each.match.column.name, "table": each.match.candidate.name}
            for each in proposal.drivers
        },
        "parameters": {each.name: [each.lower, each.upper] for each in proposal.parameters},
        "doubts": list(proposal.doubts),
        "account": list(proposal.account),
    }


COMMAND = Command(
    init,
    group="Study",
    summary="Propose a study of a model and a table of data.",
    example=EXAMPLE,
)
