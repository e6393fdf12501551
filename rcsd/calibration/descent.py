"""One bounded least-squares descent, with derivatives from one batch of runs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from rcsd.calibration.problem import Problem
from rcsd.calibration.result import Start
from rcsd.parameters import SampleMethod

DIFFERENCE = 1e-6
"""Step of the forward differences, as a share of the width of a parameter's search interval."""


_WHY_STOPPED = {
    0: "the evaluations were used up",
    1: "the gradient is below the tolerance",
    2: "the cost no longer changes",
    3: "the parameters no longer change",
    4: "neither the cost nor the parameters change any more",
}
"""By the status that `scipy.optimize.least_squares` ends with."""


@dataclass(frozen=True, slots=True)
class Search:
    """How hard to look for the best fit.

    Attributes
    ----------
    n_starts
        Descents, at least 1; the first from the study's own starting values, the others from a sample.
    max_evaluations
        Limit of one descent; the runs for derivatives do not count.
    tolerance
        A descent ends when the relative change of the cost or of the point, or the gradient, falls below it.
    sampler
        How the starting points fill the search intervals.
    """

    n_starts: int
    max_evaluations: int = 100
    tolerance: float = 1e-6
    sampler: SampleMethod = "sobol"


@dataclass(slots=True)
class UnitCube:
    """A problem with every search interval stretched to [0, 1], counting its runs.

    The descent works in the cube so that one step length and one tolerance suit every parameter.
    """

    problem: Problem
    n_runs: int = 0
    n_failed: int = 0
    message: str = ""
    _last: tuple[NDArray[np.float64], NDArray[np.float64]] | None = field(default=None, repr=False)

    def search(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of the cube, shape (..., n_parameters), on the search scale."""
        lower, upper = self.problem.space.lower, self.problem.space.upper
        return np.asarray(np.clip(lower + u * (upper - lower), lower, upper))

    def natural(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of the cube on the natural scale; exp(log(bound)) may step over a bound by a rounding, so clipped."""
        parameters = self.problem.space.parameters
        lower, upper = [p.lower for p in parameters], [p.upper for p in parameters]
        return np.asarray(np.clip(self.problem.space.from_search(self.search(u)), lower, upper))

    def evaluate(self, rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Residuals (n_rows, n_residuals) and which rows ended well."""
        evaluation = self.problem.evaluate(self.search(rows))
        self.n_runs += len(rows)
        self.n_failed += int(np.sum(~evaluation.ok))
        self.message = self.message or evaluation.message
        return evaluation.residuals, evaluation.ok

    def residuals(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Residuals at one point, kept for the derivatives that are asked for next."""
        found = np.asarray(self.evaluate(u[np.newaxis, :])[0][0])
        self._last = (u.copy(), found)
        return found

    def jacobian(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Forward differences, shape (n_residuals, n_parameters), from one batch of runs.

        A step that leaves the cube or whose run fails is taken backwards; where both fail the column is zero, so the
        descent leaves that parameter where it is instead of chasing the penalty.
        """
        here = self._last[1] if self._last is not None and np.array_equal(self._last[0], u) else self.residuals(u)
        signs = np.where(u + DIFFERENCE > 1, -1.0, 1.0)
        columns = np.zeros((u.size, here.size))
        pending = np.arange(u.size)
        for _ in range(2):
            rows = np.tile(u, (pending.size, 1))
            rows[np.arange(pending.size), pending] += signs[pending] * DIFFERENCE
            found, ok = self.evaluate(rows)
            columns[pending[ok]] = (found[ok] - here) / (signs[pending[ok], np.newaxis] * DIFFERENCE)
            signs, pending = -signs, pending[~ok]
            pending = pending[(u + signs * DIFFERENCE >= 0)[pending] & (u + signs * DIFFERENCE <= 1)[pending]]
            if pending.size == 0:
                break
        return columns.T


def descend(problem: Problem, index: int, initial: NDArray[np.float64], search: Search) -> Start:
    """Descend from one point and say where it ended.

    Parameters
    ----------
    problem
        What to fit.
    index
        The start's number.
    initial
        Natural scale, shape (n_parameters,).
    search
        When to stop.

    Returns
    -------
    Start
        Never raises for a run that fails: when the first run fails, the start says so and has the penalty's cost.
    """
    space, cube = problem.space, UnitCube(problem)
    u = np.clip((space.to_search(initial) - space.lower) / (space.upper - space.lower), 0.0, 1.0)
    first, ok = cube.evaluate(u[np.newaxis, :])
    if not ok[0]:
        return _start(index, problem, cube, initial, u, (0.5 * float(first[0] @ first[0]), False, cube.message))
    solution = least_squares(
        cube.residuals,
        u,
        jac=cube.jacobian,
        bounds=(0.0, 1.0),
        method="trf",
        ftol=search.tolerance,
        xtol=search.tolerance,
        gtol=search.tolerance,
        max_nfev=search.max_evaluations,
    )
    outcome = (float(solution.cost), solution.status > 0, _WHY_STOPPED[int(solution.status)])
    return _start(index, problem, cube, initial, solution.x, outcome)


def _start(
    index: int,
    problem: Problem,
    cube: UnitCube,
    initial: NDArray[np.float64],
    u: NDArray[np.float64],
    outcome: tuple[float, bool, str],
) -> Start:
    """Put names to the numbers of one descent."""
    names = problem.space.names
    estimate = cube.natural(u)
    cost, converged, message = outcome
    return Start(
        index=index,
        initial={name: float(value) for name, value in zip(names, initial, strict=True)},
        estimate={name: float(value) for name, value in zip(names, estimate, strict=True)},
        cost=cost,
        n_evaluations=cube.n_runs,
        n_failed=cube.n_failed,
        converged=converged,
        message=message,
    )
