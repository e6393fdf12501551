"""Exponential smoothing against closed forms, statsmodels and a global search."""

import warnings

import numpy as np
import pytest
from scipy.optimize import differential_evolution, least_squares
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from rcsd.analysis.forecasting.univariate.smoothing import TRENDS, smooth

KEYWORDS = {"none": {}, "additive": {"trend": "add"}, "damped": {"trend": "add", "damped_trend": True}}


def walks(seed, n_series=6, n_years=14):
    """Random growth about 0.1 a year, with a memory."""
    rng = np.random.default_rng(seed)
    growth = 0.1 + np.cumsum(rng.normal(0, 0.02, (n_series, n_years)), axis=1)
    return np.cumsum(growth + rng.normal(0, 0.01, growth.shape), axis=1)


@pytest.mark.parametrize("trend", TRENDS)
def test_no_fit_is_worse_than_statsmodels(trend):
    """Squared errors at statsmodels' weights are never smaller than those found, over 12 series."""
    series = np.concatenate([walks(seed) for seed in range(2)])
    found = smooth(series, trend)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it stops early, which is the point
        theirs = [ETSModel(each, error="add", **KEYWORDS[trend]).fit(disp=False).sse for each in series]
    assert np.all(found.sse <= np.array(theirs) * (1 + 1e-3))


@pytest.mark.parametrize("trend", TRENDS)
def test_forecasts_are_statsmodels_at_the_same_weights(trend):
    """At the weights found, and the best first states for them, statsmodels has the same error and forecasts."""
    series = walks(7, n_series=1)
    found = smooth(series, trend)
    model = ETSModel(series[0], error="add", **KEYWORDS[trend], initialization_method="estimated")
    weights = {"smoothing_level": found.alpha[0], "smoothing_trend": found.beta[0], "damping_trend": found.phi[0]}

    def residuals(states):
        known = weights | {"initial_level": states[0], "initial_trend": states[-1]}
        return np.asarray(model.smooth([known[name] for name in model.param_names]).resid)

    n_states = 1 if trend == "none" else 2
    states = least_squares(residuals, np.full(n_states, 0.1)).x
    known = weights | {"initial_level": states[0], "initial_trend": states[-1]}
    theirs = model.smooth([known[name] for name in model.param_names])
    assert theirs.sse == pytest.approx(found.sse[0], rel=1e-6)
    assert found.forecast(6)[0] == pytest.approx(theirs.forecast(6), rel=1e-6)


def test_the_search_finds_the_global_optimum_of_the_damped_trend():
    """Differential evolution over weights and states together finds no smaller squared error, over three series."""
    series = walks(3, n_series=3, n_years=8)
    found = smooth(series, "damped")
    for each, sse in zip(series, found.sse, strict=True):

        def squares(x, values=each):
            level, slope, total = x[3], x[4], 0.0
            for value in values:
                expected = level + x[2] * slope
                error = value - expected
                level, slope = expected + x[0] * error, x[2] * slope + x[0] * x[1] * error
                total += error**2
            return total

        bounds = [(1e-4, 0.9999), (1e-4, 0.9999), (0.8, 0.98), (-1, 1), (-1, 1)]
        best = differential_evolution(squares, bounds, seed=0, maxiter=60, polish=True)
        assert sse <= best.fun * (1 + 1e-3)


def test_an_exact_line_is_continued():
    """A line has no error, whatever the weights, and goes on."""
    series = 3 + 0.5 * np.arange(10.0)[None]
    assert smooth(series, "additive").forecast(3) == pytest.approx(np.array([[8.0, 8.5, 9.0]]), rel=1e-9)


def test_an_exact_damped_course_is_continued():
    """Increments that fall by 0.9 each year have no error, and the next ones fall too."""
    increments = 0.9 ** np.arange(13)
    course = np.cumsum(increments)
    found = smooth(course[None, :10], "damped")
    assert found.phi[0] == pytest.approx(0.9, abs=1e-3)
    assert found.forecast(3)[0] == pytest.approx(course[10:], rel=1e-3)


def test_series_do_not_change_each_other():
    """A series alone has the fit that it has among others."""
    series = walks(11)
    assert smooth(series[2:3], "damped").forecast(4)[0] == pytest.approx(
        smooth(series, "damped").forecast(4)[2], rel=1e-12
    )
