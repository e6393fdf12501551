"""Where the pair, or x alone at a given alpha, is at rest, and whether it stays there."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq

from rcsd.papers.coevolution.behaviour.outer_pairs import outer_positions
from rcsd.papers.coevolution.equations.mean_field import jacobian
from rcsd.papers.coevolution.equations.parameters import (
    LARGEST_EXPONENT,
    CoevolutionParameters,
    checked_alpha,
    moving_omega,
)
from rcsd.papers.rules import within

Kind = Literal["stable node", "stable focus", "unstable node", "unstable focus", "saddle", "borderline"]

_BORDER = 1e-12
"""A real part this small, against the size of the Jacobian, is no sign: the linear terms do not decide."""

_TURN = 1e-7
"""An imaginary part this small, likewise, is none: rounding splits a double eigenvalue by its root."""


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """A point at rest of the coupled pair.

    Attributes
    ----------
    x, alpha : float
        Where it lies.
    eigenvalues : tuple of two complex
        Of the Jacobian there, 1/Year, by falling real part.
    kind : str
        A node, focus or saddle, or "borderline" where an eigenvalue has no real part.
    """

    x: float
    alpha: float
    eigenvalues: tuple[complex, complex]
    kind: Kind

    @property
    def stable(self) -> bool:
        """Whether small disturbances die out."""
        return self.kind.startswith("stable")


@dataclass(frozen=True, slots=True)
class FixedPoint:
    """A point at rest of x alone, alpha held: x = tanh(alpha + beta x); `stable` where the potential has a valley."""

    x: float
    stable: bool


def equilibria(parameters: CoevolutionParameters) -> tuple[Equilibrium, ...]:
    """Find all points at rest of the coupled pair, eqs 12 and 17.

    There x = tanh(alpha + beta x) and alpha = -alpha0 tanh(lambda x). The origin is one always; the others come in
    mirrored pairs, of which there are two at most (see `outer_positions`), so that none is missed.

    Returns
    -------
    tuple of Equilibrium
        One, three or five, by rising x.

    Raises
    ------
    ParameterError
        When omega is zero.
    """
    moving_omega(parameters)
    outer = outer_positions(parameters)
    return tuple(_classified(x, parameters) for x in (*(-x for x in reversed(outer)), 0.0, *outer))


def fixed_points(alpha: float, beta: float) -> tuple[FixedPoint, ...]:
    """Find all points at rest of x at a given alpha: x = tanh(alpha + beta x).

    Parameters
    ----------
    alpha
        Interconversion factor, in [-20, 20].
    beta
        Coordination factor, 0 to 20.

    Returns
    -------
    tuple of FixedPoint
        By rising x: three within the cusp, |alpha| < alpha_c(beta), one outside.

    Raises
    ------
    ParameterError
        When alpha or beta lies outside its range.

    Examples
    --------
    >>> [round(point.x, 4) for point in fixed_points(0.0, 1.5)]
    [-0.8586, 0.0, 0.8586]
    """
    factor, coordination = checked_alpha(alpha), within("beta", beta, 0, LARGEST_EXPONENT)

    # With x = tanh(y) roots close to x = 1 keep their digits.
    def mismatch(y: float) -> float:
        return y - coordination * math.tanh(y) - factor

    ends = (factor - coordination - 1, factor + coordination + 1)
    turn = math.acosh(math.sqrt(coordination)) if coordination > 1 else None
    if turn is None:
        return (FixedPoint(math.tanh(_root(mismatch, *ends)), stable=True),)
    edges = (min(ends[0], -turn), -turn, turn, max(ends[1], turn))
    pieces = zip(edges[:-1], edges[1:], (True, False, True), strict=True)
    return tuple(
        FixedPoint(math.tanh(_root(mismatch, low, high)), stable)
        for low, high, stable in pieces
        if mismatch(low) * mismatch(high) < 0
    )


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(function, low, high, xtol=1e-15, rtol=8.9e-16))


def _classified(x: float, parameters: CoevolutionParameters) -> Equilibrium:
    alpha = -parameters.alpha0 * math.tanh(parameters.lam * x) + 0.0
    matrix = jacobian(x, alpha, parameters)
    first, second = sorted((complex(value) for value in np.linalg.eigvals(matrix)), key=lambda value: -value.real)
    return Equilibrium(x, alpha, (first, second), _kind(first, second, float(np.linalg.norm(matrix))))


def _kind(first: complex, second: complex, size: float) -> Kind:
    """Name a point by its eigenvalues, of which the first has the larger real part."""
    if min(abs(first.real), abs(second.real)) <= _BORDER * size:
        return "borderline"
    if abs(first.imag) > _TURN * size:
        return "stable focus" if first.real < 0 else "unstable focus"
    if first.real < 0:
        return "stable node"
    return "unstable node" if second.real > 0 else "saddle"
