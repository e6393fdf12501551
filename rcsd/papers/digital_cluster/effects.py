"""What digitalisation does to the cluster: one function an effect, each with the value at which it changes nothing.

All take numbers or arrays of shapes that broadcast, and give an array of the common shape. Those called neutral at one
multiply: a model that is coupled to the cluster multiplies its own quantity by them. Arguments are the shares and rates
of `quantities.QUANTITIES`; nothing is checked here, `coupling.cluster_effects` is the checked door.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def transaction_cost_index(digitalisation: Array, initial: Array, saving: Array) -> Array:
    """Return the cost of the basic interaction relative to the beginning; neutral, 1, at the initial digitalisation.

    Linear, as in the resource-city model; Zhernov et al., section 3: cutting this cost is what a digital cluster
    is for.
    """
    return np.asarray((1 - saving * digitalisation) / (1 - saving * initial))


def adoption_incentive(cost_index: Array, response: Array) -> Array:
    """Return what imitation is multiplied by; neutral, 1, where no cost is saved. Form assumed."""
    return np.asarray(1 + response * (1 - cost_index))


def digital_choice(cost_index: Array, elasticity: Array) -> Array:
    """Return the share of transactions done digitally where both sides can; 1/2 at equal cost.

    Odds of constant elasticity in the cost, 1 : cost^elasticity (Luce 1959; McFadden 1974).
    """
    return np.asarray(1 / (1 + cost_index**elasticity))


def target_digital_share(digitalisation: Array, cost_index: Array, elasticity: Array) -> Array:
    """Return the share of transactions that would be in digital space in the long run.

    Both sides must be digital, which in random meetings is so for the square of the share; and then must choose it.
    """
    return np.asarray(digitalisation**2 * digital_choice(cost_index, elasticity))


def distance_discount(digital_share: Array, friction: Array) -> Array:
    """Return the share of knowledge exchange lost to distance; `friction` in territorial space, zero in digital space.

    Zhernov et al., table, geographic factor: decisive, secondary, given up. Form assumed.
    """
    return np.asarray(friction * (1 - digital_share))


def proximity_effect(digital_share: Array, initial_share: Array, friction: Array) -> Array:
    """Return knowledge exchange that survives distance, relative to the beginning; neutral at 1."""
    return np.asarray(
        (1 - distance_discount(digital_share, friction)) / (1 - distance_discount(initial_share, friction))
    )


def exchange_effect(digitalisation: Array, initial: Array, gain: Array) -> Array:
    """Return what digital tools make of a unit of exchange; neutral, 1, at the initial digitalisation.

    As in the resource-city model; Zhernov et al., table, knowledge exchange: digital technologies raise it.
    """
    return np.asarray(1 + gain * (digitalisation - initial))


def skilled_labour_demand(digitalisation: Array, initial: Array, initial_labour: Array, need: Array) -> Array:
    """Return the share of employees that must be skilled; at the beginning it is what there is. Form assumed."""
    return np.asarray(initial_labour + need * (digitalisation - initial))


def skill_sufficiency(labour: Array, demand: Array) -> Array:
    """Return how far skilled labour meets its demand, at most 1, the neutral value.

    Zhernov et al., section 3: a digital cluster lives on what its workers know, and firms lack such workers. Leontief
    form.
    """
    return np.minimum(1, labour / demand)


def knowledge_exchange(depreciation: Array, exchange: Array, proximity: Array, sufficiency: Array) -> Array:
    """Return new knowledge a year relative to the initial stock, which it keeps up at neutral effects, 1/Year."""
    return np.asarray(depreciation * exchange * proximity * sufficiency)


def internal_transformation(platform: Array, exchange: Array) -> Array:
    """Return the pace at which the platform's knowledge renews the cluster, 1/Year; neutral, 0, without a platform.

    Zhernov et al., table, sustainability: the business ecosystem keeps changing inside. Form assumed.
    """
    return np.asarray(platform * exchange)


def leader_change_hazard(transformation: Array, base: Array, response: Array) -> Array:
    """Return the hazard of a leader change, 1/Year; neutral, `base`, without transformation.

    Zhernov et al., table, control: the ecosystem's leader may well lose the lead. Linear form assumed.
    """
    return np.asarray(base + response * transformation)


def change_probability(hazard: Array, horizon: Array) -> Array:
    """Return the probability of one leader change or more within the horizon, should the hazard stay."""
    return np.asarray(-np.expm1(-hazard * horizon))


def sustainability(transformation: Array, consolidation: Array) -> Array:
    """Return the share of settled relations; neutral, 1, without transformation.

    Settled relations are unsettled at the pace of transformation and settle again after the consolidation time; this is
    the share at rest. Zhernov et al., table, sustainability: limited in the ecosystem.
    """
    return np.asarray(1 / (1 + transformation * consolidation))
