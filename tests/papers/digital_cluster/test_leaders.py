"""Leader changes by chance: numbers, times and leaders against their laws."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import chi2, kstest, poisson

from rcsd.papers.digital_cluster import (
    DigitalClusterParameters,
    accumulated_hazard,
    cluster_path,
    founder_probability,
    simulate_leaders,
)

TIMES = np.array([0.0, 5.0, 6.0, 20.0, 21.0, 40.0])
HAZARD = np.array([0.0, 0.4, 0.4, 0.05, 0.0, 0.3])
N = 20_000


@pytest.fixture(scope="module")
def runs():
    """Return twenty thousand runs of a hazard that rises, rests, falls to zero and rises again."""
    return simulate_leaders(TIMES, HAZARD, n_runs=N, n_candidates=4, rng=np.random.default_rng(1))


def test_the_accumulated_hazard_is_the_integral():
    """Against SciPy's quadrature of the same broken line."""
    found = accumulated_hazard(TIMES, HAZARD)
    for time, value in zip(TIMES[1:], found[1:], strict=True):
        inside = TIMES[(TIMES > 0) & (time > TIMES)]
        expected = quad(lambda t: np.interp(t, TIMES, HAZARD), 0, time, points=inside if inside.size else None)[0]
        assert value == pytest.approx(expected, abs=1e-10)


def test_numbers_follow_poisson_s_law(runs):
    """Mean and variance are the accumulated hazard within four standard errors; Pearson's test at the end."""
    counts = runs.counts()
    for count, mean in zip(counts.T[1:], runs.accumulated[1:], strict=True):
        assert count.mean() == pytest.approx(mean, abs=4 * np.sqrt(mean / N))
        assert count.var() == pytest.approx(mean, abs=4 * np.sqrt((mean + 2 * mean**2) / N))
    mean = runs.accumulated[-1]
    observed = np.bincount(np.minimum(counts[:, -1], 12), minlength=13)
    expected = N * np.append(poisson.pmf(range(12), mean), poisson.sf(11, mean))
    assert chi2.sf(((observed - expected) ** 2 / expected).sum(), 12) > 1e-3


def test_nine_runs_of_ten_lie_in_the_band_of_poisson_s_law(runs):
    """Ends and middle are the law's own quantiles, and the mean is the integral of the hazard."""
    spread, mean = runs.spread(), runs.accumulated[1:]
    for found, share in ((spread.low, 0.05), (spread.median, 0.5), (spread.high, 0.95)):
        # a quantile of 20,000 draws may miss that of the law by one where the law has a step close to the share
        near = [poisson.ppf(np.clip(share + off, 0, 1), mean) for off in (-0.01, 0.01)]
        assert (near[0] <= found[1:]).all()
        assert (found[1:] <= near[1]).all()
    np.testing.assert_allclose(runs.mean()[1:], mean, atol=4 * np.sqrt(mean.max() / N))


def test_waiting_times_in_changed_time_are_exponential(runs):
    """The accumulated hazard at the first change, in runs with one, follows 1 - exp(-u), cut at the end."""
    first = np.array([run[0] for run in runs.changes if run.size])
    # integral of the broken line up to a time between two knots
    at = np.searchsorted(TIMES, first, side="right") - 1
    slope = np.diff(HAZARD) / np.diff(TIMES)
    step = first - TIMES[at]
    passed = runs.accumulated[at] + HAZARD[at] * step + slope[np.minimum(at, slope.size - 1)] * step**2 / 2
    end = runs.accumulated[-1]
    assert kstest(passed, lambda u: (1 - np.exp(-u)) / (1 - np.exp(-end))).pvalue > 1e-3


def test_times_are_those_of_thinning(runs):
    """Another exact method, Lewis and Shedler's (1979), gives changes spread in the same way over the years."""
    rng = np.random.default_rng(2)
    candidates = rng.uniform(0, 40, size=rng.poisson(0.4 * 40 * N))
    kept = candidates[rng.uniform(0, 0.4, candidates.size) < np.interp(candidates, TIMES, HAZARD)]
    ours = np.concatenate(runs.changes)
    assert kept.size == pytest.approx(ours.size, abs=4 * np.sqrt(kept.size + ours.size))
    assert kstest(ours, kept).pvalue > 1e-3


def test_the_founder_leads_as_often_as_the_markov_chain_says(runs):
    """1/n + (1 - 1/n) exp(-n H/(n - 1)), which the chain's generator gives."""
    expected = founder_probability(runs.accumulated, 4)
    share = runs.founder_leads().mean(axis=0)
    assert share[0] == 1
    for found, wanted in zip(share[1:], expected[1:], strict=True):
        assert found == pytest.approx(wanted, abs=4 * np.sqrt(wanted * (1 - wanted) / N))
    assert all(((np.diff(np.append(0, run)) % 4) != 0).all() for run in runs.leaders)


def test_the_mean_is_the_stock_of_the_cluster():
    """Expected Leader Changes of the path, the closed integral of its hazard, is the mean of the runs."""
    path = cluster_path(DigitalClusterParameters(), np.linspace(0, 60, 601))
    hazard, stock = path.values["Leader Change Hazard"], path.values["Expected Leader Changes"]
    np.testing.assert_allclose(accumulated_hazard(path.times, hazard), stock, rtol=1e-4)
    found = simulate_leaders(path.times, hazard, n_runs=5000, rng=np.random.default_rng(3)).counts()
    for at in (100, 300, 600):
        assert found[:, at].mean() == pytest.approx(stock[at], abs=4 * np.sqrt(stock[at] / 5000))


def test_a_seed_repeats_the_runs_and_no_hazard_changes_nothing():
    """Equal generators, equal runs; at zero hazard the founder leads for ever."""
    first, again, other = (
        simulate_leaders(TIMES, HAZARD, n_runs=20, rng=np.random.default_rng(seed)) for seed in (4, 4, 5)
    )
    assert all((a == b).all() for a, b in zip(first.changes, again.changes, strict=True))
    assert any(a.tolist() != b.tolist() for a, b in zip(first.changes, other.changes, strict=True))
    calm = simulate_leaders([0.0, 9.0], [0.0, 0.0], n_runs=3, rng=np.random.default_rng(6))
    assert calm.founder_leads().all()
    assert (calm.counts() == 0).all()
