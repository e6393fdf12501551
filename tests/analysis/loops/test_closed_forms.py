"""Loop scores against closed forms: logistic growth, isolated loops, and what must be zero."""

import numpy as np
import pytest

from rcsd.analysis.loops import feedback_loops
from tests.analysis.loops.loop_models import LOGISTIC, saved, simulator


def scores(found, *variables):
    """Return the relative scores of the loop with just these variables, shape (time,)."""
    loop = next(each for each in found if set(each.variables) == set(variables))
    return found.share(loop)


def raw(found, *variables):
    """Return the loop scores of the loop with just these variables, shape (time,)."""
    return found.scores[:, next(i for i, each in enumerate(found) if set(each.variables) == set(variables))]


def test_logistic_growth_has_its_closed_form(tmp_path):
    """Births change by r dP, deaths by r (P + P') dP / K: their shares are 1 and (P + P') / K over the sum."""
    path = saved(tmp_path, LOGISTIC)
    found = feedback_loops(simulator(path))
    population = simulator(path).run(outputs=["Population"], times=found.times).values[0, :, 0]
    density = (population[1:] + population[:-1]) / 1000
    np.testing.assert_allclose(scores(found, "Population", "births")[1:], 1 / (1 + density), rtol=1e-9)
    np.testing.assert_allclose(scores(found, "Population", "deaths")[1:], -density / (1 + density), rtol=1e-9)
    sure = np.abs(1 - density) > 1e-3
    np.testing.assert_allclose(raw(found, "Population", "births")[1:][sure], (1 / np.abs(1 - density))[sure], rtol=1e-9)
    assert not found.relative[0].any()


def test_dominance_shifts_where_the_population_is_half_of_the_capacity(tmp_path):
    """Births dominate until then, deaths afterwards; both loops are the whole independent set."""
    path = saved(tmp_path, LOGISTIC)
    found = feedback_loops(simulator(path))
    population = simulator(path).run(outputs=["Population"], times=found.times).values[0, :, 0]
    births, deaths = found.loops if "births" in found.loops[0].variables else found.loops[::-1]
    assert (births.polarity, deaths.polarity) == ("R", "B")
    assert births.is_independent
    assert deaths.is_independent
    shift = found.times[np.argmax(population[1:] + population[:-1] > 1000) + 1]
    (early,), (late,) = births.dominates, deaths.dominates
    assert (early.start, late.stop) == (found.times[1], found.times[-1])
    assert late.start == shift
    assert early.stop < shift


@pytest.mark.parametrize("method", ["rk2", "rk4"])
def test_other_methods_score_the_course_that_they_integrate(tmp_path, method):
    """The closed form holds on the values of the run, and a note says how steps are compared."""
    path = saved(tmp_path, LOGISTIC)
    engine = simulator(path, method=method)
    found = feedback_loops(engine)
    population = engine.run(outputs=["Population"], times=found.times).values[0, :, 0]
    density = (population[1:] + population[:-1]) / 1000
    np.testing.assert_allclose(scores(found, "Population", "births")[1:], 1 / (1 + density), rtol=1e-9)
    assert any(method.upper() in note for note in found.notes)


@pytest.mark.parametrize(("equation", "score"), [("Level * 0.1", 1.0), ("-Level / 7", -1.0), ("(5 - Level) * 2", -1.0)])
def test_a_loop_that_is_alone_has_all_of_the_score(tmp_path, equation, score):
    """Whatever its gain: 1 if it reinforces, -1 if it balances (2020, appendix B)."""
    found = feedback_loops(simulator(saved(tmp_path, (f"Level = INTEG({equation}, 100)",), step=0.125)))
    assert [loop.variables for loop in found] == [("Level",)]
    moving = found.scores[:, 0] != 0
    np.testing.assert_allclose(found.scores[moving, 0], score, rtol=1e-9)
    assert moving[1:40].all()


def test_a_chain_of_auxiliaries_changes_nothing(tmp_path):
    """One equation or three: a loop's score is the same (2020, appendix B)."""
    chained = tuple("deaths = deadliness * squared" if each.startswith("deaths") else each for each in LOGISTIC)
    chained = (*chained, "squared = Population ^ 2", "deadliness = fertility / capacity")
    (tmp_path / "chained").mkdir()
    one = feedback_loops(simulator(saved(tmp_path, LOGISTIC)))
    three = feedback_loops(simulator(saved(tmp_path / "chained", chained)))
    far = slice(1, 60)
    whole, parted = raw(one, "Population", "deaths"), raw(three, "Population", "squared", "deaths")
    np.testing.assert_allclose(parted[far], whole[far], rtol=1e-9)


def test_flows_lumped_together_or_apart_have_the_same_scores(tmp_path):
    """The correction of 2023: what two flows bring does not depend on whether the stock names one or two."""
    apart = ("S = INTEG(a + b - c, 10)", "a = S * 0.1", "b = S * 0.05", "c = S * S / 100")
    lumped = ("S = INTEG(net, 10)", "net = a + b - c", *apart[1:])
    (tmp_path / "lumped").mkdir()
    first = feedback_loops(simulator(saved(tmp_path, apart)))
    second = feedback_loops(simulator(saved(tmp_path / "lumped", lumped)))
    for flow in "abc":
        np.testing.assert_allclose(raw(first, "S", flow), raw(second, "S", flow, "net"), rtol=1e-9, atol=1e-12)


