"""How far the lane functions are from the exact values, computed by mpmath to 200 bits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Distances = Callable[..., Vector]

BOUNDS = {
    "arccos": 1.2,
    "arcsin": 0.8,
    "arctan": 1.3,
    "cos": 0.9,
    "cosh": 1.2,
    "exp": 1.1,
    "log": 0.9,
    "log10": 0.8,
    "sin": 0.9,
    "sinh": 1.2,
    "sqrt": 0.5,
    "tan": 1.0,
    "tanh": 1.0,
}
"""Largest distance, in units of the last place; 0.5 is correct rounding."""
POWER_BOUND, ORDINARY_POWER_BOUND = 1.2, 0.7

LARGEST, SMALLEST_NORMAL, SMALLEST = 1.7976931348623157e308, 2.0**-1022, 2.0**-1074
DOMAINS = dict.fromkeys(BOUNDS, (-LARGEST, LARGEST)) | {
    "arccos": (-1.0, 1.0),
    "arcsin": (-1.0, 1.0),
    "log": (SMALLEST, LARGEST),
    "log10": (SMALLEST, LARGEST),
    "sqrt": (0.0, LARGEST),
}
INTERVALS: dict[str, list[tuple[float, float]]] = {
    "arccos": [(-1, 1), (0.45, 0.55)],
    "arcsin": [(-1, 1), (0.45, 0.55)],
    "arctan": [(-3, 3), (0.9, 1.1)],
    "cos": [(-8, 8), (-(2.0**30), 2.0**30)],
    "cosh": [(-3, 3), (-711, 711)],
    "exp": [(-1, 1), (-746, 710), (-746, -707)],
    "log": [(0.5, 2), (0, 1000)],
    "log10": [(0.5, 2), (0, 1000)],
    "sin": [(-8, 8), (-(2.0**30), 2.0**30)],
    "sinh": [(-3, 3), (-711, 711)],
    "sqrt": [(0, 1000)],
    "tan": [(-8, 8), (-(2.0**30), 2.0**30)],
    "tanh": [(-3, 3), (-25, 25)],
}
"""Where values of models lie, and where each branch of a function is taken often."""

QUARTERS = np.outer([0.25, 0.5, 1.0], [1, 2, 3, 5, 1001, 2.0**20 + 1, 2.0**29 - 1]).ravel() * np.pi
# of all floats, close to the nearest to a multiple of pi/2 (W. Kahan; J.-M. Muller, Elementary Functions, 2016, ch. 11)
KAHAN = 6381956970095103 * 2.0**797
HALF_LN2 = np.log(2) / 2 * np.array([1.0, 3.0, 5.0, 63.0, 127.0, 129.0, 2045.0, 2047.0])
EDGES: dict[str, list[float]] = {
    "arccos": [0.5, 1.0, 2.0**-27],
    "arcsin": [0.5, 1.0, 2.0**-27],
    "arctan": [1.0, 2.0**-27, 2.0**53],
    "cos": [*QUARTERS, 2.0**-28, 2.0**30, KAHAN],
    "cosh": [*HALF_LN2, 44.5, 45.0, 710.4758600739439, 711.0],
    "exp": [*HALF_LN2, 708.3964185322641, 709.782712893384, 710.0, 745.1332191019412, 746.0],
    "log": [SMALLEST_NORMAL, 0.5, 1.0, np.sqrt(0.5), np.sqrt(2), *(np.sqrt(2) * 2.0 ** np.array([-1000, 5, 1000]))],
    "log10": [SMALLEST_NORMAL, 0.5, 1.0, np.sqrt(0.5), np.sqrt(2), *(np.sqrt(2) * 2.0 ** np.array([-1000, 5, 1000]))],
    "sin": [*QUARTERS, 2.0**-28, 2.0**30, KAHAN],
    "sinh": [*HALF_LN2, 44.5, 45.0, 710.4758600739439, 711.0],
    "sqrt": [1.0, 4.0, SMALLEST_NORMAL],
    "tan": [*QUARTERS, 2.0**-28, 2.0**30, KAHAN],
    "tanh": [*HALF_LN2, 19.06, 22.0],
}
"""Where a function changes from one branch or quadrant to the next, or leaves the range of floats."""


def inside(name: str, x: Vector) -> Vector:
    """Return the points of a function's domain."""
    low, high = DOMAINS[name]
    return x[(low <= x) & (x <= high)]


def of_any_size(rng: np.random.Generator, n: int) -> Vector:
    """Return floats of either sign with every exponent equally likely."""
    return np.ldexp(rng.uniform(1, 2, n), rng.integers(-1074, 1024, n)) * rng.choice([-1, 1], n)


def around(points: Vector) -> Vector:
    """Return points of both signs and the four floats next to each."""
    once = np.array([np.nextafter(points, -np.inf), points, np.nextafter(points, np.inf)])
    all_of_them = np.unique([np.nextafter(once, -np.inf), once, np.nextafter(once, np.inf)])
    return np.concatenate([-all_of_them, all_of_them])


def points_of(name: str, n: int, seed: int) -> Vector:
    """Return n points of each kind for a function."""
    rng = np.random.default_rng(seed)
    near_one = 1 + np.ldexp(rng.uniform(-2, 2, n), rng.integers(-53, -2, n))
    drawn = [rng.uniform(*interval, n) for interval in INTERVALS[name]]
    middling = np.ldexp(rng.uniform(-2, 2, n), rng.integers(-60, 31, n))
    return inside(name, np.concatenate([of_any_size(rng, n), middling, near_one, *drawn]))


