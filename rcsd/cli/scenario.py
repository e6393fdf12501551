"""`rcsd scenario`: the main job's forecast, and its scenarios beside the status quo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, Json, Out, StartsScheduler, StudyName, Workers
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import StudyError

if TYPE_CHECKING:
    from rcsd.study import StudyResult

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
    from rcsd.study import load_study, require_forecast, run_to, with_scenarios
    from rcsd.study.steps.forecast import FORECAST
    from rcsd.study.steps.scenarios import SCENARIOS
    from rcsd.study.written.result_json import document_of

    loaded = load_study(study)
    if scenarios is not None:
        loaded = with_scenarios(loaded, scenarios)
    if loaded.scenarios is None:
        raise StudyError(
            "names no scenarios: give a file of them with --scenarios, or name one here",
            path=loaded.path,
            field="forecast.scenarios",
        )
    require_forecast(loaded)
    with progress_bars() as noting:
        found = run_to(
            loaded,
            (FORECAST, SCENARIOS),
            out=out,
            workers=workers,
            scheduler=scheduler,
            progress=noting(loaded.name),
            aside=() if scenarios is None else (SCENARIOS,),
        )
    folder = write_scenarios(found, out / loaded.name)
    if json:
        documents = document_of(found, (FORECAST, SCENARIOS))
        print_json({"study": loaded.name, "folder": str(folder), **documents})
    else:
        _print(loaded.name, found, str(folder))


def _print(name: str, found: StudyResult, folder: str) -> None:
    from rcsd.report.sections.forecast.words import beyond_words, difference_words
    from rcsd.study.written.ahead import ahead_of

    ahead = ahead_of(found)
    compared = ahead.scenarios
    if compared is None or not compared.outcomes:
        print_line(f"{name}: nothing is forecast: {'; '.join(ahead.faults) or 'every run failed'}")
        return
    if ahead.faults:
        print_line(f"{name}: the draws have not converged, and the numbers may be off: {'; '.join(ahead.faults)}")
    definition = compared.definition
    label = found.info.clock.label
    headings = [f"{label(year)} {word}" for year in definition.years for word in ("difference", "90 %")]
    rows = []
    for outcome in definition.outcomes:
        for each in definition.scenarios:
            if each.name == definition.reference:
                continue
            one = compared.of(each.name, outcome.variable, compared.beyonds[0])
            cells: list[str] = []
            for year in definition.years:
                cells += difference_words(one, compared.at(year), outcome.measure)
            rows.append((outcome.variable, each.title, *cells))
    reference = definition.scenario(definition.reference).title
    print_table(
        f"{name}: differences from “{reference}”, {beyond_words(ahead, compared.beyonds[0])}; strengths are assumed",
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
