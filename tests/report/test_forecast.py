"""Forecast and scenarios on a page: what was assumed, what failed, and how far a scenario takes an outcome."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.analysis.clock import Clock
from rcsd.analysis.scenarios import Claim, Comparison, Lever, Outcome, Scenario, ScenarioSet
from rcsd.report.fact import bare
from rcsd.report.sections.forecast.answer import what_if
from rcsd.report.sections.forecast.section import ahead_sections, write_scenarios
from rcsd.report.sections.forecast.tables import cities_table, forecast_table
from rcsd.report.sections.forecast.words import (
    beyond_label,
    beyond_words,
    difference_words,
    furthest,
    one_sided,
    share_words,
)
from rcsd.report.spoken import speaking_of
from rcsd.study.findings.drivers.beyond import Course
from rcsd.study.findings.forecast import ForecastBand, Forecasted
from rcsd.study.findings.refit import Refit
from rcsd.study.findings.scenarios import Claimed, Compared, ScenarioOutcome
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.forecast import FORECAST
from rcsd.study.steps.scenarios import SCENARIOS
from rcsd.study.written.ahead import Ahead
from rcsd.study.written.result_json import document_of
from tests.report.held import held_to_document
from tests.report.knowledge import finding

YEARS = np.arange(2014.0, 2031)
ONE = np.ones(YEARS.size)
DEFINITION = ScenarioSet(
    file="scenarios.toml",
    switch="Policy Start Time",
    reference="before",
    years=(2020, 2030),
    scenarios=(
        Scenario("before", "As before", "", 2014, ()),
        Scenario("research", "Research", "More of it.", 2014, (Lever("Research Boost", 0.005, "Dmnl"),)),
        Scenario("closure", "Closure", "Mines close.", 2014, (Lever("Closure Rate", 0.02, "1/Year"),)),
    ),
    outcomes=(
        Outcome("Real GDP", "yy/Year", "higher", "more output", "percent"),
        Outcome("Innovation Preference", "Dmnl", "nearer zero", "balance", "absolute"),
    ),
    claims=(Claim("Real GDP", 2020, -8.0, -6.0, "6-8 % smaller", "a paper"),),
)


_COURSE = (2000, 2013, 0.76, 0.885, 0.24, np.append(2013.0, YEARS), *[np.ones(18)] * 3)
PRICE = Course("coal_price", "Dmnl", "price", "coal_price", *_COURSE)
GROWTH = Course("national_growth", "1/Year", "growth", "national_growth", *_COURSE)


def comparison(difference: float, share: float) -> Comparison:
    """Return a comparison that is the same in every year."""
    return Comparison(100 * ONE, (difference - 1) * ONE, difference * ONE, (difference + 1) * ONE, share * ONE, 1000)


def band(beyond, series="real_gdp", variable="Real GDP"):
    """Return a band from 80 to 120 around a median of 100."""
    quantiles = (90 * ONE, 110 * ONE, 80 * ONE, 100 * ONE, 120 * ONE)
    return ForecastBand(series, YEARS, *quantiles, unit="yy/Year", variable=variable, beyond=beyond)


@pytest.fixture
def ahead(result) -> StudyResult:
    """Research gains 2 % in every draw, closing mines loses 7 %."""
    shares = {"before": (0.0, 0.0), "research": (2.0, 1.0), "closure": (-7.0, 0.0)}
    outcomes = tuple(
        ScenarioOutcome(name, outcome.variable, "drawn", comparison(*shares[name]))
        for outcome in DEFINITION.outcomes
        for name in shares
    )
    claimed = (Claimed(0, "research", "drawn", 0.0), Claimed(0, "closure", "drawn", 0.98))
    return finding(
        result,
        refit=Refit(2000, 2013, {}, None, (), 10),
        forecast=Forecasted((band("drawn"), band("frozen"), band("hindsight")), (PRICE,), 1000, (), 20),
        scenarios=Compared(DEFINITION, YEARS, outcomes, claimed, ("drawn, closure, draw 3: the run diverged",), 30),
    )


@pytest.mark.usefixtures("undrawn")
def test_the_parts_say_what_was_assumed_and_found(ahead):
    """The forecast names its assumption, the scenarios how far each goes, the claim how many draws agree."""
    forecast, scenarios = ahead_sections(ahead)
    assert "coal price drawn from its history, every other driver at its value of 2013" in forecast.paragraphs[0]
    assert "Fitted anew to 2000–2013: 1,000 draws" in forecast.paragraphs[0]
    assert forecast.points == ("1 run failed and count for nothing: drawn, closure, draw 3: the run diverged.",)
    assert {"forecast-real_gdp", "course-coal_price", "scenarios"} == {
        drawing.name for section in (forecast, scenarios) for drawing in section.drawings
    }
    assert all("How to read it" in drawing.caption for drawing in (*forecast.drawings, *scenarios.drawings))
    assert "By assumption, what takes each furthest to the better in 2030" in scenarios.paragraphs[1]
    assert "Real GDP: Research, +2.0\u00a0% (+1.0 to +3.0)." in map(bare, scenarios.points)
    assert "no share of the draws measures it" in scenarios.paragraphs[0]
    claims, levers = scenarios.tables
    assert claims.rows[1][-1].text == "98\u00a0%"
    assert claims.rows[1][1].text == "−8 to −6\u00a0%"
    assert levers.rows[0][2].text == "none"


def test_the_answer_says_by_assumption_and_gives_both_ends(result, ahead):
    """Closing mines goes furthest down, research furthest up; without scenarios the forecast itself is told."""
    told = bare(what_if(ahead)).replace("\u00a0", " ")
    assert told.startswith("By assumption, for no data measure what a lever does: with the strengths that 2 scenarios")
    assert "from “As before” by −7.0 % (−8.0 to −6.0) under Closure to +2.0 % (+1.0 to +3.0) under Research" in told
    assert "better in" not in told
    forecast = bare(what_if(finding(ahead, scenarios=None))).replace("\u00a0", " ")
    assert forecast == (
        "Forecast for 2030, with 90 % bands: Real GDP 100.0 (80.0 to 120 yy/Year). No scenarios are defined."
    )
    left = replace(result, left_out={"forecast": "a quick run samples no posterior"})
    assert what_if(left) == "Nothing is forecast: a quick run samples no posterior."


def test_numbers_say_where_they_stand_in_the_document(ahead):
    """What is marked in sentence and table is what result.json has at that place."""
    document = document_of(ahead, (FORECAST, SCENARIOS))
    forecast, scenarios = ahead_sections(ahead)
    table = "".join(cell.text for row in forecast.tables[0].rows for cell in row)
    held_to_document("".join((*scenarios.points, what_if(ahead), table)), document, least=3 * 2 * 3 + 2 * 3)


def test_a_price_is_drawn_from_its_history_and_growth_is_forecast():
    """In hindsight the price alone is drawn; frozen, nothing is."""
    refit = Refit(2000, 2013, {}, None, (), 10)
    ahead = Ahead("", refit, Forecasted((), (PRICE, GROWTH), 1000, (), 20), None)
    assert beyond_words(ahead, "drawn") == (
        "coal price drawn from its history and national growth forecast from the last years, "
        "every other driver at its value of 2013"
    )
    assert beyond_words(ahead, "hindsight") == "coal price drawn from its history, every other driver as it was"
    assert beyond_words(ahead, "frozen") == "every driver at its value of 2013"
    assert beyond_label(ahead, "drawn") == "coal price and national growth forecast, others held"


def test_the_size_decides_which_scenario_goes_furthest():
    """Not the share of draws; nothing is picked that is worse in most, and a band over zero has either sign."""
    found = {"sure": comparison(2.0, 1.0), "large": comparison(5.0, 0.9), "worse": comparison(-9.0, 0.1)}
    assert furthest(found, 0) == "large"
    assert furthest({"worse": found["worse"]}, 0) is None
    assert one_sided(comparison(2.0, 1.0), 0)
    assert one_sided(comparison(-2.0, 0.0), 0)
    assert not one_sided(comparison(0.5, 0.8), 0)


def test_what_was_left_out_is_said(result):
    """A reason, or the faults of chains, in place of numbers."""
    (section,) = ahead_sections(replace(result, left_out={"forecast": "a quick run samples no posterior"}))
    assert section.points == ("No forecast was made: a quick run samples no posterior.",)
    refit = Refit(2000, 2013, {}, None, ("R-hat is 1.2",), 1)
    (section,) = ahead_sections(finding(result, refit=refit, forecast=Forecasted((), (), 0, (), 0)))
    assert section.points == ("Nothing is forecast: R-hat is 1.2.",)


def test_cities_stand_in_one_table(result, ahead):
    """One row per city and scenario; a study without scenarios has none."""
    table = cities_table([ahead, result])
    assert table is not None
    assert [row[1].text for row in table.rows] == ["Research", "Closure"]
    assert cities_table([result]) is None


@pytest.mark.usefixtures("undrawn")
def test_the_command_writes_tables_and_figure(ahead, tmp_path):
    """Into a folder named like the file of scenarios."""
    folder = write_scenarios(ahead, tmp_path)
    assert folder == tmp_path / "scenario" / "scenarios"
    assert sorted(path.name for path in folder.iterdir()) == [
        "forecast.csv",
        "scenarios.csv",
        "scenarios.png",
        "scenarios.svg",
    ]
    lines = (folder / "scenarios.csv").read_text("utf-8").splitlines()
    assert len(lines) == 1 + 3 * 2 * YEARS.size


def test_numbers_have_signs_and_shares_no_false_certainty():
    """A share of 999 in 1000 is not written as 100 %."""
    assert difference_words(comparison(-2.04, 0.5), 0, "percent") == ("−2.0\u00a0%", "−3.0 to −1.0")
    assert share_words(0.999).startswith("over")


def test_a_forecast_without_drivers_speaks_of_none_and_in_dates(result):
    """No column of drivers, and headings as the clock has them."""
    years, values = np.array([24110, 24111]), np.array([1.0, 2.0])
    band = ForecastBand("ill", years, values, values, values, values, values, "person", "Ill", "frozen")
    dated = replace(result, info=replace(result.info, clock=Clock(word="month")), drivers=())
    with speaking_of([dated]):
        table = forecast_table(Forecasted((band,), (), 100, (), 20), Ahead(""), [24110])
    assert [column.heading for column in table.columns][:2] == ["Series", "2009-03"]
    assert "rivers" not in f"{table.caption} {table.note}"
