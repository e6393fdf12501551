"""Rules for series with a season find an exact one again, and are not defined without."""

import numpy as np
import pytest

from rcsd.analysis.backtest.baselines import BASELINES, benchmarks, names_of, note
from rcsd.analysis.forecasting import SEASONAL, History, forecast_rules

SHAPE = np.array([3.0, -1.0, 0.5, -2.5])


def series(n: int, slope: float = 0.0) -> np.ndarray:
    """Return a line with quarters on it."""
    return 20 + slope * np.arange(n) + np.resize(SHAPE, n)


def test_the_last_value_of_the_same_season_is_exact_for_a_season_that_repeats():
    """Also over more than one season ahead, and where cells are missing after a whole one."""
    values = series(12)
    keep = np.ones(12, dtype=bool)
    keep[2] = False
    history = History(np.arange(12.0)[keep], values[keep], season=4)
    found = forecast_rules({"x": history}, 11, np.arange(12.0, 21.0), rules=["seasonal_naive"])
    assert found["seasonal_naive"]["x"].tolist() == pytest.approx(np.resize(SHAPE, 9) + 20)


def test_smoothing_with_seasons_follows_a_line_with_quarters():
    """Near the truth where the damping leaves the slope: well below the error of the rule without seasons."""
    values = series(32, slope=0.2)
    history = History(np.arange(32.0), values, season=4)
    ahead = np.arange(32.0, 36.0)
    found = forecast_rules({"x": history}, 31, ahead, rules=["seasonal_ets", "ets"])
    truth = series(36, slope=0.2)[32:]
    errors = {rule: np.abs(of["x"] - truth).max() for rule, of in found.items()}
    assert errors["seasonal_ets"] < 0.2
    assert errors["ets"] > 1.0


def test_series_without_a_season_have_no_such_rule():
    """The list of benchmark forecasts is the same as ever, and the others of a season too short are not defined."""
    plain, short = History(np.arange(9.0), series(9)), History(np.arange(7.0), series(7), season=4)
    found = benchmarks({"plain": plain}, 8, np.arange(9.0, 12.0))
    assert tuple(found["plain"]) == BASELINES == names_of(1)
    assert names_of(4) == (*BASELINES, *SEASONAL)
    rules = benchmarks({"short": short}, 6, np.arange(7.0, 9.0))["short"]
    assert np.isfinite(rules["seasonal_naive"]).all()
    assert np.isnan(rules["seasonal_ets"]).all()
    assert note("seasonal_ets", short) == "not defined: fewer than 8 periods"
