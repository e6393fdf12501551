"""Estimates against exact indices."""

import numpy as np
import pytest

from rcsd.sensitivity import SobolSettings, sobol_indices
from rcsd.sensitivity.estimate import estimate
from rcsd.sensitivity.saltelli import saltelli_rows


def test_exact_indices_lie_in_the_intervals(known) -> None:
    """First, total and second order of N = 2^12 hold the exact values, and are close to them."""
    result = sobol_indices(
        known.simulator(), known.space, SobolSettings(n_base=2**12), rng=np.random.default_rng(0), outputs=["y"]
    )
    found = result.indices.reshaped()
    assert np.all(np.abs(found.first - known.first) <= found.first_conf)
    assert np.all(np.abs(found.total - known.total) <= found.total_conf)
    upper = np.triu_indices(len(known.names), 1)
    assert np.all(np.abs(found.second - known.second_matrix())[upper] <= found.second_conf[upper])
    assert found.first == pytest.approx(known.first, abs=0.01)
    assert found.total == pytest.approx(known.total, abs=0.01)


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


def coverage(known, draw, n: int) -> np.ndarray:
    """Return in what share of 200 seeds each interval of Ishigami's function holds the exact index."""
    upper = np.triu_indices(3, 1)
    exact = np.concatenate([known.first, known.total, known.second_matrix()[upper]])
    held = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        rows = 2 * np.pi * draw(n, 3, rng) - np.pi
        columns = {name: rows[:, [i]] for i, name in enumerate(known.names)}
        found = estimate(known.value(columns, np.zeros(1)), 3, rng=rng)
        value = np.concatenate([found.first[0], found.total[0], found.second[0][upper]])
        conf = np.concatenate([found.first_conf[0], found.total_conf[0], found.second_conf[0][upper]])
        held.append(np.abs(value - exact) <= conf)
    return np.mean(held, axis=0)


@pytest.mark.slow
def test_intervals_cover_at_their_level_for_independent_rows(ishigami) -> None:
    """The bootstrap is right where its assumption holds: 95 % intervals hold 92 to 97 % of the exact values."""
    found = coverage(ishigami, independent_rows, 512)
    assert 0.92 <= found.mean() <= 0.97
    assert found.min() >= 0.87


@pytest.mark.slow
@pytest.mark.parametrize(("n", "least"), [(64, 0.93), (512, 0.95)])
def test_intervals_cover_at_least_at_their_level_for_the_sequence(ishigami, n: int, least: float) -> None:
    """Rows of Sobol's sequence lie more evenly than independent ones, so the intervals err on the wide side."""
    found = coverage(ishigami, lambda n, d, rng: saltelli_rows(n, d, rng=rng), n)
    assert found.mean() >= least
    assert found.min() >= 0.90
