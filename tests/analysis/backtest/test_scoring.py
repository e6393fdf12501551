"""Scores of the hold-out beside the benchmark forecasts."""

from dataclasses import asdict

import numpy as np
import pytest

from rcsd.analysis.backtest import score
from rcsd.analysis.metrics import fit_statistics, mase, skill
from rcsd.analysis.series import ObservedSeries
from rcsd.errors import SeriesError


def _series(first, values):
    years = first + np.arange(len(values), dtype=np.float64)
    return ObservedSeries("gdp", "yuan", years, np.array(values, dtype=np.float64), ((),) * len(values), None)


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
    assert found.mase == mase(OUTSIDE.values, simulated, INSIDE.values)
    assert found.skill == skill(OUTSIDE.values, simulated, np.array([20.0, 20.0]))
    for baseline in found.baselines.values():
        expected = fit_statistics(OUTSIDE.values, baseline.forecast)
        assert asdict(baseline.statistics) == pytest.approx(asdict(expected), nan_ok=True)


def test_best_baseline_is_the_lowest_mape():
    """The best benchmark forecast is the one with the smallest MAPE, and a perfect model beats it."""
    found = score(INSIDE, OUTSIDE, OUTSIDE.values.copy())
    errors = {name: baseline.statistics.mape for name, baseline in found.baselines.items()}
    assert errors[found.best_baseline] == min(errors.values())
    assert found.beats_best


def test_forecasts_do_not_see_the_hold_out():
    """Other hold-out values change no benchmark forecast."""
    one, two = (score(INSIDE, _series(2011, values), np.ones(2)) for values in ([22.0, 25.0], [1.0, 900.0]))
    for name, baseline in one.baselines.items():
        assert baseline.forecast.tolist() == two.baselines[name].forecast.tolist()


def test_undefined_baseline_is_left_out_of_the_ranking():
    """Three cells are too few for exponential smoothing: no statistics, a note, and never the best."""
    found = score(INSIDE.window(2008, 2010), OUTSIDE, np.array([23.0, 23.0]))
    assert found.baselines["ets"].statistics is None
    assert found.baselines["ets"].note
    assert found.best_baseline != "ets"


def test_nothing_to_score_is_none():
    """Without cells in either window there is no score."""
    assert score(INSIDE, OUTSIDE.window(1990, 1991), np.empty(0)) is None
    assert score(INSIDE.window(1990, 1991), OUTSIDE, np.ones(2)) is None


def test_overlapping_windows_are_refused():
    """A hold-out that begins inside the fit window is not held out."""
    with pytest.raises(SeriesError, match="must follow the fit window"):
        score(INSIDE, _series(2010, [20.0, 22.0]), np.ones(2))
