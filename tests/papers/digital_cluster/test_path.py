"""The cluster through time: bounds, rest, neutral values, directions."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rcsd.papers.digital_cluster import (
    NEUTRAL,
    QUANTITIES,
    STOCKS,
    DigitalClusterParameters,
    cluster_effects,
    cluster_path,
    steady_state,
)
from rcsd.papers.digital_cluster.dynamics import drift

YEARS = np.linspace(0, 80, 41)
SHARES = [name for name in STOCKS if name not in {"Knowledge Stock", "Expected Leader Changes"}]
DRAWN = st.fixed_dictionaries({quantity.field: st.floats(*quantity.span) for quantity in QUANTITIES})


@settings(max_examples=20)
@given(values=DRAWN)
def test_shares_stay_shares_wherever_the_parameters_lie(values):
    """Within the ranges every share stays in [0, 1], the platform within the digital, and indices stay positive."""
    path = cluster_path(DigitalClusterParameters(**values), YEARS).values
    for name in (*SHARES, "Skill Sufficiency", "Distance Discount", "Sustainability", "Leader Change Probability"):
        assert (path[name] >= -1e-9).all(), name
        assert (path[name] <= 1 + 1e-9).all(), name
    assert (path["Platform Integration"] <= path["Digitalisation"] + 1e-9).all()
    assert (path["Knowledge Stock"] > 0).all()
    assert (np.diff(path["Digitalisation"]) >= -1e-9).all()
    assert (np.diff(path["Transaction Cost Index"]) <= 1e-9).all()


@given(values=DRAWN)
def test_nothing_moves_at_the_closed_form_of_rest(values):
    """The rate of change of every stock but the count of leader changes is zero in the steady state."""
    parameters = DigitalClusterParameters(**values)
    rest = steady_state(parameters)
    state = np.array([0.0 if name == "Expected Leader Changes" else rest[name] for name in STOCKS])
    rates = drift(parameters.columns(), state)
    np.testing.assert_allclose(rates[:-1], 0, atol=1e-12)
    assert rates[-1] == pytest.approx(rest["Leader Change Hazard"])


@pytest.mark.parametrize("changes", [{}, {"living_standard": 1.4, "skill_need": 0.1}, {"digital_ceiling": 0.6}])
def test_the_path_comes_to_rest_where_the_closed_form_says(changes):
    """After a thousand years every variable but the count of leader changes is the steady state's."""
    parameters = DigitalClusterParameters(**changes)
    late = cluster_path(parameters, [0.0, 1000.0]).values
    for name, value in steady_state(parameters).items():
        if name != "Expected Leader Changes":
            assert late[name][-1] == pytest.approx(value, abs=1e-7), name


def test_everything_rests_at_the_beginning_where_nobody_can_turn_digital():
    """With the ceiling at the first share effects keep their neutral value, and stocks but platform and count."""
    path = cluster_path(DigitalClusterParameters(digital_ceiling=0.01), YEARS)
    for name, effect in dataclasses.asdict(cluster_effects(path)).items():
        # a platform of the few digital ones, a millionth, is all that moves
        np.testing.assert_allclose(effect, NEUTRAL[name], rtol=1e-2 if name == "leader_hazard" else 1e-9, err_msg=name)
    for name in ("Digitalisation", "Digital Transaction Share", "Knowledge Stock", "Skilled Labour", "Etharchy"):
        np.testing.assert_allclose(path.values[name], path.values[name][0], rtol=1e-9, err_msg=name)


def test_effects_begin_at_their_neutral_value_and_move_as_the_paper_says():
    """Cost falls; incentive, exchange and hazard rise; skilled labour gets scarce."""
    effects = dataclasses.asdict(cluster_effects(cluster_path(DigitalClusterParameters(), YEARS)))
    assert effects.keys() == NEUTRAL.keys()
    for name, effect in effects.items():
        assert effect[0] == pytest.approx(NEUTRAL[name], abs=1e-12), name
    ends = {name: effect[-1] for name, effect in effects.items()}
    assert ends["transaction_cost"] < 1
    assert ends["skill_sufficiency"] < 1
    assert min(ends["adoption_incentive"], ends["knowledge_exchange"], ends["leader_hazard"]) > 1


@pytest.mark.parametrize(
    ("field", "neutral", "variable"),
    [
        ("maximum_transaction_saving", 0.0, "Transaction Cost Index"),
        ("skill_need", 0.0, "Skill Sufficiency"),
    ],
)
def test_an_effect_switched_off_is_neutral_throughout(field, neutral, variable):
    """No saving, no fall of cost; no need of skills, no shortage."""
    path = cluster_path(DigitalClusterParameters(**{field: neutral}), YEARS)
    np.testing.assert_allclose(path.values[variable], 1.0, atol=1e-9)


def test_hazard_without_response_is_the_base_and_its_integral_a_line():
    """Expected leader changes are base hazard times years."""
    path = cluster_path(DigitalClusterParameters(hazard_response=0.0), YEARS)
    np.testing.assert_allclose(path.values["Expected Leader Changes"], 0.02 * YEARS, atol=1e-9)


@pytest.mark.parametrize(
    ("field", "low", "high", "variable", "sign"),
    [
        ("digital_imitation", 0.25, 0.45, "Digitalisation", 1),
        ("maximum_transaction_saving", 0.1, 0.5, "Digital Transaction Share", 1),
        ("distance_friction", 0.4, 0.8, "Distance Discount", 1),
        ("living_standard", 0.7, 1.3, "Skill Sufficiency", 1),
        ("skill_need", 0.2, 0.6, "Knowledge Stock", -1),
        ("platform_exit_rate", 0.01, 0.1, "Internal Transformation", -1),
        ("hazard_response", 0.3, 1.5, "Expected Leader Changes", 1),
        ("consolidation_time", 1.0, 6.0, "Sustainability", -1),
        ("norm_adjustment_time", 2.0, 10.0, "Etharchy", -1),
    ],
)
def test_a_parameter_moves_what_it_should(field, low, high, variable, sign):
    """From the low to the high value the variable in year 20 moves in the stated direction."""
    ends = [cluster_path(DigitalClusterParameters(**{field: x}), [0.0, 20.0]).values[variable][-1] for x in (low, high)]
    assert sign * (ends[1] - ends[0]) > 1e-3


def test_the_skill_shortage_is_the_leontief_one():
    """Where labour exceeds its demand, at a high living standard and no need, exchange gains nothing from it."""
    path = cluster_path(DigitalClusterParameters(living_standard=3.0, skill_need=0.0), YEARS).values
    assert path["Skilled Labour"][-1] > 0.3
    assert (path["Skill Sufficiency"] == 1).all()
