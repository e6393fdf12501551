"""The parts of a study's report on the years after its data: forecast and scenarios."""

from pathlib import Path

from rcsd.files import together
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Section
from rcsd.report.question import WHATIF
from rcsd.report.section import ReportSection
from rcsd.report.sections.forecast.answer import what_if
from rcsd.report.sections.forecast.cities import cities_answer, cities_scenarios
from rcsd.report.sections.forecast.facts import marked_difference
from rcsd.report.sections.forecast.figures import course_figure, forecast_figure
from rcsd.report.sections.forecast.scenario_figures import scenario_figure
from rcsd.report.sections.forecast.tables import (
    claim_table,
    definition_table,
    forecast_table,
    meaning,
)
from rcsd.report.sections.forecast.words import ASSUMED, beyond_words, furthest, one_sided
from rcsd.report.spoken import at_times, periods, span, speaking_of, spoken, when
from rcsd.report.wording import NO_BREAK, capital, count, plain
from rcsd.study.findings.drivers.beyond import Beyond
from rcsd.study.findings.forecast import Forecasted
from rcsd.study.findings.scenarios import Compared
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.forecast import FORECAST
from rcsd.study.steps.scenarios import SCENARIOS
from rcsd.study.written.ahead import Ahead, ahead_of
from rcsd.study.written.writer import write_files

_LISTED = 10


def ahead_sections(result: StudyResult) -> list[Section]:
    """Return the parts on the forecast and on the scenarios, or the reason why there is none."""
    ahead = ahead_of(result)
    if ahead.left_out:
        return [Section("forecast", "Forecast", points=(f"No forecast was made: {ahead.left_out}.",))]
    forecasted = ahead.forecast
    if forecasted is None:
        return []
    if not forecasted.bands:
        why = "; ".join(ahead.faults) or "every run failed"
        return [Section("forecast", "Forecast", points=(f"Nothing is forecast: {why}.",))]
    sections = [_forecast(result, forecasted)]
    if ahead.scenarios is not None and ahead.scenarios.outcomes:
        sections.append(_scenarios(result, ahead.scenarios))
    return sections


