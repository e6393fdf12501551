"""Automatic choices: the criterion, the number of differences, and what is chosen of known processes."""

import warnings

import numpy as np
import pytest
from statsmodels.tools.eval_measures import aicc as their_aicc
from statsmodels.tsa.stattools import kpss as their_kpss

from rcsd.analysis.forecasting.univariate.automatic import aicc, auto_arima, auto_smooth, kpss, n_differences
from rcsd.analysis.forecasting.univariate.smoothing import smooth


def test_the_criterion_is_statsmodels():
    """-2 log L of 20 with 3 parameters on 12 cells; none with 3 on 4."""
    assert aicc(np.array([20.0]), 12, 3) == pytest.approx(their_aicc(-10, 12, 3))
    assert aicc(np.array([20.0]), 4, 3).tolist() == [np.inf]


@pytest.mark.parametrize(("n", "lags"), [(12, 0), (30, 1), (90, 2)])
def test_kpss_is_statsmodels(n, lags):
    """The statistic with Bartlett's weights, over ten walks."""
    walks = np.cumsum(np.random.default_rng(2).normal(size=(10, n)), axis=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of p-values beyond its table
        expected = [their_kpss(walk, nlags=lags)[0] for walk in walks]
    assert kpss(walks) == pytest.approx(expected)


def test_differences_are_those_that_make_a_series_level():
    """White noise needs none, its sum one, the sum of that two: in most of 40 series of 60 values."""
    noise = np.random.default_rng(3).normal(size=(40, 60))
    for d, series in enumerate((noise, noise.cumsum(axis=1), noise.cumsum(axis=1).cumsum(axis=1))):
        assert np.mean(n_differences(series) == d) > 0.7
    assert n_differences(np.ones((1, 8))).tolist() == [0]


def test_autoarima_finds_persistent_growth():
    """Of growth with memory 0.8 it takes the memory: its forecast lies nearer to the expectation than drift's."""
    rng = np.random.default_rng(4)
    growth = np.zeros((20, 18))
    for t in range(1, 18):
        growth[:, t] = 0.8 * growth[:, t - 1] + rng.normal(0, 1, 20)
    series = np.cumsum(growth, axis=1)
    expected = 0.8 * growth[:, -1]
    drift = (series[:, -1] - series[:, 0]) / 17
    forecast = auto_arima(series, 1)[:, 0] - series[:, -1]
    assert np.mean(np.abs(forecast - expected)) < 0.8 * np.mean(np.abs(drift - expected))


def test_autoarima_gives_a_level_its_mean():
    """White noise about 5 is forecast near its mean, whatever small order is chosen."""
    noise = 5 + np.random.default_rng(6).normal(0, 0.1, (10, 16))
    assert np.median(np.abs(auto_arima(noise, 3)[:, 2] - noise.mean(axis=1))) < 0.06


def test_automatic_smoothing_takes_the_simplest_of_equals():
    """A constant needs no trend; a line needs one, and no damping."""
    line, constant = np.arange(10.0), np.full(10, 7.0)
    assert auto_smooth(np.stack([line, constant]), 2) == pytest.approx(np.array([[10, 11], [7, 7]]))


def test_automatic_smoothing_is_one_of_its_candidates():
    """Its forecast is that of the trend with the smallest criterion, n ln SSE + 2k."""
    series = np.random.default_rng(8).normal(0.1, 0.03, (5, 12)).cumsum(axis=1)
    fits = {trend: smooth(series, trend) for trend in ("none", "additive", "damped")}
    for place, path in enumerate(auto_smooth(series, 3)):
        criterion = {
            trend: 12 * np.log(fits[trend].sse[place]) + 2 * k
            for trend, k in (("none", 3), ("additive", 5), ("damped", 6))
        }
        best = min(criterion, key=criterion.__getitem__)
        assert path.tolist() == fits[best].forecast(3)[place].tolist()
