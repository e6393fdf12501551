"""When a page shows its model, and how what is observed follows from the model's own steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.clock import clocked
from rcsd.ensemble import Ensemble, RunStatus
from rcsd.simulation.engine.begun import steps_of
from rcsd.study.file.study import Study

_MOST: Final = 400
"""Times that a figure can show; of more, every second is taken, or every third ..."""


@dataclass(frozen=True, slots=True)
class LiveTimes:
    """When a model is shown.

    Attributes
    ----------
    times
        Shown times, periods where the study counts in those; shape (n_times,).
    steps
        Steps of the model that are saved; shape (n_steps,).
    weights
        By variable, what each saved step counts at each shown time, shape (n_times, n_steps): NaN where a stretch
        begins before the model does. Empty where every saved step is a shown time.
    """

    times: NDArray[np.float64]
    steps: NDArray[np.int64]
    weights: Mapping[str, NDArray[np.float64]]


def thinned(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave out times that a figure has no room for."""
    return times[:: -(-len(times) // _MOST)]


def times_of(study: Study) -> LiveTimes:
    """Say when a study's model is shown."""
    saved = thinned(study.saved)
    axis = study.model.time
    if study.is_plain:
        return LiveTimes(saved, steps_of(axis, saved), {})
    steps, weights = _weights(study, saved)
    return LiveTimes(saved, steps, weights)


def _weights(study: Study, times: NDArray[np.float64]) -> tuple[NDArray[np.int64], dict[str, NDArray[np.float64]]]:
    """Ask the study's clock what it makes of runs that are 1 at one step and 0 at all others: it is linear in these."""
    axis = study.model.time
    impulses = _Impulses(study.outputs, study.model.units)
    simulator = clocked(
        impulses, study.clock, axis, axis.method, {each.variable: each.measured for each in study.targets}
    )
    found = simulator.run(outputs=study.outputs, times=times)
    return steps_of(axis, impulses.asked), {name: found.of(name).T.copy() for name in study.outputs}


class _Impulses:
    """A simulator whose run number i is 1 at the i-th time that it is asked for."""

    name = "impulses"
    constants: Mapping[str, float] = {}

    def __init__(self, variables: Sequence[str], units: Mapping[str, str]) -> None:
        self.variables, self.units = tuple(variables), units
        self.asked = np.zeros(0)

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        del inputs
        names = self.variables if outputs is None else tuple(outputs)
        self.asked = np.asarray(times, dtype=np.float64)
        n = self.asked.size
        return Ensemble(
            values=np.repeat(np.eye(n)[:, :, np.newaxis], len(names), axis=2),
            times=self.asked,
            variables=names,
            units={name: self.units.get(name, "") for name in names},
            status=np.full(n, RunStatus.OK, dtype=np.int_),
            messages=("",) * n,
            inputs={},
        )
