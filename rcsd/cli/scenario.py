"""`rcsd scenario`: the main job's forecast, and its scenarios beside the status quo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, Json, Out, StartsScheduler, StudyName, Workers
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from rcsd.study.written.ahead import Ahead

EXAMPLE = "Example: rcsd scenario jixi --scenarios my_scenarios.toml --out out"


def scenario(
    study: StudyName,
    scenarios: Annotated[
        Path | None,
        typer.Option("--scenarios", metavar="FILE", help="Scenarios (TOML) in place of those that the study names."),
    ] = None,
    out: Out = DEFAULT_OUT,
    workers: Workers = 1,
    scheduler: StartsScheduler = None,
    json: Json = False,
) -> None:
    """Forecast a study to its horizon, and compare scenarios draw by draw.

    Fits the study first, and again to every compared year; what was finished before, here or by `rcsd study`, is
    reused. Writes forecast.csv, scenarios.csv and figures into a folder for each file of scenarios, in the folder
    scenario of the study's results.
    """
    from rcsd.report import write_scenarios
    from rcsd.study import load_study, scenario_study, with_scenarios
    from rcsd.study.written.ahead_json import ahead_document

    loaded = load_study(study)
    if scenarios is not None:
        loaded = with_scenarios(loaded, scenarios)
    with progress_bars() as noting:
        ahead = scenario_study(
            loaded,
            out=out,
            workers=workers,
            scheduler=scheduler,
            progress=noting(loaded.name),
            own=scenarios is None,
        )
    folder = write_scenarios(ahead, out / loaded.name)
    if json:
        print_json({"study": loaded.name, "folder": str(folder), **ahead_document(ahead)})
    else:
        _print(loaded.name, ahead, str(folder))


def _print(name: str, ahead: Ahead, folder: str) -> None:
    from rcsd.report.sections.forecast.words import beyond_words, difference_words, share_words

    compared = ahead.scenarios
    if compared is None or not compared.outcomes:
        print_line(f"{name}: nothing is forecast, for its chains did not converge: {'; '.join(ahead.faults)}")
        return
    definition = compared.definition
    headings = [f"{year} {word}" for year in definition.years for word in ("difference", "90 %", "better")]
    rows = []
    for outcome in definition.outcomes:
        for each in definition.scenarios:
            if each.name == definition.reference:
                continue
            found, cells = compared.of(each.name, outcome.variable, compared.beyonds[0]), []
            for year in definition.years:
                median, band = difference_words(found, compared.at(year), outcome.measure)
                cells += [median, band, share_words(found.share_better[compared.at(year)])]
            rows.append((outcome.variable, each.title, *cells))
    reference = definition.scenario(definition.reference).title
    print_table(
        f"{name}: differences from “{reference}”, {beyond_words(ahead, compared.beyonds[0])}; better: in which share",
        ("Outcome", "Scenario", *headings),
        rows,
        n_words=2,
    )
    print_line(folder)


COMMAND = Command(
    scenario,
    group="Study",
    summary="Forecast to the horizon, and compare scenarios.",
    example=EXAMPLE,
    keeps=True,
)
