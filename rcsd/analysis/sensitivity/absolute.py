"""How large the effects are that shares of a variance are shares of.

A share says who leads, not by how much: 0.9 of the variance of an output that hardly varies is little. Beside a share S
of a variance with standard deviation sd stands sd sqrt(S). For a total-order index that is what remains uncertain, one
standard deviation, when all other parameters are known and this one is not (Homma and Saltelli 1996); squares of
Shapley effects in this form add up to the variance.

References
----------
T. Homma and A. Saltelli (1996), Importance measures in global sensitivity analysis of nonlinear models, Reliability
Engineering and System Safety 52, 1-17.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import UnitError
from rcsd.units import same_unit

_NEAR_ZERO = 0.2
"""A mean smaller than this many standard deviations is no measure of an output's size."""


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """One standard deviation of one output, and of what each parameter does to it.

    Attributes
    ----------
    in_percent : bool
        Whether they are in percent of the output's mean; else they are in its unit.
    spread : NDArray, shape (time,)
        Of the output.
    effects : NDArray, shape (time, parameter)
        Of the parameters; NaN where there is no share.
    """

    in_percent: bool
    spread: NDArray[np.float64]
    effects: NDArray[np.float64]

    def measure(self, unit: str) -> str:
        """Name the measure, given the output's unit."""
        return "percent of the mean" if self.in_percent else unit


def sizes(mean: NDArray[np.float64], sd: NDArray[np.float64], shares: NDArray[np.float64], unit: str) -> Sizes:
    """Turn shares of a variance into standard deviations.

    Parameters
    ----------
    mean, sd : NDArray, shape (time,)
        Of an output.
    shares : NDArray, shape (time, parameter)
        Of its variance; a negative estimate counts as none.
    unit : str
        Of the output. One without a dimension, or whose mean is near zero at some time, is not measured in percent.

    Examples
    --------
    >>> found = sizes(np.array([50.0]), np.array([1.0]), np.array([[0.81, 0.19, -0.01]]), "person")
    >>> found.in_percent, found.spread.tolist(), found.effects.round(1).tolist()
    (True, [2.0], [[1.8, 0.9, 0.0]])
    """
    size, varying = np.abs(mean), sd > 0
    in_percent = bool(varying.any() and (size[varying] >= _NEAR_ZERO * sd[varying]).all()) and not _dimensionless(unit)
    spread = 100 * (sd / np.where(varying, size, 1.0)) if in_percent else np.asarray(sd)
    with np.errstate(over="ignore"):  # an output near the largest number that there is, with an estimate above 1
        return Sizes(in_percent, spread, spread[:, None] * np.sqrt(np.maximum(shares, 0)))


def _dimensionless(unit: str) -> bool:
    try:
        return same_unit(unit, "Dmnl")
    except UnitError:  # whatever it is, it is written as something
        return False
