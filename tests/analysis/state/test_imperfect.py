"""Bands of 90 % hold 85 to 95 % of the states of a slightly wrong model; one too wrong for them is found out."""

from pathlib import Path

import numpy as np
import pytest

from tests.analysis.state.imperfect import city, coverage, filtered, predation


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "disturbance"),
    [({"Growth": 0.9}, 0.05), ({"Predation": 1.05}, 0.03), ({"Predation": 1.05, "Growth": 0.97}, 0.04)],
)
def test_hares_and_lynxes_with_wrong_rates(tmp_path: Path, wrong: dict[str, float], disturbance: float) -> None:
    """The disturbances that a filter assumes stand for a rate that is off by 5 or 10 per cent."""
    case = predation(tmp_path, wrong, disturbance)
    for what, shares in coverage(case, range(40)).items():
        assert 0.85 <= shares.mean() <= 0.95, (what, shares)


def test_a_filter_that_trusts_a_wrong_model_is_found_out(tmp_path: Path) -> None:
    """With hardly any disturbance the bands are much too narrow, and the innovations say so."""
    case = predation(tmp_path, {"Growth": 0.9}, 0.005)
    assert coverage(case, range(10))["filtered"].mean() < 0.5
    rejected = [filtered(case, seed, 300)[0].consistency for seed in range(10)]
    assert sum(test.p_value < 0.01 and test.squared > test.n_cells for test in rejected) >= 9


@pytest.mark.slow
def test_the_city_with_wrong_constants_and_disturbances() -> None:
    """Growth and investment a twentieth too high, migration a fifth too strong, stocks disturbed as is assumed."""
    for what, shares in coverage(city(), range(30)).items():
        assert 0.85 <= shares.mean() <= 0.95, (what, shares)
        assert shares.min() > 0.75, (what, shares)


def test_smoothed_states_are_nearer_to_the_truth_than_filtered_ones(tmp_path: Path) -> None:
    """And these nearer than forecasts: over 20 worlds, in mean squared error of logarithms."""
    case = predation(tmp_path, {"Growth": 0.95}, 0.03)
    errors = []
    for seed in range(20):
        found, truth = filtered(case, seed, 300)
        errors.append(
            [
                np.mean([(np.log(getattr(found.of(name), what).median) - np.log(truth[:, i])) ** 2])
                for what in ("forecast", "filtered", "smoothed")
                for i, name in enumerate(case.variables)
            ]
        )
    forecast, filtered_, smoothed = np.mean(errors, axis=0).reshape(3, 2).mean(axis=1)
    assert smoothed < 0.9 * filtered_ < 0.9 * 0.8 * forecast
