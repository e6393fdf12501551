"""Zeros, infinities, NaN and arguments outside a domain: what C99, annex F, says, and NumPy does."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from rcsd.simulation.engine.lanes import LANE_FUNCTIONS

Vector = NDArray[np.float64]
Apply = Callable[..., Vector]
INF, NAN = np.inf, np.nan
SIZES = [
    0.0,
    2.0**-1074,
    2.0**-1022,
    1e-300,
    1e-20,
    0.3,
    0.5,
    1.0,
    2.0,
    2.5,
    3.0,
    1e3,
    2.0**53,
    1e22,
    1e300,
    1.7e308,
    INF,
]
VALUES = np.array([*SIZES, *(-size for size in SIZES), NAN])


def assert_alike(found: Vector, expected: Vector) -> None:
    """NaN where expected; zeros, infinities and signs the same; the rest equal up to rounding."""
    assert np.isnan(found).tolist() == np.isnan(expected).tolist()
    number = ~np.isnan(expected)
    assert np.signbit(found[number]).tolist() == np.signbit(expected[number]).tolist()
    np.testing.assert_allclose(found, expected, rtol=2e-15, atol=2.0**-1074)
    assert (found == 0).tolist() == (expected == 0).tolist()


@pytest.mark.parametrize("name", sorted(LANE_FUNCTIONS.keys() - {"power"}))
def test_special_values_are_those_of_numpy(name: str, apply: Apply) -> None:
    """Each value of the list, both signs of zero and of infinity among them."""
    with np.errstate(all="ignore"):
        assert_alike(apply(name, VALUES), getattr(np, name)(VALUES))


def test_powers_of_special_values_are_those_of_numpy(apply: Apply) -> None:
    """Each value of the list to the power of each."""
    x, y = np.array(list(itertools.product(VALUES, VALUES))).T
    with np.errstate(all="ignore"):
        assert_alike(apply("power", x, y), np.power(x, y))


@pytest.mark.parametrize(
    ("name", "argument", "value"),
    [
        ("arccos", 1.0, 0.0),
        ("arccos", 1.1, NAN),
        ("arcsin", -0.0, -0.0),
        ("arcsin", -1.1, NAN),
        ("arctan", -INF, -np.pi / 2),
        ("arctan", -0.0, -0.0),
        ("cos", INF, NAN),
        ("cos", -0.0, 1.0),
        ("cosh", -INF, INF),
        ("exp", -INF, 0.0),
        ("exp", -0.0, 1.0),
        ("exp", 710.0, INF),
        ("log", -0.0, -INF),
        ("log", 0.0, -INF),
        ("log", -1.0, NAN),
        ("log", INF, INF),
        ("log", 1.0, 0.0),
        ("log10", 0.0, -INF),
        ("log10", -1.0, NAN),
        ("sin", -0.0, -0.0),
        ("sin", -INF, NAN),
        ("sinh", -0.0, -0.0),
        ("sinh", -INF, -INF),
        ("sqrt", -1.0, NAN),
        ("sqrt", -0.0, -0.0),
        ("tan", -0.0, -0.0),
        ("tanh", -INF, -1.0),
        ("tanh", -0.0, -0.0),
    ],
)
def test_a_special_value_is_that_of_the_standard(name: str, argument: float, value: float, apply: Apply) -> None:
    """C99, F.9.1 to F.9.4."""
    assert_alike(apply(name, np.array([argument])), np.array([value]))


@pytest.mark.parametrize(
    ("base", "exponent", "value"),
    [
        (0.0, -1.0, INF),
        (-0.0, -1.0, -INF),
        (-0.0, -2.0, INF),
        (-0.0, 3.0, -0.0),
        (-0.0, 0.5, 0.0),
        (-2.0, 3.0, -8.0),
        (-2.0, 0.5, NAN),
        (-1.0, INF, 1.0),
        (1.0, NAN, 1.0),
        (NAN, 0.0, 1.0),
        (NAN, 1.0, NAN),
        (0.5, -INF, INF),
        (2.0, -INF, 0.0),
        (-INF, -3.0, -0.0),
        (-INF, 3.0, -INF),
        (-INF, 0.5, INF),
        (INF, -0.5, 0.0),
        (10.0, 400.0, INF),
        (-10.0, -401.0, -0.0),
    ],
)
def test_a_special_power_is_that_of_the_standard(base: float, exponent: float, value: float, apply: Apply) -> None:
    """C99, F.9.4.4."""
    assert_alike(apply("power", np.array([base]), np.array([exponent])), np.array([value]))
