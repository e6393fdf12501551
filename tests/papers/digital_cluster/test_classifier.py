"""The paper's table: every row has its rule, and every rule its outcome at the states that the table describes."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.papers.digital_cluster import (
    READ,
    RULES,
    STAGES,
    TABLE,
    DigitalClusterParameters,
    classify,
    cluster_path,
    drawn_rules,
    read_state,
    stage_shares,
)

# Years of the base run at which the table is read, well within the three stages.
EARLY, MIDDLE, LATE = 5.0, 21.0, 50.0

EXPECTED = {
    "essence": ("close to each other", "online", "community that develops together"),
    "geography": ("Decisive", "Secondary", "given up"),
    "knowledge": ("Little will to share", "Raised by digital tools", "Everyone"),
    "integration": ("shared place", "digital environment", "One technological platform"),
    "transactions": ("In the territory", "Online", "Online"),
    "control": ("largest market share", "founding firm", "may well lose the lead"),
    "sustainability": ("Enough", "Enough", "Limited"),
    "innovation": ("Rivalry", "Joint work", "Both matter alike"),
    "regulation": ("Hierarchy", "Etharchy", "Etharchy"),
}
"""What the paper's cell says of each row and stage, in the words of ours."""

IDEAL = (
    {
        "Digitalisation": 0.1, "Internal Transformation": 0.0, "Distance Discount": 0.55,
        "Participant Involvement": 0.1, "Digital Links": 0.01,
        "Platform Integration": 0.0, "Digital Transaction Share": 0.05,
        "Leader Change Probability": 0.1, "Sustainability": 1.0, "Cooperation": 0.05, "Rivalry": 0.0, "Etharchy": 0.1,
    },
    {
        "Digitalisation": 0.8, "Internal Transformation": 0.05, "Distance Discount": 0.2,
        "Participant Involvement": 0.5, "Digital Links": 0.64,
        "Platform Integration": 0.4, "Digital Transaction Share": 0.6,
        "Leader Change Probability": 0.3, "Sustainability": 0.85, "Cooperation": 0.45, "Rivalry": 0.12, "Etharchy": 0.5,
    },
    {
        "Digitalisation": 0.95, "Internal Transformation": 0.3, "Distance Discount": 0.05,
        "Participant Involvement": 0.9, "Digital Links": 0.9,
        "Platform Integration": 0.9, "Digital Transaction Share": 0.9,
        "Leader Change Probability": 0.8, "Sustainability": 0.5, "Cooperation": 0.85, "Rivalry": 0.7, "Etharchy": 0.8,
    },
)  # fmt: skip
"""A state in the words of each column of the table, as numbers."""


def at(year: float) -> dict[str, float]:
    """Return the base run's readings of one year."""
    path = cluster_path(DigitalClusterParameters(), [0.0, year])
    return {name: float(path.values[name][-1]) for name in READ}


def test_the_table_is_the_paper_s():
    """Nine rows in the paper's order; equal cells where the paper makes no difference, and nowhere else."""
    assert [row.key for row in TABLE] == list(EXPECTED) == [rule.key for rule in RULES]
    for row in TABLE:
        for cell, words in zip(row.cells, EXPECTED[row.key], strict=True):
            assert words in cell
    assert {row.key: row.shared for row in TABLE if row.shared} == {
        "transactions": (1, 2), "sustainability": (0, 1), "regulation": (1, 2),
    }  # fmt: skip


@pytest.mark.parametrize("stage", range(3), ids=STAGES)
@pytest.mark.parametrize("key", EXPECTED)
def test_a_row_reads_the_state_that_the_table_describes(key, stage):
    """Nine rows, three ideal states: each outcome is the table's cell and votes for every stage with that cell."""
    (row,) = (row for row in read_state(IDEAL[stage]).rows if row.rule.key == key)
    assert EXPECTED[key][stage] in row.text
    assert row.stages == next(each for each in TABLE if each.key == key).stages_of(stage)


@pytest.mark.parametrize(("year", "stage", "rows"), [
    (EARLY, 0, {key: 0 for key in EXPECTED}),
    (MIDDLE, 1, {"essence": 1, "geography": 1, "knowledge": 1, "integration": 1, "transactions": 1, "control": 1,
                 "sustainability": 0, "innovation": 1, "regulation": 1}),
    (LATE, 2, {key: 2 for key in EXPECTED} | {"transactions": 1, "regulation": 1}),
])  # fmt: skip
def test_the_base_run_is_read_row_by_row(year, stage, rows):
    """All nine rows say conventional in year 5, digital in 21, ecosystem in 50, shared cells counted."""
    reading = read_state(at(year))
    assert {row.rule.key: row.stages[0] for row in reading.rows} == rows
    assert reading.stage == STAGES[stage]
    assert reading.votes[stage] == 9
    assert reading.passed == (((0, 8), (0, 7)), ((8, 8), (0, 7)), ((8, 8), (7, 7)))[stage]
    assert reading.tied == ()


@pytest.mark.parametrize(("rule", "boundary"), [(rule, boundary) for rule in RULES for boundary in rule.boundaries])
def test_a_boundary_is_monotone_and_passed_at_its_threshold(rule, boundary):
    """Just before the threshold it is not passed, at it and beyond it is; its range holds the threshold."""
    sign = 1 if boundary.rising else -1
    steps = boundary.threshold + sign * np.array([-0.1, -1e-9, 0.0, 1e-9, 0.1])
    assert boundary.passed({boundary.variable: steps}).tolist() == [False, False, True, True, True]
    assert boundary.span[0] < boundary.threshold < boundary.span[1]
    # the row moves to a later stage as the variable moves on, from whatever column of the table it starts
    for state in IDEAL:
        moved = [int(rule.stage(state | {boundary.variable: value})) for value in steps]
        assert moved == sorted(moved)


