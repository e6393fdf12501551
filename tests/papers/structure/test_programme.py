"""The programme of Peng and Ji: closed forms, the paper's constraints as they stand, prices against differences."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.errors import ConstraintError, ParameterError, TableError
from rcsd.papers.input_output import block_table, require_productive
from rcsd.papers.structure import (
    Bounds,
    build_programme,
    efficiency_gap,
    find_clash,
    maximise,
    required_demand,
    resource_coefficients,
    shadow_prices,
    trace_front,
    use_ceiling,
)
from rcsd.papers.structure.file.reading import load_structure
from tests.papers.tables import number, real_table, settings, small_table

TWO = small_table([[150, 500], [200, 100]], [1000, 2000], outflow=0.4)
REAL = load_structure()


def test_coefficients_are_those_of_the_table():
    """Value added over output, and w the resource row of A, and both reproduce the table's totals."""
    programme = build_programme(TWO, settings())
    assert programme.value_added.tolist() == [0.65, 0.70]
    assert programme.resource_use.tolist() == [0.15, 0.25]
    assert programme.actual_use == pytest.approx(650)
    assert programme.actual_value == pytest.approx(2050)


def test_the_actual_structure_fulfils_the_constraints_it_was_drawn_from():
    """With bounds around the actual outputs, ceilings above and the actual limit, the actual X is feasible."""
    programme = build_programme(real_table(), REAL.settings)
    rows, bounds = programme.matrix()
    assert (rows @ programme.actual <= bounds + 1e-6 * np.abs(programme.actual).max()).all()


def test_constraint_14_is_the_regional_balance_with_equality_for_the_actual_demand():
    """Served in full, required demand leaves no slack at the actual output."""
    programme = build_programme(real_table(), replace(REAL.settings, outflow=number(1.0)))
    rows, bounds = programme.matrix()
    balances = [i for i, c in enumerate(programme.constraints) if c.kind == "balance"]
    slack = bounds[balances] - rows[balances] @ programme.actual
    assert slack / programme.actual == pytest.approx(np.zeros(8), abs=1e-12)


def test_the_constraints_of_the_paper_alone_leave_only_the_actual_structure():
    """All demand served (14) needs X >= x, since (I - A)^-1 >= 0; the actual use (17) then allows nothing more."""
    free = {"shrink": 0.0, "grow": 10.0, "ceiling": 3.0, "outflow": 1.0, "limit": 1.0}
    programme = build_programme(TWO, settings(**free))
    front = trace_front(programme, 5)
    assert len(front.vertices) == 1
    assert front.most_value.output == pytest.approx(programme.actual, rel=1e-7)


def test_ceilings_at_the_actual_shares_allow_growth_in_proportion_only():
    """L_i equal to the actual share for every sector (15) fixes all shares, as they sum to one."""
    programme = build_programme(TWO, settings(ceiling=1.0, limit=1.2))
    found = maximise(programme, programme.value_added).output / programme.actual
    assert found == pytest.approx([1.2, 1.2], rel=1e-8)


def test_an_optimum_in_closed_form():
    """Two sectors, only the limit and a bound hold: the cheaper sector grows to its bound, the other takes the rest."""
    programme = build_programme(
        TWO, settings(ceiling=3.0, outflow=0.0, consumption=0.0, shrink=0.0, grow=1.1, limit=1.0)
    )
    # value added per coal: 0.65/0.15 > 0.70/0.25, so A goes to 1100 and B to (650 - 0.15 * 1100) / 0.25 = 1940
    found = maximise(programme, programme.value_added)
    assert found.output == pytest.approx([1100, 1940])
    prices = dict(zip(programme.names, found.prices, strict=True))
    assert prices["limit: coal"] == pytest.approx(0.70 / 0.25)
    assert prices["most: A"] == pytest.approx(0.65 - 0.15 * 0.70 / 0.25)
    assert sum(prices.values()) == pytest.approx(prices["limit: coal"] + prices["most: A"])


