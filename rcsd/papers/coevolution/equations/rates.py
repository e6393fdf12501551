"""The rates at which one unit of input changes sides (eq 14)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters, checked_alpha
from rcsd.papers.rules import all_within


def unit_rates(
    x: ArrayLike, alpha: float, parameters: CoevolutionParameters
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return p_up = nu exp(alpha + beta x) and p_down = nu exp(-(alpha + beta x)) (eq 14).

    Parameters
    ----------
    x
        Preference, in [-1, 1], any shape.
    alpha
        Interconversion factor, Dmnl.
    parameters
        Pace nu and coordination factor beta.

    Returns
    -------
    up, down : NDArray
        Rate of one unit of technology to become one of institutions, and the other way, 1/Year, shape of `x`.

    Raises
    ------
    ParameterError
        When x or alpha lies outside its range.
    """
    push = checked_alpha(alpha) + parameters.beta * all_within("x", x, -1, 1)
    return parameters.nu * np.exp(push), parameters.nu * np.exp(-push)
