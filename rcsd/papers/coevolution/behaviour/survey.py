"""All that is known of one setting of the pair, in one go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.papers.coevolution.behaviour.conditions import HopfPoint, hopf_point, pitchfork_beta
from rcsd.papers.coevolution.behaviour.cycles import LimitCycle, limit_cycles
from rcsd.papers.coevolution.behaviour.equilibria import Equilibrium, equilibria
from rcsd.papers.coevolution.behaviour.located import locate_outer_fold
from rcsd.papers.coevolution.behaviour.outer_cycles import outer_cycles
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters, moving_omega
from rcsd.papers.coevolution.equations.trajectory import Trajectory, trajectory
from rcsd.papers.coevolution.life_cycle import LifeCycleReading, read_life_cycle
from rcsd.papers.rules import positive

_N_TIMES = 1201


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """A path of the pair and what surrounds it.

    Attributes
    ----------
    path : Trajectory
        From the initial values on.
    reading : LifeCycleReading
        What x shows along it.
    equilibria : tuple of Equilibrium
        Points at rest, by rising x.
    cycles : tuple of LimitCycle
        Around the origin, by rising size, then around outer equilibria.
    hopf : HopfPoint or None
        Where the origin loses its stability to a cycle as beta grows.
    pitchfork : float
        beta at which the origin splits.
    outer_fold : float or None
        beta at which outer equilibria are born apart from the origin.
    """

    path: Trajectory
    reading: LifeCycleReading
    equilibria: tuple[Equilibrium, ...]
    cycles: tuple[LimitCycle, ...]
    hopf: HopfPoint | None
    pitchfork: float
    outer_fold: float | None


def survey(
    parameters: CoevolutionParameters,
    *,
    years: float = 60.0,
    x0: float = -1.0,
    alpha_initial: float = 0.0,
    band: float = 0.05,
) -> Survey:
    """Solve the pair from year 0 to `years`, read the stages off x, and find equilibria, cycles and bifurcations.

    Parameters
    ----------
    parameters
        Of the pair; omega above zero.
    years
        Length of the path, above zero.
    x0, alpha_initial
        Initial values, as in `trajectory`.
    band
        How close to zero x must stay for regeneration, above zero.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    SimulationError
        When a path cannot be solved.
    """
    moving_omega(parameters)
    path = trajectory(
        parameters, np.linspace(0.0, positive("years", years), _N_TIMES), x0=x0, alpha_initial=alpha_initial
    )
    return Survey(
        path=path,
        reading=read_life_cycle(path.times, path.preference, band=band),
        equilibria=equilibria(parameters),
        cycles=(*limit_cycles(parameters), *outer_cycles(parameters)),
        hopf=hopf_point(parameters),
        pitchfork=pitchfork_beta(parameters),
        outer_fold=locate_outer_fold(parameters),
    )
