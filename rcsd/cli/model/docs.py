"""`rcsd docs`: a model as a page that documents every variable."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rcsd.cli.options import AllowOutside, Json, ModelName
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.errors import ParameterError

EXAMPLE = "Example: rcsd docs resource_city -o city.html"


def docs(
    model: ModelName,
    *,
    page: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The page; the model's name with .html unless given."),
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print tables of constants and equations in Markdown instead.")
    ] = False,
    loops: Annotated[
        bool, typer.Option("--loops/--no-loops", help="List feedback loops, for which the model is run.")
    ] = True,
    allow_outside: AllowOutside = False,
    json: Json = False,
) -> None:
    """Document a model: each variable with its equation, unit, range, source, causes, uses, views and loops.

    The page is one file of HTML that needs no other: with search, filters by type and view, and links both ways.
    """
    from rcsd.simulation.loading import load

    if markdown and json:
        raise ParameterError("--markdown and --json both write to standard output; keep one of the two")
    loaded = load(model, allow_outside=allow_outside)
    if markdown:
        from rcsd.report.model_page.markdown import markdown_tables

        _deliver(markdown_tables(loaded.ir), page)
        return
    from rcsd.report.model_page.facts import facts_of

    facts = facts_of(loaded, loops=loops)
    if json:
        from rcsd.report.model_page.document import page_document
        from rcsd.report.model_page.entry import entries_of

        print_json(
            {"model": loaded.name, **page_document(entries_of(loaded.ir, facts.views, facts.loops), facts.loops)}
        )
        return
    from rcsd.report.model_page.page import model_page

    target = Path(f"{loaded.name}.html") if page is None else page
    if target.suffix.lower() not in (".html", ".htm"):
        raise ParameterError(f"-o {target}: the page is HTML; name a file that ends in .html, or ask for --markdown")
    _deliver(model_page(loaded.ir, facts.views, facts.loops), target)
    if facts.note:
        print_line(facts.note)
    print_line(f"{len(loaded.ir.variables)} variables: {target}")


def _deliver(text: str, target: Path | None) -> None:
    """Write a text to a file, or print it."""
    from rcsd.files import write_text_atomic

    if target is None:
        print_line(text)
    else:
        write_text_atomic(target, text)


COMMAND = Command(
    docs,
    group="Model",
    summary="Document a model: a page of its variables.",
    example=EXAMPLE,
)
