"""How total innovation input is split into technology and institutions (eqs 1-4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.rules import all_within, positive


def inputs_of(x: ArrayLike, *, total: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Split total input by the preference x (eqs 1 and 4 solved for the inputs).

    Parameters
    ----------
    x
        Preference, in [-1, 1], any shape.
    total
        2R, above zero, in any unit.

    Returns
    -------
    technological, institutional : NDArray
        r_t and r_i in the unit of `total`, shape of `x`; they add up to `total` (eq 1).

    Raises
    ------
    ParameterError
        When x or the total breaks its rule.

    Examples
    --------
    >>> technological, institutional = inputs_of(-0.5, total=8.0)
    >>> float(technological), float(institutional)
    (6.0, 2.0)
    """
    preference = all_within("x", x, -1, 1)
    half = positive("total", total) / 2
    return half * (1 - preference), half * (1 + preference)


def preference_of(technological: ArrayLike, institutional: ArrayLike) -> NDArray[np.float64]:
    """Return x = (r_i - r_t)/(2R) with 2R = r_t + r_i (eqs 1-4).

    Parameters
    ----------
    technological, institutional
        r_t and r_i, zero or more, of one shape.

    Returns
    -------
    NDArray
        x in [-1, 1]: below zero technology leads, above zero institutions do, at zero they lead together.

    Raises
    ------
    ParameterError
        When an input is negative, or both are zero.

    Examples
    --------
    >>> float(preference_of(6.0, 2.0))
    -0.5
    """
    first = all_within("technological input", technological, 0, np.inf)
    second = all_within("institutional input", institutional, 0, np.inf)
    total = first + second
    if not ((total > 0) & np.isfinite(total)).all():
        raise ParameterError("total innovation input must be above zero and finite for x to be defined")
    return np.asarray((second - first) / total)


def relative_input(technological: ArrayLike, institutional: ArrayLike) -> NDArray[np.float64]:
    """Return r = (r_i - r_t)/2 (eq 2) in the unit of the inputs, between -R and R; parameters as in `preference_of`."""
    total = np.asarray(technological, dtype=np.float64) + np.asarray(institutional, dtype=np.float64)
    return np.asarray(preference_of(technological, institutional) * total / 2)
