"""Stochastic simulation: the law of the master equation, and equal seeds give equal paths."""

import numpy as np
import pytest
from scipy.stats import chi2

from rcsd.papers.coevolution import (
    CoevolutionParameters,
    concentrated,
    preference_grid,
    simulate_jumps,
    stationary_law,
    transient,
)

PARAMETERS = CoevolutionParameters(nu=0.3, beta=1.2)
TIMES = [0.0, 3.0, 10.0]


def misfit(states: np.ndarray, probability: np.ndarray) -> float:
    """Return the p value of Pearson's test, states with few expected runs put together."""
    counts = np.bincount(states, minlength=probability.size)
    expected = probability * states.size
    rare = expected < 10
    observed = np.append(counts[~rare], counts[rare].sum())
    awaited = np.append(expected[~rare], expected[rare].sum())
    keep = awaited > 0
    return float(chi2.sf(((observed - awaited)[keep] ** 2 / awaited[keep]).sum(), keep.sum() - 1))


def test_paths_are_distributed_as_the_master_equation_says():
    """Twenty thousand runs from between two states pass Pearson's test at each time, and their mean is right."""
    runs = simulate_jumps(12, 0.1, PARAMETERS, TIMES, n_runs=20_000, x0=-0.6, rng=np.random.default_rng(1))
    law = transient(12, 0.1, PARAMETERS, concentrated(12, -0.6), TIMES)
    for column, probability in zip(runs.T, law, strict=True):
        assert misfit(np.rint((column + 1) * 12).astype(int), probability) > 1e-3
        mean = probability @ preference_grid(12)
        assert column.mean() == pytest.approx(mean, abs=4 * column.std() / np.sqrt(column.size) + 1e-12)


def test_long_runs_forget_their_start():
    """After a long time the paths have the stationary law."""
    runs = simulate_jumps(8, 0.0, PARAMETERS, [0.0, 80.0], n_runs=20_000, rng=np.random.default_rng(2))
    assert misfit(np.rint((runs[:, 1] + 1) * 8).astype(int), stationary_law(8, 0.0, PARAMETERS.beta)) > 1e-3


def test_a_seed_repeats_the_paths_and_another_does_not():
    """Equal generators, equal paths; x begins at x0 and stays on the grid."""
    first, again, other = (
        simulate_jumps(30, 0.0, PARAMETERS, TIMES, n_runs=50, rng=np.random.default_rng(seed)) for seed in (3, 3, 4)
    )
    assert (first == again).all()
    assert (first != other).any()
    assert (first[:, 0] == -1).all()
    np.testing.assert_allclose(first * 30, np.rint(first * 30), atol=1e-9)
