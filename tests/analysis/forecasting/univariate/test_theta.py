"""The Theta method against its equivalence with drift, and against a direct computation of theta lines."""

import numpy as np
import pytest
from scipy.optimize import minimize

from rcsd.analysis.forecasting.univariate.theta import optimised_theta, theta


def smoothed(values, alpha, level):
    """Run simple exponential smoothing: sum of squared errors, last level."""
    total = 0.0
    for value in values:
        total += (value - level) ** 2
        level += alpha * (value - level)
    return total, level


def by_lines(series, n_years):
    """Assimakopoulos & Nikolopoulos: the mean of the trend line and of the smoothed line with theta = 2."""
    t = np.arange(1, series.size + 1)
    slope, intercept = np.polyfit(t, series, 1)
    doubled = 2 * series - (intercept + slope * t)
    best = min(
        (
            minimize(
                lambda x: smoothed(doubled, x[0], x[1])[0], [start, doubled[0]], bounds=[(1e-3, 0.9999), (None, None)]
            )
            for start in (0.1, 0.5, 0.9)
        ),
        key=lambda result: result.fun,
    )
    level = smoothed(doubled, *best.x)[1]
    ahead = np.arange(series.size + 1, series.size + n_years + 1)
    return (intercept + slope * ahead + level) / 2


def test_theta_is_the_mean_of_its_two_lines():
    """Smoothing the line of theta 2 and averaging with the trend line gives the same forecasts, over five series."""
    for seed in range(5):
        rng = np.random.default_rng(seed)
        series = np.cumsum(0.1 + rng.normal(0, 0.05, 15))
        assert theta(series[None], 6)[0] == pytest.approx(by_lines(series, 6), rel=2e-3)


def test_theta_drifts_by_half_the_slope():
    """Each further year adds half the least-squares slope (Hyndman & Billah 2003)."""
    series = np.cumsum(np.random.default_rng(1).normal(0.1, 0.05, 12))
    slope = np.polyfit(np.arange(12), series, 1)[0]
    assert np.diff(theta(series[None], 5)[0]) == pytest.approx(slope / 2)


def test_the_optimised_theta_continues_a_line():
    """Theta grows without bound on a line, and the line goes on, where theta 2 takes half of its slope."""
    line = 2 + 0.3 * np.arange(12.0)
    assert optimised_theta(line[None], 3)[0] == pytest.approx(2 + 0.3 * np.arange(12, 15), rel=1e-3)
    assert np.diff(theta(line[None], 3)[0]) == pytest.approx(0.15)


def test_noise_about_a_level_is_forecast_by_its_mean():
    """Both methods agree with the mean within its error, over 20 series."""
    noise = 4 + np.random.default_rng(2).normal(0, 0.1, (20, 60))
    for method in (theta, optimised_theta):
        assert np.mean(method(noise, 1)[:, 0]) == pytest.approx(4, abs=0.03)
