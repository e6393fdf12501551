"""`rcsd verify`: whether the results in a folder are what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rcsd.cli.options import MOST_WORKERS, Json
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import ParameterError

EXAMPLE = "Example: rcsd verify out/jixi"


def verify(
    folders: Annotated[
        list[Path], typer.Argument(metavar="OUT...", help="Folders of results, one study in each, such as out/jixi.")
    ],
    *,
    rerun: Annotated[
        bool,
        typer.Option(help="Make the study again; without it only files, and the report against result.json."),
    ] = True,
    tolerance: Annotated[
        float, typer.Option("--tolerance", min=0, help="Relative difference up to which numbers count as the same.")
    ] = 1e-6,
    workers: Annotated[int, typer.Option("--workers", min=1, max=MOST_WORKERS, help="Processes.")] = 1,
    json: Json = False,
) -> None:
    """Verify the results of studies: files, numbers, and what the report prints.

    Every file is held to its SHA-256. The study is made again from the inputs in the folder, in a scratch folder, and
    every number of result.json, of the tables and of the report is held to the new one; every printed number that says
    where it stands in result.json, to the value there. Exit code 0: all is right; 1: something is not; 2: there are no
    results in the folder.
    """
    from rcsd.workbench.audit.verifying import verify as verified

    if not tolerance < 1:
        raise ParameterError(f"--tolerance {tolerance:g}: is a relative difference; give one below 1, such as 1e-6")
    with progress_bars() as noting:
        found = [
            verified(folder, rerun=rerun, tolerance=tolerance, workers=workers, progress=noting(folder.resolve().name))
            for folder in folders
        ]
    if json:
        print_json({"verified": [each.document for each in found]})
    else:
        print_line("\n\n".join(each.text for each in found))
    if not all(each.passed for each in found):
        raise typer.Exit(1)


COMMAND = Command(
    verify,
    group="Study",
    summary="Verify results: make them again, and compare.",
    example=EXAMPLE,
)
