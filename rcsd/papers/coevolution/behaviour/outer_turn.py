"""A whole turn of a path around an equilibrium apart from the origin."""

from __future__ import annotations

from scipy.integrate import LSODA

from rcsd.errors import SimulationError
from rcsd.papers.coevolution.behaviour.half_turn import passing
from rcsd.papers.coevolution.equations.flow import ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE, velocity
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters

_PATIENCE = 60.0
"""A turn that takes longer than this many of the times 1/nu and 1/omega together never ends."""
_NEAR = 1e-7
"""A path that ends so close to the equilibrium has come to rest in it."""


def outer_turn(
    rise: float, centre: tuple[float, float], parameters: CoevolutionParameters
) -> tuple[float, float] | None:
    """Follow the path from `rise` above an equilibrium with x > 0 to where it is above it again.

    On the line x = x* through the equilibrium dx/dt has the sign of alpha - alpha*, for the drift of x grows with
    alpha. So the path first leaves to the right, falls through the line below the equilibrium, and rises through it
    above.

    Parameters
    ----------
    rise
        alpha less alpha* at the beginning, above zero.
    centre
        x* and alpha*.
    parameters
        Of the pair; omega above zero.

    Returns
    -------
    years, rise : float
        How long it takes and how far above the equilibrium it arrives, zero when it comes to rest in it; None when it
        goes through x = 0 or comes to rest elsewhere.

    Raises
    ------
    SimulationError
        When the solver gives up.
    """
    longest = _PATIENCE * (1 / parameters.nu + 1 / parameters.omega)
    x_centre, alpha_centre = centre
    start = [x_centre, alpha_centre + rise]
    solver = LSODA(velocity(parameters), 0.0, start, longest, rtol=RELATIVE_TOLERANCE, atol=ABSOLUTE_TOLERANCE)
    to_the_left = False
    while solver.status == "running":
        before = solver.y[0]
        message = solver.step()
        if solver.status == "failed":
            raise SimulationError(
                f"the path from x = {start[0]:g}, alpha = {start[1]:g} could not be followed: {message}; take smaller "
                "alpha0, beta or lambda"
            )
        if solver.y[0] <= 0:
            return None
        if to_the_left and before < x_centre <= solver.y[0]:
            years, alpha = passing(solver, x_centre)
            return years, max(alpha - alpha_centre, 0.0)
        to_the_left = to_the_left or before > x_centre >= solver.y[0]
    near = max(abs(solver.y[0] - x_centre), abs(solver.y[1] - alpha_centre)) < _NEAR
    return (longest, 0.0) if near else None
