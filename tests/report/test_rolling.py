"""Forecasts from many origins: errors worked out by hand, marks, and honest words."""

import re
from dataclasses import replace

import pytest

from rcsd.report import write_index
from rcsd.report.fact import bare
from rcsd.report.sections.rolling.section import cities_rolling_sections, rolling_sections
from rcsd.report.sections.rolling.tables import cities_rolling_table, rolling_tables
from rcsd.report.sections.rolling.words import cities_reading, rolling_reading, what
from rcsd.report.spoken import speaking_of
from rcsd.report.wording import NO_BREAK
from rcsd.study.findings.rolling import Rolling
from rcsd.study.findings.rolling_scores import group_scores, total_scores
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.written.cities_scores import cities_scores
from rcsd.study.written.result_json import result_document
from tests.report.knowledge import finding, rolling

NAMES = {"population": "Population", "real_gdp": "Real GDP"}


def plain(texts):
    """Join sentences, with ordinary blanks."""
    return " ".join(texts).replace(NO_BREAK, " ")


def test_scores_stand_in_the_order_of_the_study_with_what_a_forecaster_has_first():
    """The forecasts come with the second series and the frozen runs first; the scores do not."""
    scores = group_scores(rolling(), list(NAMES))
    assert [(each.series, each.drivers, each.horizon) for each in scores][:6] == [
        ("population", drivers, ahead) for drivers in ("forecast", "known", "frozen") for ahead in (1, 2)
    ]
    assert [each.score.mase for each in scores[:6]] == pytest.approx([0.5, 1.0, 0.5, 1.0, 1.0, 2.0])


def test_all_cells_are_pooled_by_what_is_known_of_the_drivers():
    """Six of eight cells lie inside with either; a study without forecasts adds nothing."""
    totals = total_scores([rolling(), None])
    assert list(totals) == ["forecast", "known", "frozen"]
    assert {(score.n, score.coverage) for score in totals.values()} == {(8, 0.75)}


def test_the_table_marks_the_best_and_what_is_not_below_one():
    """Drift is exact and has the star; a MASE of exactly 1 is not below 1."""
    table, *others = rolling_tables(group_scores(rolling(), list(NAMES)), NAMES)
    headings = [column.heading for column in table.columns]
    model, drift, ets = (headings.index(name) for name in ("Model", "Best benchmark", "Exp. smoothing"))
    first, second = table.rows[:2]
    assert (bare(first[model].text), first[model].mark) == ("0.50", "")
    assert (bare(second[model].text), second[model].mark) == ("1.00", "alert")
    assert (bare(first[drift].text), first[drift].mark) == ("0.00", "best")
    assert (first[ets].text, first[drift + 1].text) == ("–", "drift")
    known, frozen = others
    assert [each.caption.rpartition(", ")[2] for each in others] == ["drivers known", "drivers frozen"]
    assert bare(frozen.rows[0][model].text) == "1.00"
    assert "best" not in "".join(row[model].mark for row in known.rows)
    inside = [row[headings.index("Inside 90 %")].text for row in (*table.rows, *known.rows)]
    assert {bare(text).replace(NO_BREAK, " ") for text in inside} == {"50 %", "100 %"}


def test_every_score_says_where_it_stands(knowing):
    """The rows of a table follow the entries of result.json, those of the other tables too."""
    entries = result_document(knowing)["rolling"]
    names = [target.name for target in knowing[BACKTEST].targets]
    for table in rolling_tables(group_scores(knowing[ROLLING], names), {name: name for name in names}):
        for row in table.rows:
            (place,) = re.findall(r"/rolling/(\d+)/mase", row[3].text)
            entry = entries[int(place)]
            assert (entry["series"], entry["horizon"]) == (row[0].text, int(row[1].text))
            assert f"{entry['mase']:.2f}" == bare(row[3].text)


