"""Link scores and signs on equations whose parts are known."""

import numpy as np
import pytest

import rcsd
from rcsd.simulation.engine.links import LinkScorer, Trace, network_of, traced
from tests.analysis.loops.loop_models import GOAL, saved


@pytest.fixture
def scored(tmp_path):
    """Return what scores every link of a model, its trace, the scores and the signs."""

    def score(*equations, stop=4.0):
        system = rcsd.load(saved(tmp_path, equations, stop=stop)).simulator("interpreted").system
        network = network_of(system)
        scorer = LinkScorer(network, network.nodes)
        trace = traced(network.system, {}, range(1), scorer.needed)
        return network, trace, scorer.scores(trace), scorer.signs(trace)

    return score


def test_scores_of_a_sum_add_up_to_one_and_have_the_signs_of_its_terms(scored):
    """A sum moves by what its terms move by, and each score is a term's part of that (2020, eq. 1)."""
    equations = ("a = INTEG(1, 0)", "b = INTEG(0.5 * Time, 3)", "c = a * 2 - b")
    _, trace, scores, signs = scored(*equations)
    moved = np.diff(trace.values["c"], axis=0)
    np.testing.assert_allclose(scores["a", "c"][1:], np.abs(2 * np.diff(trace.values["a"], axis=0) / moved), rtol=1e-9)
    by_b = -np.abs(np.diff(trace.values["b"], axis=0) / moved)
    np.testing.assert_allclose(
        scores["b", "c"][1:], np.where(np.diff(trace.values["b"], axis=0) != 0, by_b, 0), rtol=1e-9
    )
    whole = scores["a", "c"][1:] * np.sign(moved) + scores["b", "c"][1:] * np.sign(moved)
    np.testing.assert_allclose(whole, 1, rtol=1e-9)
    assert (signs["a", "c"] == 1).all()
    assert (signs["b", "c"] == -1).all()


def test_a_sign_is_measured_where_nothing_moves(scored):
    """A constant stock has no score, and yet more of it would mean less of what it takes away from."""
    _, _, scores, signs = scored("a = INTEG(0, 5)", "b = 10 - a ^ 2")
    assert not scores["a", "b"].any()
    assert (signs["a", "b"] == -1).all()


def test_a_choice_passes_on_the_branch_that_is_taken(scored):
    """Below the threshold the one cause moves the result, above it the other; at the switch both did."""
    equations = ("a = INTEG(1, 0)", "b = INTEG(2, 0)", "c = IF THEN ELSE(Time < 2, a, b)")
    _, trace, scores, _ = scored(*equations)
    early, late = trace.times[:, np.newaxis] < 2, trace.times[:, np.newaxis] > 2
    assert (scores["a", "c"][1:][early[1:]] == 1).all()
    assert not scores["a", "c"][late].any()
    assert (scores["b", "c"][late] == 1).all()
    assert not scores["b", "c"][early].any()


def test_parts_of_a_smooth_are_nodes_that_the_file_does_not_name(scored):
    """Three stocks in a row between the input and the variable."""
    network, *_ = scored(*GOAL)
    hidden = [name for name in network.carried if name not in network.visible]
    assert len(hidden) == 3
    assert {"Stock", "shipments", "perceived", "order rate"} <= network.visible
    assert [sorted(set(circle) & network.visible) for circle in network.circles() if "Stock" in circle] == [
        ["Stock", "order rate", "perceived", "shipments"]
    ]


def test_rounding_is_no_change(scored):
    """What moves by less than a few units in the last place scores nothing."""
    network, trace, *_ = scored("a = INTEG(b, 1)", "b = a * 0.1")
    values = {name: np.ones_like(each) for name, each in trace.values.items()}
    values["a"] = 1 + np.array([0.0, 1.0] * 9)[: trace.times.size, np.newaxis] * np.finfo(float).eps
    scorer = LinkScorer(network, network.nodes)
    assert not any(score.any() for score in scorer.scores(Trace(trace.times, values)).values())
