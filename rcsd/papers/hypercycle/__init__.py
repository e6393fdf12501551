"""The hypercycle of industries and its four innovation modes (Liu and Zhang, sections III and IV).

Self-replicating units (enterprises, industries) catalyse each other by Eigen and Schuster's equation; the innovation
system is the replicase that scales all links. The modes are networks, the rows of the paper's Table 1 experiments.
"""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.papers.hypercycle.behaviour.cycles import PeriodicOrbit, periodic_orbit
    from rcsd.papers.hypercycle.behaviour.equilibria import (
        RestPoint,
        cycle_eigenvalues,
        cycle_shares,
        interior_equilibrium,
        rest_points,
    )
    from rcsd.papers.hypercycle.behaviour.experiments import (
        Experiment,
        enterprises,
        restricted,
        table_1,
        table_1_ranges,
    )
    from rcsd.papers.hypercycle.behaviour.invasion import Invasion, invade, invasion_rate, why_not_lasting
    from rcsd.papers.hypercycle.behaviour.ladder import Rung, ladder
    from rcsd.papers.hypercycle.behaviour.long_run import LongRun, long_run
    from rcsd.papers.hypercycle.behaviour.permanence import Permanence, permanence
    from rcsd.papers.hypercycle.behaviour.phase import PhaseDiagram, phase_diagram
    from rcsd.papers.hypercycle.behaviour.simplex import SimplexPortrait, simplex_portrait
    from rcsd.papers.hypercycle.behaviour.survey import NetworkSurvey, survey
    from rcsd.papers.hypercycle.behaviour.thresholds import Threshold, intercity_threshold, plane_threshold
    from rcsd.papers.hypercycle.families import CycleFamily, ModeFamily, NetworkFamily
    from rcsd.papers.hypercycle.growth import advantage, equal_shares, growth_rates, mean_growth, share_drift
    from rcsd.papers.hypercycle.modes import FIGURES, MODES, STEPS, Mode, ModeParameters, mode_network, shared_advantage
    from rcsd.papers.hypercycle.moran import fixation_probability, simulate_numbers
    from rcsd.papers.hypercycle.network import Catalyst, CatalyticNetwork, Unit, network_of, pure_cycle
    from rcsd.papers.hypercycle.replicase import (
        ReplicasePath,
        path_of_preference,
        replicase_of_inputs,
        replicase_of_preference,
    )
    from rcsd.papers.hypercycle.simulator import HypercycleSimulator
    from rcsd.papers.hypercycle.trajectory import SharePath, share_path

__all__ = [
    "FIGURES",
    "MODES",
    "STEPS",
    "Catalyst",
    "CatalyticNetwork",
    "CycleFamily",
    "Experiment",
    "HypercycleSimulator",
    "Invasion",
    "LongRun",
    "Mode",
    "ModeFamily",
    "ModeParameters",
    "NetworkFamily",
    "NetworkSurvey",
    "PeriodicOrbit",
    "Permanence",
    "PhaseDiagram",
    "ReplicasePath",
    "RestPoint",
    "Rung",
    "SharePath",
    "SimplexPortrait",
    "Threshold",
    "Unit",
    "advantage",
    "cycle_eigenvalues",
    "cycle_shares",
    "enterprises",
    "equal_shares",
    "fixation_probability",
    "growth_rates",
    "intercity_threshold",
    "interior_equilibrium",
    "invade",
    "invasion_rate",
    "ladder",
    "long_run",
    "mean_growth",
    "mode_network",
    "network_of",
    "path_of_preference",
    "periodic_orbit",
    "permanence",
    "phase_diagram",
    "plane_threshold",
    "pure_cycle",
    "replicase_of_inputs",
    "replicase_of_preference",
    "rest_points",
    "restricted",
    "share_drift",
    "share_path",
    "shared_advantage",
    "simplex_portrait",
    "simulate_numbers",
    "survey",
    "table_1",
    "table_1_ranges",
    "why_not_lasting",
]

__getattr__, __dir__ = on_first_use(__name__)
