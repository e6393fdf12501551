"""What the papers' equations have in common as a `Simulator`: names, times and rows; each solves its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.ensemble import Ensemble, RunStatus
from rcsd.errors import ParameterError
from rcsd.papers.rules import finite, increasing
from rcsd.simulator import broadcast_inputs, output_names

Columns = Mapping[str, NDArray[np.float64]]
"""By input, its value in every run, shape (n_runs,)."""


class EquationSimulator(ABC):
    """Equations that are solved from `start` on; what calibrates or varies a model file does so with them too.

    Parameters
    ----------
    times : array_like, shape (time,)
        Years that are saved unless a run asks for others, increasing.
    start : float, optional
        Year of the initial state; the first of the times when None.
    least : int
        Fewest times.

    Raises
    ------
    ParameterError
        When the times do not increase or begin before the start.
    """

    name: str
    constants: Mapping[str, float]
    variables: tuple[str, ...]
    units: Mapping[str, str]

    def __init__(self, times: ArrayLike, *, start: float | None = None, least: int = 1) -> None:
        self._times = increasing("times", times, least=least)
        self._start = float(self._times[0]) if start is None else finite("start", start)
        self._checked(self._times)

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Solve one run for each row of the inputs; see `rcsd.simulator.Simulator`.

        A row that breaks a rule of the equations gets the status FAILED and a message that names the fault.
        """
        rows, n = broadcast_inputs(inputs, self.constants)
        names = output_names(outputs, self.variables)
        when = self._times if times is None else self._checked(increasing("times", times))
        columns = {
            name: np.broadcast_to(rows.get(name, np.array(value)), (n,)) for name, value in self.constants.items()
        }
        values, messages = self._solved(columns, when, names)
        status = np.array([RunStatus.FAILED if message else RunStatus.OK for message in messages], dtype=np.int_)
        return Ensemble(
            values=values,
            times=when,
            variables=names,
            units={name: self.units[name] for name in names},
            status=status,
            messages=tuple(messages),
            inputs=rows,
        )

    def _checked(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        if times[0] < self._start:
            raise ParameterError(
                f"time {times[0]:g} cannot be saved: the initial state is that of {self._start:g}; ask for later times"
            )
        return times

    @abstractmethod
    def _solved(
        self, columns: Columns, times: NDArray[np.float64], names: tuple[str, ...]
    ) -> tuple[NDArray[np.float64], list[str]]:
        """Solve all rows: values, shape (run, time, name), NaN where there are none, and why a run has none."""