@pytest.mark.parametrize("name", BOUNDS)
def test_every_function_is_within_its_bound(name: str, distances: Distances) -> None:
    """Points of every exponent, near one, and where the values of models lie."""
    assert distances(name, points_of(name, 600, seed=1)).max() <= BOUNDS[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", BOUNDS)
def test_every_function_is_within_its_bound_at_many_points(name: str, distances: Distances) -> None:
    """The same with fifty times the points."""
    assert distances(name, points_of(name, 30_000, seed=2)).max() <= BOUNDS[name]


@pytest.mark.parametrize("name", BOUNDS)
def test_no_function_is_worse_where_its_branches_meet(name: str, distances: Distances) -> None:
    """On the edges, and one and two floats to either side."""
    edges = np.array([*EDGES[name], SMALLEST, LARGEST, 3 * SMALLEST, 1.0])
    with np.errstate(over="ignore"):
        assert distances(name, inside(name, around(edges))).max() <= BOUNDS[name]


@pytest.mark.parametrize("name", BOUNDS)
@settings(max_examples=25)
@given(data=st.data())
def test_no_float_is_an_exception(name: str, distances: Distances, data: st.DataObject) -> None:
    """Floats of hypothesis's choosing, which likes whole, extreme and subnormal ones."""
    low, high = DOMAINS[name]
    points = data.draw(st.lists(st.floats(low, high), min_size=1, max_size=20))
    assert distances(name, np.array(points)).max() <= BOUNDS[name]


def powers(n: int, seed: int) -> tuple[Vector, Vector]:
    """Return bases and exponents: ordinary ones, such as reach every result, whole ones, and negative bases."""
    rng = np.random.default_rng(seed)
    wide, near_one = np.abs(of_any_size(rng, n)), 1 + np.ldexp(rng.uniform(-1, 1, n), rng.integers(-50, -2, n))
    results = rng.uniform(-746, 711, 3 * n)
    bases = np.concatenate([wide, near_one, rng.uniform(0.5, 2, n)])
    logarithms = np.where(bases == 1, 1, np.log(bases))
    whole = rng.integers(-30, 31, n).astype(float)
    x = np.concatenate([rng.uniform(0, 10, n), bases, rng.uniform(-5, 5, n), wide])
    return x, np.concatenate([rng.uniform(-5, 5, n), results / logarithms, whole, rng.uniform(-1, 1, n)])


def test_powers_are_within_their_bound(distances: Distances) -> None:
    """Results from below the smallest float to beyond the largest."""
    assert distances("power", *powers(700, seed=1)).max() <= POWER_BOUND


def test_powers_of_ordinary_size_are_almost_correctly_rounded(distances: Distances) -> None:
    """What makes extreme ones worse is an error of the logarithm, multiplied by its size."""
    x, y = powers(3000, seed=5)
    ordinary = np.abs(y * np.log(np.abs(x))) < 40
    assert distances("power", x[ordinary], y[ordinary]).max() <= ORDINARY_POWER_BOUND


@pytest.mark.slow
def test_powers_are_within_their_bound_at_many_points(distances: Distances) -> None:
    """The same with fifty times the points."""
    assert distances("power", *powers(35_000, seed=2)).max() <= POWER_BOUND


def test_powers_are_not_worse_where_branches_meet(distances: Distances) -> None:
    """Bases at the ends of the range and of intervals within; results that leave the vector code or all floats."""
    inner = [1.0, *(1377 / 2048 + np.arange(11) / 32), *(1057 / 1024 + np.arange(6) / 16)]
    edges = around(np.array([SMALLEST, SMALLEST_NORMAL, 0.5, *inner, np.sqrt(2), 2.0, LARGEST / 2]))
    bases = np.tile(edges[(edges > 0) & np.isfinite(edges) & (edges != 1)], 8)
    results = np.repeat([708.0, 709.782712893384, 745.1332191019412, 0.3, -708.0, -708.4, -745.1332191019412, -1], 1)
    results = np.repeat(results, bases.size // results.size)
    assert distances("power", bases, results / np.log(bases)).max() <= POWER_BOUND


@settings(max_examples=50)
@given(st.lists(st.tuples(st.floats(SMALLEST, LARGEST), st.floats(-LARGEST, LARGEST)), min_size=1, max_size=20))
def test_no_power_of_a_positive_base_is_an_exception(distances: Distances, points: list[tuple[float, float]]) -> None:
    """Pairs of hypothesis's choosing."""
    assert distances("power", *np.array(points).T).max() <= POWER_BOUND


def test_whole_powers_are_exact(apply: Callable[..., Vector]) -> None:
    """A whole base to a whole power comes out whole, as long as 53 bits hold it."""
    pairs = [(base, k) for base in range(2, 200) for k in range(1, 53) if base**k < 2**53]
    x, y = np.array(pairs, dtype=float).T
    assert apply("power", x, y).tolist() == [float(base**k) for base, k in pairs]


def test_half_powers_are_square_roots(apply: Callable[..., Vector]) -> None:
    """Correctly rounded, as the square root of IEEE 754 is."""
    x = np.abs(of_any_size(np.random.default_rng(6), 1000))
    assert apply("power", x, np.full(1000, 0.5)).tolist() == np.sqrt(x).tolist()


def test_the_decimal_logarithm_of_a_power_of_ten_is_whole(apply: Callable[..., Vector]) -> None:
    """10^22 is the last that is a float itself."""
    assert apply("log10", 10.0 ** np.arange(23)).tolist() == list(range(23))
