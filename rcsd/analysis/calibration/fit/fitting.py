"""Several descents from several starts, on one process or many, with the same result."""

from __future__ import annotations

import pickle
from collections.abc import Generator
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import replace
from functools import lru_cache, partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.fit.evolution import evolved_points
from rcsd.analysis.calibration.fit.result import FitResult, Start, least
from rcsd.analysis.calibration.fit.search import Search, descend
from rcsd.analysis.calibration.problem import PENALTY, Problem
from rcsd.analysis.calibration.turns import settle_in_turns
from rcsd.analysis.calibration.uncertainty import standard_errors
from rcsd.analysis.parameters import ParameterSpace, SampleMethod
from rcsd.errors import CalibrationError, ParameterError
from rcsd.work.progress import Progress, silent
from rcsd.work.signals import undisturbed
from rcsd.work.spreading import spread
from rcsd.work.workers import worker_pool

ON_BOUND = 1e-3
"""An estimate within this share of the search interval of a bound lies on it."""

_SETTLING_STARTS = 8  # at most, to find the errors from


class StartStore(Protocol):
    """Keeps finished starts, so that an interrupted calibration goes on where it was."""

    def load(self, index: int) -> Start | None:
        """Return the start of this number, or None when it is not finished."""

    def save(self, start: Start) -> None:
        """Keep a finished start."""


class NoStore:
    """Keeps nothing: every calibration begins anew."""

    def load(self, index: int) -> Start | None:
        """Return None: nothing is ever finished."""
        return None

    def save(self, start: Start) -> None:
        """Forget the start."""


def starting_points(
    space: ParameterSpace, n_starts: int, *, rng: np.random.Generator, sampler: SampleMethod = "sobol"
) -> NDArray[np.float64]:
    """Points to start from, natural scale, shape (n_starts, n_parameters).

    The first is the study's own starting values (the middle of the search interval where a parameter has none), the
    others are a space-filling sample.

    Raises
    ------
    ParameterError
        For fewer than one start.
    """
    if n_starts < 1:
        raise ParameterError(f"a calibration needs at least 1 start, found {n_starts}")
    middle = space.from_search((space.lower + space.upper) / 2)
    own = [middle[i] if parameter.start is None else parameter.start for i, parameter in enumerate(space.parameters)]
    first = np.array(own, dtype=np.float64).reshape(1, space.n)
    if n_starts == 1:
        return first
    return np.vstack([first, space.sample(n_starts - 1, rng=rng, method=sampler)])


def fit(
    problem: Problem,
    search: Search,
    *,
    rng: np.random.Generator,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
    reuse: StartStore | None = None,
) -> FitResult:
    """Estimate the parameters of a problem.

    Bounded nonlinear least squares on the scaled residuals, from every starting point; the lowest cost wins. In one
    process all starts descend together, a batch of runs at a time; the result does not depend on `workers`, nor on
    `scheduler` among machines of one kind.

    Parameters
    ----------
    problem
        What to fit; must be picklable for more than one worker.
    search
        Number of starts, how their points are drawn, and when each descent stops.
    rng
        Draws the starting points; the same state gives the same ones.
    workers
        Processes to spread the starts over; more than one serve a simulator that runs one row after the other.
    scheduler
        Address of a dask cluster to spread them over instead.
    progress
        Told after each start, as step "calibrate".
    reuse
        Where finished starts are kept; None keeps none.

    Returns
    -------
    FitResult
        With every start, also those that failed.

    Raises
    ------
    CalibrationError
        When the first run of every start failed, or a worker process died.
    ClusterError
        When the cluster cannot be used, or has lost its workers.

    References
    ----------
    See `rcsd.analysis.calibration.fit.descent`.
    """
    problem, n_spent = with_errors_settled(problem, search, rng)
    n_starts = search.n_starts
    store = NoStore() if reuse is None else reuse
    found = {index: start for index in range(n_starts) if (start := store.load(index)) is not None}
    progress("calibrate", len(found), n_starts)
    missing = [index for index in range(n_starts) if index not in found]
    points, n_sought = _points(problem, search, rng) if missing else (np.empty((0, problem.space.n)), 0)
    pending = {index: points[index] for index in missing}
    # Closed at once when the loop is left by an interrupt: an open one would keep the workers at their work.
    with closing(_descents(problem, pending, search, workers, scheduler)) as descents:
        for start in descents:
            store.save(start)
            found[start.index] = start
            progress("calibrate", len(found), n_starts)
    return assemble(problem, tuple(found[index] for index in sorted(found)), n_spent + n_sought)


