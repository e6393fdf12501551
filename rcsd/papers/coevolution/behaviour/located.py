"""The points where the behaviour changes, found from the drifts and their Jacobian by a search.

They owe nothing to the formulas of `conditions`; tests hold the two together.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, root

from rcsd.errors import ParameterError
from rcsd.papers.coevolution.behaviour.conditions import at_beta
from rcsd.papers.coevolution.behaviour.outer_pairs import flattest, mismatch, slope, turning_points
from rcsd.papers.coevolution.equations.mean_field import driving_force, jacobian
from rcsd.papers.coevolution.equations.parameters import LARGEST_EXPONENT, CoevolutionParameters, moving_omega
from rcsd.papers.rules import within

_NEAR = 1e-3
"""How far from the tip of the cusp its folds are looked for at the least: at the tip the search is singular."""


def locate_fold(beta: float) -> tuple[float, float]:
    """Find the fold of x alone with x > 0: there A = 0 and dA/dx = 0.

    Parameters
    ----------
    beta
        Coordination factor, from 1.001 to 20.

    Returns
    -------
    x, alpha : float
        The fold; its mirror image (-x, -alpha) is the other one.

    Raises
    ------
    ParameterError
        When beta lies outside its range.
    """
    coordination = within("beta", beta, 1 + _NEAR, LARGEST_EXPONENT)
    parameters = CoevolutionParameters(beta=coordination)

    # The search is for y and alpha with x = tanh(y), so that x stays below 1.
    def faults(at: NDArray[np.float64]) -> list[float]:
        x, alpha = math.tanh(at[0]), float(np.clip(at[1], -LARGEST_EXPONENT, LARGEST_EXPONENT))
        scale = parameters.nu * math.cosh(alpha + coordination * x)
        return [float(driving_force(x, alpha, parameters)) / scale, jacobian(x, alpha, parameters)[0, 0] / scale]

    y = math.atanh(math.sqrt(1 - 1 / coordination)) * 1.1
    found = root(faults, [y, y - coordination * math.tanh(y)], tol=1e-14)
    return math.tanh(float(found.x[0])), float(found.x[1])


def locate_cusp() -> tuple[float, float, float]:
    """Find the tip of the cusp of x alone: A, dA/dx and d2A/dx2 are zero.

    Returns
    -------
    x, alpha, beta : float
        The closed form is (0, 0, 1).
    """

    def faults(at: NDArray[np.float64]) -> list[float]:
        x, alpha, beta = (float(value) for value in at)
        parameters = CoevolutionParameters(beta=beta)
        push = alpha + beta * x
        bend = beta**2 * (math.sinh(push) - x * math.cosh(push)) - 2 * beta * math.sinh(push)
        force = float(driving_force(x, alpha, parameters))
        return [force, jacobian(x, alpha, parameters)[0, 0], 2 * parameters.nu * bend]

    x, alpha, beta = root(faults, [0.1, -0.05, 1.2], tol=1e-14).x
    return float(x), float(alpha), float(beta)


def locate_hopf(parameters: CoevolutionParameters) -> tuple[float, float]:
    """Find beta where a complex pair of eigenvalues of the origin crosses the imaginary axis.

    Returns
    -------
    beta, frequency : float
        The frequency, radians per year, is the imaginary part there.

    Raises
    ------
    ParameterError
        When omega is zero, or no such pair crosses between beta 0 and 20.
    """
    moving_omega(parameters)

    def eigenvalues(beta: float) -> NDArray[np.complex128]:
        return np.asarray(np.linalg.eigvals(jacobian(0.0, 0.0, at_beta(parameters, beta))), dtype=np.complex128)

    beta = _crossing(lambda each: float(eigenvalues(each).real.sum()), "trace of the origin")
    frequency = float(np.abs(eigenvalues(beta).imag).max())
    if frequency == 0:
        raise ParameterError("no Hopf point: at the origin's zero trace the eigenvalues are real; raise alpha0 lambda")
    return beta, frequency


def locate_pitchfork(parameters: CoevolutionParameters) -> float:
    """Find beta where an eigenvalue of the origin of the pair is zero.

    Raises
    ------
    ParameterError
        When omega is zero, or there is none between beta 0 and 20.
    """
    moving_omega(parameters)

    def determinant(beta: float) -> float:
        return float(np.linalg.det(jacobian(0.0, 0.0, at_beta(parameters, beta))))

    return _crossing(determinant, "determinant of the origin")


def locate_outer_fold(parameters: CoevolutionParameters) -> float | None:
    """Find beta where a mirrored pair of equilibria, and a pair of saddles, are born apart from the origin.

    Returns
    -------
    float or None
        A beta below that of the pitchfork; None where alpha0 lambda^3 <= 1, so that the pair splits off the origin, and
        where it lies above 20.
    """
    strength = parameters.alpha0 * parameters.lam
    if strength * parameters.lam**2 <= 1:
        return None
    base = replace(parameters, beta=0.0)
    lowest = slope(flattest(base), base) * (1 + 1e-9)
    highest = min(1 + strength, LARGEST_EXPONENT)

    def valley(beta: float) -> float:
        each = at_beta(parameters, beta)
        return mismatch(math.atanh(math.sqrt(turning_points(each)[-1])), each)

    if lowest >= highest or valley(highest) > 0:
        return None
    # Hardly beyond alpha0 lambda^3 = 1 the two lie closer than can be told.
    return lowest if valley(lowest) <= 0 else float(brentq(valley, lowest, highest, xtol=1e-13, rtol=8.9e-16))


def _crossing(function: Callable[[float], float], what: str) -> float:
    if function(0.0) * function(LARGEST_EXPONENT) > 0:
        raise ParameterError(f"the {what} keeps its sign for beta from 0 to {LARGEST_EXPONENT:g}: nothing is crossed")
    return float(brentq(function, 0.0, LARGEST_EXPONENT, xtol=1e-14, rtol=8.9e-16))
