"""On linear-Gaussian models the filter is the exact one but for chance, which falls as one over the root of members."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from statsmodels.tsa.statespace.kalman_smoother import KalmanSmoother

from rcsd.analysis.state import Filtered, Gap, filter_states
from tests.analysis.state import linear
from tests.places import DOCS

SEEDS = 40
TABLED = (100, 1000, 10_000, 100_000)


def tabled() -> np.ndarray:
    """Return the numbers that the documentation gives, as the rows of `errors` by the sizes of the ensemble."""
    lines = (DOCS / "state.md").read_text("utf-8").splitlines()
    rows = [line.split("|")[2:6] for line in lines if line.startswith(("| filtered ", "| smoothed ")) and "." in line]
    return np.array(rows, dtype=np.float64)


def estimated(folder: Path, data: np.ndarray, n: int, seed: int, *gaps: Gap) -> Filtered:
    """Filter one data set with so many members."""
    return filter_states(
        linear.simulator(folder),
        linear.targets(data),
        replace(linear.process(), gaps=gaps),
        times=linear.TIMES,
        n_members=n,
        rng=np.random.default_rng(seed),
    )


def errors(found: Filtered, exact: linear.Exact, names: tuple[str, ...] = linear.STOCKS) -> np.ndarray:
    """Return root mean squares, in standard deviations: filtered means and spreads, smoothed means and spreads."""
    rows = []
    for what, mean, covariance in (
        ("filtered", exact.filtered, exact.filtered_covariance),
        ("smoothed", exact.smoothed, exact.smoothed_covariance),
    ):
        sd = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
        means, sds = (
            np.column_stack([getattr(getattr(found.of(stock), what), which) for stock in names])
            for which in ("mean", "sd")
        )
        rows += [(means - mean) / sd, sds / sd - 1]
    return np.array([np.sqrt(np.mean(row**2)) for row in rows])


def test_the_oracle_is_that_of_statsmodels() -> None:
    """The exact filter and smoother of these tests, and their likelihood, against another library."""
    _, data = linear.simulated(np.random.default_rng(2))
    other = KalmanSmoother(k_endog=2, k_states=3)
    other["design"], other["obs_cov"] = linear.OBSERVED, np.diag(linear.ERROR_SD**2)
    other["transition"], other["selection"] = linear.ONE_YEAR, np.eye(3)
    other["state_cov"] = np.diag(linear.NOISE_SD**2)
    other.initialize_known(linear.FIRST, np.diag(linear.FIRST_SD**2))
    seen = data.copy()
    seen[4, 1] = np.nan
    other.bind(seen)
    theirs, ours = other.smooth(), linear.exact(data)
    np.testing.assert_allclose(ours.filtered, theirs.filtered_state.T, atol=1e-9)
    np.testing.assert_allclose(ours.smoothed, theirs.smoothed_state.T, atol=1e-9)
    np.testing.assert_allclose(ours.smoothed_covariance, np.moveaxis(theirs.smoothed_state_cov, -1, 0), atol=1e-9)
    assert ours.log_likelihood == pytest.approx(theirs.llf_obs.sum(), abs=1e-9)


def test_ten_thousand_members_are_within_chance_of_the_exact_answer(tmp_path: Path) -> None:
    """Means, spreads and likelihood of the filter and the smoother; a hundredth of a standard deviation is chance."""
    _, data = linear.simulated(np.random.default_rng(1))
    exact = linear.exact(data)
    found = estimated(tmp_path, data, 10_000, 0)
    assert errors(found, exact).max() < 0.04
    assert abs(found.log_likelihood - exact.log_likelihood) < 0.15


def test_a_gap_of_a_series_is_one_more_state(tmp_path: Path) -> None:
    """With what a series keeps differing by, the exact filter has a fourth state, and the members find it."""
    _, data = linear.simulated(np.random.default_rng(3))
    data[:, 1] += np.linspace(0.0, 3.0, linear.TIMES.size)
    exact, without = linear.exact(data, gap=True), linear.exact(data)
    assert np.abs(exact.smoothed[:, :3] - without.smoothed).max() > 0.15
    found = estimated(tmp_path, data, 10_000, 4, linear.GAP)
    assert errors(found, exact, (*linear.STOCKS, "gap of sum")).max() < 0.05
    assert abs(found.log_likelihood - exact.log_likelihood) < 0.15
    assert found.of("gap of sum").what == "gap"


@pytest.mark.parametrize(
    ("sizes", "tolerance"),
    [
        pytest.param((100, 1000), 0.08, id="a power of ten"),
        pytest.param(TABLED, 0.03, marks=pytest.mark.slow, id="three powers of ten"),
    ],
)
def test_the_error_falls_as_one_over_the_root_of_the_members(
    tmp_path: Path, sizes: tuple[int, ...], tolerance: float
) -> None:
    """Slope of -1/2, over many seeds, each with data of its own; the factor is that of a mean.

    A hundred members are also off by what falls as one over their number, which makes the line a little steeper.
    """
    by_size = []
    for n in sizes:
        found = []
        for seed in range(max(6, min(SEEDS, 200_000 // n))):
            _, data = linear.simulated(np.random.default_rng(seed))
            found.append(errors(estimated(tmp_path, data, n, seed), linear.exact(data)))
        by_size.append(np.sqrt(np.mean(np.square(found), axis=0)))
    slopes = np.polyfit(np.log(sizes), np.log(by_size), 1)[0]
    np.testing.assert_allclose(slopes, -0.5, atol=tolerance)
    if sizes == TABLED:
        np.testing.assert_allclose(np.transpose(by_size), tabled(), rtol=0.1)
    # a mean of n members is off by one over the root of n standard deviations by chance alone
    assert (np.array(by_size)[:, 0] * np.sqrt(sizes) < 3).all()


def test_no_bias_is_left_over_many_seeds(tmp_path: Path) -> None:
    """The mean over seeds of what is off is chance, for every stock and year."""
    _, data = linear.simulated(np.random.default_rng(5))
    exact = linear.exact(data)
    runs = [estimated(tmp_path, data, 2000, seed) for seed in range(30)]
    for what, mean in (("filtered", exact.filtered), ("smoothed", exact.smoothed)):
        off = np.array([[getattr(run.of(s), what).mean for s in linear.STOCKS] for run in runs]) - mean.T
        assert np.abs(off.mean(axis=0) / (off.std(axis=0, ddof=1) / np.sqrt(len(runs)))).max() < 4.5


def test_innovations_of_a_right_filter_are_white_and_as_large_as_expected(tmp_path: Path) -> None:
    """Over 60 data sets: mean 0, variance 1, no autocorrelation, and p values of the consistency that are uniform."""
    runs = [
        estimated(tmp_path, linear.simulated(np.random.default_rng(100 + seed))[1], 1000, seed) for seed in range(60)
    ]
    standardised = np.array([run.innovations[0].standardised for run in runs])
    n = standardised.size
    assert abs(standardised.mean()) < 4 / np.sqrt(n)
    assert abs(standardised.var() - 1) < 4 * np.sqrt(2 / n)
    lagged = np.mean(standardised[:, 1:] * standardised[:, :-1])
    assert abs(lagged) < 4 / np.sqrt(n)
    squared = sum(run.consistency.squared for run in runs)
    cells = sum(run.consistency.n_cells for run in runs)
    assert cells == 60 * 21
    assert abs(squared - cells) < 4 * np.sqrt(2 * cells)
    p = np.array([run.consistency.p_value for run in runs])
    assert 0.02 < np.mean(p < 0.1) < 0.25
