"""The interpreter: closed forms, orders of convergence, memories, pipes and tables."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.simulation.engine import InterpretedSimulator
from rcsd.simulation.engine.interpreter import interpret
from rcsd.simulation.engine.tables import look_up, table_row
from rcsd.simulation.ir import Method
from rcsd.simulation.ir.expression import Points
from tests.simulation.engine.systems import TABLES, closed_forms, everything, exact

OUTPUTS = ("x", "y", "p", "v")


def final_errors(method: Method, step: float) -> np.ndarray:
    """Return how far the stocks of the closed forms are off at time 2."""
    system = closed_forms(step, method)
    found = interpret(system, {}, range(1), OUTPUTS, np.array([round(2 / step)]))[0, 0]
    return np.abs(found - [exact(2.0)[name] for name in OUTPUTS])


@pytest.mark.parametrize(("method", "order"), [("euler", 1), ("rk2", 2), ("rk4", 4)])
def test_halving_the_step_shows_the_order_of_the_method(method: Method, order: int) -> None:
    """The error falls by two to the order."""
    orders = np.log2(final_errors(method, 1 / 32) / final_errors(method, 1 / 64))
    assert np.abs(orders - order).max() < 0.25


def test_eulers_growth_is_compound_interest() -> None:
    """x0 (1 + r h)^n, to rounding, for every run."""
    rates = np.array([-0.5, 0.0, 0.7])
    found = interpret(closed_forms(0.125, "euler"), {"r": rates}, range(3), ("x",), np.arange(17))[:, :, 0]
    np.testing.assert_allclose(found, 1.5 * (1 + rates[:, None] / 8) ** np.arange(17), rtol=1e-14)


@pytest.mark.parametrize("method", ["euler", "rk2", "rk4"])
def test_memories_and_pipes_advance_once_a_step(method: Method) -> None:
    """A memory holds the previous step's value; a pipe gives out what entered three steps before."""
    runs = InterpretedSimulator(everything(method), {}).run(outputs=["last x", "x", "late", "tank"])
    x, times = runs.of("x")[0], runs.times
    np.testing.assert_array_equal(runs.of("last x")[0, 1:], x[:-1])
    assert runs.of("last x")[0, 0] == -1
    assert (runs.of("late")[0, :3] == 7).all()
    np.testing.assert_array_equal(runs.of("late")[0, 3:], (x + times)[:-3])
    assert runs.of("tank").min() >= 0


def test_a_pipe_is_as_long_as_each_run_says() -> None:
    """Less than a step counts as one, longer than the run never gives out anything, no number gives none."""
    system = everything("euler")
    inputs = {"lag": np.array([0.01, 0.25, 1.0, 99.0])}
    runs = InterpretedSimulator(system, {}).run(inputs, outputs=["late", "x"])
    entered = runs.of("x") + runs.times
    np.testing.assert_array_equal(runs.of("late")[:2, 1:], entered[:2, :-1])
    np.testing.assert_array_equal(runs.of("late")[2, 4:], entered[2, :-4])
    assert (runs.of("late")[3] == 7).all()
    assert np.isnan(interpret(system, {"lag": np.array([np.nan])}, range(1), ["late"], np.arange(3))).all()


def test_tables_interpolate_as_numpy_does() -> None:
    """np.interp between and beyond the points; the neighbour's value where a table says so; lines carried on."""
    x = np.array([-3.0, 0.0, 0.4, 1.0, 1.7, 2.5, 3.999, 4.0, 9.0, np.nan])
    points = TABLES["hold"]
    np.testing.assert_array_equal(look_up(table_row(points), x), np.interp(x, points.x, points.y))
    previous = [1, 1, 1, 3, 3, -2, -2, 0.5, 0.5, np.nan]
    np.testing.assert_array_equal(look_up(table_row(TABLES["previous"]), x), previous)
    following = [1, 1, 3, 3, -2, -2, 0.5, 0.5, 0.5, np.nan]
    np.testing.assert_array_equal(look_up(table_row(TABLES["next"]), x), following)
    beyond = look_up(table_row(TABLES["extrapolate"]), x)
    np.testing.assert_allclose(beyond[[0, 8]], [1 - 3 * 2, 0.5 + 5 * 2.5 / 1.5], rtol=1e-15)
    np.testing.assert_array_equal(beyond[1:8], np.interp(x, points.x, points.y)[1:8])
    assert (look_up(table_row(Points((1.0,), (7.0,))), x[:9]) == 7).all()


def test_time_does_not_drift() -> None:
    """Step k is at start + k step, not at a sum of k steps."""
    system = closed_forms(0.1, "euler")
    system = replace(system, time=replace(system.time, stop=1000.0, save_step=0.1))
    rate = interpret(system, {}, range(1), ("z",), np.array([9999, 10000]))[0, :, 0]
    assert rate[1] == rate[0] + 0.1 * (2 * (9999 * 0.1))
