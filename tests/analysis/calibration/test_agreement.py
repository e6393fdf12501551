"""Whether near-best starts ended in one place."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.analysis.calibration import FitResult, Start, agreement
from rcsd.analysis.parameters import Parameter, ParameterSpace

SPACE = ParameterSpace(
    (Parameter("a", 0.0, 10.0, "", "assumed"), Parameter("b", 1.0, 100.0, "", "assumed", scale="log"))
)


def fit(*ends: tuple[float, float, float]) -> FitResult:
    """Return a fit whose starts ended at these (a, b, cost)."""
    starts = tuple(
        Start(i, {}, {"a": a, "b": b}, cost, 1, 0, converged=True, message="") for i, (a, b, cost) in enumerate(ends)
    )
    best = min(starts, key=lambda start: start.cost)
    never = np.zeros(2, dtype=bool)
    estimate = np.array(list(best.estimate.values()))
    return FitResult(("a", "b"), estimate, best.cost, never, never, None, starts, 3, 0, (2000, 2010), 5)


def test_positions_are_shares_of_the_search_interval() -> None:
    """Half of a linear interval, and of a logarithmic one from 1 to 100, which is 10; a bad start does not count."""
    found = agreement(fit((5.0, 10.0, 1.0), (5.2, 10.0, 1.005), (0.0, 1.0, 2.0)), SPACE)
    assert (found.n_starts, found.n_near) == (3, 2)
    assert found.positions["a"] == pytest.approx((0.5, 0.52))
    assert found.spreads == pytest.approx({"a": 0.02, "b": 0.0})
    assert found.found == "repeatedly"


def test_near_best_costs_far_apart_are_different_places() -> None:
    """The parameter that differs most is named first."""
    found = agreement(fit((5.0, 10.0, 1.0), (6.0, 100.0, 1.0)), SPACE)
    assert found.found == "in different places"
    assert found.apart == ("b", "a")


def test_one_near_best_start_has_found_it_once() -> None:
    """Even where others come close."""
    assert agreement(fit((5.0, 10.0, 1.0), (5.0, 10.0, 1.02)), SPACE).found == "once"


def test_the_count_is_that_of_the_fit() -> None:
    """One rule says what near means."""
    calibrated = fit((5.0, 10.0, 1.0), (5.2, 10.0, 1.01), (5.2, 10.0, 1.02))
    assert agreement(calibrated, SPACE).n_near == calibrated.agreement == 2
    assert replace(calibrated, cost=0.9).agreement == 0


def test_of_equal_costs_the_first_start_is_the_best() -> None:
    """A cost that is lower in its last digit alone is not lower."""
    assert fit((5.0, 10.0, 0.3), (1.0, 10.0, 0.1 + 0.2), (2.0, 10.0, 0.3)).best.index == 0
    assert fit((5.0, 10.0, 0.1 + 0.2), (1.0, 10.0, 0.3), (2.0, 10.0, 0.2999)).best.index == 2
    assert fit((5.0, 10.0, 0.1 + 0.2), (1.0, 10.0, 0.3)).best.index == 0