def test_at_rest_every_score_is_zero_and_the_sign_is_measured_all_the_same(tmp_path):
    """A logistic population at its capacity does not move: small moves tell what the loops would do."""
    equations = tuple("initial population = 1000" if "initial population =" in each else each for each in LOGISTIC)
    found = feedback_loops(simulator(saved(tmp_path, equations)))
    assert not found.scores.any()
    assert not found.relative.any()
    assert {loop.variables: loop.polarity for loop in found} == {
        ("Population", "births"): "R",
        ("Population", "deaths"): "B",
    }
    assert np.isnan(found.partitions[0].reinforcing).all()


def test_what_is_no_number_scores_nothing(tmp_path):
    """A division by zero from the start on leaves zeros, and no NaN in any score."""
    equations = ("S = INTEG(flow, 1)", "flow = S * (1 / nothing - 1 / nothing)", "nothing = 0")
    found = feedback_loops(simulator(saved(tmp_path, equations)))
    assert len(found) == 1
    assert not found.scores.any()
    assert not found.relative.any()


def test_a_run_that_is_lost_is_said_to_be(tmp_path):
    """A stock that grows by its square leaves the numbers; one that grows by a third does not."""
    for power, lost in ((2, True), (1, False)):
        equations = ("Stock = INTEG(growth, 1)", f"growth = Stock^{power} / 3")
        notes = feedback_loops(simulator(saved(tmp_path, equations))).notes
        assert [note.startswith("the run is lost at time ") for note in notes] == [True] * lost


def test_a_stock_cut_at_zero_passes_nothing_on(tmp_path):
    """A tank that runs dry does not change, whatever would flow out of it: its loop rests from then on."""
    text = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><header><vendor>x</vendor><product>x</product></header>
<sim_specs method="Euler"><start>0</start><stop>20</stop><dt>0.5</dt></sim_specs><model><variables>
<stock name="Tank"><eqn>10</eqn><outflow>leak</outflow><non_negative/></stock>
<flow name="leak"><eqn>1 + Tank / 10 + TIME / 10</eqn></flow></variables></model></xmile>
"""
    path = tmp_path / "tank.xmile"
    path.write_text(text, encoding="utf-8")
    engine = simulator(path)
    found = feedback_loops(engine)
    tank = engine.run(outputs=["Tank"], times=found.times).values[0, :, 0]
    dry = int(np.argmax(tank == 0))
    assert 5 < dry < 30
    assert (raw(found, "Tank", "leak")[1 : dry - 2] < 0).all()
    assert not raw(found, "Tank", "leak")[dry + 1 : -1].any()


def test_time_is_held_like_any_other_cause(tmp_path):
    """What changes with time alone is no link: x = S + 3 t moves by dS for S, of dS + 3 dt in all."""
    equations = ("S = INTEG(x, 1)", "x = 0.1 * S + 3 * Time", "unmoved = 2")
    found = feedback_loops(simulator(saved(tmp_path, equations, stop=5)))
    stock = simulator(saved(tmp_path, equations, stop=5)).run(outputs=["S"], times=found.times).values[0, :, 0]
    by_stock, by_time = 0.1 * np.diff(stock), 3 * 0.25
    np.testing.assert_allclose(raw(found, "S", "x")[1:], by_stock / (by_stock + by_time), rtol=1e-9)


def test_a_draw_is_held_like_any_other_cause(tmp_path):
    """Noise moves the flow, and the stock has the rest of the change: its part is what it alone would do."""
    equations = ("S = INTEG(x, 1)", "x = 0.1 * S + noise", "noise = RANDOM UNIFORM(0, 1, 3)")
    path = saved(tmp_path, equations, stop=5)
    found = feedback_loops(simulator(path))
    run = simulator(path).run(outputs=["S", "x"], times=found.times).values[0]
    expected = np.abs(0.1 * np.diff(run[:, 0]) / np.diff(run[:, 1]))
    np.testing.assert_allclose(raw(found, "S", "x")[1:], expected, rtol=1e-6)


def test_a_fixed_delay_closes_a_loop(tmp_path):
    """Its input acts when it comes out: alone in its loop it has all of the score once something has come out."""
    equations = ("S = INTEG(delayed, 1)", "delayed = DELAY FIXED(gap, 2, 0)", "gap = 0.2 * (10 - S)")
    found = feedback_loops(simulator(saved(tmp_path, equations)))
    assert [set(loop.variables) for loop in found] == [{"S", "delayed", "gap"}]
    assert found.loops[0].polarity == "B"
    assert set(np.unique(found.scores[:, 0]).round(9)) <= {-1.0, 0.0}
    assert (found.scores[:, 0] == -1).sum() > 20


def test_elements_of_arrays_have_loops_of_their_own(tmp_path):
    """Each region grows by itself and is held back by all: an own loop, and one through the sum with every other."""
    equations = (
        "region : north, south",
        "P[region] = INTEG(growth[region] - crowding[region], start[region])",
        "start[region] = 1, 2",
        "growth[region] = 0.2 * P[region]",
        "total = SUM(P[region!])",
        "crowding[region] = P[region] * total / 100",
    )
    text = saved(tmp_path, equations).read_text("utf-8").replace("region : north", "region: north")
    (tmp_path / "model.mdl").write_text(text, encoding="utf-8")
    found = feedback_loops(simulator(tmp_path / "model.mdl"))
    chains = {frozenset(loop.variables) for loop in found}
    assert frozenset({"P[north]", "growth[north]"}) in chains
    assert frozenset({"P[north]", "total", "crowding[north]"}) in chains
    assert frozenset({"P[north]", "total", "crowding[south]", "P[south]", "crowding[north]"}) not in chains
    assert len(found.partitions) == 1
    np.testing.assert_allclose(np.abs(found.relative[1:]).sum(axis=1), 1, rtol=1e-12)
