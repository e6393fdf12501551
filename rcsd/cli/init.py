"""`rcsd init`: from a model and somebody's table to a study that runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import AllowOutside, Json
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.errors import OutputError, ParameterError

if TYPE_CHECKING:
    from rcsd.study.setup.asking import Question
    from rcsd.study.setup.proposal import Proposal

EXAMPLE = "Example: rcsd init predator_prey.mdl pelts.csv -o pelts && rcsd study pelts"


def init(  # noqa: PLR0913 - an option each
    model: Annotated[str, typer.Argument(metavar="MODEL", help="A .mdl or .xmile file, or a model that comes along.")],
    data: Annotated[Path, typer.Argument(metavar="DATA", help="A table: CSV, TSV or xlsx, times down or across.")],
    *,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FOLDER", help="Folder of the study; the model's name if left out."),
    ] = None,
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
    allow_outside: AllowOutside = False,
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

    loaded = load(model, allow_outside=allow_outside)
    folder = Path(loaded.name) if out is None else out
    if (folder / "study.toml").exists() and not force:
        raise OutputError(f"{folder / 'study.toml'} is there already: give another folder with -o, or --force")
    ask = unasked if yes or json or not sys.stdin.isatty() else _asked
    proposal = propose(loaded, read_table(data), Wishes(_pairs(match or []), group), ask)
    path = write_files(proposal, folder)
    if json:
        print_json(_document(proposal, path))
    else:
        from rcsd.study.setup.written.summary import summary

        print_line(summary(proposal, folder))


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