def test_two_boundaries_on_one_variable_keep_their_order_when_drawn():
    """Their ranges do not overlap the wrong way, so that no draw turns a row around."""
    for rule in RULES:
        if rule.first and rule.second and rule.first.variable == rule.second.variable:
            sign = 1 if rule.first.rising else -1
            ends = [sign * end for end in (*rule.first.span, *rule.second.span)]
            assert max(ends[:2]) <= min(ends[2:])


def test_deciding_rows_are_those_that_tell_the_stage_from_the_runner_up():
    """Rows that give the stage and its only neighbour one cell do not decide; in the middle every row parts two."""
    digital = read_state(IDEAL[1])
    assert digital.votes == (1, 9, 2)
    assert set(digital.deciding) == set(EXPECTED)
    ecosystem = read_state(IDEAL[2])
    assert ecosystem.votes == (0, 2, 9)
    assert set(ecosystem.deciding) == set(EXPECTED) - {"transactions", "regulation"}
    conventional = read_state(IDEAL[0])
    assert conventional.votes == (9, 1, 0)
    assert set(conventional.deciding) == set(EXPECTED) - {"sustainability"}


def test_rows_are_counted_one_by_one():
    """Against a count written out from the readings, over all mixtures of two columns in the first three rows."""
    variables = [tuple(boundary.variable for boundary in rule.boundaries) for rule in RULES]
    for low, high in ((0, 1), (1, 2), (0, 2)):
        for chosen in itertools.product((low, high), repeat=3):
            state = dict(IDEAL[low])
            for names, column in zip(variables[:3], chosen, strict=True):
                state |= {name: IDEAL[column][name] for name in names}
            reading = read_state(state)
            sets = [set(row.stages) for row in reading.rows]
            assert list(reading.votes) == [sum(stage in each for each in sets) for stage in range(3)]
            left = sum(0 not in row.stages for row in reading.rows if row.rule.key != "sustainability")
            arrived = sum(
                1 not in row.stages and 2 in row.stages
                for row in reading.rows
                if row.rule.key not in {"transactions", "regulation"}
            )
            assert reading.passed == ((left, 8), (arrived, 7))
            stage = 0 if left <= 4 else 1 if arrived <= 3 else 2
            assert STAGES.index(reading.stage) == int(classify(state)) == stage


@given(
    place=st.fixed_dictionaries({name: st.floats(0, 1) for name in READ}),
    step=st.fixed_dictionaries({name: st.floats(0, 0.5) for name in READ}),
)
def test_moving_on_never_takes_the_cluster_back(place, step):
    """Whatever variables move in their boundaries' direction, the named stage does not fall."""
    falling = {boundary.variable for rule in RULES for boundary in rule.boundaries if not boundary.rising}
    later = {name: place[name] + (-1 if name in falling else 1) * step[name] for name in READ}
    assert int(classify(later)) >= int(classify(place))


def test_a_tie_names_the_earlier_stage_and_says_so():
    """Four of the eight rows that can tell have left the conventional cluster, four have not."""
    state = dict(IDEAL[0])
    for name in ("Digitalisation", "Distance Discount", "Participant Involvement", "Digital Links"):
        state[name] = IDEAL[1][name]
    reading = read_state(state)
    assert reading.votes == (5, 5, 0)
    assert reading.passed == ((4, 8), (0, 7))
    assert reading.stage == "conventional cluster"
    assert reading.tied == ("conventional cluster", "digital cluster")
    assert set(reading.deciding) == {"transactions", "control", "innovation", "regulation"}


def test_the_path_of_the_base_run_is_monotone_row_by_row():
    """No row goes back to an earlier stage along the base run."""
    path = cluster_path(DigitalClusterParameters(), np.linspace(0, 60, 241))
    for rule in RULES:
        assert (np.diff(rule.stage(path.values)) >= 0).all(), rule.key


def test_many_states_are_classified_as_one_by_one():
    """Arrays of any shape give what single states give."""
    path = cluster_path(DigitalClusterParameters(), np.linspace(0, 60, 61))
    stages = classify(path.values)
    assert classify({name: path.values[name].reshape(61, 1) for name in READ}).shape == (61, 1)
    for index in range(0, 61, 5):
        assert STAGES[stages[index]] == read_state({name: float(path.values[name][index]) for name in READ}).stage


def test_the_named_stage_does_not_hang_on_the_thresholds_within_a_stage():
    """With thresholds drawn from their ranges years 5, 21 and 50 keep their stage in nine draws of ten."""
    for year, stage in ((EARLY, 0), (MIDDLE, 1), (LATE, 2)):
        shares = stage_shares(at(year), n_draws=400, rng=np.random.default_rng(0))
        assert shares.sum() == pytest.approx(1)
        assert shares[stage] > 0.9
    first, again = (drawn_rules(np.random.default_rng(1)) for _ in range(2))
    assert first == again


def test_the_condition_of_a_row_names_what_it_reads():
    """Every boundary's variable, sign and threshold stand in the words of the stages it parts."""
    for rule in RULES:
        words = [rule.condition(stage) for stage in range(3)]
        for boundary in rule.boundaries:
            assert any(boundary.condition in text for text in words)
            assert re.search(r"[≥≤] \d", boundary.condition)
