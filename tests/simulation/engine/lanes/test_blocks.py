"""Lanes do not know of each other, and a lane function writes its target and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba import njit
from numpy.typing import NDArray

from rcsd.simulation.engine.lanes import LANE_FUNCTIONS, LANES, exp_lanes, power_lanes

Vector = NDArray[np.float64]
ORDINARY = np.random.default_rng(3).uniform(0.01, 0.99, LANES)
ODD_ONES = [0.0, -0.0, np.nan, np.inf, -np.inf, -1.5, 1e300, 2.0**-1074, 2.0**30 + 1]


def call(name: str, x: Vector) -> Vector:
    """Apply a function to one block; a power is that of the block to 2.5."""
    w = np.concatenate([x, np.full(LANES, 2.5), np.zeros(LANES)])
    offsets = (0, LANES, 2 * LANES) if name == "power" else (0, 2 * LANES)
    LANE_FUNCTIONS[name](w, *offsets)
    return w[2 * LANES :]


@pytest.mark.parametrize("name", LANE_FUNCTIONS)
@pytest.mark.parametrize("odd_one", ODD_ONES)
def test_an_unusual_lane_does_not_disturb_its_neighbours(name: str, odd_one: float) -> None:
    """The other lanes keep every bit."""
    undisturbed, others = call(name, ORDINARY), np.arange(LANES) != 37
    found = call(name, np.where(others, ORDINARY, odd_one))
    assert found[others].tobytes() == undisturbed[others].tobytes()


@pytest.mark.parametrize("name", LANE_FUNCTIONS)
def test_a_result_does_not_depend_on_the_lane(name: str) -> None:
    """A value alone in a block of others is what it is in a block of its own kind."""
    for value in [0.7, 3e9, *ODD_ONES]:
        alone = call(name, np.where(np.arange(LANES) == 5, value, ORDINARY))[5]
        everywhere = call(name, np.full(LANES, value))
        np.testing.assert_array_equal(everywhere, np.full(LANES, alone))


@pytest.mark.parametrize("name", sorted(LANE_FUNCTIONS.keys() - {"power"}))
@pytest.mark.parametrize("shift", [0, 1, -5])
def test_source_and_target_may_overlap(name: str, shift: int) -> None:
    """In place, or partly so, with lanes that are done again: the whole source is read before the target is written."""
    x = np.where(np.arange(LANES) % 7 == 0, 1e300, ORDINARY)
    w = np.zeros(3 * LANES)
    w[LANES : 2 * LANES] = x
    LANE_FUNCTIONS[name](w, LANES, LANES + shift)
    np.testing.assert_array_equal(w[LANES + shift :][:LANES], call(name, x))


@pytest.mark.parametrize("place", [0, 1])
def test_a_power_may_replace_its_base_or_its_exponent(place: int) -> None:
    """Negative bases are done again after the vector code, from a base that is still there."""
    x = np.where(np.arange(LANES) % 7 == 0, -ORDINARY, ORDINARY)
    w = np.concatenate([x, np.full(LANES, 2.5)])
    power_lanes(w, 0, LANES, place * LANES)
    np.testing.assert_array_equal(w[place * LANES :][:LANES], call("power", x))


@pytest.mark.parametrize("name", LANE_FUNCTIONS)
def test_only_the_target_is_written(name: str) -> None:
    """Offsets need not be multiples of anything."""
    w = np.random.default_rng(4).uniform(0.01, 0.99, 5 * LANES)
    before = w.copy()
    LANE_FUNCTIONS[name](w, *((3, LANES + 5, 2 * LANES + 9) if name == "power" else (3, 2 * LANES + 9)))
    changed = np.flatnonzero(w != before)
    assert changed.min() == 2 * LANES + 9
    assert changed.max() == 3 * LANES + 8


def test_compiled_code_can_call_them() -> None:
    """As a generated kernel does: exp(x)^x over one scratch array."""

    @njit
    def kernel(w: Vector) -> None:
        exp_lanes(w, 0, LANES)
        power_lanes(w, LANES, 0, LANES)

    w = np.concatenate([ORDINARY, np.zeros(LANES)])
    kernel(w)
    np.testing.assert_allclose(w[LANES:], np.exp(ORDINARY**2), rtol=1e-15)


PRINT_BITS = """
import numpy as np
from rcsd.simulation.engine.lanes import LANE_FUNCTIONS, LANES
for name, function in LANE_FUNCTIONS.items():
    w = np.concatenate([np.linspace(0.01, 0.99, LANES), np.linspace(-9, 9, LANES), np.zeros(LANES)])
    function(w, *((0, LANES, 2 * LANES) if name == "power" else (0, 2 * LANES)))
    print(name, w[2 * LANES :].tobytes().hex())
"""


@pytest.mark.process
@pytest.mark.slow
def test_results_are_the_same_on_a_processor_without_vectors(tmp_path: Path) -> None:
    """Numba is told to compile for the plainest processor, which has no fused multiply-add either."""
    plain = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_CACHE_DIR": str(tmp_path)}
    bits = [
        subprocess.run(
            [sys.executable, "-c", PRINT_BITS], env=os.environ | extra, check=True, capture_output=True, text=True
        ).stdout
        for extra in ({}, plain)
    ]
    assert bits[0] == bits[1]
    assert bits[0].count("\n") == len(LANE_FUNCTIONS)
