"""How well the data determine an estimate, to first order."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.problem import Problem
from rcsd.analysis.parameters import ParameterSpace

FLAT = 10.0
"""Standard deviation of a direction, in search intervals, from which on nothing determines it: from one end of the box
to the other the deviance changes by a hundredth. Differences of runs are off by far less than that."""


def is_flat(jacobian: NDArray[np.float64]) -> bool:
    """Whether some direction is left undetermined.

    Parameters
    ----------
    jacobian
        Derivatives of the scaled residuals, those of priors among them, by coordinates of the unit cube, shape
        (n_residuals, n_parameters): one over a singular value is the standard deviation of its direction.
    """
    n = jacobian.shape[1]
    singular = np.linalg.svd(jacobian, compute_uv=False)
    return bool(singular.size < n or np.any(singular * FLAT < 1))


def standard_errors(
    cube: UnitCube, estimate: NDArray[np.float64], free: NDArray[np.bool_]
) -> NDArray[np.float64] | None:
    """Gauss-Newton standard errors at an estimate.

    The covariance on the search scale is (J'J)^-1 over the free parameters, where J holds the derivatives of the scaled
    residuals, priors included. If the fit misses the data by more than the stated errors (reduced chi-square above 1)
    it is multiplied by that ratio, unless an error is estimated, which takes a misfit in: then by n / (n - p)
    for n cells and p parameters, as regression does. It is never made smaller. Natural scale by the delta method.

    Parameters
    ----------
    cube
        The problem; its run counts grow by those spent here.
    estimate
        Natural scale, shape (n_parameters,).
    free
        Mask of the parameters off their bounds.

    Returns
    -------
    numpy.ndarray or None
        Natural scale, shape (n_parameters,), NaN where not free; None where the data leave a direction undetermined.

    References
    ----------
    Seber & Wild, Nonlinear Regression, 1989, section 2.1.
    """
    space = cube.problem.space
    residuals, jacobian = informing(cube, cube.point(estimate))
    jacobian = jacobian[:, free]
    n_free = int(free.sum())
    if n_free == 0 or is_flat(jacobian):
        return None
    singular, rotation = np.linalg.svd(jacobian, full_matrices=False)[1:]
    # Unit-cube variances: the diagonal of V S^-2 V'.
    variances = np.sum((rotation.T / singular) ** 2, axis=1)
    errors = np.full(space.n, np.nan)
    errors[free] = np.sqrt(variances) * _widening(cube.problem, residuals, n_free)
    return np.asarray(errors * (space.upper - space.lower) * slopes(space, estimate))


def _widening(problem: Problem, residuals: NDArray[np.float64], n_free: int) -> float:
    """By how much the standard errors are widened, for a misfit or for errors that are estimated."""
    if any(errors.estimates_size for errors in problem.errors):
        left = problem.n_data - n_free
        return math.sqrt(problem.n_data / left) if left > 0 else 1.0
    if all(errors.tells_misfit for errors in problem.errors):
        return inflation(float(residuals @ residuals), residuals.size, n_free)
    return 1.0


def informing(cube: UnitCube, u: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return scaled residuals at a point of the cube, and slopes whose squares are Fisher's information.

    Parameters
    ----------
    cube
        The problem, with what is known of its errors; its run counts grow.
    u
        Shape (n_parameters,).

    Returns
    -------
    (residuals, slopes)
        Shapes (n_residuals,) and (n_residuals, n_parameters), data and then priors.
    """
    problem = cube.problem
    here, raw, priors = cube.slopes(u)
    noises = problem.noise or (None,) * len(problem.targets)
    each = zip(problem.errors, raw, here.raw, noises, strict=True)
    slopes = [errors.standardised(own, at[0], noise).T for errors, own, at, noise in each]
    # rows of one parameter after the other, as all matrices of the searches are
    return problem.scaled(here, cube.search(u)[np.newaxis, :])[0], np.ascontiguousarray(
        np.concatenate([*slopes, priors])
    )


def inflation(sum_of_squares: float, n_residuals: int, n_free: int) -> float:
    """By how much the standard errors are widened where the fit misses the data by more than the stated errors.

    Parameters
    ----------
    sum_of_squares
        Of all scaled residuals at the estimate, those of priors among them.
    n_residuals, n_free
        How many residuals, and how many parameters off their bounds.

    Returns
    -------
    float
        Root of the reduced chi-square, never below 1.
    """
    freedom = n_residuals - n_free
    return math.sqrt(max(1.0, sum_of_squares / freedom)) if freedom > 0 else 1.0


def slopes(space: ParameterSpace, estimate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the derivative of natural with respect to search values, shape (n_parameters,): 1, v, or v(1 - v)."""
    by_scale = {"linear": np.ones_like(estimate), "log": estimate, "logit": estimate * (1 - estimate)}
    return np.array([by_scale[parameter.scale][i] for i, parameter in enumerate(space.parameters)])
