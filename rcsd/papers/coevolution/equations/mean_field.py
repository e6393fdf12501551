"""The mean field: drift of the preference x (eqs 10-14) and of the interconversion factor alpha (eq 17)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.coevolution.equations.parameters import LARGEST_EXPONENT, CoevolutionParameters
from rcsd.papers.rules import all_within


def driving_force(x: ArrayLike, alpha: ArrayLike, parameters: CoevolutionParameters) -> NDArray[np.float64]:
    """Return A(x; alpha, beta) = (1 - x) p_up - (1 + x) p_down, the drift dx/dt (eqs 11-14).

    Equal to 2 nu [sinh(alpha + beta x) - x cosh(alpha + beta x)].

    Parameters
    ----------
    x
        Preference, in [-1, 1].
    alpha
        Interconversion factor, in [-20, 20]; x and alpha are broadcast against each other.
    parameters
        nu and beta are used.

    Returns
    -------
    NDArray
        1/Year, of the common shape.

    Raises
    ------
    ParameterError
        When x or alpha lies outside its range.
    """
    preference, factor = _checked(x, alpha)
    push = factor + parameters.beta * preference
    return np.asarray(parameters.nu * ((1 - preference) * np.exp(push) - (1 + preference) * np.exp(-push)))


def preference_drift(x: ArrayLike, alpha: ArrayLike, parameters: CoevolutionParameters) -> NDArray[np.float64]:
    """Return dalpha/dt = -2 omega [alpha0 sinh(lambda x) + alpha cosh(lambda x)] (eq 17).

    Corrected: the paper prints alpha(0) where its equation needs alpha(t). Parameters, shape and errors are those of
    `driving_force`; omega, alpha0 and lambda are used.
    """
    preference, factor = _checked(x, alpha)
    turn = parameters.lam * preference
    return np.asarray(-2 * parameters.omega * (parameters.alpha0 * np.sinh(turn) + factor * np.cosh(turn)))


def jacobian(x: float, alpha: float, parameters: CoevolutionParameters) -> NDArray[np.float64]:
    """Return the derivatives of both drifts by x and alpha, shape (2, 2), 1/Year.

    At the origin it is [[2 nu (beta - 1), 2 nu], [-2 omega alpha0 lambda, -2 omega]].

    Raises
    ------
    ParameterError
        When x or alpha lies outside its range.
    """
    preference, factor = (float(value) for value in _checked(x, alpha))
    nu, beta, omega = parameters.nu, parameters.beta, parameters.omega
    alpha0, lam = parameters.alpha0, parameters.lam
    push, turn = factor + beta * preference, lam * preference
    by_alpha = math.cosh(push) - preference * math.sinh(push)
    return np.array(
        [
            [2 * nu * (beta * by_alpha - math.cosh(push)), 2 * nu * by_alpha],
            [
                -2 * omega * lam * (alpha0 * math.cosh(turn) + factor * math.sinh(turn)),
                -2 * omega * math.cosh(turn),
            ],
        ]
    )


def _checked(x: ArrayLike, alpha: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return all_within("x", x, -1, 1), all_within("alpha", alpha, -LARGEST_EXPONENT, LARGEST_EXPONENT)
