"""A family of networks as a `Simulator`: what calibrates or varies a model file does so with the theory itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError, SimulationError
from rcsd.papers.hypercycle.families import NetworkFamily
from rcsd.papers.hypercycle.network import CatalyticNetwork
from rcsd.papers.hypercycle.replicase import replicase_of_preference
from rcsd.papers.hypercycle.trajectory import RELATIVE_TOLERANCE, Velocity, softmax, solve_logs
from rcsd.papers.rules import within
from rcsd.papers.simulator import Columns, EquationSimulator
from rcsd.simulator import broadcast_inputs

MEASURES = ("advantage", "mean growth", "replicase")

_TOGETHER = 128
"""Runs solved as one system. Its error is judged over all of them, so that of one may be larger by the root of that."""

_MARGIN = 0.1
_FEWEST = 1e-12
"""Smallest first share: its logarithm must be a number."""


class HypercycleSimulator(EquationSimulator):
    """The network equation from `start` on; the inputs are the family's numbers, "preference" and "first share".

    Outputs are the shares, under the names of the units, "advantage" (1/Year), "mean growth" (1/Year) and "replicase".

    Parameters
    ----------
    family : NetworkFamily
        What builds the network of a run, such as ``ModeFamily("regional")``.
    times : array_like, shape (time,)
        Years that are saved unless a run asks for others, increasing, two or more.
    start : float, optional
        Year of the initial shares; the first of the times when None.
    defaults : mapping of str to float, optional
        Values of inputs in place of the family's. "preference" is x of the innovation system, which scales all
        catalysis by 1 - x^2; "first share" is that of the first unit at the start, the others share the rest alike.

    Raises
    ------
    ParameterError
        When the times do not increase, begin before the start, or a default is no input.
    """

    def __init__(
        self,
        family: NetworkFamily,
        times: ArrayLike,
        *,
        start: float | None = None,
        defaults: Mapping[str, float] | None = None,
    ) -> None:
        super().__init__(times, start=start, least=2)
        self.family = family
        self.name = f"hypercycle: {family.name}"
        self._names = family.network(family.constants).names
        n = len(self._names)
        known = {**family.constants, "preference": 0.0, "first share": 1.2 / n if n > 1 else 1.0}
        given, _ = broadcast_inputs(defaults, known)
        self.constants = {**known, **{name: float(row[0]) for name, row in given.items()}}
        self.variables = (*self._names, *MEASURES)
        self.units = {
            **family.units,
            **dict.fromkeys(("preference", "first share", "replicase", *self._names), "Dmnl"),
            **dict.fromkeys(("advantage", "mean growth"), "1/Year"),
        }

    def _solved(
        self, columns: Columns, times: NDArray[np.float64], names: tuple[str, ...]
    ) -> tuple[NDArray[np.float64], list[str]]:
        n = columns["preference"].size
        values = np.full((n, times.size, len(self.variables)), np.nan)
        messages = [""] * n
        built: dict[int, tuple[CatalyticNetwork, float, float]] = {}
        for row in range(n):
            try:
                built[row] = self._built({name: float(column[row]) for name, column in columns.items()})
            except ParameterError as fault:
                messages[row] = str(fault)
        sound = list(built)
        for first in range(0, len(sound), _TOGETHER):
            some = sound[first : first + _TOGETHER]
            try:
                values[some] = self._together([built[row] for row in some], times)
            except SimulationError:
                for row in some:  # one that is too fast holds up no other
                    try:
                        values[row] = self._together([built[row]], times)[0]
                    except SimulationError as failure:
                        messages[row] = str(failure)
        return values[:, :, [self.variables.index(name) for name in names]], messages

    def _built(self, row: dict[str, float]) -> tuple[CatalyticNetwork, float, float]:
        """Return the network of a row under its replicase, the replicase, and the first share."""
        level = float(replicase_of_preference(row.pop("preference")))
        share = row.pop("first share")
        if len(self._names) > 1:
            share = within("first share", share, _FEWEST, 1 - _FEWEST)
        return self.family.network(row).with_replicase(level), level, share

    def _together(
        self, built: Sequence[tuple[CatalyticNetwork, float, float]], times: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Solve some rows as one system, shape (run, time, variable)."""
        n = len(self._names)
        baseline = np.array([network.baseline for network, _, _ in built])
        catalysis = np.array([network.catalysis for network, _, _ in built])
        level = np.array([level for _, level, _ in built])
        share = np.array([share for _, _, share in built])
        x = np.repeat(((1 - share) / max(n - 1, 1))[:, None], n, axis=1)
        x[:, 0] = share
        saved = np.unique(np.concatenate([[self._start], times]))
        logs = np.log(x).reshape(1, -1)
        if saved.size > 1:
            tolerance = _MARGIN * RELATIVE_TOLERANCE
            logs = solve_logs(_velocity(baseline, catalysis), logs[0], saved, tolerance=tolerance)
        shares = softmax(logs.reshape(saved.size, -1, n)[np.isin(saved, times)]).transpose(1, 0, 2)
        rates = baseline[:, None, :] + np.einsum("rij,rtj->rti", catalysis, shares)
        growth = (shares * rates).sum(axis=2)
        best = np.array([network.replication.max() for network, _, _ in built])
        measures = [growth - best[:, None], growth, np.broadcast_to(level[:, None], growth.shape)]
        return np.concatenate([shares, np.stack(measures, axis=2)], axis=2)


def _velocity(baseline: NDArray[np.float64], catalysis: NDArray[np.float64]) -> Velocity:
    """Return the drifts of ln x of many rows, whose states stand one after the other."""

    def velocity(_: float, state: NDArray[np.float64]) -> NDArray[np.float64]:
        x = softmax(state.reshape(baseline.shape))
        rates = baseline + np.einsum("rij,rj->ri", catalysis, x)
        return np.asarray((rates - (x * rates).sum(axis=1, keepdims=True)).ravel())

    return velocity
