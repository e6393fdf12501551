"""The mirrored pairs of equilibria beside the origin, found without missing one."""

from __future__ import annotations

import math

from scipy.optimize import brentq

from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters

_TOLERANCES = {"xtol": 1e-15, "rtol": 8.9e-16}


def outer_positions(parameters: CoevolutionParameters) -> tuple[float, ...]:
    """Return the positive solutions of artanh(x) - beta x + alpha0 tanh(lambda x) = 0, rising.

    By s = x^2 the slope of the left side is q(s) = 1/(1 - s) - beta + alpha0 lambda sech^2(lambda sqrt(s)), a sum of
    convex functions. So it changes sign twice at most, the left side is monotone between these places, and each piece
    holds one solution at most: none, one or two in all.
    """
    turns = turning_points(parameters)
    if not turns:
        return ()
    # With x = tanh(y) solutions close to 1 keep their digits. Beyond the last edge the mismatch is positive.
    edges = [*(math.atanh(math.sqrt(s)) for s in turns), parameters.beta + 1]
    signs = [mismatch(edge, parameters) for edge in edges]
    return tuple(
        math.tanh(float(brentq(mismatch, low, high, args=(parameters,), **_TOLERANCES)))
        for low, high, before, after in zip(edges[:-1], edges[1:], signs[:-1], signs[1:], strict=True)
        if before * after < 0
    )


def mismatch(y: float, parameters: CoevolutionParameters) -> float:
    """Return y - beta x + alpha0 tanh(lambda x) at x = tanh(y): zero where the pair is at rest."""
    x = math.tanh(y)
    return y - parameters.beta * x + parameters.alpha0 * math.tanh(parameters.lam * x)


def turning_points(parameters: CoevolutionParameters) -> tuple[float, ...]:
    """Return the s = x^2 in (0, 1) where the mismatch turns: none, one (a valley) or two (a hill and a valley)."""
    lowest = flattest(parameters)
    if slope(lowest, parameters) >= 0:
        return ()
    # At 1 - 1/(beta + 1) the first two terms leave 1 and the third is positive.
    valley = float(brentq(slope, lowest, 1 - 1 / (parameters.beta + 1), args=(parameters,), **_TOLERANCES))
    if slope(0.0, parameters) <= 0:
        return (valley,)
    return float(brentq(slope, 0.0, lowest, args=(parameters,), **_TOLERANCES)), valley


def slope(s: float, parameters: CoevolutionParameters) -> float:
    """Return q(s) of `outer_positions`."""
    turn = parameters.lam * math.sqrt(s)
    return 1 / (1 - s) - parameters.beta + parameters.alpha0 * parameters.lam / math.cosh(turn) ** 2


def flattest(parameters: CoevolutionParameters) -> float:
    """Return the s in [0, 1) where q is smallest; it does not depend on beta."""
    alpha0, lam = parameters.alpha0, parameters.lam
    cubed = alpha0 * lam**3
    if cubed <= 1:
        return 0.0

    def change(s: float) -> float:
        turn = lam * math.sqrt(s)
        pull = lam * math.tanh(turn) / turn if turn > 0 else lam
        return float(1 / (1 - s) ** 2 - alpha0 * lam**2 * pull / math.cosh(turn) ** 2)

    return float(brentq(change, 0.0, 1 - 1 / math.sqrt(cubed), **_TOLERANCES))
