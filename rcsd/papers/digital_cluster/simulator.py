"""The cluster's equations as a `Simulator`: what calibrates, scores or varies a model file does so with the theory too.

Inputs and variables have the names of models/digital_cluster, so that either can take the other's place.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError, SimulationError
from rcsd.papers.digital_cluster import dynamics
from rcsd.papers.digital_cluster.parameters import DigitalClusterParameters
from rcsd.papers.digital_cluster.quantities import QUANTITIES
from rcsd.papers.digital_cluster.solver import solve
from rcsd.papers.simulator import Columns, EquationSimulator


class DigitalClusterSimulator(EquationSimulator):
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
        super().__init__(times, start=start)
        self.constants = (parameters or DigitalClusterParameters()).to_dict()

    def _solved(
        self, columns: Columns, times: NDArray[np.float64], names: tuple[str, ...]
    ) -> tuple[NDArray[np.float64], list[str]]:
        fields = {quantity.field: columns[quantity.name] for quantity in QUANTITIES}
        messages = _faults(fields)
        values = np.full((len(messages), times.size, len(names)), np.nan)
        sound = np.flatnonzero([not message for message in messages])
        if sound.size:
            try:
                values[sound] = self._read({name: column[sound] for name, column in fields.items()}, times, names)
            except SimulationError as failure:
                for row in sound:
                    messages[row] = str(failure)
        return values, messages

    def _read(self, fields: Columns, times: NDArray[np.float64], names: tuple[str, ...]) -> NDArray[np.float64]:
        """Solve sound rows, shape (run, time, name)."""
        saved = np.unique(np.concatenate([[self._start], times]))
        states = solve(fields, saved)[:, np.isin(saved, times)]
        found = dynamics.readings({name: column[:, None] for name, column in fields.items()}, np.moveaxis(states, 2, 0))
        return np.stack([found[name] for name in names], axis=2)


def _faults(columns: Columns) -> list[str]:
    """Say which rule each row breaks; empty where none."""
    broken = columns["initial_digitalisation"] > columns["digital_ceiling"]
    for quantity in QUANTITIES:
        low, high = quantity.rule
        broken = broken | ~((columns[quantity.field] >= low) & (columns[quantity.field] <= high))
    messages = [""] * broken.size
    for row in np.flatnonzero(broken):
        try:
            DigitalClusterParameters(**{name: float(column[row]) for name, column in columns.items()})
        except ParameterError as fault:
            messages[row] = str(fault)
    return messages
