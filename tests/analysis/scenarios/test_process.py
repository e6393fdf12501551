"""Prices drawn from a history have the moments of the process that they come from."""

import numpy as np
import pytest

from rcsd.analysis.scenarios import LogProcess, log_process
from rcsd.analysis.series import read_observed
from rcsd.assets import find_asset
from rcsd.errors import ParameterError


@pytest.mark.parametrize("seed", range(5))
def test_drawn_prices_have_the_moments_of_the_autoregression(seed: int) -> None:
    """Mean mu + phi^h (y0 - mu), variance s^2 (1 - phi^2h)/(1 - phi^2), and correlation phi from year to year."""
    mean, phi, shock, last, n = 0.5, 0.8, 0.2, 1.1, 200_000
    process = LogProcess(mean, phi, np.array([-shock, shock]), last)
    logarithms = np.log(process.factors(n, 12, np.random.default_rng(seed))) + last
    h = np.arange(1, 13)
    variance = shock**2 * (1 - phi ** (2 * h)) / (1 - phi**2)
    np.testing.assert_allclose(logarithms.mean(axis=0), mean + phi**h * (last - mean), atol=5e-3)
    np.testing.assert_allclose(logarithms.var(axis=0), variance, rtol=0.02)
    covariance = np.cov(logarithms[:, 4], logarithms[:, 5])[0, 1]
    assert covariance == pytest.approx(phi * variance[4], rel=0.02)


@pytest.mark.parametrize("seed", range(5))
def test_a_random_walk_has_no_drift_and_spreads_with_the_root_of_time(seed: int) -> None:
    """A persistence of 1 leaves the mean where the last price was."""
    process = LogProcess(0.0, 1.0, np.array([-0.1, 0.1]), 2.0)
    logarithms = np.log(process.factors(100_000, 9, np.random.default_rng(seed)))
    np.testing.assert_allclose(logarithms.mean(axis=0), 0.0, atol=4e-3)
    np.testing.assert_allclose(logarithms.std(axis=0), 0.1 * np.sqrt(np.arange(1, 10)), rtol=0.02)


def test_the_estimate_finds_the_process_again() -> None:
    """Over many histories of 34 years the corrected persistence is right on the average, the plain one too low."""
    rng, phi, shock, n_histories = np.random.default_rng(3), 0.6, 0.25, 400
    found, sds = [], []
    for _ in range(n_histories):
        path = [rng.normal(0, shock / np.sqrt(1 - phi**2))]
        for _ in range(33):
            path.append(phi * path[-1] + rng.normal(0, shock))
        process = log_process(np.exp(np.array(path) + 0.7))
        found.append(process.persistence)
        sds.append(process.sd)
    assert np.mean(found) == pytest.approx(phi, abs=0.03)
    assert np.mean(sds) == pytest.approx(shock, rel=0.03)


def test_the_coal_price_of_the_repository_returns_slowly() -> None:
    """By hand: phi 0.784 by least squares over 33 changes, 0.885 with Kendall's correction, a shock of 24 % a year."""
    observed = find_asset("calibration", "jixi/observed.csv")
    assert observed is not None
    history = read_observed(observed)["coal_price_history"]
    process = log_process(history.values)
    assert process.persistence == pytest.approx(0.8854, abs=1e-3)
    assert process.sd == pytest.approx(0.24, abs=0.01)
    assert history.years[-1] == 2013


def test_equal_seeds_give_equal_prices() -> None:
    """Bit for bit."""
    process = log_process(np.exp(np.sin(np.arange(20.0))))
    first, second = (process.factors(5, 7, np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(
    ("values", "message"),
    [([1.0] * 7, "at least 8"), ([1.0] * 9, "without any change"), ([1.0, 2, 1, 2, 1, 2, 1, 2, 0], "no logarithm")],
)
def test_a_history_that_says_nothing_is_refused(values: list[float], message: str) -> None:
    """Too short, constant, or not positive."""
    with pytest.raises(ParameterError, match=message):
        log_process(values)
