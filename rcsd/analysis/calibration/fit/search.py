"""How hard to look for the best fit, and descents of some starts put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.fit.descent import FAILED, WHY_STOPPED, descend_all
from rcsd.analysis.calibration.fit.result import Start
from rcsd.analysis.calibration.problem import Problem
from rcsd.analysis.parameters import SampleMethod


@dataclass(frozen=True, slots=True)
class Search:
    """How hard to look for the best fit.

    Attributes
    ----------
    n_starts
        Descents, at least 1; the first from the study's own starting values, the others from a sample.
    max_evaluations
        Limit of the iterations of one descent.
    tolerance
        A descent ends when the relative change of the cost or of the point, or the gradient, falls below it.
    sampler
        How the starting points fill the search intervals; "differential-evolution" begins where a global search ends,
        see `rcsd.analysis.calibration.fit.evolution`.
    """

    n_starts: int
    max_evaluations: int = 100
    tolerance: float = 1e-6
    sampler: SampleMethod | Literal["differential-evolution"] = "sobol"


def descend(problem: Problem, points: dict[int, NDArray[np.float64]], search: Search) -> list[Start]:
    """Descend from some starting points together and say where each ended.

    Parameters
    ----------
    problem
        What to fit.
    points
        By the number of the start: natural scale, shape (n_parameters,).
    search
        When to stop.

    Returns
    -------
    list of Start
        In the order of `points`. Never raises for a run that fails: when the first run fails, the start says so and
        has the penalty's cost.
    """
    cube = UnitCube(problem)
    names = problem.space.names
    ends = descend_all(
        cube,
        cube.point(np.stack(list(points.values()))),
        max_iterations=search.max_evaluations,
        tolerance=search.tolerance,
    )
    estimates = cube.natural(ends.u)
    return [
        Start(
            index=index,
            initial={name: float(value) for name, value in zip(names, initial, strict=True)},
            estimate={name: float(value) for name, value in zip(names, estimates[i], strict=True)},
            cost=float(ends.cost[i]),
            n_evaluations=int(ends.n_runs[i]),
            n_failed=int(ends.n_failed[i]),
            converged=bool(ends.converged[i]),
            message=cube.message if ends.ended[i] == FAILED else WHY_STOPPED[int(ends.ended[i])],
        )
        for i, (index, initial) in enumerate(points.items())
    ]
