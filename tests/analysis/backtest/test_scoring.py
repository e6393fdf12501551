"""Scores of the hold-out beside the benchmark forecasts."""

from dataclasses import asdict

import numpy as np
import pytest

from rcsd.analysis.backtest import benchmark_scores
from rcsd.analysis.backtest import score as score_beside
from rcsd.analysis.backtest.baselines import benchmarks
from rcsd.analysis.backtest.rolling import mean_change
from rcsd.analysis.forecasting import History
from rcsd.analysis.metrics import fit_statistics, skill
from rcsd.analysis.series import ObservedSeries
from rcsd.errors import SeriesError


def _series(first, values):
    years = first + np.arange(len(values), dtype=np.float64)
    return ObservedSeries("gdp", "yuan", years, np.array(values, dtype=np.float64), ((),) * len(values), None)


def score(inside, outside, simulated, reference=None):
    """Score beside the benchmark forecasts from the year before the hold-out."""
    history = History.until(2010, inside.years, inside.values, reference)
    rules = benchmarks({"gdp": history}, 2010, outside.years)["gdp"]
    return score_beside(outside, history, simulated, benchmark_scores(outside, history, rules))


INSIDE = _series(2003, [10.0, 12.0, 11.0, 15.0, 16.0, 15.5, 19.0, 20.0])
OUTSIDE = _series(2011, [22.0, 25.0])


def test_score_worked_by_hand():
    """Errors 1 and -2 against 22 and 25; the last value misses by 2 and 5; yearly changes sum to 19 over 7."""
    found = score(INSIDE, OUTSIDE, np.array([23.0, 23.0]))
    assert found is not None
    assert found.statistics.mape == pytest.approx(100 * (1 / 22 + 2 / 25) / 2)
    assert found.baselines["last"].statistics.mape == pytest.approx(100 * (2 / 22 + 5 / 25) / 2)
    assert found.skill == pytest.approx(1 - (1 + 4) / (4 + 25))
    changes = [2, 1, 4, 1, 0.5, 3.5, 1]
    assert found.mase == pytest.approx(1.5 / (sum(changes) / 7))
    assert found.beats_last


def test_score_is_that_of_the_metrics():
    """Every statistic comes from the one place that computes statistics."""
    simulated = np.array([23.0, 26.5])
    found = score(INSIDE, OUTSIDE, simulated)
    assert found.statistics == fit_statistics(OUTSIDE.values, simulated)
    assert found.mase == found.statistics.mae / mean_change(INSIDE.years, INSIDE.values)
    assert found.skill == skill(OUTSIDE.values, simulated, np.array([20.0, 20.0]))
    for baseline in found.baselines.values():
        if baseline.statistics is None:
            continue
        expected = fit_statistics(OUTSIDE.values, baseline.forecast)
        assert asdict(baseline.statistics) == pytest.approx(asdict(expected), nan_ok=True)


def test_a_gap_in_the_years_is_no_change_within_a_year():
    """Of 10, 12 and, three years on, 18: changes sum to 8 over 4 years, and errors of 1 are half a year's change."""
    years = np.array([2006.0, 2007.0, 2010.0])
    inside = ObservedSeries("gdp", "yuan", years, np.array([10.0, 12.0, 18.0]), ((),) * 3, None)
    assert score(inside, OUTSIDE, OUTSIDE.values + 1).mase == pytest.approx(0.5)


def test_best_baseline_is_the_lowest_mape():
    """The best benchmark forecast is the one with the smallest MAPE, and a perfect model beats it."""
    found = score(INSIDE, OUTSIDE, OUTSIDE.values.copy())
    errors = {name: each.statistics.mape for name, each in found.baselines.items() if each.statistics is not None}
    assert len(errors) == len(found.baselines) - 1  # the two-line rule has no reference
    assert errors[found.best_baseline] == min(errors.values())
    assert found.beats_best


def test_forecasts_do_not_see_the_hold_out():
    """Other hold-out values change no benchmark forecast."""
    one, two = (score(INSIDE, _series(2011, values), np.ones(2)) for values in ([22.0, 25.0], [1.0, 900.0]))
    for name, baseline in one.baselines.items():
        np.testing.assert_equal(baseline.forecast, two.baselines[name].forecast)


def test_undefined_baseline_is_left_out_of_the_ranking():
    """Three cells are too few for exponential smoothing: no statistics, a note, and never the best."""
    found = score(INSIDE.window(2008, 2010), OUTSIDE, np.array([23.0, 23.0]))
    assert found.baselines["ets"].statistics is None
    assert found.baselines["ets"].note
    assert found.best_baseline != "ets"


def test_growth_after_the_origin_reaches_no_rule():
    """The two-line rule is beaten or not by what was known in 2010: later growth of the nation changes nothing."""
    known = {year: 0.1 for year in range(2000, 2011)}
    plain, spoilt = (score(INSIDE, OUTSIDE, np.array([22.0, 25.0]), each) for each in (known, known | {2011: 9.0}))
    assert plain.beats_two_line is True
    assert plain.baselines["two_line"].forecast.tolist() == spoilt.baselines["two_line"].forecast.tolist()
    # of constant growth the damped trend is that growth, and constant increments are those of the last level
    years = np.array([1.0, 2.0])
    national = (0.1 * years + np.log1p((1 - np.exp(-0.1)) * years)) / 2
    # the mean gap of the last three years halves every year
    gap = np.mean(np.diff(np.log([16.0, 15.5, 19.0, 20.0]))) - 0.1
    expected = 20 * np.exp(national + gap * np.array([0.5, 0.75]))
    assert plain.baselines["two_line"].forecast == pytest.approx(expected)
    assert score(INSIDE, OUTSIDE, expected, known).beats_two_line is False
    assert score(INSIDE, OUTSIDE, expected).beats_two_line is None


def test_overlapping_windows_are_refused():
    """A hold-out that begins inside the fit window is not held out."""
    with pytest.raises(SeriesError, match="must follow the fit window"):
        benchmark_scores(_series(2010, [20.0, 22.0]), History(INSIDE.years, INSIDE.values), {})
