"""The potential as its parameters change: one valley or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.coevolution.behaviour.equilibria import FixedPoint, fixed_points
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters
from rcsd.papers.coevolution.equations.potential import potential


@dataclass(frozen=True, slots=True, eq=False)
class PotentialCurve:
    """V(x) - V(0) for one alpha and beta.

    Attributes
    ----------
    alpha, beta : float
        Interconversion and coordination factor.
    x, value : NDArray, shape (n,)
        Preference, and potential over that of x = 0, 1/Year.
    points : tuple of FixedPoint
        The bottoms of the valleys (stable) and the tops of the hills.
    heights : tuple of float
        The potential there, over that of x = 0.
    """

    alpha: float
    beta: float
    x: NDArray[np.float64]
    value: NDArray[np.float64]
    points: tuple[FixedPoint, ...]
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Landscape:
    """The potential as beta changes at alpha = 0, and as alpha changes at the beta of the parameters."""

    parameters: CoevolutionParameters
    by_beta: tuple[PotentialCurve, ...]
    by_alpha: tuple[PotentialCurve, ...]


def landscape(
    parameters: CoevolutionParameters,
    *,
    betas: Sequence[float] = (0.5, 1.0, 1.5, 2.0),
    shares: Sequence[float] = (-1.0, -0.5, 0.0, 0.5, 1.0),
) -> Landscape:
    """Work out the potential for several beta and, at that of `parameters`, for alpha at `shares` of its range alpha0.

    Raises
    ------
    ParameterError
        When a beta is zero, or a value lies outside its range.
    """
    return Landscape(
        parameters,
        tuple(potential_curve(replace(parameters, beta=beta), 0.0) for beta in betas),
        tuple(potential_curve(parameters, share * parameters.alpha0) for share in shares),
    )


def potential_curve(parameters: CoevolutionParameters, alpha: float, *, n: int = 201) -> PotentialCurve:
    """Return the potential at `n` values of x from -1 to 1, with its valleys and hills.

    Raises
    ------
    ParameterError
        When beta is zero or alpha lies outside its range.
    """
    points = fixed_points(alpha, parameters.beta)

    def height(at: ArrayLike) -> NDArray[np.float64]:
        return potential(at, alpha, parameters) - potential(0.0, alpha, parameters)

    x = np.linspace(-1, 1, n)
    heights = tuple(float(height(point.x)) for point in points)
    return PotentialCurve(alpha, parameters.beta, x, height(x), points, heights)
