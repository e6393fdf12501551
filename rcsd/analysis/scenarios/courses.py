"""A simulator whose runs each have a course of the drivers of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.ensemble import Ensemble
from rcsd.errors import ParameterError
from rcsd.restart import State, restartable
from rcsd.simulator import DrivenSimulator, SimulatorAround, broadcast_inputs


class CourseSimulator(SimulatorAround[DrivenSimulator]):
    """Runs row i of its inputs with course i of the drivers; further rows begin with the first course again.

    So a batch that holds all draws once for each scenario gives one draw the same course in every scenario. The rows of
    one course are run together: a kernel takes its tables for a whole batch.

    Parameters
    ----------
    simulator
        Of the model.
    courses
        By table: x, shape (n_points,), and the y of each course, shape (n_courses, n_points).
    """

    def __init__(
        self, simulator: DrivenSimulator, courses: Mapping[str, tuple[ArrayLike, NDArray[np.float64]]]
    ) -> None:
        lengths = {len(y) for _, y in courses.values()}
        if len(lengths) != 1:
            raise ParameterError(f"courses of {sorted(lengths)} runs do not fit one another: give as many of each")
        super().__init__(simulator)
        self._n = lengths.pop()
        self._each = [
            simulator.with_tables({name: (x, y[i]) for name, (x, y) in courses.items()}) for i in range(self._n)
        ]

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Simulate one run for each row of the inputs; see `rcsd.simulator.Simulator.run`.

        Raises
        ------
        ParameterError
            Also where the rows are no multiple of the courses.
        """
        rows, n_runs = broadcast_inputs(inputs, self.constants)
        self._require_multiple(n_runs)
        parts = [
            each.run({name: row[i :: self._n] for name, row in rows.items()}, outputs=outputs, times=times)
            for i, each in enumerate(self._each)
        ]
        return _interleaved(parts, rows)

    @property
    def stocks(self) -> tuple[str, ...]:
        """Every level; see `rcsd.restart.RestartableSimulator`."""
        return restartable(self.inner).stocks

    def begin(self, inputs: Mapping[str, ArrayLike] | None = None) -> State:
        """Return runs at the initial time, each with its course; see `rcsd.restart.RestartableSimulator.begin`."""
        rows, n_runs = broadcast_inputs(inputs, self.constants)
        self._require_multiple(n_runs)
        parts = [
            restartable(each).begin({name: row[i :: self._n] for name, row in rows.items()})
            for i, each in enumerate(self._each)
        ]
        return _interleaved_states(parts)

    def advance(
        self,
        state: State,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike,
    ) -> tuple[Ensemble, State]:
        """Continue runs, each with its course; see `rcsd.restart.RestartableSimulator.advance`."""
        self._require_multiple(state.n_runs)
        given, _ = broadcast_inputs(inputs, self.constants)
        rows = {name: np.broadcast_to(row, (state.n_runs,)) for name, row in given.items()}
        parts = [
            restartable(each).advance(
                state.part(slice(i, None, self._n)),
                {name: row[i :: self._n] for name, row in rows.items()},
                outputs=outputs,
                times=times,
            )
            for i, each in enumerate(self._each)
        ]
        return _interleaved([part for part, _ in parts], rows), _interleaved_states([part for _, part in parts])

    def _require_multiple(self, n_runs: int) -> None:
        if n_runs % self._n:
            raise ParameterError(f"{n_runs} runs do not fit {self._n} courses: give a multiple of them")


def _interleaved_states(parts: Sequence[State]) -> State:
    """Put the states of all courses back into the order of the runs."""
    n = sum(part.n_runs for part in parts)
    levels, others = (
        np.stack(arrays, axis=1).reshape(n, arrays[0].shape[1])
        for arrays in ([part.levels for part in parts], [part.others for part in parts])
    )
    return State(parts[0].time, parts[0].stocks, levels, others)


def _interleaved(parts: Sequence[Ensemble], rows: Mapping[str, NDArray[np.float64]]) -> Ensemble:
    """Put the runs of all courses back into the order of the inputs."""
    first = parts[0]
    values = np.stack([part.values for part in parts], axis=1)
    return Ensemble(
        values=values.reshape(-1, *values.shape[2:]),
        times=first.times,
        variables=first.variables,
        units=first.units,
        status=np.stack([part.status for part in parts], axis=1).ravel(),
        messages=tuple(message for group in zip(*(part.messages for part in parts), strict=True) for message in group),
        inputs=rows,
    )
