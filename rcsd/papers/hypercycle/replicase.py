"""The replicase: how strongly technological and institutional innovation together scale all catalysis.

The paper calls the *synergy system* of the two the replicase (section III) and wants both to lead together (section II,
x = 0). It prints no formula. As catalysis needs both, the strength here is their product, as in mass action: with
r_t = R(1 - x) and r_i = R(1 + x) of eqs 1-4, r_t r_i/R^2 = 1 - x^2. It is one where both lead together and zero where
one side has all the inputs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import PchipInterpolator

from rcsd.errors import ParameterError
from rcsd.papers.rules import all_within, increasing, positive

MOST = 100.0


def replicase_of_preference(preference: ArrayLike) -> NDArray[np.float64]:
    """Return 1 - x^2 for the innovation preference x in [-1, 1], any shape.

    Raises
    ------
    ParameterError
        When x lies outside [-1, 1].

    Examples
    --------
    >>> replicase_of_preference([-1.0, 0.0, 0.5]).tolist()
    [0.0, 1.0, 0.75]
    """
    x = all_within("preference", preference, -1.0, 1.0)
    return np.asarray((1 - x) * (1 + x))


def replicase_of_inputs(technological: ArrayLike, institutional: ArrayLike, *, reference: float) -> NDArray[np.float64]:
    """Return 4 r_t r_i/(2R)^2, where 2R is the total input at which balanced innovation counts as one.

    Parameters
    ----------
    technological, institutional
        r_t and r_i, zero or more, in the unit of `reference`.
    reference
        2R, above zero.

    Raises
    ------
    ParameterError
        When an input is negative or the reference is not above zero.
    """
    total = positive("reference", reference)
    sides = [
        all_within(f"{name} input", values, 0.0, np.inf)
        for name, values in (("technological", technological), ("institutional", institutional))
    ]
    return np.asarray(4 * sides[0] * sides[1] / total**2)


@dataclass(frozen=True, slots=True, eq=False)
class ReplicasePath:
    """A replicase that moves: smooth between its points, constant before the first and after the last.

    Attributes
    ----------
    times : NDArray, shape (time,)
        Years, increasing, two or more.
    levels : NDArray, shape (time,)
        0 to 100.

    Raises
    ------
    ParameterError
        When the times do not increase, or there is not one level of zero or more for each.
    """

    times: NDArray[np.float64]
    levels: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        years = increasing("times", self.times, least=2)
        if all_within("replicase", self.levels, 0.0, MOST).shape != years.shape:
            raise ParameterError(f"a replicase path needs one level for each of its {years.size} times")

    def curve(self) -> Callable[[float], float]:
        """Return the level as a function of the year; Fritsch and Carlson's cubic, which overshoots no point."""
        inner = PchipInterpolator(self.times, self.levels)
        first, last = float(self.times[0]), float(self.times[-1])
        return lambda year: float(inner(min(max(year, first), last)))


def path_of_preference(times: ArrayLike, preference: ArrayLike) -> ReplicasePath:
    """Return the replicase along a path of x, such as one of `rcsd.papers.coevolution.equations.trajectory`.

    Raises
    ------
    ParameterError
        As `ReplicasePath` and `replicase_of_preference`.
    """
    return ReplicasePath(np.asarray(times, dtype=np.float64), replicase_of_preference(preference))
