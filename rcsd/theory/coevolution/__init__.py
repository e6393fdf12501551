"""Co-evolution of technological and institutional innovation (Liu and Zhang, eqs 1-17).

Innovation input 2R is split into technology and institutions; x in [-1, 1] says which leads. One unit moves at a time
(the master equation), many units move along the mean field, and the interconversion factor alpha answers to x.
"""

from rcsd.theory.coevolution.allocation import inputs_of, preference_of, relative_input
from rcsd.theory.coevolution.bifurcation_set import BifurcationSet, bifurcation_set
from rcsd.theory.coevolution.conditions import (
    HopfPoint,
    cusp_alpha,
    hopf_point,
    onset_amplitude,
    pitchfork_beta,
)
from rcsd.theory.coevolution.cycles import LimitCycle, limit_cycles
from rcsd.theory.coevolution.density import DensityPath, density_path
from rcsd.theory.coevolution.equilibria import Equilibrium, FixedPoint, equilibria, fixed_points
from rcsd.theory.coevolution.jumps import simulate_jumps
from rcsd.theory.coevolution.landscape import Landscape, PotentialCurve, landscape, potential_curve
from rcsd.theory.coevolution.life_cycle import LifeCycleReading, Reading, read_life_cycle
from rcsd.theory.coevolution.located import (
    locate_cusp,
    locate_fold,
    locate_hopf,
    locate_outer_fold,
    locate_pitchfork,
)
from rcsd.theory.coevolution.master_equation import all_rates, concentrated, generator, preference_grid, transient
from rcsd.theory.coevolution.mean_field import driving_force, jacobian, preference_drift
from rcsd.theory.coevolution.outer_cycles import outer_cycles
from rcsd.theory.coevolution.parameters import CoevolutionParameters
from rcsd.theory.coevolution.portrait import PhasePortrait, phase_portrait
from rcsd.theory.coevolution.potential import potential
from rcsd.theory.coevolution.rates import unit_rates
from rcsd.theory.coevolution.simulator import MeanFieldSimulator
from rcsd.theory.coevolution.stages import StageSpan, life_cycle_stages
from rcsd.theory.coevolution.stationary import stationary_law
from rcsd.theory.coevolution.survey import Survey, survey
from rcsd.theory.coevolution.trajectory import Trajectory, trajectory

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
