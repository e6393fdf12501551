"""The points where the behaviour changes, in closed form: cusp, pitchfork and Hopf.

The pair is the Schumpeter clock of Weidlich and Haag (Concepts and Models of a Quantitative Sociology, 1983, ch. 5).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from rcsd.papers.coevolution.equations.parameters import LARGEST_EXPONENT, CoevolutionParameters, moving_omega
from rcsd.papers.rules import within


@dataclass(frozen=True, slots=True)
class HopfPoint:
    """Where the origin of the pair loses its stability to a cycle as beta grows.

    Attributes
    ----------
    beta : float
        beta_H = 1 + omega/nu.
    frequency : float
        Of the swings at onset, 2 sqrt(nu omega alpha0 lambda - omega^2), radians per year.
    lyapunov : float
        First Lyapunov coefficient a of dA/dt = nu (beta - beta_H) A + a A^3, with A the amplitude of x; 1/Year.
    """

    beta: float
    frequency: float
    lyapunov: float

    @property
    def period(self) -> float:
        """Years of one swing at onset."""
        return 2 * math.pi / self.frequency

    @property
    def soft(self) -> bool:
        """Whether the cycle grows from nothing (a < 0); otherwise it is there at its full size, a hard onset."""
        return self.lyapunov < 0


def cusp_alpha(beta: float) -> float:
    """Return alpha_c = sqrt(beta (beta - 1)) - arcosh(sqrt(beta)): three fixed points of x within |alpha| < alpha_c.

    At beta = 1 it is zero: the tip of the cusp, and at alpha = 0 the pitchfork of x alone.

    Raises
    ------
    ParameterError
        When beta is below 1, where there is one fixed point whatever alpha, or above 20.

    Examples
    --------
    >>> round(cusp_alpha(2.0), 6)
    0.53284
    """
    coordination = within("beta", beta, 1, LARGEST_EXPONENT)
    return math.sqrt(coordination * (coordination - 1)) - math.acosh(math.sqrt(coordination))


def pitchfork_beta(parameters: CoevolutionParameters) -> float:
    """Return beta = 1 + alpha0 lambda, where the pair's origin has a zero eigenvalue.

    For alpha0 lambda^3 <= 1 two equilibria leave the origin there; above that two saddles come into it, which were born
    at a smaller beta together with two outer equilibria.

    Raises
    ------
    ParameterError
        When omega is zero: with alpha held the pitchfork lies at beta = 1 and alpha = 0.
    """
    moving_omega(parameters)
    return 1 + parameters.alpha0 * parameters.lam


def hopf_point(parameters: CoevolutionParameters) -> HopfPoint | None:
    """Return the Hopf point of the origin as beta grows; None unless alpha0 lambda > omega/nu.

    Parameters
    ----------
    parameters
        All but beta are used.

    Raises
    ------
    ParameterError
        When omega is zero.

    Examples
    --------
    >>> point = hopf_point(CoevolutionParameters())
    >>> round(point.beta, 4), round(point.frequency, 4), point.soft
    (1.5333, 0.1855, True)
    """
    omega, nu, ratio = moving_omega(parameters), parameters.nu, parameters.ratio
    strength = parameters.alpha0 * parameters.lam
    if strength <= ratio:
        return None
    return HopfPoint(
        beta=1 + ratio,
        frequency=2 * math.sqrt(omega * (nu * strength - omega)),
        lyapunov=nu / 8 * (strength * ratio**2 - parameters.lam**2 * ratio - 2 - ratio - ratio**3),
    )


def onset_amplitude(parameters: CoevolutionParameters) -> float | None:
    """Return the amplitude of x that the Lyapunov coefficient predicts, sqrt(nu (beta - beta_H)/(-a)).

    None where it predicts no stable cycle: below beta_H, at a hard onset, or without a Hopf point. It holds just above
    beta_H.

    Raises
    ------
    ParameterError
        When omega is zero.
    """
    point = hopf_point(parameters)
    if point is None or not point.soft or parameters.beta <= point.beta:
        return None
    return math.sqrt(parameters.nu * (parameters.beta - point.beta) / -point.lyapunov)


def at_beta(parameters: CoevolutionParameters, beta: float) -> CoevolutionParameters:
    """Return the same parameters with another coordination factor."""
    return replace(parameters, beta=beta)
