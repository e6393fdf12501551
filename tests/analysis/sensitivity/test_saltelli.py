"""The sampling scheme."""

import numpy as np
import pytest

from rcsd.analysis.sensitivity.estimators.saltelli import saltelli_rows
from rcsd.errors import ParameterError


@pytest.mark.parametrize("seed", range(10))
def test_the_rows_are_a_b_and_their_crossings(seed: int) -> None:
    """AB_j is A but for its column j from B, BA_j is B but for its column j from A."""
    rows = saltelli_rows(32, 3, rng=np.random.default_rng(seed)).reshape(32, 8, 3)
    a, b = rows[:, 0], rows[:, -1]
    for j in range(3):
        others = [k for k in range(3) if k != j]
        assert (rows[:, 1 + j, j] == b[:, j]).all()
        assert (rows[:, 1 + j][:, others] == a[:, others]).all()
        assert (rows[:, 4 + j, j] == a[:, j]).all()
        assert (rows[:, 4 + j][:, others] == b[:, others]).all()


@pytest.mark.parametrize("seed", range(10))
def test_every_column_fills_its_range_evenly(seed: int) -> None:
    """Every eighth row is of one scramble, which puts one of its n = 2^m points into each n-th of the range."""
    rows = saltelli_rows(128, 4, rng=np.random.default_rng(seed)).reshape(16, 8, 10, 4)
    for scramble in range(8):
        for base in (rows[:, scramble, 0], rows[:, scramble, -1]):
            for column in base.T:
                assert sorted(np.floor(16 * column).astype(int)) == list(range(16))


def test_the_scrambles_know_nothing_of_one_another() -> None:
    """Over many samples the means of a product over two scrambles are uncorrelated, and each is that of the cube."""
    means = []
    for seed in range(400):
        rows = saltelli_rows(32, 2, rng=np.random.default_rng(seed)).reshape(4, 8, 6, 2)
        means.append(rows[:, :2, 0].prod(axis=-1).mean(axis=0))
    assert abs(np.corrcoef(np.transpose(means))[0, 1]) < 3 / np.sqrt(400)
    assert np.mean(means) == pytest.approx(0.25, abs=4 * np.std(means) / np.sqrt(800))


def test_zero_is_a_seed() -> None:
    """Seed 0 gives the same rows every time, and others than seed 1."""
    first, again, other = (saltelli_rows(16, 2, rng=np.random.default_rng(seed)) for seed in (0, 0, 1))
    assert (first == again).all()
    assert (first != other).any()


def test_a_smaller_sample_begins_a_larger_one() -> None:
    """Convergence is judged from the first rows of one sample."""
    small, middle, large = (saltelli_rows(n, 2, rng=np.random.default_rng(5)) for n in (8, 16, 64))
    assert (small == large[: len(small)]).all()
    assert (middle == large[: len(middle)]).all()


@pytest.mark.parametrize(
    ("n", "remedy"), [(100, "take 64 or 128"), (0, "at least 2"), (-4, "at least 2"), (1, "at least")]
)
def test_a_size_that_is_no_power_of_two_is_refused(n: int, remedy: str) -> None:
    """The message names the nearest sizes."""
    with pytest.raises(ParameterError, match=f"N = {n} base samples.*power of two.*{remedy}"):
        saltelli_rows(n, 2, rng=np.random.default_rng(0))