def test_the_model_gets_the_star_where_it_is_best():
    """Where the model is exact, its cell is marked; not where it was told what the drivers would be."""
    exact = rolling(error=0.0)
    worse = tuple(replace(each, baselines={**each.baselines, "drift": 120.0}) for each in exact.forecasts)
    table, known, _ = rolling_tables(group_scores(Rolling(worse, 0), list(NAMES)), NAMES)
    model = [column.heading for column in table.columns].index("Model")
    assert {row[model].mark for row in table.rows} == {"best"}
    assert {bare(row[model].text) for row in known.rows} == {"0.00"}
    assert {row[model].mark for row in known.rows} == {""}


def test_the_words_say_where_the_error_is_not_below_a_years_change(knowing):
    """Above at two years for both series; with frozen drivers at one and two, in short. Drift wins everywhere.

    The two-line rule, off by 7 for real GDP and not defined for population, wins at two years (10), not at one (5).
    """
    text = plain(rolling_reading(knowing))
    assert "Model, drivers forecast: MASE is below 1 in 2 of 4 cases of series and horizon, not for " in text
    assert "It beats the two-line rule in 1 of 2 cases, not for Real GDP 2 years ahead; it" in text
    assert "Population 2 years ahead (1.00); Real GDP 2 years ahead (1.00)." in text
    assert "Model, drivers frozen: MASE below 1 in 0 of 4 cases, better than every benchmark forecast in 0; " in text
    assert "beats every benchmark forecast in 0 of 4 cases" in text
    assert "75 % of 8 cells lay inside the 90 % intervals" in text
    assert "After each year of 2005–2006" in what(knowing)


@pytest.mark.usefixtures("undrawn")
def test_the_report_says_why_the_coverage_is_no_blind_test(knowing):
    """The history of the noise and what the structure knew stand beside the figures, in the page over all too."""
    for section in (*rolling_sections(knowing), *cities_rolling_sections([knowing])):
        text = plain(section.paragraphs)
        assert "were settled on forecasts of the panel's cities from 2005 to 2013. That is hindsight" in text
        assert "gives way to a weak one" in text


def test_cities_are_compared_by_medians_and_pooled_coverage(knowing):
    """Errors of 0.5 and 1.5 years' change have the median 1; the cells of both cities are pooled."""
    other = replace(
        finding(knowing, rolling=rolling("east", error=15.0)),
        info=replace(knowing.info, name="east", title="East, Heilongjiang"),
    )
    scores = cities_scores([knowing, other])
    first = scores[0]
    assert (first.variable, first.drivers, first.horizon) == ("Population", "forecast", 1)
    assert (first.median, first.n_best, first.pooled.n) == (pytest.approx(1.0), 0, 4)
    table = cities_rolling_table([knowing, other], scores)
    headings = [column.heading for column in table.columns]
    assert headings[3:6] == ["Logistic City", "East", "Median"]
    assert [cell.text for cell in table.rows[0]][2:6] == ["1", "0.50", "1.50", "1.00"]
    with speaking_of([knowing, other]):
        text = plain(cities_reading([knowing, other], scores))
    assert "Population (drivers known): median MASE 1.00 and 2.00 at 1 and 2 years, not below 1 at 1 and 2" in text
    assert "beats the two-line rule in 1 of 2 and 0 of 2 and every benchmark forecast in 0 of 2 and 0 of 2" in text
    assert "all series, horizons and cities: 75 % of 16 cells" in text


def test_a_city_without_forecasts_leaves_the_others_to_be_compared(knowing, result):
    """A quick study beside a full one has no column; two quick ones have no section."""
    assert len(cities_scores([result, knowing])[0].each) == 1
    assert cities_rolling_sections([result, result]) == []


@pytest.mark.usefixtures("undrawn")
def test_the_index_has_the_pooled_forecasts(knowing, tmp_path):
    """A section, a figure and its file."""
    page = write_index([knowing], tmp_path).read_text(encoding="utf-8")
    assert 'id="rolling"' in page
    assert (tmp_path / "figures" / "rolling.svg").is_file()
