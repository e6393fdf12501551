"""Errors of a series guessed from its values."""

from __future__ import annotations

import numpy as np
import pytest

from rcsd.study.setup.noise import are_counts, scatter_of


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2])
def test_the_share_of_a_growing_series_is_found(share: float) -> None:
    """The mean over 50 growing series with log-normal errors is their standard deviation, to a fifth."""
    rng = np.random.default_rng(3)
    course = 100 * np.exp(0.05 * np.arange(40))
    found = [scatter_of(course * np.exp(rng.normal(0, share, 40))) for _ in range(50)]
    assert {each.kind for each in found} == {"relative"}
    assert np.mean([each.error for each in found]) == pytest.approx(share, rel=0.2)


def test_a_series_across_zero_has_an_amount() -> None:
    """Where values cross zero a share of them means nothing; the amount is that of the errors, to a third."""
    rng = np.random.default_rng(4)
    found = scatter_of(10 * np.sin(np.arange(60) / 10) + rng.normal(0, 1.0, 60))
    assert found.kind == "absolute"
    assert found.error == pytest.approx(1.0, rel=0.34)


def test_counts() -> None:
    """Small whole numbers of people are counts; large ones, decimals and whole degrees are none."""
    cases = np.array([3.0, 8, 26, 76, 225, 298, 258])
    assert are_counts(cases, "People")
    assert are_counts(cases, "")
    assert not are_counts(cases + 0.5, "People")
    assert not are_counts(cases, "degrees C")
    assert not are_counts(cases + 1000, "People")
