"""Estimates against exact indices."""

import numpy as np
import pytest
from SALib.sample import sobol

from rcsd.analysis.sensitivity import SobolSettings, sobol_indices
from rcsd.analysis.sensitivity.estimators.estimate import estimate
from rcsd.analysis.sensitivity.estimators.saltelli import saltelli_rows


def test_exact_indices_lie_in_the_intervals(known) -> None:
    """First, total and second order of N = 2^12 are close to the exact values, which lie in the intervals.

    An interval of 95 % misses one time in twenty, and there are many: all at once are held to the level that they hold
    together with 95 % (Bonferroni), and of the plain ones no more than a fifth may miss.
    """
    d = len(known.names)
    upper = np.triu_indices(d, 1)
    exact = np.concatenate([known.first, known.total, known.second_matrix()[upper]])
    misses = []
    for confidence in (0.95, 1 - 0.05 / exact.size):
        settings = SobolSettings(n_base=2**12, confidence=confidence)
        result = sobol_indices(known.simulator(), known.space, settings, rng=np.random.default_rng(0), outputs=["y"])
        found = result.indices.reshaped()
        value = np.concatenate([found.first, found.total, found.second[upper]])
        conf = np.concatenate([found.first_conf, found.total_conf, found.second_conf[upper]])
        assert value == pytest.approx(exact, abs=0.03)
        misses.append(np.mean(np.abs(value - exact) > conf))
    assert misses[0] <= 0.2
    assert misses[1] == 0


def test_the_error_falls_with_the_sample(ishigami) -> None:
    """Sobol's sequence beats 1/sqrt(N): from 2^7 to 2^12 the error of all indices falls by more than that 5.7."""
    errors = []
    for n in (2**7, 2**12):
        each = []
        for seed in range(8):
            rng = np.random.default_rng(seed)
            rows = 2 * np.pi * saltelli_rows(n, 3, rng=rng) - np.pi
            columns = {name: rows[:, [i]] for i, name in enumerate(ishigami.names)}
            found = estimate(ishigami.value(columns, np.zeros(1)), 3, rng=rng, n_resamples=2)
            each += [found.first[0] - ishigami.first, found.total[0] - ishigami.total]
        errors.append(np.sqrt(np.mean(np.square(each))))
    assert errors[0] / errors[1] > np.sqrt(2**5)


def independent_rows(n: int, d: int, rng: np.random.Generator) -> np.ndarray:
    """Return Saltelli's scheme over independent uniform draws, in SALib's order."""
    a, b = rng.random((n, d)), rng.random((n, d))
    rows = np.empty((n, 2 * d + 2, d))
    rows[:, 0], rows[:, -1] = a, b
    for j in range(d):
        rows[:, 1 + j], rows[:, 1 + d + j] = a, b
        rows[:, 1 + j, j], rows[:, 1 + d + j, j] = b[:, j], a[:, j]
    return rows.reshape(-1, d)


def coverage(known, draw, n: int, n_replicates: int | None = None) -> np.ndarray:
    """Return in what share of 200 seeds the interval of each index of a function holds the exact value."""
    d = len(known.names)
    upper = np.triu_indices(d, 1)
    exact = np.concatenate([known.first, known.total, known.second_matrix()[upper]])
    lower, width = known.space.lower, known.space.upper - known.space.lower
    held = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        rows = lower + width * draw(n, d, rng)
        columns = {name: rows[:, [i]] for i, name in enumerate(known.names)}
        found = estimate(known.value(columns, np.zeros(1)), d, rng=rng, n_replicates=n_replicates)
        value = np.concatenate([found.first[0], found.total[0], found.second[0][upper]])
        conf = np.concatenate([found.first_conf[0], found.total_conf[0], found.second_conf[0][upper]])
        held.append(np.abs(value - exact) <= conf)
    return np.mean(held, axis=0)


@pytest.mark.slow
@pytest.mark.parametrize("n", [64, 512, 4096])
def test_intervals_cover_at_their_level(known, n: int) -> None:
    """95 % intervals hold the exact value in 93 to 97 % of 200 seeds, over all indices, and none in below 89 %.

    One index covered at 95 % is held in 91 % or more of 200 seeds all but once in 200 times.
    """
    found = coverage(known, lambda n, d, rng: saltelli_rows(n, d, rng=rng), n)
    print(f"{len(known.names)} parameters, N = {n}: {found.mean():.1%}")  # the table of docs/sensitivity.md
    assert 0.93 <= found.mean() <= 0.97
    assert found.min() >= 0.89


@pytest.mark.slow
def test_intervals_cover_at_their_level_for_independent_rows(ishigami) -> None:
    """With every row its own replicate it is the ordinary bootstrap."""
    found = coverage(ishigami, independent_rows, 512, n_replicates=512)
    assert 0.92 <= found.mean() <= 0.97
    assert found.min() >= 0.87


@pytest.mark.slow
def test_rows_of_a_sequence_are_not_to_be_drawn_one_by_one(ishigami) -> None:
    """Why replicates are drawn: with the rows of one scramble taken for independent, intervals cover nearly always."""
    problem = {"num_vars": 3, "names": list(ishigami.names), "bounds": [[0.0, 1.0]] * 3}
    found = coverage(ishigami, lambda n, d, rng: sobol.sample(problem, n, seed=rng), 4096, n_replicates=4096)
    assert found.mean() > 0.99
