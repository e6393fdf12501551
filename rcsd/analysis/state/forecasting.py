"""Goes on from estimated states: the members run, disturbed as before, with nothing to correct them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.calibration import Target
from rcsd.analysis.state.members import Matrices, Members
from rcsd.analysis.state.process import Process
from rcsd.restart import restartable
from rcsd.simulator import Simulator


@dataclass(frozen=True, slots=True, eq=False)
class StateForecast:
    """Draws of one series after the last correction.

    Attributes
    ----------
    series, variable, unit
        Of the target.
    times
        Shape (time,).
    simulated
        The variable, shape (member, time); NaN from where a member came to no number.
    observed
        The same with its gap and an error of observation, as a yearbook would print it.
    """

    series: str
    variable: str
    unit: str
    times: NDArray[np.float64]
    simulated: NDArray[np.float64]
    observed: NDArray[np.float64]


def forecast_states(
    simulator: Simulator,
    targets: Sequence[Target],
    process: Process,
    members: Members,
    *,
    times: ArrayLike,
    rng: np.random.Generator,
    inputs: Mapping[str, float] | None = None,
) -> tuple[StateForecast, ...]:
    """Forecast series from members that a filter has kept.

    Parameters
    ----------
    simulator
        As of `filter_states`, or one with other drivers from here on.
    targets, process
        As of `filter_states`; what the targets' series hold is not looked at, their errors are.
    members
        Kept by the filter.
    times
        When members are disturbed and looked at, increasing, after that of the members.
    rng
        Decides disturbances and errors of observation.
    inputs
        Constants that have other values from here on.

    Returns
    -------
    tuple of StateForecast
        By target.

    Raises
    ------
    ModelError
        For a model whose runs cannot be continued.
    """
    runs, marks = restartable(simulator), np.atleast_1d(np.asarray(times, dtype=np.float64))
    matrices = Matrices(members.state.stocks, process)
    variables = tuple(dict.fromkeys(target.variable for target in targets))
    changed = {name: np.full(members.n, value) for name, value in (inputs or {}).items()}
    current = replace(members, inputs={**members.inputs, **changed})
    values = np.empty((members.n, marks.size, len(variables)))
    gaps = np.empty((members.n, marks.size, len(targets)))
    when = [members.state.time, *marks.tolist()]
    state = runs.advance(current.state, current.inputs, outputs=variables, times=when[:2])[1]
    for k, time in enumerate(when[1:]):
        current = matrices.disturbed(replace(current, state=state), time - when[k], rng)
        ensemble, state = runs.advance(current.state, current.inputs, outputs=variables, times=when[k + 1 : k + 3])
        values[:, k] = ensemble.values[:, 0]
        for i, target in enumerate(targets):
            gaps[:, k, i] = matrices.gap(current, target.series.name)
    return tuple(
        _series(target, marks, values[:, :, variables.index(target.variable)], gaps[:, :, i], rng)
        for i, target in enumerate(targets)
    )


def _series(
    target: Target,
    times: NDArray[np.float64],
    simulated: NDArray[np.float64],
    gaps: NDArray[np.float64],
    rng: np.random.Generator,
) -> StateForecast:
    added = gaps + target.stated * rng.standard_normal(simulated.shape)
    observed = simulated * np.exp(added) if target.kind == "relative" else simulated + added
    return StateForecast(target.series.name, target.variable, target.series.unit, times, simulated, observed)
