"""The coupled pair (x, alpha) as an adaptive solver of SciPy wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from rcsd.errors import SimulationError
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters

RELATIVE_TOLERANCE = 1e-10
ABSOLUTE_TOLERANCE = 1e-12


def velocity(parameters: CoevolutionParameters) -> Callable[[float, Sequence[float]], tuple[float, float]]:
    """Return (t, (x, alpha)) -> (dx/dt, dalpha/dt) of eqs 12 and 17, without checks and for plain numbers."""
    nu, beta, omega = parameters.nu, parameters.beta, parameters.omega
    alpha0, lam = parameters.alpha0, parameters.lam

    def drifts(_: float, state: Sequence[float]) -> tuple[float, float]:
        x, alpha = state
        # NumPy's exponential overflows to infinity, where the solver tries a smaller step, and not to an exception.
        with np.errstate(over="ignore", invalid="ignore"):
            up = np.exp(alpha + beta * x)
            turn = np.exp(lam * x)
            return (
                nu * ((1 - x) * up - (1 + x) / up),
                omega * ((alpha0 - alpha) / turn - (alpha0 + alpha) * turn),
            )

    return drifts


def integrate(
    parameters: CoevolutionParameters,
    start: tuple[float, float],
    span: tuple[float, float],
    *,
    times: NDArray[np.float64] | None = None,
) -> Any:
    """Solve eqs 12 and 17 to a relative tolerance of 1e-10 by a method that takes stiff and other stretches alike.

    Parameters
    ----------
    parameters
        Of the pair.
    start
        x and alpha at the first time.
    span
        First and last time.
    times
        When to return the state, within the span; the solver's own steps when None.

    Returns
    -------
    OptimizeResult
        Of `scipy.integrate.solve_ivp`.

    Raises
    ------
    SimulationError
        When the solver gives up.
    """
    result = solve_ivp(
        velocity(parameters),
        span,
        start,
        method="LSODA",
        t_eval=times,
        rtol=RELATIVE_TOLERANCE,
        atol=ABSOLUTE_TOLERANCE,
    )
    if result.status < 0 or not np.isfinite(result.y).all():
        raise SimulationError(
            f"the co-evolution equations could not be solved from year {span[0]:g} to {span[1]:g}: {result.message}; "
            "take smaller alpha0, beta or lambda, or a shorter span"
        )
    return result
