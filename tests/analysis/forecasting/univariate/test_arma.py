"""ARIMA by exact likelihood against statsmodels, and against what is known of autocovariances."""

import warnings

import numpy as np
import pytest
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.arima_process import arma_acovf

from rcsd.analysis.forecasting.univariate.arma import Order, covariance, fit, from_partial

ORDERS = [Order(0, 1, 0, True), Order(1, 1, 0, True), Order(0, 1, 1, True), Order(2, 1, 0, True)]


def growing(seed, n=24):
    """Sum of an autoregression of growth with mean 0.1."""
    rng = np.random.default_rng(seed)
    growth = np.zeros(n)
    for t in range(1, n):
        growth[t] = 0.6 * growth[t - 1] + rng.normal(0, 0.02)
    return np.cumsum(0.1 + growth)


@pytest.mark.parametrize(
    ("ar", "ma"), [([], []), ([0.7], []), ([], [0.4]), ([0.5, 0.3], [0.4]), ([0.2], [-0.5, 0.3]), ([1.1, -0.4], [])]
)
def test_autocovariances_are_statsmodels(ar, ma):
    """Its sums over the impulse response give the same numbers."""
    expected = arma_acovf([1, *(-x for x in ar)], [1, *ma], nobs=9)
    assert covariance(np.array(ar), np.array(ma), 9)[0] == pytest.approx(expected, abs=1e-8)


def test_partial_autocorrelations_make_stationary_coefficients():
    """Durbin and Levinson by hand: 0.5 and -0.4 give 0.5 (1 + 0.4) and -0.4; roots stay outside the circle."""
    assert from_partial(np.array([0.5, -0.4])) == pytest.approx([0.7, -0.4])
    rng = np.random.default_rng(5)
    for partial in rng.uniform(-0.98, 0.98, (200, 3)):
        assert np.all(np.abs(np.roots([*-from_partial(partial)[::-1], 1])) > 1)


@pytest.mark.parametrize("order", ORDERS)
def test_likelihood_and_forecast_are_statsmodels(order):
    """On 24 values, where statsmodels finds the peak too, deviance and six years of forecasts agree."""
    series = np.stack([growing(seed) for seed in (1, 2, 3)])
    found = fit(series, order)
    ahead = found.forecast(series, 6)
    for place, each in enumerate(series):
        trend = "t" if order.mean else "n"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = ARIMA(each, order=(order.ar, order.differences, order.ma), trend=trend).fit()
        assert found.deviance[place] == pytest.approx(-2 * theirs.llf, abs=0.02)
        assert ahead[place] == pytest.approx(theirs.forecast(6), rel=2e-3)


def test_two_differences_continue_a_line_of_growth():
    """Without coefficients the second difference is zero ahead: the last change goes on."""
    series = growing(4)[None]
    expected = series[0, -1] + (series[0, -1] - series[0, -2]) * np.arange(1, 5)
    found = fit(series, Order(0, 2, 0, False))
    assert found.forecast(series, 4)[0] == pytest.approx(expected)


def test_a_random_walk_with_drift_is_the_line_through_its_ends():
    """The mean change is the estimate of the drift (Hyndman & Athanasopoulos, sec. 5.2)."""
    series = growing(9)[None]
    drift = (series[0, -1] - series[0, 0]) / 23
    found = fit(series, Order(0, 1, 0, True))
    assert found.mean[0] == pytest.approx(drift)
    assert found.forecast(series, 3)[0] == pytest.approx(series[0, -1] + drift * np.arange(1, 4))


def test_a_moving_average_with_a_unit_root_is_at_the_bound():
    """Differences of white noise have one, and the fit says so in most of 20 series."""
    noise = np.random.default_rng(0).normal(size=(20, 16))
    found = fit(noise, Order(0, 1, 1, True))
    assert found.at_bound.mean() > 0.5
    assert np.all(found.ma[found.at_bound] == pytest.approx(-0.99, abs=1e-3))