def relaxed(programme, index, amount):
    """Return the programme with one bound moved."""
    changed = list(programme.constraints)
    changed[index] = replace(changed[index], bound=changed[index].bound + amount)
    return programme.with_constraints(changed)


@pytest.mark.parametrize("outflow", [0.6, 0.8])
def test_shadow_prices_are_differences_of_the_optimum(outflow):
    """Each bound moved by a ten-thousandth: value added moves by the price times that, or less past a kink."""
    programme = build_programme(real_table(), replace(REAL.settings, outflow=number(outflow)))
    use = 0.97 * programme.actual_use
    programme = programme.with_constraints([*programme.constraints, use_ceiling(programme, use)])
    base = maximise(programme, programme.value_added)
    n_agree = 0
    for i, price in enumerate(base.prices):
        step = 1e-5 * programme.actual_value * (1e-2 if i == len(base.prices) - 1 else 1)
        more = maximise(relaxed(programme, i, step), programme.value_added).value_added - base.value_added
        less = base.value_added - maximise(relaxed(programme, i, -step), programme.value_added).value_added
        # the optimum is concave in every bound: its price lies between the gain of more and the cost of less
        assert more / step - 1e-5 * max(price, 1) <= price <= less / step + 1e-5 * max(price, 1)
        n_agree += price > 1e-6 and more / step == pytest.approx(price, rel=1e-5)
    assert n_agree >= 5


def test_the_price_of_a_ceiling_is_told_a_percentage_point():
    """L_i moved by a tenth of a point gains a tenth of the price."""
    task = REAL
    programme = build_programme(task.grouped(), task.settings)
    base = maximise(programme, programme.value_added)
    told = {p.constraint.name: p for p in shadow_prices(programme, base)}
    # at the point of most value added its use is the limit's, and the ceiling of trade binds
    index = programme.names.index("ceiling: Trade, hotels and catering")
    constraint = programme.constraints[index]
    wider = replace(constraint, coefficients=constraint.coefficients - 1e-5)
    changed = list(programme.constraints)
    changed[index] = wider
    gain = maximise(programme.with_constraints(changed), programme.value_added).value_added - base.value_added
    assert told[constraint.name].price > 0
    assert gain == pytest.approx(1e-3 * told[constraint.name].price, rel=1e-3)


def test_infeasible_bounds_name_an_irreducible_set():
    """Agriculture must grow by half and may not have more than its share, while others may not grow: these clash."""
    task = REAL
    bounds = {**task.settings.bounds, "Agriculture": Bounds(number(1.5), number(1.6))}
    programme = build_programme(task.grouped(), replace(task.settings, bounds=bounds))
    with pytest.raises(ConstraintError) as raised:
        maximise(programme, programme.value_added)
    assert "least: Agriculture" in raised.value.names
    assert "Agriculture: at least 1.5 times the actual output in 5 years (eq 16)" in str(raised.value)
    clash = find_clash(programme)
    assert clash is not None
    names = [c.name for c in clash.constraints]
    assert find_clash(programme.with_constraints(clash.constraints)) is not None
    for left_out in names:
        rest = [c for c in clash.constraints if c.name != left_out]
        assert find_clash(programme.with_constraints(rest)) is None, left_out


def test_demand_beyond_the_limit_names_demand_and_limit():
    """More consumption than the coal allows: the limit of the resource stands in the clash."""
    programme = build_programme(TWO, settings(consumption=1.3, outflow=1.3, grow=3.0, ceiling=3.0))
    clash = find_clash(programme)
    assert clash is not None
    assert {c.kind for c in clash.constraints} == {"balance", "resource"}


def test_a_feasible_programme_has_no_clash():
    """None is found where there is none."""
    assert find_clash(build_programme(TWO, settings())) is None


def test_an_objective_without_bound_is_told():
    """With no use of the resource to limit growth and no bound, value added has no optimum."""
    programme = build_programme(TWO, settings(ceiling=3.0))
    free = programme.with_constraints([c for c in programme.constraints if c.kind == "balance"])
    with pytest.raises(ConstraintError, match=r"grows without bound.*growth\.upper"):
        maximise(free, free.value_added)


