"""Co-evolution of technological and institutional innovation (Liu and Zhang, eqs 1-17).

Innovation input 2R is split into technology and institutions; x in [-1, 1] says which leads. One unit moves at a time
(the master equation), many units move along the mean field, and the interconversion factor alpha answers to x.
"""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.papers.coevolution.behaviour.bifurcation_set import BifurcationSet, bifurcation_set
    from rcsd.papers.coevolution.behaviour.conditions import (
        HopfPoint,
        cusp_alpha,
        hopf_point,
        onset_amplitude,
        pitchfork_beta,
    )
    from rcsd.papers.coevolution.behaviour.cycles import LimitCycle, limit_cycles
    from rcsd.papers.coevolution.behaviour.equilibria import Equilibrium, FixedPoint, equilibria, fixed_points
    from rcsd.papers.coevolution.behaviour.located import (
        locate_cusp,
        locate_fold,
        locate_hopf,
        locate_outer_fold,
        locate_pitchfork,
    )
    from rcsd.papers.coevolution.behaviour.outer_cycles import outer_cycles
    from rcsd.papers.coevolution.behaviour.portrait import PhasePortrait, phase_portrait
    from rcsd.papers.coevolution.behaviour.survey import Survey, survey
    from rcsd.papers.coevolution.equations.allocation import inputs_of, preference_of, relative_input
    from rcsd.papers.coevolution.equations.density import DensityPath, density_path
    from rcsd.papers.coevolution.equations.jumps import simulate_jumps
    from rcsd.papers.coevolution.equations.landscape import Landscape, PotentialCurve, landscape, potential_curve
    from rcsd.papers.coevolution.equations.master_equation import (
        all_rates,
        concentrated,
        generator,
        preference_grid,
        transient,
    )
    from rcsd.papers.coevolution.equations.mean_field import driving_force, jacobian, preference_drift
    from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters
    from rcsd.papers.coevolution.equations.potential import potential
    from rcsd.papers.coevolution.equations.rates import unit_rates
    from rcsd.papers.coevolution.equations.stationary import stationary_law
    from rcsd.papers.coevolution.equations.trajectory import Trajectory, trajectory
    from rcsd.papers.coevolution.life_cycle import LifeCycleReading, Reading, read_life_cycle
    from rcsd.papers.coevolution.simulator import MeanFieldSimulator
    from rcsd.papers.coevolution.stages import StageSpan, life_cycle_stages

__all__ = [
    "BifurcationSet",
    "CoevolutionParameters",
    "DensityPath",
    "Equilibrium",
    "FixedPoint",
    "HopfPoint",
    "Landscape",
    "LifeCycleReading",
    "LimitCycle",
    "MeanFieldSimulator",
    "PhasePortrait",
    "PotentialCurve",
    "Reading",
    "StageSpan",
    "Survey",
    "Trajectory",
    "all_rates",
    "bifurcation_set",
    "concentrated",
    "cusp_alpha",
    "density_path",
    "driving_force",
    "equilibria",
    "fixed_points",
    "generator",
    "hopf_point",
    "inputs_of",
    "jacobian",
    "landscape",
    "life_cycle_stages",
    "limit_cycles",
    "locate_cusp",
    "locate_fold",
    "locate_hopf",
    "locate_outer_fold",
    "locate_pitchfork",
    "onset_amplitude",
    "outer_cycles",
    "phase_portrait",
    "pitchfork_beta",
    "potential",
    "potential_curve",
    "preference_drift",
    "preference_grid",
    "preference_of",
    "read_life_cycle",
    "relative_input",
    "simulate_jumps",
    "stationary_law",
    "survey",
    "trajectory",
    "transient",
    "unit_rates",
]

__getattr__, __dir__ = on_first_use(__name__)
