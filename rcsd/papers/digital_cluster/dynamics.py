"""The stocks and flows of the digital cluster, for any number of runs at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.digital_cluster import effects
from rcsd.papers.digital_cluster.diffusion import bass_adoption
from rcsd.papers.digital_cluster.parameters import Columns

STOCKS = (
    "Digitalisation",
    "Digital Transaction Share",
    "Knowledge Stock",
    "Skilled Labour",
    "Platform Integration",
    "Etharchy",
    "Expected Leader Changes",
)
"""The state, in the order of its axis: shares, but for knowledge (an index, 1 at the beginning) and a count."""

READINGS = (
    "Transaction Cost Index",
    "Digital Links",
    "Distance Discount",
    "Skill Sufficiency",
    "Knowledge Exchange",
    "Internal Transformation",
    "Leader Change Hazard",
    "Leader Change Probability",
    "Sustainability",
    "Participant Involvement",
    "Cooperation",
    "Rivalry",
    "Digital Adoption",
)
"""What is read off a state besides the stocks."""

UNITS: Mapping[str, str] = {
    **dict.fromkeys((*STOCKS, *READINGS), "Dmnl"),
    **dict.fromkeys(
        ("Knowledge Exchange", "Internal Transformation", "Leader Change Hazard", "Digital Adoption"), "1/Year"
    ),
}

Values = dict[str, NDArray[np.float64]]


def initial_share(c: Columns) -> NDArray[np.float64]:
    """Return the share of transactions in digital space at the beginning, which the first digital share gives."""
    return np.asarray(c["initial_digitalisation"] ** 2 / 2)


def initial_state(c: Columns) -> NDArray[np.float64]:
    """Return the stocks at the beginning, shape (7, n_runs): everything but adoption is at rest, no platform yet."""
    first, labour = c["initial_digitalisation"], c["initial_skilled_labour"]
    zero = np.zeros_like(first)
    return np.array([first, initial_share(c), zero + 1, labour, zero, first, zero])


def forces(c: Columns, state: NDArray[np.float64]) -> Values:
    """Return what the flows depend on, by name in the model; axes of the values follow the state's after its first."""
    digital, share, _, labour, platform = state[:5]
    first = c["initial_digitalisation"]
    cost = effects.transaction_cost_index(digital, first, c["maximum_transaction_saving"])
    demand = effects.skilled_labour_demand(digital, first, c["initial_skilled_labour"], c["skill_need"])
    sufficiency = effects.skill_sufficiency(labour, demand)
    exchange = effects.knowledge_exchange(
        c["knowledge_depreciation_rate"],
        effects.exchange_effect(digital, first, c["exchange_gain"]),
        effects.proximity_effect(share, initial_share(c), c["distance_friction"]),
        sufficiency,
    )
    transformation = effects.internal_transformation(platform, exchange)
    external = c["digital_external_influence"] * (1 + c["digital_support"])
    incentive = effects.adoption_incentive(cost, c["saving_response"])
    imitation = c["digital_imitation"] * c["institutional_quality"] * incentive
    return {
        "Transaction Cost Index": cost,
        "Digital Adoption": bass_adoption(digital, external, imitation, c["digital_ceiling"]),
        "Skill Sufficiency": sufficiency,
        "Knowledge Exchange": exchange,
        "Internal Transformation": transformation,
        "Leader Change Hazard": effects.leader_change_hazard(
            transformation, c["base_leader_hazard"], c["hazard_response"]
        ),
        "Participant Involvement": digital * sufficiency,
    }


def drift(c: Columns, state: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rate of change of each stock, 1/Year, shape of the state."""
    digital, share, knowledge, labour, platform, etharchy = state[:6]
    f = forces(c, state)
    target = effects.target_digital_share(digital, f["Transaction Cost Index"], c["cost_elasticity"])
    # training that holds the initial share of skilled labour at the neutral living standard
    loss, first = c["skill_loss_rate"], c["initial_skilled_labour"]
    training = loss * first / (1 - first) * (1 + c["skill_response"] * (1 - f["Skill Sufficiency"]))
    return np.array(
        [
            f["Digital Adoption"],
            (target - share) / c["transaction_adjustment_time"],
            f["Knowledge Exchange"] - c["knowledge_depreciation_rate"] * knowledge,
            training * (1 - labour) - loss * labour / c["living_standard"],
            c["platform_rate"] * share * knowledge * (digital - platform) - c["platform_exit_rate"] * platform,
            (f["Participant Involvement"] - etharchy) / c["norm_adjustment_time"],
            f["Leader Change Hazard"],
        ]
    )


def readings(c: Columns, state: NDArray[np.float64]) -> Values:
    """Return every variable of a state, stocks and readings, by name in the model.

    Parameters
    ----------
    c : mapping of field to NDArray
        Parameters; a run's value must broadcast against `state[0]`.
    state : NDArray, shape (7, ...)
        In the order of `STOCKS`.
    """
    values = dict(zip(STOCKS, state, strict=True)) | forces(c, state)
    values["Digital Links"] = state[0] ** 2
    values["Distance Discount"] = effects.distance_discount(state[1], c["distance_friction"])
    hazard, platform = values["Leader Change Hazard"], values["Platform Integration"]
    values["Leader Change Probability"] = effects.change_probability(hazard, c["leader_horizon"])
    values["Sustainability"] = effects.sustainability(values["Internal Transformation"], c["consolidation_time"])
    values["Cooperation"] = values["Participant Involvement"] * (1 - values["Distance Discount"])
    values["Rivalry"] = platform * values["Leader Change Probability"]
    return values
