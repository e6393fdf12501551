"""The four innovation modes, the sequence of the paper's conclusion, and Table 1."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rcsd.theory.hypercycle import (
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
    shared_advantage,
    table_1,
)
from rcsd.theory.hypercycle.experiments import _industry, _no_replicase

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
    assert rows["no catalyst"]["advantage without"] == pytest.approx(0, abs=1e-5)
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