def with_errors_settled(problem: Problem, search: Search, rng: np.random.Generator) -> tuple[Problem, int]:
    """Put the most probable errors into a problem that estimates them, so that all starts descend under the same.

    Returns
    -------
    (problem, n_runs)
        The same problem where no kind of error is estimated with the parameters.

    Raises
    ------
    CalibrationError
        When the first run of every start fails.
    """
    wanted = [errors.settles for errors in problem.errors]
    if problem.noise is not None or not any(wanted):
        return problem, 0
    points = starting_points(problem.space, min(search.n_starts, _SETTLING_STARTS), rng=rng)
    settled = settle_in_turns(problem, points, wanted)
    return replace(problem, noise=settled.noise), settled.n_runs


def _points(problem: Problem, search: Search, rng: np.random.Generator) -> tuple[NDArray[np.float64], int]:
    """Where the descents begin, and the runs spent on finding that out."""
    if search.sampler == "differential-evolution":
        return evolved_points(problem, search.n_starts, rng=rng)
    return starting_points(problem.space, search.n_starts, rng=rng, sampler=search.sampler), 0


def assemble(problem: Problem, starts: tuple[Start, ...], n_spent: int = 0) -> FitResult:
    """Take the best of finished starts and add bounds and standard errors to it; `n_spent` runs came before them.

    Raises
    ------
    CalibrationError
        When every start is a failed run.
    """
    best = starts[least([start.cost for start in starts])]
    if best.cost >= 0.5 * PENALTY**2:
        raise CalibrationError(
            f"the first run of all {len(starts)} starts failed, for example: {starts[0].message}; "
            "check the starting values, the bounds and the constants that the study sets"
        )
    space = problem.space
    estimate = np.array([best.estimate[name] for name in space.names])
    on_bound = space.on_bound(estimate, tolerance=ON_BOUND)
    low = space.to_search(estimate) < (space.lower + space.upper) / 2
    cube = UnitCube(problem)
    errors = standard_errors(cube, estimate, ~on_bound)
    return FitResult(
        names=space.names,
        estimate=estimate,
        cost=best.cost,
        at_lower=on_bound & low,
        at_upper=on_bound & ~low,
        standard_error=errors,
        starts=starts,
        n_runs=sum(start.n_evaluations for start in starts) + cube.n_runs + n_spent,
        n_failed=sum(start.n_failed for start in starts) + cube.n_failed,
        window=problem.window,
        n_residuals=problem.n_data,
        noise=problem.noise,
    )


def _descents(
    problem: Problem, pending: dict[int, NDArray[np.float64]], search: Search, workers: int, scheduler: str | None
) -> Generator[Start, None, None]:
    """Yield finished starts, in any order."""
    if scheduler is not None:
        # a start each, since the batches of a descent are a few rows: too little to send about
        for starts in spread(scheduler, problem, partial(_descend_from, search=search), pending.items()):
            yield from starts
        return
    if workers <= 1 or len(pending) <= 1:
        if pending:
            yield from descend(problem, pending, search)
        return
    payload = pickle.dumps(problem)
    try:
        with worker_pool(min(workers, len(pending))) as pool:
            with undisturbed():
                futures = [pool.submit(_descend_pickled, payload, {i: point}, search) for i, point in pending.items()]
            for future in as_completed(futures):
                yield from future.result()
    except BrokenProcessPool as error:
        raise CalibrationError(
            "a worker process ended before its start was finished: finished starts are kept, so run again, with fewer "
            'workers if memory was short; a script must begin its work under `if __name__ == "__main__":`'
        ) from error


def _descend_from(problem: Problem, start: tuple[int, NDArray[np.float64]], *, search: Search) -> list[Start]:
    """Descend on a cluster."""
    return descend(problem, dict([start]), search)


def _descend_pickled(payload: bytes, points: dict[int, NDArray[np.float64]], search: Search) -> list[Start]:
    """Descend in a worker process."""
    return descend(_thaw(payload), points, search)


@lru_cache(maxsize=1)
def _thaw(payload: bytes) -> Problem:
    """Rebuild the problem once per worker: loading a model takes longer than a run."""
    problem: Problem = pickle.loads(payload)
    return problem
