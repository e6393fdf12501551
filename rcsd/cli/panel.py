"""`rcsd panel`: the same model in many cities."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, MOST_WORKERS, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import ParameterError

if TYPE_CHECKING:
    from rcsd.study.panel import PanelResult
    from rcsd.study.panel.scoring.result import OriginsResult

EXAMPLE = "Example: rcsd panel --origins 2007,2010,2013 --workers 2"

NO_ORIGINS = "none"
_SHOWN = 5
"""Forecasts that could not be made, named on the terminal; the page has all."""


def panel(  # noqa: PLR0913 - an option each
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
    origins: Annotated[
        str | None,
        typer.Option(
            "--origins",
            metavar="YEARS",
            help="Years to forecast from, such as 2005:2013 or 2007,2010,2013; else those of the study file. "
            "With none, the single hold-out alone.",
        ),
    ] = None,
    horizon: Annotated[
        int | None, typer.Option("--horizon", min=1, max=20, metavar="YEARS", help="Years ahead that are forecast.")
    ] = None,
    ablate: Annotated[
        Path | None,
        typer.Option(
            "--ablate", metavar="FILE", help="TOML list of parts of the model; forecasts without each are compared."
        ),
    ] = None,
    shrinkage: Annotated[
        bool, typer.Option("--shrinkage", help="Fit once more with priors that the cities (5 or more) suggest.")
    ] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=MOST_WORKERS, help="Cities fitted at a time.")] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADDRESS", help="Fit on a dask cluster, such as tcp://10.0.0.5:8786, a city a task."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Calibrate one model to every city by one rule, forecast from many origins, and compare with benchmark rules.

    Every structure of the study file is fitted after each origin, to nothing later; their forecasts are averaged with
    weights that earlier origins teach. Finished forecasts are kept in the output folder: a panel that is stopped goes
    on where it was. A city that cannot be fitted is listed with its reason.
    """
    # cities run beside one another; threads of the algebra library, which waits for them by spinning, would fight
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from rcsd.files import together
    from rcsd.report import write_panel_report
    from rcsd.study.panel import load_panel, plan_of, run_panel, write_panel
    from rcsd.study.panel.ablation.reading import read_ablations

    read = load_panel(table, study=study, cities=cities)
    plan = None if origins == NO_ORIGINS else plan_of(read, origins=origins, horizon=horizon)
    if ablate is not None and plan is None:
        raise ParameterError("--ablate compares forecasts from origins: name some, such as --origins 2007,2010,2013")
    ablations = None if ablate is None else read_ablations(ablate, read)
    with progress_bars() as noting:
        result = run_panel(
            read,
            out=out,
            shrinkage=shrinkage,
            plan=plan,
            ablations=ablations,
            workers=workers,
            scheduler=scheduler,
            progress=noting(read.path.name),
        )
    with together():
        write_panel(result, out)
        report = write_panel_report(result, out)
    _print(result, report, json=json)


def _print(result: PanelResult, report: Path, *, json: bool) -> None:
    from rcsd.report.wording import BASELINE_LABELS, DRAWN_RULES, TABLE_RULES
    from rcsd.study.panel.scores import ALL
    from rcsd.study.panel.writer import panel_document

    if json:
        print_json({"report": str(report), "result": panel_document(result)})
        return
    if result.origins is not None:
        _print_origins(result.origins)
    rows = [
        [c.kind, result.info.series[c.series], str(c.n), f"{c.median:.1f}"]
        + ["-" if math.isnan(c.baselines[rule]) else f"{c.baselines[rule]:.1f}" for rule in TABLE_RULES]
        + ["-" if math.isnan(c.baselines[rule]) else f"{100 * c.beaten[rule]:.0f}" for rule in DRAWN_RULES]
        for c in result.stated.classes
        if c.drivers == result.stated.drivers and (c.kind == ALL or c.series == result.info.headline)
    ]
    labels = BASELINE_LABELS
    print_table(
        "Median error of the held-out years in per cent, and share of the cities where the model beats a forecast",
        [
            *("class", "series", "cities", "model"),
            *(labels[rule] for rule in TABLE_RULES),
            *(f"beats {labels[rule]}" for rule in DRAWN_RULES),
        ],
        rows,
        n_words=2,
    )
    for failure in result.stated.failures:
        print_line(f"not fitted: {failure.city.name}: {failure.reason}")
    print_line(str(report))


def _print_origins(origins: OriginsResult) -> None:
    """Print how the model does beside each rule, for the series that is shown first."""
    first = origins.weights.series
    for group in origins.plan.groups:
        for horizon in group.horizons:
            scores = [
                (each, score)
                for each in origins.forecasters
                if (score := origins.score(each.name, first, group.name, horizon)) is not None
            ]
            print_table(
                f"{origins.series[first]} from {group.title}, 1 to {horizon} years ahead",
                ["forecast", "cells", "MASE", "CRPS %", "in 90 %", "relative skill"],
                [
                    [
                        each.title,
                        str(s.n),
                        f"{s.mase:.3f}",
                        f"{s.crps:.2f}",
                        f"{100 * s.coverage:.0f}",
                        f"{s.skill:.2f}",
                    ]
                    for each, s in scores
                ],
                n_words=1,
            )
    for missing in origins.missing[:_SHOWN]:
        print_line(f"not forecast: {missing.city.name} from {missing.origin} ({missing.variant}): {missing.reason}")
    if len(origins.missing) > _SHOWN:
        print_line(f"and {len(origins.missing) - _SHOWN} more")


COMMAND = Command(
    panel,
    group="Study",
    summary="Calibrate one model to every city of a table.",
    example=EXAMPLE,
    keeps=True,
)
