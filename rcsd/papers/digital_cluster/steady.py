"""Where the cluster ends in the long run, in closed form."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.digital_cluster import effects
from rcsd.papers.digital_cluster.dynamics import Values, forces, readings
from rcsd.papers.digital_cluster.parameters import Columns, DigitalClusterParameters


def steady_state(parameters: DigitalClusterParameters) -> dict[str, float]:
    """Return every variable at rest, by name in the model; the count of leader changes, which never rests, is NaN.

    All participants that can be are digital, however slowly; but without external influence nobody begins, and without
    imitation as well nothing moves. Skilled labour solves a quadratic; all else follows from one variable to the next.
    """
    return {name: float(value) for name, value in steady_values(parameters.columns()).items()}


def steady_values(c: Columns) -> Values:
    """Return every variable at rest for many runs, shape of the parameters; see `steady_state`."""
    first = c["initial_digitalisation"]
    spreads = c["digital_external_influence"] > 0
    spreads = spreads | ((c["digital_imitation"] * c["institutional_quality"] > 0) & (first > 0))
    digital = np.where(spreads, c["digital_ceiling"], first)
    cost = effects.transaction_cost_index(digital, first, c["maximum_transaction_saving"])
    share = effects.target_digital_share(digital, cost, c["cost_elasticity"])
    labour = _labour(c, effects.skilled_labour_demand(digital, first, c["initial_skilled_labour"], c["skill_need"]))
    nothing = np.zeros_like(digital)
    state = np.array([digital, share, nothing, labour, nothing, nothing, nothing + np.nan])
    known = forces(c, state)
    with np.errstate(invalid="ignore", divide="ignore"):
        knowledge = np.where(
            c["knowledge_depreciation_rate"] > 0,
            known["Knowledge Exchange"] / c["knowledge_depreciation_rate"],
            1.0,  # nothing is added to it either: exchange is in proportion to the depreciation it makes up for
        )
        joining = c["platform_rate"] * share * knowledge
        state[4] = np.where(joining > 0, digital * joining / (joining + c["platform_exit_rate"]), 0)
    state[2], state[5] = knowledge, known["Participant Involvement"]
    return readings(c, state)


def _labour(c: Columns, demand: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of skilled labour at which training makes up for the loss."""
    loss, first, response = c["skill_loss_rate"], c["initial_skilled_labour"], c["skill_response"]
    training = first / (1 - first)
    leaving = 1 / c["living_standard"]
    plenty = training / (training + leaving)
    # short of labour: training (1 - h)(1 + r - r h/demand) = leaving h, of whose roots the lower one is meant
    a = training * response / demand
    b = -(training * (1 + response + response / demand) + leaving)
    constant = training * (1 + response)
    short = 2 * constant / (-b + np.sqrt(b**2 - 4 * a * constant))
    found = np.where(plenty >= demand, plenty, short)
    return np.asarray(np.where(loss > 0, found, first))
