"""Time constants against closed forms."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.simulation.checks.time_constants import TimeConstant, time_constants
from rcsd.simulation.passes import flatten
from tests.small_models import write_model


def measured(folder: Path, equations: dict[str, str], **controls: str) -> tuple[TimeConstant, ...]:
    """Return the time constants of a small model."""
    model = rcsd.load(write_model(folder, equations, **controls)).ir
    return time_constants(model, flatten(model))


def test_a_first_order_outflow_has_its_delay(tmp_path: Path) -> None:
    """A stock that drains over 4 years has the time constant 4."""
    found = measured(tmp_path, {"Stock": "INTEG (-Stock/Delay, 100)", "Delay": "4"})
    assert {each.stock for each in found} == {"Stock"}
    assert [each.length for each in found] == pytest.approx([4.0] * len(found), rel=1e-6)


def test_a_delay_of_three_stages_has_a_third_of_its_time(tmp_path: Path) -> None:
    """DELAY3 of 6 years is three stocks that drain over 2 years each."""
    found = measured(tmp_path, {"Out": "DELAY3(10+Time, 6)"})
    assert {round(each.length, 3) for each in found} == {2.0}
    assert all(each.stock.startswith("Out#") for each in found)


def test_two_stocks_that_swing_have_the_period_of_their_circle(tmp_path: Path) -> None:
    """X' = 2y, y' = -2x turns by 2 radians a year: its eigenvalues are +2i and -2i, which neither grow nor decay."""
    found = measured(tmp_path, {"X": "INTEG (2*Y, 1)", "Y": "INTEG (-2*X, 0)"}, TIME_STEP="0.01")
    values = np.array([each.value for each in found])
    np.testing.assert_allclose(np.abs(values.imag), 2.0, rtol=1e-6)
    np.testing.assert_allclose(values.real, 0.0, atol=1e-6)
    assert not any(each.decays for each in found)


def test_an_outflow_that_is_limited_by_the_step_has_no_time_constant(tmp_path: Path) -> None:
    """Stock/TIME STEP empties in one step of any length: a shorter step would not help."""
    assert measured(tmp_path, {"Stock": "INTEG (Inflow-Stock/TIME STEP, 100)", "Inflow": "5"}) == ()


@pytest.mark.parametrize(("method", "most"), [("euler", 2.0), ("rk2", 2.0), ("rk4", 2.785)])
def test_a_method_is_stable_up_to_its_limit(method: str, most: float) -> None:
    """The real stability limits of the three methods (Butcher 2016, ch. 2 and 3)."""
    decay = TimeConstant(complex(-1.0), "Stock", 0.0)
    assert decay.growth(0.999 * most, method) < 1 < decay.growth(1.001 * most, method)
