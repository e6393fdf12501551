"""A panel of real cities: blind to what is held out, resumable, and not stopped by a bad city."""

import json
from dataclasses import replace

import numpy as np
import pytest

from rcsd.errors import CalibrationError, ParameterError
from rcsd.study.panel import load_panel, run_panel, write_panel
from rcsd.study.panel.fitting import CityFit, Task, fit_city
from rcsd.study.panel.scores import ALL
from tests.study.panel.tables import WHOLE, WITHOUT_INDUSTRY, rows_of


def spoilt(rows):
    """Put the number of its row in the place of every value after 2010, drivers among them."""
    return [
        row if row[2] == "year" or int(row[2]) <= 2010 else [*row[:3], str(1 + i % 7), *row[4:]]
        for i, row in enumerate(rows)
    ]


def test_nothing_after_2010_reaches_a_fit(panel_of):
    """Garbage in all later cells gives the same estimate and covariance, bit for bit."""
    rows = rows_of(["suqian"])
    fits = []
    for table in (rows, spoilt(rows)):
        panel = panel_of(table)
        fits.append(fit_city(Task(panel, None), panel.cities[0]))
    assert all(isinstance(fit, CityFit) for fit in fits)
    np.testing.assert_array_equal(fits[0].estimate, fits[1].estimate)
    np.testing.assert_array_equal(fits[0].covariance, fits[1].covariance)
    assert fits[0].fit_mape == fits[1].fit_mape
    # with drivers forecast or frozen the forecast sees no later cell either
    known = [fit.predictions.series["real_gdp"] for fit in fits]
    for state in ("forecast", "frozen"):
        np.testing.assert_array_equal(known[0][state][1], known[1][state][1])
    assert not np.array_equal(known[0]["known"][1], known[1]["known"][1])


def test_a_bad_city_is_listed_and_the_others_go_on(ran):
    """A city without a series is named with the reason; the others have their results, in the table's order."""
    assert len(ran.runs) == (2 if ran.cities == WHOLE else 1)
    for run in ran.runs:
        assert [each.city.city for each in run.cities] == list(ran.cities)
        assert [each.city.city for each in run.failures] == [WITHOUT_INDUSTRY]
        assert "no series 'industry_scale'" in run.failures[0].reason


def test_no_city_at_all_is_an_error(panel_of):
    """A panel of bad cities says so instead of an empty report."""
    rows = [row for row in rows_of(["jixi"]) if row[1] != "fiscal_revenue"]
    panel = panel_of(rows)
    with pytest.raises(CalibrationError, match="none of the 1 cities can be fitted"):
        run_panel(panel, out=panel.path.parent / "out")


def test_every_series_is_scored_with_all_that_may_be_known(ran):
    """For each city three series, three states of knowledge, three years each."""
    stated = ran.result.stated
    found = {(s.city.city, s.series, s.drivers): s.n for s in stated.scores}
    series, drivers = ("population", "real_gdp", "industry_scale"), ("forecast", "known", "frozen")
    assert found == {(city, name, state): 3 for city in ran.cities for name in series for state in drivers}
    everything = [c for c in stated.classes if (c.kind, c.series, c.drivers) == (ALL, "real_gdp", "known")]
    assert everything[0].n == len(ran.cities)


def test_the_benchmark_forecasts_of_qitaihe_are_those_that_its_study_reports(ran):
    """Real GDP of 2011-2013 against 2010 misses by 6.5 %, drift by 9.8 %, as the table of the four cities says."""
    score = next(s for s in ran.result.stated.scores if (s.city.city, s.series) == ("qitaihe", "real_gdp"))
    assert score.baselines["last"] == pytest.approx(6.5, abs=0.1)
    assert score.baselines["drift"] == pytest.approx(9.8, abs=0.1)


def test_a_panel_goes_on_where_it_was(ran, monkeypatch):
    """Finished cities are read back with equal numbers, and not fitted again; a failed one is tried again."""
    tried = []

    def fit(task, city):
        tried.append(city.city)
        return fit_city(task, city)

    monkeypatch.setattr("rcsd.study.panel.runner.fit_city", fit)
    again = replace(ran, result=run_panel(ran.panel, out=ran.out, shrinkage=len(ran.runs) == 2))
    assert set(tried) == {WITHOUT_INDUSTRY}
    assert again.result.n_reused == len(ran.runs) * len(ran.cities)
    for ours, theirs in zip(again.runs, ran.runs, strict=True):
        assert repr(ours.scores) == repr(theirs.scores)  # a rule that is not defined is NaN, unequal to itself
        np.testing.assert_array_equal(ours.cities[1].covariance, theirs.cities[1].covariance)


@pytest.mark.parametrize("cities", [WHOLE[:1], WHOLE[:4]])
def test_few_cities_suggest_no_priors(panel_of, tmp_path, cities):
    """Shrinkage of less than five cities is refused before anything is fitted, and nothing is written."""
    with pytest.raises(ParameterError, match=f"which takes 5 of them or more; there (is|are) {len(cities)}: give"):
        run_panel(panel_of(rows_of(cities)), out=tmp_path / "out", shrinkage=True)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_city_has_the_same_numbers_alone(ran, panel_of):
    """Draws depend on the city's name, not on its neighbours, nor on the number of threads."""
    panel = panel_of(rows_of([WHOLE[1]]))
    alone = run_panel(panel, out=panel.path.parent / "out")
    together = [score for score in ran.result.stated.scores if score.city.city == WHOLE[1]]
    assert repr(list(alone.stated.scores)) == repr(together)


def test_the_files_hold_the_result(ran):
    """The JSON has a score for each row of the table, and no wall time, so that equal runs give equal files."""
    folder = write_panel(ran.result, ran.out)
    document = json.loads((folder / "panel.json").read_text("utf-8"))
    lines = (folder / "cities.csv").read_text("utf-8").splitlines()
    scores = [len(document[name]["scores"]) for name in ("stated", "shrunk") if document[name] is not None]
    assert scores == [9 * len(ran.cities)] * len(ran.runs)
    assert len(lines) - 1 == sum(scores)
    assert "seconds" not in document
    assert document["info"]["assumed"] == [
        "Initial Resource Output", "Initial Resource Employment", "Science and Education Share",
    ]  # fmt: skip


def test_the_panel_of_the_package_is_read_without_a_path():
    """`rcsd panel` alone runs the cities that come with the package: 82 of four classes."""
    panel = load_panel()
    assert len(panel.cities) == 82
    assert {city.kind for city in panel.cities} == {"growing", "mature", "declining", "regenerating"}
