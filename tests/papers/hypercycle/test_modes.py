"""The four innovation modes, the sequence of the paper's conclusion, and Table 1."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rcsd.papers.hypercycle import (
    MODES,
    ModeParameters,
    enterprises,
    intercity_threshold,
    interior_equilibrium,
    ladder,
    long_run,
    mode_network,
    network_of,
    permanence,
    pure_cycle,
    rest_points,
    shared_advantage,
    table_1,
    table_1_ranges,
)
from rcsd.papers.hypercycle.behaviour.experiments import _industry, _no_replicase

STRENGTH = st.floats(0.001, 0.2)


def test_the_modes_are_the_papers_networks():
    """Units, catalysts that are not replicated, and links, as Figures 2 to 5 have them."""
    form, structure, organisation, regional = (mode_network(mode) for mode in MODES)
    assert form.names == ("Innovating industry", "Industry without innovation")
    assert not form.catalysis.any()  # a reaction cycle: E1 helps the unit, no unit helps another
    assert (form.support > 0).tolist() == [[True, True], [False, False]]
    assert structure.names == ("Coal mining", "Coal chemicals")
    assert structure.catalysis.tolist() == [[0.01, 0.06], [0.06, 0.01]]  # each itself and the other
    kinds = [catalyst.kind for catalyst in organisation.catalysts]
    assert kinds == ["innovation", "innovation", "institution", "institution"]
    assert [unit.city for unit in regional.units] == ["City A"] * 3 + ["City B"] * 3
    assert (regional.catalysis[:3, 3:] == 0.07).all()
    # an institution helps the industries of its own city
    at_home = [[unit.city == each.city for each in regional.catalysts[2:]] for unit in regional.units]
    assert (regional.support[:, 2:] > 0).tolist() == at_home
    assert mode_network("regional", n_cities=4).size == 12


@settings(max_examples=30, deadline=None)
@given(STRENGTH, STRENGTH, STRENGTH, STRENGTH, st.sampled_from(MODES[1:]), st.integers(2, 3))
def test_equal_shares_are_the_point_at_rest_with_the_advantage_of_the_formula(own, chain, spill, inter, mode, cities):
    """The interior point solved from the network equals the closed form."""
    p = ModeParameters(own=own, chain=chain, spillover=spill, intercity=inter)
    point = interior_equilibrium(mode_network(mode, p, n_cities=cities))
    assume(point is not None)
    np.testing.assert_allclose(point.shares, 1 / point.shares.size, rtol=1e-7)
    assert point.growth - p.replication == pytest.approx(shared_advantage(mode, p, n_cities=cities))


@settings(max_examples=40, deadline=None)
@given(STRENGTH, STRENGTH, STRENGTH, STRENGTH)
def test_a_step_needs_what_it_says(own, chain, spill, inter):
    """Every mode is permanent exactly when its need is met, and then beats the step before."""
    p = ModeParameters(own=own, chain=chain, spillover=spill, intercity=inter)
    gaps = (chain - own, chain + spill - own, inter - intercity_threshold(p))
    assume(min(map(abs, gaps)) > 1e-3)
    needs = {"structure": gaps[0] > 0, "organisation": gaps[1] > 0, "regional": gaps[1] > 0 and gaps[2] > 0}
    before = shared_advantage("form", p)
    for mode, met in needs.items():
        assert (permanence(mode_network(mode, p)).verdict == "permanent") == met
        assert not met or shared_advantage(mode, p) > before
        before = shared_advantage(mode, p)


def test_from_point_to_line_to_surface_to_domain_the_advantage_grows():
    """The paper's conclusion, simulated: each step ends higher, with all its units, at the formula's value."""
    rungs = ladder()
    assert [rung.step for rung in rungs] == ["point", "line", "surface", "domain"]
    assert (np.diff([rung.advantage for rung in rungs]) > 0).all()
    for rung in rungs:
        assert rung.met
        assert rung.advantage == pytest.approx(rung.shared, rel=1e-6)
    assert [len(rung.survivors) for rung in rungs] == [1, 2, 3, 6]


def test_below_the_threshold_the_domain_falls_apart_into_one_city():
    """With inter-city links under the mean local link, one city takes all and the step gains nothing."""
    surface, domain = ladder(ModeParameters(intercity=0.9 * intercity_threshold(ModeParameters())))[2:]
    assert not domain.met
    assert domain.verdict == "not permanent"
    assert {name.split(", ")[1] for name in domain.survivors} == {"City A"}
    assert domain.advantage == pytest.approx(surface.advantage, rel=1e-3)
    assert domain.shared < surface.advantage


def test_without_a_replicase_no_step_has_an_advantage():
    """Technology alone or institutions alone: nothing is left of it anywhere."""
    for rung in ladder(replicase=0.0):
        assert rung.advantage == pytest.approx(0, abs=1e-12)
        assert not rung.met


@pytest.mark.parametrize("distance", [0.99, 0.988235294])
def test_just_below_the_threshold_one_city_is_left_however_long_it_takes(distance):
    """At 0.99 of the threshold, and at 0.056 a year: three units and the advantage of one cluster, as theory has it."""
    p = ModeParameters(intercity=distance * intercity_threshold(ModeParameters()))
    domain = ladder(p)[3]
    assert domain.decided
    assert len(domain.survivors) == 3
    assert domain.advantage == pytest.approx(shared_advantage("organisation", p), rel=1e-4)
    assert domain.left == "3"


def test_just_above_the_threshold_all_cities_are_left():
    """At 1.01 of it, with the advantage of the formula."""
    domain = ladder(ModeParameters(intercity=1.01 * intercity_threshold(ModeParameters())))[3]
    assert domain.decided
    assert len(domain.survivors) == 6
    assert domain.advantage == pytest.approx(domain.shared, rel=1e-4)


@pytest.mark.parametrize(("ratio", "left"), [(0.99, 1), (1.01, 2)])
def test_two_industries_near_their_threshold(ratio, left):
    """The chain a hundredth below what each gives itself leaves one, a hundredth above leaves both."""
    run = long_run(mode_network("structure", ModeParameters(own=0.01, chain=0.01 * ratio)))
    assert (run.decided, len(run.survivors)) == (True, left)


def test_innovation_however_small_leaves_one_industry():
    """The innovating one: nothing holds the other."""
    run = long_run(mode_network("form", ModeParameters(innovation=1e-6)))
    assert (run.decided, run.survivors) == (True, ("Innovating industry",))


def test_what_a_unit_gives_to_all_alike_does_not_shorten_the_run():
    """Links of 5 a year that all get from b cancel: pure competition at 2e-4 a year, which only b survives."""
    network = network_of("abc", [0.03, 0.0302, 0.03], np.tile([0.0, 5.0, 0.0], (3, 1)))
    run = long_run(network)
    assert (run.decided, run.survivors) == (True, ("b",))
    # the ratio of two shares changes at exactly 2e-4 a year
    ratio = run.path.log_shares[:, 1] - run.path.log_shares[:, 0]
    assert np.diff(ratio)[:5] / np.diff(run.path.times)[:5] == pytest.approx(2e-4)


def test_a_run_that_is_too_short_says_that_it_does_not_decide():
    """Of given length below the threshold, and at 0.99999 of it however long: undecided, with the years."""
    network = mode_network("regional", ModeParameters(intercity=0.056))
    assert not long_run(network, years=3000).decided
    step = 0.99999 * intercity_threshold(ModeParameters())
    domain = ladder(ModeParameters(intercity=step))[3]
    assert not domain.decided
    assert domain.left == f"6, undecided after {domain.years:,.0f} years"


def test_swinging_and_resting_units_are_decided():
    """A cycle of six swings for ever and one of three rests: all are left in both."""
    for n in (3, 6):
        run = long_run(pure_cycle(0.1, n=n, replication=0.03))
        assert (run.decided, len(run.survivors)) == (True, n)


@pytest.mark.parametrize("experiment", table_1(), ids=lambda each: each.key)
def test_a_row_of_table_1_comes_out_as_the_paper_says(experiment):
    """The hypothesis holds."""
    assert experiment.holds, experiment.outcome


def test_the_numbers_behind_table_1_are_those_of_the_theory():
    """Each is checked against a closed form or another function."""
    rows = {each.key: each.measured for each in table_1()}
    network = enterprises()
    point = interior_equilibrium(network)
    gain = point.growth - network.replication.max()
    assert rows["interaction"] == {"left without links": 1, "left with links": 3}
    assert rows["catalyst"]["advantage in the long run"] == pytest.approx(gain, rel=1e-6)
    # the weak replicase is half of (3 max a - sum a)/k = 0.006/0.1, where the interior point leaves the simplex
    assert rows["no catalyst"]["weak replicase"] == pytest.approx(0.03)
    assert interior_equilibrium(network.with_replicase(0.0599)) is None
    assert interior_equilibrium(network.with_replicase(0.0601)) is not None
    for which in ("with weak replicase", "with help for one", "without"):
        assert rows["no catalyst"][f"advantage {which}"] == pytest.approx(0, abs=1e-4)
    assert rows["adverse mutant"]["invasion rate"] == pytest.approx(0.1 * point.shares[1])
    assert abs(rows["adverse mutant"]["advantage after"]) < 1e-3
    # with the mutant's two links doubled: K p + a = phi
    links = np.array([[0, 0, 0.2], [0.1, 0, 0], [0, 0.2, 0]])
    after = interior_equilibrium(network_of(["1", "2", "m"], network.replication, links))
    assert rows["favourable mutant"]["advantage after"] == pytest.approx(after.growth - 0.034, rel=1e-5)


def test_the_experiments_can_fail():
    """On networks for which a row is false its experiment says so."""
    weak = network_of(["Enterprise 1", "Enterprise 2", "Enterprise 3"], [0.2, 0.03, 0.03], enterprises().catalysis)
    assert not _industry(weak).holds
    idle = network_of(weak.names, [0.034, 0.032, 0.03], np.zeros((3, 3)))
    assert not _no_replicase(idle).holds
    assert long_run(idle).survivors == ("Enterprise 1",)


def test_a_row_holds_where_the_theory_says():
    """Three last from a link of 0.006 on; the advantage rises from a quarter of the replicase on from four times it."""
    found = table_1_ranges((0.002, 0.005, 0.01, 0.03, 0.1))
    for key in ("interaction", "no catalyst", "adverse mutant", "favourable mutant"):
        assert found[key] == (0.01, 0.03, 0.1)
    assert found["catalyst"] == (0.03, 0.1)  # (0.25 k - 0.006)/3 is above zero


def test_without_a_hypercycle_a_mutant_row_does_not_hold():
    """Below 0.006 there is nothing to come into: the row says so, and the table is complete."""
    rows = {each.key: each for each in table_1(0.005)}
    assert not rows["adverse mutant"].holds
    assert "nothing lasts to be invaded" in rows["favourable mutant"].outcome
    assert len(rows) == 5


def test_who_is_left_is_a_stable_point_of_the_linear_theory():
    """On random networks of three the units that a decided run leaves are those of a point whose eigenvalues hold."""
    rng, undecided = np.random.default_rng(3), 0
    for _ in range(60):
        links = rng.uniform(0, 0.1, (3, 3)) * (rng.random((3, 3)) < 0.7)
        network = network_of("abc", rng.uniform(0.02, 0.04, 3), links)
        run = long_run(network)
        undecided += not run.decided
        stable = [point.support for point in rest_points(network) if point.stability == "stable"]
        assert not run.decided or tuple(np.flatnonzero(run.alive)) in stable
    assert undecided <= 1
