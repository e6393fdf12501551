"""The cluster's equations as a `Simulator`: what calibrates, scores or varies a model file does so with the theory too.

Inputs and variables have the names of models/digital_cluster, so that either can take the other's place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.ensemble import Ensemble, RunStatus, broadcast_inputs, output_names
from rcsd.errors import ParameterError, SimulationError
from rcsd.theory.digital_cluster import dynamics
from rcsd.theory.digital_cluster.parameters import DigitalClusterParameters
from rcsd.theory.digital_cluster.quantities import QUANTITIES
from rcsd.theory.digital_cluster.solver import solve
from rcsd.theory.rules import finite, increasing


class DigitalClusterSimulator:
    """The digital cluster from `start` on; the inputs are the model's constants.

    Parameters
    ----------
    times : array_like, shape (time,)
        Years that are saved unless a run asks for others, increasing.
    start : float, optional
        Year of the initial state; the first of the times when None.
    parameters : DigitalClusterParameters, optional
        Defaults of the inputs.

    Raises
    ------
    ParameterError
        When the times do not increase or begin before the start.
    """

    name = "digital cluster"
    variables = (*dynamics.STOCKS, *dynamics.READINGS)
    units: Mapping[str, str] = {**{quantity.name: quantity.unit for quantity in QUANTITIES}, **dynamics.UNITS}

    def __init__(
        self, times: ArrayLike, *, start: float | None = None, parameters: DigitalClusterParameters | None = None
    ) -> None:
        self._times = increasing("times", times)
        self._start = float(self._times[0]) if start is None else finite("start", start)
        self.constants: Mapping[str, float] = (parameters or DigitalClusterParameters()).to_dict()
        self._checked(self._times)

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Solve one run for each row of the inputs; see `rcsd.ensemble.Simulator`.

        A row that breaks a rule of `DigitalClusterParameters` gets the status FAILED and a message that names it.
        """
        rows, n = broadcast_inputs(inputs, self.constants)
        names = output_names(outputs, self.variables)
        when = self._times if times is None else self._checked(increasing("times", times))
        columns = {
            quantity.field: np.broadcast_to(rows.get(quantity.name, np.array(self.constants[quantity.name])), (n,))
            for quantity in QUANTITIES
        }
        messages = _faults(columns, n)
        values = np.full((n, when.size, len(names)), np.nan)
        sound = np.flatnonzero([not message for message in messages])
        if sound.size:
            try:
                values[sound] = self._solved({name: column[sound] for name, column in columns.items()}, when, names)
            except SimulationError as failure:
                for row in sound:
                    messages[row] = str(failure)
        status = np.array([RunStatus.FAILED if message else RunStatus.OK for message in messages], dtype=np.int_)
        return Ensemble(
            values=values,
            times=when,
            variables=names,
            units={name: dynamics.UNITS[name] for name in names},
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

    def _solved(
        self, columns: Mapping[str, NDArray[np.float64]], times: NDArray[np.float64], names: Sequence[str]
    ) -> NDArray[np.float64]:
        """Solve sound rows, shape (run, time, variable)."""
        saved = np.unique(np.concatenate([[self._start], times]))
        states = solve(columns, saved)[:, np.isin(saved, times)]
        found = dynamics.readings(
            {name: column[:, None] for name, column in columns.items()}, np.moveaxis(states, 2, 0)
        )
        return np.stack([found[name] for name in names], axis=2)


def _faults(columns: Mapping[str, NDArray[np.float64]], n: int) -> list[str]:
    """Say which rule each row breaks; empty where none."""
    broken = columns["initial_digitalisation"] > columns["digital_ceiling"]
    for quantity in QUANTITIES:
        low, high = quantity.rule
        broken = broken | ~((columns[quantity.field] >= low) & (columns[quantity.field] <= high))
    messages = [""] * n
    for row in np.flatnonzero(broken):
        try:
            DigitalClusterParameters(**{name: float(column[row]) for name, column in columns.items()})
        except ParameterError as fault:
            messages[row] = str(fault)
    return messages
