"""Half a turn of a path around the origin of the plane of x and alpha."""

from __future__ import annotations

from scipy.integrate import LSODA
from scipy.optimize import brentq

from rcsd.errors import SimulationError
from rcsd.papers.coevolution.equations.flow import ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE, velocity
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters

_PATIENCE = 60.0
"""A half turn that takes longer than this many of the times 1/nu and 1/omega together never ends: it has come to rest.
"""
_ORIGIN = 1e-8
"""What comes closer to the origin than this, which is the size of errors, goes into it."""


def half_turn(alpha: float, parameters: CoevolutionParameters) -> tuple[float, float] | None:
    """Follow the path from (0, alpha) to where x, which rises at first, falls through zero.

    Parameters
    ----------
    alpha
        Above zero.
    parameters
        Of the pair; omega above zero.

    Returns
    -------
    years, alpha : float
        How long it takes and where it arrives, below zero, or zero when it goes into the origin; None when the path
        comes to rest with x > 0.

    Raises
    ------
    SimulationError
        When the solver gives up.
    """
    longest = _PATIENCE * (1 / parameters.nu + 1 / parameters.omega)
    solver = LSODA(velocity(parameters), 0.0, [0.0, alpha], longest, rtol=RELATIVE_TOLERANCE, atol=ABSOLUTE_TOLERANCE)
    while solver.status == "running":
        before = solver.y[0]
        message = solver.step()
        if solver.status == "failed":
            raise SimulationError(
                f"the path from x = 0, alpha = {alpha:g} could not be followed: {message}; take smaller alpha0, "
                "beta or lambda"
            )
        if before > 0 >= solver.y[0]:
            years, arrival = passing(solver, 0.0)
            return years, arrival if arrival < -_ORIGIN else 0.0
    return (longest, 0.0) if max(abs(solver.y[0]), abs(solver.y[1])) < _ORIGIN else None


def passing(solver: LSODA, line: float) -> tuple[float, float]:
    """Find when x passed a line in the solver's last step, and alpha then.

    At the ends of the step the interpolant may miss the sign by rounding.
    """
    path = solver.dense_output()
    ends = float(solver.t_old), float(solver.t)
    first, last = (float(path(t)[0]) - line for t in ends)
    if first * last >= 0:
        years = ends[0] if abs(first) < abs(last) else ends[1]
    else:
        years = float(brentq(lambda t: path(t)[0] - line, *ends, xtol=1e-14, rtol=8.9e-16))
    return years, float(path(years)[1])
