"""The ways in which a kernel raises to a power: all give one number."""

import numpy as np
import pytest

from rcsd.simulation.engine.lanes.power import log_parts_lanes, power_lanes, power_of_log_lanes
from rcsd.simulation.engine.pieces.powers import elastic_power_lanes, elastic_power_of_log_lanes
from tests.simulation.engine.test_kernel import assert_same_bits

AWKWARD = [0.0, -0.0, np.inf, -np.inf, np.nan, -3.5, 5e-324, -5e-324, 2.0**-1022, 1e308, 1.0, -1.0, -8.0]
BASES = np.concatenate([AWKWARD, np.geomspace(1e-300, 1e300, 64 - len(AWKWARD))])
EXPONENTS = [*AWKWARD, 0.5, -0.5, 0.3, -2.0, 3.0, 700.0]


def powers(exponents: np.ndarray) -> list[np.ndarray]:
    """Return the powers of `BASES` by every way."""
    found = []
    for power in (power_lanes, elastic_power_lanes):
        w = np.concatenate([BASES, exponents, np.empty(64)])
        power(w, 0, 64, 128)
        found.append(w[128:])
    for power in (power_of_log_lanes, elastic_power_of_log_lanes):
        w = np.concatenate([BASES, exponents, np.empty(192)])
        log_parts_lanes(w, 0, 192, 256)
        power(w, 0, 192, 256, 64, 128)
        found.append(w[128:192])
    return found


@pytest.mark.parametrize("exponent", EXPONENTS)
def test_a_power_is_the_same_by_any_way_and_whatever_its_neighbours(exponent: float) -> None:
    """Given the logarithm or not; in a block of equal exponents, of which some have a path of their own, or not."""
    first, *others = powers(np.full(64, exponent))
    for other in others:
        assert_same_bits(other, first)
    for other in powers(np.where(np.arange(64) == 63, 2.25, exponent)):
        assert_same_bits(other[:63], first[:63])


@pytest.mark.parametrize("target", [0, 64, 192, 256, 32, 100])
def test_a_power_may_be_written_over_what_it_is_worked_out_from(target: int) -> None:
    """Over its base, its exponent or a part of the logarithm, or over halves of two of them."""
    exponents = np.linspace(-2.0, 2.0, 64)
    expected = powers(exponents)[0]
    w = np.concatenate([BASES, exponents, np.empty(192)])
    log_parts_lanes(w, 0, 192, 256)
    elastic_power_of_log_lanes(w, 0, 192, 256, 64, target)
    assert_same_bits(w[target : target + 64], expected)


def test_a_logarithm_in_two_parts_is_that_of_a_positive_normal_number() -> None:
    """Its parts are a rounded logarithm and less than its last place; of any other base the first is NaN."""
    w = np.concatenate([BASES, np.empty(128)])
    log_parts_lanes(w, 0, 64, 128)
    high, low = w[64:128], w[128:]
    normal = np.isfinite(BASES) & (BASES >= 2.0**-1022)
    np.testing.assert_allclose(high[normal], np.log(BASES[normal]), rtol=3e-16, atol=0)
    assert (np.abs(low[normal]) <= np.spacing(np.abs(high[normal]))).all()
    assert np.isnan(high[~normal]).all()
