"""`rcsd diagram`: the views of a model as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import AllowOutside, Json, ModelName
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command

if TYPE_CHECKING:
    from rcsd.report.diagram.choosing import Diagram

EXAMPLE = 'Example: rcsd diagram resource_city --view "Coal resource" -o coal.svg'


def diagram(
    model: ModelName,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where to draw: FILE.svg, FILE.png or FILE.html."),
    ] = None,
    view: Annotated[
        str | None, typer.Option(metavar="NAME", help="One view, by its name or number; all of them unless given.")
    ] = None,
    of: Annotated[
        str | None, typer.Option(metavar="VARIABLE", help="A variable with its causes and uses, instead of the views.")
    ] = None,
    constants: Annotated[bool, typer.Option(help="Show constants and tables.")] = True,
    each: Annotated[bool, typer.Option("--each", help="Write each view to a file of its own as well.")] = False,
    allow_outside: AllowOutside = False,
    json: Json = False,
) -> None:
    """Draw the views of a model as its tool would, or lay out a model that has none.

    A file shows one view, or a sheet of all; HTML has a tab for each view, to zoom, search, and ask for equations.
    Without a file, the command lists the views, and what of each covers or leaves what.
    """
    from rcsd.report.diagram.choosing import diagram_of
    from rcsd.report.diagram.write import write_diagram

    chosen = diagram_of(model, view=view, constants=constants, of=of, allow_outside=allow_outside)
    files = () if out is None else write_diagram(chosen, out, each=each)
    if json:
        print_json({**_document(chosen), "files": [str(file) for file in files]})
    elif out is None:
        _print(chosen)
    else:
        count = len(chosen.views)
        print_line(f"{count} view{'s' * (count > 1)}: {', '.join(map(str, files))}")


def _document(diagram: Diagram) -> dict[str, object]:
    from rcsd.simulation.views import blemishes

    return {
        "model": diagram.name,
        "views": [
            {
                "name": view.name,
                "notation": view.notation,
                "module": view.module,
                "elements": len(view.elements),
                "arrows": len(view.links),
                "flows": len(view.pipes),
                "blemishes": [{"kind": one.kind, "message": one.message} for one in blemishes(view)],
            }
            for view in diagram.views
        ],
    }


def _print(diagram: Diagram) -> None:
    from rcsd.simulation.views import blemishes
    from rcsd.simulation.views.element import NAMED

    found = [(view, blemishes(view)) for view in diagram.views]
    rows = [
        [
            view.name,
            str(sum(element.kind in NAMED for element in view.elements)),
            str(len(view.links)),
            str(len(view.pipes)),
            str(len(some)),
        ]
        for view, some in found
    ]
    print_table(f"Views of {diagram.name}", ["view", "variables", "arrows", "flows", "blemishes"], rows)
    for view, some in found:
        for one in some:
            print_line(f"{view.name}: {one.message}")


COMMAND = Command(
    diagram,
    group="Model",
    summary="Draw the views of a model as SVG, PNG or HTML.",
    example=EXAMPLE,
)
