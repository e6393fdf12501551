"""What a model that is coupled to the cluster takes from it: five effects, each with its neutral value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.digital_cluster.dynamics import Values, initial_state, readings
from rcsd.papers.digital_cluster.effects import adoption_incentive
from rcsd.papers.digital_cluster.path import ClusterPath

NEUTRAL: Mapping[str, float] = {
    "transaction_cost": 1.0,
    "adoption_incentive": 1.0,
    "knowledge_exchange": 1.0,
    "skill_sufficiency": 1.0,
    "leader_hazard": 1.0,
}
"""The value at which an effect changes nothing; every effect has it at the cluster's initial state."""


@dataclass(frozen=True, slots=True, eq=False)
class ClusterEffects:
    """Factors relative to the cluster's beginning, shape (n_times,), neutral at one.

    Attributes
    ----------
    transaction_cost : NDArray
        Multiplies the cost of the basic interaction; falls.
    adoption_incentive : NDArray
        Multiplies imitation; rises as transaction cost falls.
    knowledge_exchange : NDArray
        Multiplies knowledge creation: digital tools, fading distance, and the shortage of skilled labour.
    skill_sufficiency : NDArray
        Multiplies what needs skilled labour; at most one.
    leader_hazard : NDArray
        Multiplies the hazard of a leader change; rises with internal transformation.
    """

    transaction_cost: NDArray[np.float64]
    adoption_incentive: NDArray[np.float64]
    knowledge_exchange: NDArray[np.float64]
    skill_sufficiency: NDArray[np.float64]
    leader_hazard: NDArray[np.float64]


def cluster_effects(path: ClusterPath) -> ClusterEffects:
    """Return what a path does to a model coupled to it."""
    c = path.parameters.columns()
    start: Values = readings(c, initial_state(c))

    def relative(name: str) -> NDArray[np.float64]:
        # what is zero at the beginning stays so: no depreciation, no exchange; no hazard, no change to multiply
        first = float(start[name])
        return path.values[name] / first if first > 0 else np.ones_like(path.values[name])

    cost = path.values["Transaction Cost Index"]
    return ClusterEffects(
        transaction_cost=cost,
        adoption_incentive=adoption_incentive(cost, c["saving_response"]),
        knowledge_exchange=relative("Knowledge Exchange"),
        skill_sufficiency=path.values["Skill Sufficiency"],
        leader_hazard=relative("Leader Change Hazard"),
    )
