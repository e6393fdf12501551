"""Starting points from a global search: the best of a population that has evolved, a batch of runs a generation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.problem import Problem

_MEMBERS = 15  # of the population, for each parameter
_GENERATIONS = 60


def evolved_points(problem: Problem, n: int, *, rng: np.random.Generator) -> tuple[NDArray[np.float64], int]:
    """Let a population evolve over the whole box, for a cost with many valleys.

    Parameters
    ----------
    problem
        What to fit.
    n
        How many points.
    rng
        Decides all.

    Returns
    -------
    (points, n_runs)
        The best different members of the last generation, the very best first, natural scale,
        shape (n, n_parameters); and the model runs spent.

    References
    ----------
    Storn & Price, J. Glob. Optim. 11, 1997; SciPy computes it.
    """
    from scipy.optimize import differential_evolution  # noqa: PLC0415 - slow to import, needed here alone

    cube = UnitCube(problem)

    def costs(columns: NDArray[np.float64]) -> NDArray[np.float64]:
        residuals, _ = cube.evaluate(columns.T)
        return np.asarray(0.5 * np.sum(residuals**2, axis=1))

    found = differential_evolution(
        costs,
        [(0.0, 1.0)] * problem.space.n,
        popsize=max(_MEMBERS, -(-n // problem.space.n)),
        maxiter=_GENERATIONS,
        init="sobol",
        polish=False,
        updating="deferred",
        vectorized=True,
        rng=rng,
    )
    members = np.vstack([found.x, found.population[np.argsort(found.population_energies, kind="stable")]])
    different = np.sort(np.unique(members, axis=0, return_index=True)[1])[:n]
    # a population that has met in one point has fewer: the very best stands in
    chosen = np.concatenate([different, np.zeros(n - different.size, dtype=np.intp)])
    return cube.natural(members[chosen]), cube.n_runs