def _forecast(result: StudyResult, forecasted: Forecasted) -> Section:
    ahead = ahead_of(result)
    assert ahead.refit is not None
    drivers = {driver.name: driver for driver in result.drivers}
    forecast = {band.series for band in forecasted.bands}
    compared = ahead.scenarios
    years = forecasted.bands[0].years
    shown = tuple(int(year) for year in years[[len(years) // 2, -1]]) if compared is None else compared.definition.years
    return Section(
        "forecast",
        f"Forecast to {spoken().moment(when(years[-1]))}",
        paragraphs=(
            f"Fitted anew to {spoken().window(span(ahead.refit.first, ahead.refit.last))}: "
            f"{count(forecasted.n_draws, 'draw')} of the posterior, each with residuals of its own that go on from "
            "the last one observed. The forecast stands on what was known "
            f"{at_times(ahead.refit.last)}{_beyond(result, forecasted.bands[0].beyond)}. Structure and "
            f"priors are those of people who knew later {periods()}.",
            *_held_words(result),
        ),
        points=(*unconverged(ahead.faults), *_failures(ahead)),
        drawings=(
            *(
                forecast_figure(target, forecasted, ahead, explained=k == 0)
                for k, target in enumerate(each for each in result[BACKTEST].targets if each.name in forecast)
            ),
            *(course_figure(drivers[course.driver], course) for course in forecasted.courses),
        ),
        tables=(forecast_table(forecasted, ahead, shown),),
    )


def _beyond(result: StudyResult, beyond: Beyond) -> str:
    """Say what is assumed of the drivers, where there are any."""
    return f": {beyond_words(ahead_of(result), beyond)}" if result.drivers else ""


def _held_words(result: StudyResult) -> tuple[str, ...]:
    """Say of the drivers that are held what they did in truth, where the data go on."""
    forecasted, refitted = ahead_of(result).forecast, ahead_of(result).refit
    assert forecasted is not None
    assert refitted is not None
    drawn = {course.driver for course in forecasted.courses}
    later = [each for each in result.drivers if each.name not in drawn and each.years[-1] > refitted.last]
    return tuple(
        f"Held at its value of {when(refitted.last)} is the {plain(each.name)}, "
        f"{each.values[each.years <= refitted.last][-1]:.3g} {each.unit}; by {when(each.years[-1])} it was "
        f"{each.values[-1]:.3g}. The runs in hindsight show what knowing this would have changed."
        for each in later
    )


def _scenarios(result: StudyResult, compared: Compared) -> Section:
    return Section(
        "scenarios",
        "Scenarios",
        paragraphs=(
            " ".join(filter(None, (_opening(result, compared), result.info.levers, ASSUMED))),
            f"Better means: {'; '.join(map(meaning, compared.definition.outcomes))}. By assumption, what takes each "
            f"furthest to the better {at_times(compared.definition.years[-1])}, with 90{NO_BREAK}% of "
            "the draws:",
        ),
        points=tuple(capital(point) for point in _points(compared)),
        drawings=(scenario_figure(compared),),
        tables=(claim_table(compared), definition_table(compared)),
    )


def _opening(result: StudyResult, compared: Compared) -> str:
    """Say how many scenarios there are, and what is assumed of the drivers."""
    drivers = f", {beyond_words(ahead_of(result), compared.beyonds[0])}" if result.drivers else ""
    scenarios = count(len(compared.definition.scenarios), "scenario")
    return f"{scenarios}{drivers}."


def _points(compared: Compared) -> list[str]:
    """Say for every outcome which scenario takes it furthest to the better in the last compared year, and how far."""
    definition, year = compared.definition, compared.definition.years[-1]
    at, points = compared.at(year), []
    titles = {each.name: each.title for each in definition.scenarios}
    for outcome in definition.outcomes:
        found = {
            each.name: compared.of(each.name, outcome.variable, compared.beyonds[0])
            for each in definition.scenarios
            if each.name != definition.reference
        }
        best = furthest(found, at)
        if best is None:
            points.append(f"{outcome.variable}: no scenario takes it to the better.")
            continue
        median, band = marked_difference(compared, outcome, best, year)
        either = "" if one_sided(found[best], at) else ", so that even its sign depends on the draw"
        points.append(f"{outcome.variable}: {titles[best]}, {median} ({band}){either}.")
    return points


def unconverged(faults: tuple[str, ...]) -> tuple[str, ...]:
    """Say which criteria the draws do not meet that a forecast stands on."""
    return (f"The draws have not converged, and the bands may be off: {'; '.join(faults)}.",) if faults else ()


def _failures(ahead: Ahead) -> tuple[str, ...]:
    failed = ahead.failed
    if not failed:
        return ()
    more = f", and {len(failed) - _LISTED:,} more" if len(failed) > _LISTED else ""
    return (f"{count(len(failed), 'run')} failed and count for nothing: {'; '.join(failed[:_LISTED])}{more}.",)


@together()
def write_scenarios(result: StudyResult, folder: Path) -> Path:
    """Write the tables and the figure of `rcsd scenario`.

    Returns
    -------
    pathlib.Path
        The folder, ``scenario/<file of scenarios>`` in the study's own.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    ahead = ahead_of(result)
    compared = ahead.scenarios
    inside = folder / "scenario" / ("" if compared is None else Path(compared.definition.file).stem)
    write_files(result, (FORECAST, SCENARIOS), inside)
    if compared is not None and compared.outcomes:
        with speaking_of([result]):
            drawn = scenario_figure(compared)
        write_drawings(inside, [drawn])
    return inside


SECTION = ReportSection(
    "forecast",
    90,
    WHATIF,
    study=ahead_sections,
    studies=cities_scenarios,
    answer=what_if,
    answers=cities_answer,
)
