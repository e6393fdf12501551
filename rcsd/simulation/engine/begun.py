"""Runs that have begun: the step that they are at, and what they carry into it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.restart import State
from rcsd.simulation.ir import TimeAxis


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """Where some runs go on from.

    Attributes
    ----------
    step : int
        Number of the step; 0 is the initial time.
    names : tuple of str
        Those of `rcsd.simulation.engine.plan.carried.carried_names`.
    values : NDArray, shape (run, name)
        What each has when the step begins.
    """

    step: int
    names: tuple[str, ...]
    values: NDArray[np.float64]


NOT_BEGUN = Begun(0, (), np.zeros((0, 0)))
"""From the initial time, with the model's own initial values."""


def steps_of(axis: TimeAxis, times: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the numbers of the steps at which times lie."""
    return np.rint((times - axis.start) / axis.step).astype(np.int64)


def begun_at(state: State, names: tuple[str, ...], axis: TimeAxis) -> Begun:
    """Say where runs go on from.

    Raises
    ------
    ParameterError
        For a state of another model.
    """
    values = np.hstack([state.levels, state.others])
    if state.stocks != names[: len(state.stocks)] or values.shape[1] != len(names):
        raise ParameterError("the state is that of another model: begin with the simulator that continues the runs")
    return Begun(int(steps_of(axis, np.array([state.time]))[0]), names, values)
