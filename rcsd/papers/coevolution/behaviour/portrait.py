"""The plane of x and alpha: where the pair is pushed, where it rests, and what it circles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.coevolution.behaviour.cycles import LimitCycle, limit_cycles
from rcsd.papers.coevolution.behaviour.equilibria import Equilibrium, equilibria
from rcsd.papers.coevolution.behaviour.outer_cycles import outer_cycles
from rcsd.papers.coevolution.equations.mean_field import driving_force, preference_drift
from rcsd.papers.coevolution.equations.parameters import LARGEST_EXPONENT, CoevolutionParameters, moving_omega
from rcsd.papers.coevolution.equations.trajectory import Trajectory, trajectory

_MARGIN = 1.25
_N_ALPHA = 41
_N_X = 41
_N_DRAWN = 4001


@dataclass(frozen=True, slots=True, eq=False)
class PhasePortrait:
    """The phase plane of the coupled pair.

    Attributes
    ----------
    path : Trajectory
        A solution to draw on it, at times close to each other.
    x, alpha : NDArray, shapes (n_x,) and (n_alpha,)
        The grid of the drifts.
    force, drift : NDArray, shape (n_alpha, n_x)
        dx/dt and dalpha/dt, 1/Year.
    x_nullcline, alpha_nullcline : NDArray, shape (2, n)
        x and alpha where dx/dt = 0 (alpha = artanh(x) - beta x), and where dalpha/dt = 0 (alpha = -alpha0
        tanh(lambda x)).
    equilibria : tuple of Equilibrium
        Points at rest.
    cycles : tuple of LimitCycle
        Closed paths.
    """

    path: Trajectory
    x: NDArray[np.float64]
    alpha: NDArray[np.float64]
    force: NDArray[np.float64]
    drift: NDArray[np.float64]
    x_nullcline: NDArray[np.float64]
    alpha_nullcline: NDArray[np.float64]
    equilibria: tuple[Equilibrium, ...]
    cycles: tuple[LimitCycle, ...]

    @property
    def parameters(self) -> CoevolutionParameters:
        """What the plane was worked out with."""
        return self.path.parameters


def phase_portrait(path: Trajectory, *, cycles: tuple[LimitCycle, ...] | None = None) -> PhasePortrait:
    """Work out the plane around a solution, which is solved again at times close enough to be drawn as a curve.

    Parameters
    ----------
    path
        The solution.
    cycles
        Those that are known already; they are looked for when None.

    Raises
    ------
    ParameterError
        When omega is zero.
    SimulationError
        When a cycle cannot be followed.
    """
    parameters = path.parameters
    moving_omega(parameters)
    times = np.linspace(path.times[0], path.times[-1], _N_DRAWN)
    path = trajectory(parameters, times, x0=float(path.preference[0]), alpha_initial=float(path.alpha[0]))
    reach = _MARGIN * max(parameters.alpha0, float(np.abs(path.alpha).max()), 0.1)
    x = np.linspace(-1, 1, _N_X)
    alpha = np.linspace(-1, 1, _N_ALPHA) * min(reach, LARGEST_EXPONENT)
    # Even steps of artanh(x) follow the curve to the edges of the plane.
    y = np.linspace(-1, 1, 801) * (reach + parameters.beta)
    along = np.linspace(-1, 1, 401)
    return PhasePortrait(
        path=path,
        x=x,
        alpha=alpha,
        force=driving_force(x[None, :], alpha[:, None], parameters),
        drift=preference_drift(x[None, :], alpha[:, None], parameters),
        x_nullcline=np.array([np.tanh(y), y - parameters.beta * np.tanh(y)]),
        alpha_nullcline=np.array([along, -parameters.alpha0 * np.tanh(parameters.lam * along)]),
        equilibria=equilibria(parameters),
        cycles=(*limit_cycles(parameters), *outer_cycles(parameters)) if cycles is None else cycles,
    )