def test_given_coefficients_take_the_place_of_the_row():
    """Water, say: by code for all regions or by region and code; each sector needs one."""
    both = block_table([replace_region(TWO, "N"), replace_region(TWO, "S")])
    own = settings(coefficients={"A": 1.0, "N:B": 2.0, "S:B": 3.0})
    assert resource_coefficients(both, own).tolist() == [1.0, 2.0, 1.0, 3.0]
    with pytest.raises(ParameterError, match=r"S:B: no coefficient of coal is given"):
        resource_coefficients(both, settings(coefficients={"A": 1.0, "N:B": 2.0}))
    with pytest.raises(ParameterError, match="must not be negative"):
        resource_coefficients(TWO, settings(coefficients={"A": 1.0, "B": -2.0}))


def replace_region(table, region):
    """Return a table of another region."""
    return replace(table, sectors=tuple(replace(sector, region=region) for sector in table.sectors))


def test_two_regions_decompose_into_each_for_itself():
    """Without flows between them and with a limit each, the best of both is the sum of the best of each."""
    north, south = replace_region(TWO, "N"), small_table([[30, 5], [2, 10]], [100, 200], region="S", outflow=0.4)
    apart = [maximise(p, p.value_added).value_added for p in (build_programme(t, settings()) for t in (north, south))]
    programme = build_programme(block_table([north, south]), settings())
    assert maximise(programme, programme.value_added).value_added == pytest.approx(sum(apart), rel=1e-9)


def test_a_joint_limit_is_worth_no_less_than_one_each():
    """Coal goes to the region that makes more of it; the front of the sum lies at or above."""
    north, south = replace_region(TWO, "N"), small_table([[30, 5], [2, 10]], [100, 200], region="S", outflow=0.4)
    both = block_table([north, south])
    values = {}
    for scope in ("each", "joint"):
        programme = build_programme(both, replace(settings(), scope=scope))
        found = maximise(programme, programme.value_added)
        values[scope] = found.value_added
        assert efficiency_gap(programme, found) < 1e-7
    assert values["joint"] > values["each"] * (1 + 1e-6)


def test_settings_that_name_an_unknown_sector_are_refused():
    """The message says where, what, and what there is."""
    with pytest.raises(ParameterError, match=r"bounds names 'Z', which is no sector of the table; it has A, B"):
        build_programme(TWO, settings(bounds={"Z": Bounds(number(1.0))}))


def test_an_unbalanced_or_unproductive_table_makes_no_programme():
    """Both are told before anything is solved."""
    with pytest.raises(TableError, match="does not balance"):
        build_programme(replace(TWO, output=TWO.output * 1.01), settings())
    with pytest.raises(TableError, match="not productive"):
        require_productive(np.array([[0.5, 0.6], [0.6, 0.5]]))


def test_required_demand_is_the_part_that_own_output_serves():
    """Y = d (consumption + formation + 0.5 out-flow); without in-flow d is 1."""
    final = TWO.output - TWO.intermediate.sum(axis=1)
    assert required_demand(TWO, settings()) == pytest.approx(0.6 * final + 0.5 * 0.4 * final)


def test_a_number_is_varied_by_its_name_within_its_range():
    """Dotted names reach every number; a value outside of the range is refused with the name."""
    task = REAL
    for name, one in task.settings.numbers.items():
        changed = task.settings.with_value(name, one.lower).numbers
        assert changed[name].value == one.lower
        assert {k for k in changed if changed[k] != task.settings.numbers[k]} <= {name}
    with pytest.raises(ParameterError, match=r"demand\.outflow: 2 lies outside its range, 0\.5 to 0\.95"):
        task.settings.with_value("demand.outflow", 2.0)
    with pytest.raises(ParameterError, match="there is no number 'outflow'"):
        task.settings.with_value("outflow", 0.7)
