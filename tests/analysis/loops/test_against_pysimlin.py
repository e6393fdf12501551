"""Relative loop scores against pysimlin, an engine and an implementation of Loops That Matter of their own."""

import sys

import numpy as np
import pytest

import rcsd
from rcsd.analysis.loops import feedback_loops
from rcsd.names import canonical
from tests.analysis.loops.loop_models import FISHERY, GOAL, LOGISTIC, SUPPLY, saved, simulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pysimlin has no wheels for Windows")
OURS = ("digital_cluster", "innovation_coevolution", "resource_city")


def theirs(path):
    """Return pysimlin's relative scores by the set of a loop's variables, and the times of their values."""
    import simlin  # noqa: PLC0415 - only where there is one

    model = simlin.load(path)
    run = model.run() if path.stem != "resource_city" else model.run(analyze_loops=False)
    loops = run.loops if path.stem != "resource_city" else whole(model.analyze(timeout=120)).loops
    found = {}
    for loop in loops:
        names = (name for name in loop.variables if not name.startswith("$"))  # parts of its delays
        found[frozenset(canonical(name) for name in names)] = np.asarray(loop.behavior_time_series)
    return found, run.results.index.to_numpy()


def whole(analysis):
    """Return an analysis that has looked at all loops."""
    assert analysis.enumeration_complete
    return analysis


def assert_equal_scores(path, found):
    """Every loop that pysimlin reports is found, with its scores at every saved time."""
    expected, times = theirs(path)
    assert expected
    at = np.searchsorted(found.times, times - 1e-6)
    np.testing.assert_allclose(found.times[at], times, atol=1e-6)
    own = {}
    for i, loop in enumerate(found):
        own.setdefault(frozenset(map(canonical, loop.variables)), []).append(found.relative[at, i])
    for variables, scores in expected.items():
        assert variables in own, sorted(variables)
        distance = min(np.abs(each - scores).max() for each in own[variables])
        assert distance < 1e-6, sorted(variables)
    return expected


@pytest.mark.parametrize("equations", [LOGISTIC, GOAL, SUPPLY, FISHERY], ids=["logistic", "smooth", "delay", "tables"])
def test_small_models(tmp_path, equations):
    """Stocks and flows; a third-order smooth and a step; a material delay; two stocks with tables."""
    path = saved(tmp_path, equations)
    found = feedback_loops(simulator(path))
    assert len(assert_equal_scores(path, found)) == len(found)


@pytest.mark.parametrize("name", OURS[:2])
def test_models_of_the_repository(name):
    """Six partitions, and one of ten loops whose signs change: the same loops with the same scores."""
    model = rcsd.load(name)
    found = feedback_loops(model.simulator("interpreted"))
    assert len(assert_equal_scores(model.path, found)) == len(found)


@pytest.mark.slow
def test_the_city():
    """22,510 loops are at work; those that pysimlin lists have its shares of all of them."""
    model = rcsd.load(OURS[2])
    found = feedback_loops(model.simulator("interpreted"))
    assert found.is_complete
    assert len(assert_equal_scores(model.path, found)) >= 100
