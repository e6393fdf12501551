"""`rcsd structure`: the optimal structure of a region over its input-output table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import ParameterError

if TYPE_CHECKING:
    from rcsd.papers.structure import StructureResult, Task

_POINTS = 21
EXAMPLE = "Example: rcsd structure --city jixi --city hegang --out out"


def structure(
    programme: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Numbers and tables (programme.toml). Heilongjiang 2017 if left out."),
    ] = None,
    *,
    city: Annotated[
        list[str] | None,
        typer.Option("--city", metavar="NAME", help="Carry the compromise over to a city; may be given repeatedly."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help='Another value of a number, such as "demand.outflow=0.7".'),
    ] = None,
    points: Annotated[
        int, typer.Option("--points", min=2, max=1001, help="Evenly spaced points of the front.")
    ] = _POINTS,
    out: Annotated[
        Path, typer.Option("--out", help="Folder for results; they go into structure/ in it.")
    ] = DEFAULT_OUT,
    json: Json = False,
) -> None:
    """Optimise the structure of an economy: most value added, least use of a resource (Peng and Ji, eqs 10-17).

    Reads input-output tables, checks that they balance, traces the front of the two objectives exactly, marks the
    paper's weighted compromise on it, and says which constraints hold it there and at what price.
    """
    from dataclasses import replace

    from rcsd.files import together
    from rcsd.papers.structure import solve_structure
    from rcsd.papers.structure.file.reading import load_structure
    from rcsd.papers.structure.page import write_structure_report
    from rcsd.papers.structure.writer import structure_document, write_structure

    task = _changed(load_structure(programme), settings or [])
    task = replace(task, said=_said(programme, settings or [], points))
    with progress_bars() as noting:
        result = solve_structure(task, cities=city or [], n_points=points, progress=noting("structure"))
    with together():
        write_structure(result, out)
        report = write_structure_report(result, out)
    if json:
        print_json({"report": str(report), "result": structure_document(result)})
        return
    _print(result)
    print_line(str(report))


def _said(programme: Path | None, settings: list[str], points: int) -> tuple[str, ...]:
    """Return the words that ask for the same; what is as usual goes without saying."""
    file = [] if programme is None else [str(programme)]
    changed = [word for setting in settings for word in ("--set", setting)]
    return (*file, *changed, *([] if points == _POINTS else ["--points", str(points)]))


def _changed(task: Task, settings: list[str]) -> Task:
    """Set numbers as the command line asks."""
    from dataclasses import replace

    for setting in settings:
        name, equals, text = setting.rpartition("=")
        try:
            value = float(text)
        except ValueError:
            equals = ""
        if not equals:
            raise ParameterError(f"--set takes NAME=VALUE with a number, such as demand.outflow=0.7; got {setting!r}")
        task = replace(task, settings=task.settings.with_value(name.strip(), value))
    return task


def _print(result: StructureResult) -> None:
    from rcsd.papers.structure.words import summary
    from rcsd.papers.structure.writer import named_points

    programme, points = result.programme, named_points(result)
    rows = []
    for i, sector in enumerate(programme.sectors):
        before = 100 * programme.value_added[i] * programme.actual[i]
        before /= (programme.value_added * programme.actual)[programme.within(sector.region)].sum()
        after = [
            100
            * (programme.value_added * s.output)[i]
            / (programme.value_added * s.output)[programme.within(sector.region)].sum()
            for s in points.values()
        ]
        rows.append([sector.region, sector.name, f"{before:.2f}", *(f"{share:.2f}" for share in after)])
    print_table("Share of value added, per cent", ["region", "sector", "actual", *points], rows, n_words=2)
    for line in summary(result):
        print_line(f"- {line}")


COMMAND = Command(
    structure,
    group="Papers",
    summary="Optimal structure of an economy (input-output).",
    example=EXAMPLE,
)
