"""The potential whose slope drives x (eqs 15, 16)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.coevolution.equations.parameters import LARGEST_EXPONENT, CoevolutionParameters
from rcsd.papers.rules import all_within


def potential(x: ArrayLike, alpha: ArrayLike, parameters: CoevolutionParameters) -> NDArray[np.float64]:
    """Return V = (2 nu / beta^2) [beta x sinh(alpha + beta x) - (1 + beta) cosh(alpha + beta x)] (eq 16).

    Its slope is the driving force exactly: A = -dV/dx (eq 15).

    Parameters
    ----------
    x
        Preference, in [-1, 1].
    alpha
        Interconversion factor, in [-20, 20]; x and alpha are broadcast against each other.
    parameters
        nu and beta are used; beta must be above zero.

    Returns
    -------
    NDArray
        1/Year, of the common shape.

    Raises
    ------
    ParameterError
        When beta is zero, by which eq 16 divides, or x or alpha lies outside its range.
    """
    nu, beta = parameters.nu, parameters.beta
    if beta <= 0:
        raise ParameterError(f"the potential needs beta above zero, since eq 16 divides by it; got {beta!r}")
    preference = all_within("x", x, -1, 1)
    push = all_within("alpha", alpha, -LARGEST_EXPONENT, LARGEST_EXPONENT) + beta * preference
    return np.asarray(2 * nu / beta**2 * (beta * preference * np.sinh(push) - (1 + beta) * np.cosh(push)))
