"""Estimates the state of a model from series, year by year: an ensemble Kalman filter, and smoother, on its runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.calibration import Target
from rcsd.analysis.state.consistency import Surprises
from rcsd.analysis.state.correction import correct
from rcsd.analysis.state.history import History
from rcsd.analysis.state.members import Matrices, Matrix, Members, logarithm
from rcsd.analysis.state.process import Process
from rcsd.analysis.state.result import Filtered
from rcsd.errors import ParameterError, SimulationError
from rcsd.restart import RestartableSimulator, State, restartable
from rcsd.simulator import Simulator

_FEWEST = 10
"""Members with which a covariance is worth estimating."""
_MOST_LOST = 0.5
"""Share of the members that may end on the way."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """An observation of one time, on the scale on which its target is compared."""

    target: int
    value: float
    variance: float


@dataclass(slots=True, eq=False)
class _Run:
    """A filter at work."""

    simulator: RestartableSimulator
    targets: tuple[Target, ...]
    matrices: Matrices
    variables: tuple[str, ...]
    rng: np.random.Generator
    history: History = field(init=False)
    surprises: Surprises = field(init=False)

    def __post_init__(self) -> None:
        self.history = History(self.matrices, self.variables)
        self.surprises = Surprises(self.targets)

    def advanced(self, members: Members, times: Sequence[float]) -> tuple[Members, NDArray[np.float64]]:
        """Continue members to the last of some times; returns the variables at the first, (member, variable)."""
        ensemble, state = self.simulator.advance(members.state, members.inputs, outputs=self.variables, times=times)
        return replace(members, state=state), ensemble.values[:, 0]

    def sound(self, members: Members, values: Matrix) -> tuple[Members, Matrix]:
        """Leave out the members that came to no number, here and at every earlier time.

        Raises
        ------
        SimulationError
            When half of them have.
        """
        matrix = self.matrices.matrix(members, self.matrices.logs(members.state))
        scaled = [_on_scale(each, values[:, self.variables.index(each.variable)]) for each in self.targets]
        whole = np.isfinite(np.column_stack([matrix, *scaled, values])).all(axis=1)
        if whole.all():
            return members, values
        if whole.mean() < 1 - _MOST_LOST:
            names = (*self.matrices.names, *(each.variable for each in self.targets), *self.variables)
            bad = ~np.isfinite(np.column_stack([matrix, *scaled, values]))
            worst = names[int(np.argmax(bad.mean(axis=0)))]
            raise SimulationError(
                f"{(~whole).sum()} of {whole.size} members came to no number by {members.state.time:g}, most often in "
                f"{worst!r}: lower the disturbances, narrow the priors, or give a stock that changes its sign the kind "
                "'absolute'"
            )
        rows = np.flatnonzero(whole)
        self.history.keep(rows)
        return members.part(rows), values[rows]

    def corrected(self, members: Members, values: Matrix, cells: Sequence[Cell]) -> Members:
        """Correct members, and what they were before, by the cells of a time."""
        if not cells:
            return members
        logs = self.matrices.logs(members.state)
        matrix = self.matrices.matrix(members, logs)
        predicted = np.column_stack([self._predicted(cell, members, values) for cell in cells])
        factor = self.matrices.process.inflation
        matrix, predicted = _inflated(matrix, factor), _inflated(predicted, factor)
        observed, variances = (np.array([getattr(cell, what) for cell in cells]) for what in ("value", "variance"))
        correction = correct(predicted, observed, variances, rng=self.rng)
        self.surprises.add(members.state.time, [cell.target for cell in cells], predicted, correction)
        self.history.correct(correction)
        matrix = matrix + np.where(self.matrices.may_change, correction.increments(matrix), 0.0)
        return self.matrices.members(members, matrix, logs)

    def _predicted(self, cell: Cell, members: Members, values: Matrix) -> Matrix:
        target = self.targets[cell.target]
        scaled = _on_scale(target, values[:, self.variables.index(target.variable)])
        return np.asarray(scaled + self.matrices.gap(members, target.series.name))


def filter_states(
    simulator: Simulator,
    targets: Sequence[Target],
    process: Process,
    inputs: Mapping[str, ArrayLike] | None = None,
    *,
    times: ArrayLike,
    n_members: int,
    rng: np.random.Generator,
    keep: Sequence[float] = (),
) -> Filtered:
    """Estimate the states of a model, and its slow parameters, from series.

    From one time to the next the members run as the model says and are given their disturbances; where a time has
    cells, they are corrected (`rcsd.analysis.state.correction`), and so is what they were before.

    Parameters
    ----------
    simulator
        One whose runs can be continued, with fixed constants and drivers in it.
    targets
        Series and the variables that should reproduce them: the error of a cell is the target's, over the root of its
        weight; it is independent of that of any other cell.
    process
        Disturbances of stocks, parameters that walk or are corrected, and gaps of series.
    inputs
        Constants of the members, scalars or shape (n_members,): draws of what is uncertain at the first time.
    times
        When members are disturbed, increasing; every cell that counts has one of these. Before the first one nothing
        is disturbed.
    n_members
        How many runs: errors of an estimate by chance fall as one over its root.
    rng
        Decides disturbances and perturbations.
    keep
        Times at which the corrected members are kept, so that a forecast can begin there.

    Returns
    -------
    Filtered

    Raises
    ------
    ParameterError
        For fewer than 10 members, a cell between the times, a disturbed stock that the model does not have, or the gap
        of a series that is no target.
    ModelError
        For a model whose runs cannot be continued.
    SimulationError
        When half of the members come to no number.

    References
    ----------
    Evensen, Ocean Dynamics 53, 2003; Eberlein & Wang, Validation of oscillatory behavior modes, 1985, for Kalman
    filters in system dynamics.
    """
    if n_members < _FEWEST:
        raise ParameterError(f"{n_members} members are too few for a covariance: take at least {_FEWEST}")
    runs, marks = restartable(simulator), np.atleast_1d(np.asarray(times, dtype=np.float64))
    process.require_stocks(runs.stocks)
    process.require_series([(target.series.name, target.kind) for target in targets])
    by_time = _cells(targets, marks)
    variables = tuple(dict.fromkeys(target.variable for target in targets))
    run = _Run(runs, tuple(targets), Matrices(runs.stocks, process), variables, rng)
    members, kept = _first(run, inputs or {}, n_members, float(marks[0])), {}
    for k, time in enumerate(marks.tolist()):
        members = run.matrices.disturbed(members, time - marks[k - 1], rng) if k else members
        members, predicted = run.sound(members, run.advanced(members, [time])[1])
        after = run.corrected(members, predicted, by_time[time])
        later, values = run.advanced(after, marks[k : k + 2].tolist())
        run.history.add(members, predicted, after, values)
        if time in keep:
            kept[time] = after
        members = later
    return Filtered(
        times=marks,
        estimates=run.history.estimates(lambda name: runs.units.get(name, "")),
        innovations=run.surprises.innovations(),
        consistency=run.surprises.consistency(),
        log_likelihood=run.surprises.log_likelihood,
        n_members=n_members,
        n_lost=n_members - members.n,
        members=kept,
    )


def _first(run: _Run, inputs: Mapping[str, ArrayLike], n: int, time: float) -> Members:
    """Bring the members to the first time."""
    rows = {name: np.broadcast_to(np.asarray(value, dtype=np.float64), (n,)) for name, value in inputs.items()}
    for walk in run.matrices.process.walks:
        rows.setdefault(walk.parameter, np.full(n, run.simulator.constants[walk.parameter]))
    state: State = run.simulator.begin(rows)
    if state.n_runs != n:
        state = state.part(np.zeros(n, dtype=np.intp))
    members = run.matrices.begun(state, rows)
    if state.time < time:
        members, _ = run.advanced(members, [time])
    return run.matrices.spread_at_first(members, run.rng)


def _cells(targets: Sequence[Target], times: NDArray[np.float64]) -> dict[float, list[Cell]]:
    """Sort the cells that count by time.

    Raises
    ------
    ParameterError
        For a cell between the times.
    """
    found: dict[float, list[Cell]] = {time: [] for time in times.tolist()}
    for i, target in enumerate(targets):
        values = np.log(target.observed) if target.kind == "relative" else target.observed
        variances = target.stated**2 / target.weights[target.kept]
        for year, value, variance in zip(target.years.tolist(), values, variances, strict=True):
            if year not in found:
                raise ParameterError(
                    f"series {target.series.name!r} has a cell at {year:g}, where the filter does not stop; it stops "
                    f"at {', '.join(f'{time:g}' for time in times)}"
                )
            found[year].append(Cell(i, float(value), float(variance)))
    return found


def _on_scale(target: Target, values: Matrix) -> Matrix:
    return logarithm(values) if target.kind == "relative" else values


def _inflated(columns: Matrix, factor: float) -> Matrix:
    mean = columns.mean(axis=0)
    return np.asarray(mean + factor * (columns - mean))
