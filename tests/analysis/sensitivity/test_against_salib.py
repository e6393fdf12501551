"""Every slice of the batched estimator against SALib's own analysis of that slice."""

import numpy as np
import pytest
from SALib.analyze import sobol

from rcsd.analysis.sensitivity.estimators.estimate import estimate
from rcsd.analysis.sensitivity.estimators.saltelli import n_blocks, saltelli_rows


def problem(d: int) -> dict[str, object]:
    """Return SALib's description of the unit cube."""
    return {"num_vars": d, "names": [str(i) for i in range(d)], "bounds": [[0.0, 1.0]] * d}


def quantities(rows: np.ndarray) -> np.ndarray:
    """Return quantities of very different size, offset and shape, shape (run, 8)."""
    x = rows.sum(axis=1)
    return np.column_stack(
        [
            x,
            1e9 + 1e3 * rows[:, 0] * x,
            1e-12 * np.exp(3 * x),
            np.sin(7 * x) * rows[:, -1],
            np.where(rows[:, 0] > 0.5, x**3, -x),
            np.round(4 * x),
            -1e6 * rows[:, 0] ** 4,
            np.log(1e-9 + rows.prod(axis=1)),
        ]
    )


@pytest.mark.parametrize("second_order", [True, False])
@pytest.mark.parametrize("d", [1, 2, 5])
def test_point_estimates_are_those_of_salib(d: int, second_order: bool) -> None:
    """First, total and second order agree to 1e-10 on every slice."""
    rng = np.random.default_rng(4)
    values = quantities(saltelli_rows(256, d, second_order=second_order, rng=rng))
    ours = estimate(values, d, rng=rng, second_order=second_order, n_resamples=10)
    for index in range(values.shape[1]):
        theirs = sobol.analyze(problem(d), values[:, index], calc_second_order=second_order, num_resamples=10, seed=1)
        assert ours.first[index] == pytest.approx(theirs["S1"], rel=0, abs=1e-10)
        assert ours.total[index] == pytest.approx(theirs["ST"], rel=0, abs=1e-10)
        if second_order:
            assert ours.second[index] == pytest.approx(theirs["S2"], rel=0, abs=1e-10, nan_ok=True)


def test_intervals_have_the_width_of_salibs() -> None:
    """With every row drawn by itself, as SALib does, half-widths of 2000 resamples agree as far as chance allows."""
    rng = np.random.default_rng(4)
    values = quantities(saltelli_rows(128, 3, rng=rng))[:, :4]
    ours = estimate(values, 3, rng=rng, n_resamples=2000, n_replicates=128)
    for index in range(values.shape[1]):
        theirs = sobol.analyze(problem(3), values[:, index], num_resamples=2000, seed=1)
        assert ours.first_conf[index] == pytest.approx(theirs["S1_conf"], rel=0.15)
        assert ours.total_conf[index] == pytest.approx(theirs["ST_conf"], rel=0.15)
        upper = np.triu_indices(3, 1)
        assert ours.second_conf[index][upper] == pytest.approx(theirs["S2_conf"][upper], rel=0.15)


def test_quantities_are_worked_on_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of one quantity give what one block of all gives: memory is bounded at no cost to the numbers."""
    values = quantities(saltelli_rows(64, 2, rng=np.random.default_rng(0)))
    whole = estimate(values, 2, rng=np.random.default_rng(1))
    monkeypatch.setattr("rcsd.analysis.sensitivity.estimators.estimate._BLOCK_BYTES", 1)
    parts = estimate(values, 2, rng=np.random.default_rng(1))
    for name in ("first", "first_conf", "total", "total_conf", "second", "second_conf"):
        assert getattr(parts, name) == pytest.approx(getattr(whole, name), abs=1e-10, nan_ok=True), name


def test_a_constant_has_no_indices() -> None:
    """NaN, not zero: also for a constant that is no round number, with rounding in its last digits."""
    rng = np.random.default_rng(0)
    rows = saltelli_rows(32, 2, rng=rng)
    noise = 0.1 + 1e-16 * rng.integers(0, 3, len(rows))
    found = estimate(np.column_stack([np.full(len(rows), 0.1), noise, rows[:, 0]]), 2, rng=rng)
    assert found.constant.tolist() == [True, True, False]
    for name in ("first", "first_conf", "total", "total_conf", "second", "second_conf"):
        assert np.isnan(getattr(found, name)[:2]).all(), name
    assert np.isfinite(found.first[2]).all()


def test_a_quantity_that_moves_outside_the_base_rows_only_has_no_indices() -> None:
    """SALib would answer zero for a variance of zero over A and B."""
    rng = np.random.default_rng(0)
    step = n_blocks(2, second_order=True)
    values = np.zeros(16 * step)
    values[1::step] = np.arange(16)  # rows AB_1
    found = estimate(values[:, None], 2, rng=rng)
    assert found.constant.all()
    assert np.isnan(found.total).all()


def test_huge_and_tiny_quantities_have_the_indices_of_ordinary_ones() -> None:
    """Squares of 1e300 overflow and those of 1e-300 vanish; a power of two changes no digit of an index."""
    rows = saltelli_rows(32, 2, rng=np.random.default_rng(0))
    x = rows[:, 0] + rows.prod(axis=1)
    values = np.column_stack([x, np.ldexp(x, 1000), np.ldexp(-x, -1000)])
    found = estimate(values, 2, rng=np.random.default_rng(0))
    for name in ("first", "first_conf", "total", "total_conf", "second", "second_conf"):
        ordinary, huge, tiny = getattr(found, name)
        assert huge == pytest.approx(ordinary, rel=1e-12, nan_ok=True), name
        assert tiny == pytest.approx(ordinary, rel=1e-12, nan_ok=True), name


def test_negative_estimates_are_shown() -> None:
    """With few rows the estimate of a first order of zero is often negative, and stays so."""
    found = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        rows = saltelli_rows(16, 3, rng=rng)
        found.append(estimate((rows[:, [0]] - 0.5) * (rows[:, [1]] - 0.5), 3, rng=rng, n_resamples=2).first)
    assert np.min(found) < -0.01
