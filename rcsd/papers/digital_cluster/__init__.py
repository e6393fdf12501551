"""Digital cluster of a resource region (Zhernov, Nekhoda and Rusak): from conventional cluster to business ecosystem.

Participants turn digital (Bass), transactions follow as their cost falls, distance stops mattering, knowledge exchange
rises and skilled labour gets scarce; a platform gathers the participants, renews the cluster and makes leaders change.
A classifier reads the state off against the paper's table and names the stage.
"""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.papers.digital_cluster.coupling import NEUTRAL, ClusterEffects, cluster_effects
    from rcsd.papers.digital_cluster.diffusion import bass_path
    from rcsd.papers.digital_cluster.dynamics import READINGS, STOCKS, UNITS
    from rcsd.papers.digital_cluster.leaders import (
        LeaderRuns,
        accumulated_hazard,
        founder_probability,
        simulate_leaders,
    )
    from rcsd.papers.digital_cluster.parameters import DigitalClusterParameters
    from rcsd.papers.digital_cluster.path import ClusterPath, cluster_path
    from rcsd.papers.digital_cluster.quantities import QUANTITIES, Quantity
    from rcsd.papers.digital_cluster.simulator import DigitalClusterSimulator
    from rcsd.papers.digital_cluster.stages.classifier import (
        RowReading,
        StateReading,
        classify,
        passed_by,
        read_state,
        row_stages,
        stage_shares,
        votes_of,
    )
    from rcsd.papers.digital_cluster.stages.conditions import PathCondition, outcome_shares, path_conditions
    from rcsd.papers.digital_cluster.stages.phase_diagram import PhaseDiagram, phase_diagram
    from rcsd.papers.digital_cluster.stages.row_rules import READ, RULES, Boundary, RowRule, drawn_rules
    from rcsd.papers.digital_cluster.stages.stage_path import (
        FULL_PATH,
        KINDS,
        ClusterSpan,
        first_years,
        path_kinds,
        stage_spans,
    )
    from rcsd.papers.digital_cluster.stages.survey import Survey, survey
    from rcsd.papers.digital_cluster.stages.table import STAGES, TABLE, TableRow
    from rcsd.papers.digital_cluster.steady import steady_state

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

__getattr__, __dir__ = on_first_use(__name__)
