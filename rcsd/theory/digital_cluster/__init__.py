"""Digital cluster of a resource region (Zhernov, Nekhoda and Rusak): from conventional cluster to business ecosystem.

Participants turn digital (Bass), transactions follow as their cost falls, distance stops mattering, knowledge exchange
rises and skilled labour gets scarce; a platform gathers the participants, renews the cluster and makes leaders change.
A classifier reads the state off against the paper's table and names the stage.
"""

from rcsd.theory.digital_cluster.classifier import (
    RowReading,
    StateReading,
    classify,
    passed_by,
    read_state,
    row_stages,
    stage_shares,
    votes_of,
)
from rcsd.theory.digital_cluster.conditions import PathCondition, outcome_shares, path_conditions
from rcsd.theory.digital_cluster.coupling import NEUTRAL, ClusterEffects, cluster_effects
from rcsd.theory.digital_cluster.diffusion import bass_path
from rcsd.theory.digital_cluster.dynamics import READINGS, STOCKS, UNITS
from rcsd.theory.digital_cluster.leaders import (
    LeaderRuns,
    accumulated_hazard,
    founder_probability,
    simulate_leaders,
)
from rcsd.theory.digital_cluster.parameters import DigitalClusterParameters
from rcsd.theory.digital_cluster.path import ClusterPath, cluster_path
from rcsd.theory.digital_cluster.phase_diagram import PhaseDiagram, phase_diagram
from rcsd.theory.digital_cluster.quantities import QUANTITIES, Quantity
from rcsd.theory.digital_cluster.row_rules import READ, RULES, Boundary, RowRule, drawn_rules
from rcsd.theory.digital_cluster.simulator import DigitalClusterSimulator
from rcsd.theory.digital_cluster.stage_path import (
    FULL_PATH,
    KINDS,
    ClusterSpan,
    first_years,
    path_kinds,
    stage_spans,
)
from rcsd.theory.digital_cluster.steady import steady_state
from rcsd.theory.digital_cluster.survey import Survey, survey
from rcsd.theory.digital_cluster.table import STAGES, TABLE, TableRow

__all__ = [
    "FULL_PATH",
    "KINDS",
    "NEUTRAL",
    "QUANTITIES",
    "READ",
    "READINGS",
    "RULES",
    "STAGES",
    "STOCKS",
    "TABLE",
    "UNITS",
    "Boundary",
    "ClusterEffects",
    "ClusterPath",
    "ClusterSpan",
    "DigitalClusterParameters",
    "DigitalClusterSimulator",
    "LeaderRuns",
    "PathCondition",
    "PhaseDiagram",
    "Quantity",
    "RowReading",
    "RowRule",
    "StateReading",
    "Survey",
    "TableRow",
    "accumulated_hazard",
    "bass_path",
    "classify",
    "cluster_effects",
    "cluster_path",
    "drawn_rules",
    "first_years",
    "founder_probability",
    "outcome_shares",
    "passed_by",
    "path_conditions",
    "path_kinds",
    "phase_diagram",
    "read_state",
    "row_stages",
    "simulate_leaders",
    "stage_shares",
    "stage_spans",
    "steady_state",
    "survey",
    "votes_of",
]
