"""Loop dominance over many runs against closed forms and single runs."""

import numpy as np
import pytest

import rcsd
from rcsd.analysis.loops import NamedLoop, documented_rows, dominance, feedback_loops
from rcsd.analysis.loops.many.periods import periods_of
from rcsd.errors import ModelError, ParameterError, SimulationError
from tests.analysis.loops.loop_models import FISHERY, LOGISTIC, saved, simulator

GROWTH = NamedLoop("growth", ("Population", "births"))
CROWDING = NamedLoop("crowding", ("Population", "deaths"))


def test_the_share_of_runs_in_which_a_loop_rules_has_its_closed_form(tmp_path):
    """Births rule a period while both its steps have fewer than half of the capacity, deaths afterwards."""
    path = saved(tmp_path, LOGISTIC)
    start = np.geomspace(1, 900, 40)
    found = dominance(simulator(path), {"initial population": start}, named=[GROWTH, CROWDING])
    run = simulator(path).run({"initial population": start}, outputs=["Population"])
    when = periods_of(simulator(path).system.time)
    population = run.values[:, :, 0]
    share = 1 / (1 + (population[:, 1:] + population[:, :-1]) / 1000)
    share = np.concatenate([np.full((40, 1), np.nan), share], axis=1)
    expected = np.full((when.starts.size, 40), np.nan)
    for period in range(when.starts.size):
        own = when.steps[when.owner == period]
        expected[period] = share[:, own].mean(axis=1)
    growth, crowding = found.families
    np.testing.assert_allclose(growth.rules, (expected > 0.5).mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(crowding.rules, (expected < 0.5).mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(growth.median, np.quantile(expected, 0.5, axis=1), rtol=1e-9)
    np.testing.assert_allclose(found.reinforcing.rules, growth.rules, rtol=1e-12)
    assert (growth.sign, crowding.sign) == (1.0, -1.0)
    assert 0 < growth.rules.mean() < 1


def test_many_runs_say_what_each_run_says_alone(tmp_path):
    """Mean shares of each run, and the loop that has the most, are those of the run by itself."""
    engine = simulator(saved(tmp_path, FISHERY))
    start = np.array([10.0, 20.0, 40.0])
    names = [NamedLoop("regeneration", ("Fish", "regeneration")), NamedLoop("scrapping", ("Ships", "scrapping"))]
    rows = {"upkeep": start}
    equations = tuple(each.replace("catch * 2 - Ships", "catch * 2 - Ships * upkeep / 20") for each in FISHERY)
    engine = simulator(saved(tmp_path, (*equations, "upkeep = 20")))
    together = dominance(engine, rows, named=names)
    when = periods_of(engine.system.time)
    each = [feedback_loops(engine, {"upkeep": value}, named=names) for value in start]
    for i, name in enumerate(("regeneration", "scrapping")):
        single = np.array([next(f.share for f in one.families if f.name == name)[when.steps] for one in each])
        means = when.means(single[:, :, np.newaxis])[:, :, 0]
        np.testing.assert_allclose(together.families[i].median, np.median(means, axis=0), rtol=1e-9)
        np.testing.assert_allclose(together.families[i].high, np.quantile(means, 0.95, axis=0), rtol=1e-9)


def test_runs_that_fail_are_counted_and_left_out(tmp_path):
    """A population that explodes is no number in the end: it takes no part, and all of them make an error."""
    equations = ("S = INTEG(S * S * pace, 1)", "pace = 0.001")
    engine = simulator(saved(tmp_path, equations, step=0.25))
    found = dominance(engine, {"pace": [0.001, 0.002, 50.0]})
    assert (found.n_runs, found.n_failed) == (3, 1)
    assert found.loops[0].rules[1:] == pytest.approx(1.0)
    with pytest.raises(SimulationError, match="all 2 runs failed"):
        dominance(engine, {"pace": [50.0, 60.0]})


def test_only_loops_through_the_stocks_behind_a_variable_count(tmp_path):
    """A second population without a link to the first has no part in what rules the first."""
    other = ("Other = INTEG(other births, 5)", "other births = Other * 0.5", "shown = Population * 2 + unrelated")
    path = saved(tmp_path, (*LOGISTIC, *other, "unrelated = 3"))
    found = feedback_loops(simulator(path), of="shown")
    assert found.of_states == ("Population",)
    assert {loop.variables for loop in found} == {("Population", "births"), ("Population", "deaths")}
    assert len(feedback_loops(simulator(path))) == 3
    with pytest.raises(ModelError, match="did you mean 'shown'"):
        feedback_loops(simulator(path), of="show")
    with pytest.raises(ModelError, match="no feedback loop moves 'unrelated'"):
        feedback_loops(simulator(path), of="unrelated")


def test_constants_are_drawn_over_their_documented_ranges(tmp_path):
    """Each evenly, the rest keep their values; a model without ranges, or too few runs, is refused."""
    model = rcsd.load("digital_cluster")
    rows = documented_rows(model.ir, 50, rng=np.random.default_rng(1))
    assert set(rows) <= set(model.constants)
    low, high = 0.0, 0.0
    for name, values in rows.items():
        limits = model.ir[name].limits if model.ir[name].limits != (None, None) else None
        low, high = limits or (values.min(), values.max())
        assert (low <= values).all()
        assert (values <= high).all()
        thirds = np.histogram(values, bins=5, range=(low, high))[0]
        assert (thirds >= 8).all()
    with pytest.raises(ParameterError, match="ask for at least 2"):
        documented_rows(model.ir, 1, rng=np.random.default_rng(1))
    bare = rcsd.load(saved(tmp_path, LOGISTIC))
    with pytest.raises(ParameterError, match="no constant of 'model' has a range"):
        documented_rows(bare.ir, 5, rng=np.random.default_rng(1))


def test_beyond_the_limit_the_strongest_are_looked_for_and_that_is_said(tmp_path):
    """Of five loops at most two may be listed by enumeration: the independent ones are there, and a note."""
    engine = simulator(saved(tmp_path, FISHERY))
    found = feedback_loops(engine, limit=2)
    assert not found.is_complete
    assert any("more than 2 loops are at work" in note for note in found.notes)
    whole = feedback_loops(engine)
    assert whole.is_complete
    assert {loop.variables for loop in found} <= {loop.variables for loop in whole}
    assert sum(loop.is_independent for loop in found) == sum(loop.is_independent for loop in whole)
