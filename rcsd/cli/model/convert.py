"""`rcsd convert`: a model file of one tool as that of another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rcsd.cli.options import AllowOutside, Json, ModelName
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command

EXAMPLE = "Example: rcsd convert city.mdl city.xmile"


def convert(
    model: ModelName,
    out: Annotated[
        Path,
        typer.Argument(metavar="OUT", help="File to write: .mdl for Vensim; .xmile, .stmx, .itmx or .xml for XMILE."),
    ],
    *,
    allow_outside: AllowOutside = False,
    json: Json = False,
) -> None:
    """Write a Vensim model as XMILE (also Stella's .stmx), or the other way round.

    The written file is loaded and run: if a unit, a range or a trajectory were not the same (to 1e-12), nothing is
    written. What the other tool cannot say is listed with variable and line.
    """
    from rcsd.simulation.conversion import convert as convert_model

    done = convert_model(model, out, allow_outside=allow_outside)
    compared = done.agreement
    if json:
        print_json(
            {
                "file": str(done.path),
                "variables": compared.n_variables,
                "times": compared.n_times,
                "largest_difference": compared.largest,
                "notes": list(done.notes),
            }
        )
        return
    for note in done.notes:
        print_line(f"note: {note}")
    print_line(
        f"{done.path}: {compared.n_variables:,} trajectories at {compared.n_times:,} times are the same, to "
        f"{compared.largest:.1e} of their largest values"
    )


COMMAND = Command(
    convert,
    group="Model",
    summary="Write a Vensim model as XMILE, or the other way.",
    example=EXAMPLE,
)
