"""Models and time axes before anyone runs them."""

from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import ModelError
from rcsd.simulation.ir import Model, TimeAxis, Variable


def constant(name: str, value: float) -> Variable:
    """Return a constant in metres."""
    return Variable(name, "constant", "m", "", 1, str(value), value)


MODEL = Model(
    name="m",
    path=Path("m.mdl"),
    format="vensim",
    variables=(constant("Birth Rate", 0.1), Variable("GDP", "auxiliary", "yuan", "", 2, "1+Time", None)),
    time=TimeAxis(2000, 2030, 0.1, 0.1),
)


@pytest.mark.parametrize("name", ["Birth Rate", "birth_rate", "BIRTH  RATE"])
def test_a_variable_is_found_whatever_its_spelling(name: str) -> None:
    """Vensim and XMILE hold these names to be one."""
    assert MODEL[name].value == 0.1
    assert name in MODEL


def test_a_misspelt_variable_is_answered_with_its_neighbours() -> None:
    """The error carries the model's path and the nearest name."""
    with pytest.raises(ModelError, match=r"m\.mdl: there is no variable 'brith rate'; did you mean 'Birth Rate'"):
        MODEL["brith rate"]
    assert MODEL.get("nothing") is None


def test_the_views_of_a_model_keep_the_order_of_the_file() -> None:
    """Only scalar constants have a value to set."""
    assert MODEL.names == ("Birth Rate", "GDP")
    assert MODEL.constants == {"Birth Rate": 0.1}
    assert MODEL.units == {"Birth Rate": "m", "GDP": "yuan"}
    assert [variable.line for variable in MODEL] == [1, 2]


@pytest.mark.parametrize(("step", "count"), [(0.1, 301), (0.125, 241), (1, 31), (7, 5)])
def test_saved_times_count_as_exact_arithmetic_does(step: float, count: int) -> None:
    """30/0.1 is 300 intervals, though not in floating point; a last part interval is not saved."""
    times = TimeAxis(2000, 2030, min(step, 1), step).saved_times()
    assert len(times) == count
    assert times[-1] <= 2030 + 1e-9


@pytest.mark.parametrize(
    ("step", "save_step", "saved", "told"),
    [
        (0.4, 1, [0, 1.2, 2, 3.2, 4], "saved are 0, 1.2, 2, 3.2, 4 instead, and the final time 5 is not reached"),
        (1, 2.5, [0, 3, 5], "saved are 0, 3, 5 instead;"),
        (1, 1.8, [0, 2, 4], "saved are 0, 2, 4 instead, and the final time 5 is not saved"),
        (1, 0.4, [0, 1, 2, 3, 4, 5], "saved are 0, 1, 2, 3, 4, 5 instead;"),
        (3, 3, [0, 3], "saved are 0, 3 instead, and the final time 5 is not reached"),
        (0.5, 2, [0, 2, 4], None),
    ],
)
def test_times_to_save_that_steps_do_not_meet_are_told(
    step: float, save_step: float, saved: list[float], told: str | None
) -> None:
    """From 0 to 5: each moves to the next step, and what is saved instead is said."""
    axis = TimeAxis(0, 5, step, save_step)
    assert axis.saved_times().tolist() == pytest.approx(saved)
    departure = axis.departure()
    assert (departure is None) if told is None else (departure is not None and told in departure)


def test_times_on_the_grid_are_told_from_times_between() -> None:
    """Rounding is forgiven, half a step and times before the start are not."""
    axis = TimeAxis(2000, 2030, 0.1, 1)
    assert axis.on_grid(np.array([2000, 2000.3, 2010.05, 1999])).tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    ("numbers", "rule"),
    [
        ((2030, 2000, 1, 1), "after the initial time"),
        ((2000, 2000, 1, 1), "after the initial time"),
        ((2000, float("nan"), 1, 1), "after the initial time"),
        ((0, 10, 0, 1), "must be positive"),
        ((0, 10, 20, 20), "no longer than the run"),
        ((0, 10, 1, -1), "must be positive"),
        ((0, 1, 1e-9, 1), "lengthen it"),
    ],
)
def test_numbers_that_make_no_time_axis_are_refused(numbers: tuple[float, ...], rule: str) -> None:
    """A run that could not end, or not begin, is refused before it starts."""
    with pytest.raises(ModelError, match=rule):
        TimeAxis(*numbers)
