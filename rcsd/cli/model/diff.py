"""`rcsd diff`: what changed between two versions, or two formats, of a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.model.versions import plain_text, version
from rcsd.cli.options import MOST_SEED, AllowOutside, Data, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.errors import ModelError, ParameterError

if TYPE_CHECKING:
    from rcsd.analysis.difference.comparing import ModelDifference

EXAMPLE = "Example: rcsd diff old/city.mdl city.mdl -o difference.html"
_DIFFERENT, _TROUBLE = 1, 2
_MOST_DRAWS = 100_000


def diff(  # noqa: PLR0913 - an option each
    old: Annotated[
        str | None, typer.Argument(metavar="[OLD]", help="A model file, or the null device for one that was added.")
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="A model file, or the null device for one that was removed.")
    ] = None,
    *,
    runs: Annotated[
        bool, typer.Option("--runs/--no-runs", help="Compare what the models do as well as what they say.")
    ] = True,
    draws: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            max=_MOST_DRAWS,
            help="Runs of each model with constants drawn from the ranges that both state; 0 for the base run alone.",
        ),
    ] = 64,
    seed: Annotated[int, typer.Option(min=0, max=MOST_SEED, help="Seed of the draws.")] = 0,
    top: Annotated[int, typer.Option(metavar="N", min=1, help="Variables that moved most to list.")] = 15,
    page: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE.html", help="Write a page with plots as well.")
    ] = None,
    textconv: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Print one model as text, a property per line, for git to compare; see docs."
        ),
    ] = None,
    data: Data = None,
    allow_outside: AllowOutside = False,
    json: Json = False,
) -> None:
    """Compare two models, of one format or two: variables, equations, units, tables, words, views, then their runs.

    A renamed variable is found by its equation and its uses. Equations are compared by meaning: another order of terms
    is no difference. Ends with 0 when the models are the same, 1 when they differ, and 2 when they cannot be compared.
    Works as a tool of git: git difftool -x "rcsd diff" HEAD~1 -- city.mdl
    """
    if textconv is not None:
        _print_text(textconv, (old, new), allow_outside=allow_outside)
        return
    if old is None or new is None:
        raise ParameterError("two models are compared: rcsd diff OLD NEW")
    if page is not None and page.suffix.lower() not in (".html", ".htm"):
        raise ParameterError(f"-o {page}: the page is HTML; name a file that ends in .html")
    from rcsd.analysis.difference.comparing import compare_models

    with version(old, allow_outside=allow_outside) as before, version(new, allow_outside=allow_outside) as after:
        found = compare_models(before, after, runs=runs, n_draws=draws, seed=seed, data=data or ())
    if page is not None:
        from rcsd.files import write_text_atomic
        from rcsd.report.difference.page import difference_page

        write_text_atomic(page, difference_page(found, old, new))
    if json:
        from rcsd.analysis.difference.document import difference_document

        print_json({"old": old, "new": new, **difference_document(found)})
    else:
        _print(found, old, new, top, page)
    if not found.same:
        raise typer.Exit(_TROUBLE if found.not_run and found.structure.same else _DIFFERENT)


def _print(found: ModelDifference, old: str, new: str, top: int, page: Path | None) -> None:
    from rcsd.report.difference.words import HEADINGS, behaviour_lines, moved_rows, structure_lines, verdict

    print_line(f"--- {old}\n+++ {new}")
    print_line("\n".join(structure_lines(found.structure)))
    if found.behaviour is not None:
        print_line("\n" + "\n".join(behaviour_lines(found.behaviour)))
        if found.behaviour.moved:
            most = found.behaviour.moved[:top]
            title = "Largest difference at one time, as a share of the range that both models cover"
            print_table(title, HEADINGS, moved_rows(most), n_words=2)
    elif found.not_run:
        print_line(f"\n{verdict(found)}")
    if page is not None:
        print_line(f"\n{page}")


def _print_text(path: Path, others: tuple[str | None, str | None], *, allow_outside: bool) -> None:
    """Print the text of one model; a file that is no model yet is printed as it is, so that git can go on."""
    if any(other is not None for other in others):
        raise ParameterError("--textconv prints one model: give it that file alone")
    try:
        with version(str(path), allow_outside=allow_outside) as loaded:
            if loaded is not None:
                from rcsd.report.difference.text import model_text

                print_line(model_text(loaded.ir))
    except ModelError as error:
        text = plain_text(path)
        if text is None:
            raise
        typer.echo(f"rcsd: warning: {error}", err=True)
        print_line(text)


COMMAND = Command(
    diff,
    group="Model",
    summary="Compare two models: what they say and what they do.",
    example=EXAMPLE,
)
