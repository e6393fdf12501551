"""`rcsd panel`: the same model in many cities."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, MOST_WORKERS, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from rcsd.study.panel import PanelResult

EXAMPLE = "Example: rcsd panel calibration/panel/observed.csv --shrinkage --workers 2"


def panel(
    table: Annotated[
        Path | None,
        typer.Argument(
            metavar="CSV", help="Series of all cities: city,series,year,value,unit,flag. That of rcsd if left out."
        ),
    ] = None,
    *,
    study: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Model, bounds, priors and rules of all cities; panel.toml beside CSV."),
    ] = None,
    cities: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Names and classes of the cities; cities.csv beside CSV.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for results; they go into panel/ in it.")] = DEFAULT_OUT,
    shrinkage: Annotated[
        bool, typer.Option("--shrinkage", help="Fit once more with priors that the cities (5 or more) suggest.")
    ] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=MOST_WORKERS, help="Threads, a city each.")] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADDRESS", help="Fit on a dask cluster, such as tcp://10.0.0.5:8786, a city a task."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Calibrate one model to every city by one rule, and compare its forecasts with benchmark ones by class.

    Finished cities are kept in the output folder: a panel that is stopped goes on where it was. A city that cannot be
    fitted is listed with its reason.
    """
    # cities run beside one another; threads of the algebra library, which waits for them by spinning, would fight
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from rcsd.files import together
    from rcsd.report import write_panel_report
    from rcsd.study.panel import load_panel, run_panel, write_panel

    read = load_panel(table, study=study, cities=cities)
    with progress_bars() as noting:
        result = run_panel(
            read, out=out, shrinkage=shrinkage, workers=workers, scheduler=scheduler, progress=noting(read.path.name)
        )
    with together():
        write_panel(result, out)
        report = write_panel_report(result, out)
    _print(result, report, json=json)


def _print(result: PanelResult, report: Path, *, json: bool) -> None:
    from rcsd.study.panel.scores import ALL
    from rcsd.study.panel.writer import panel_document

    if json:
        print_json({"report": str(report), "result": panel_document(result)})
        return
    rows = [
        [c.kind, result.info.series[c.series], str(c.n), f"{c.median:.1f}", *(f"{v:.1f}" for v in c.baselines.values())]
        + [f"{100 * c.beaten[rule]:.0f}" for rule in ("last", "drift", "log_drift")]
        for c in result.stated.classes
        if c.drivers == "known" and (c.kind == ALL or c.series == result.info.headline)
    ]
    first = ["class", "series", "cities", "model", *next(iter(result.stated.classes)).baselines]
    print_table(
        "Median error of the held-out years in per cent, and share of the cities where the model beats a forecast",
        [*first, "beats last", "beats drift", "beats log drift"],
        rows,
        n_words=2,
    )
    for failure in result.stated.failures:
        print_line(f"not fitted: {failure.city.name}: {failure.reason}")
    print_line(str(report))


COMMAND = Command(
    panel,
    group="Study",
    summary="Calibrate one model to every city of a table.",
    example=EXAMPLE,
    keeps=True,
)
