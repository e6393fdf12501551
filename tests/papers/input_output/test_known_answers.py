"""Printed answers of Miller and Blair, closed forms, and identities that hold for every table."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rcsd.errors import TableError
from rcsd.papers.input_output import (
    allocation_coefficients,
    block_table,
    ghosh_inverse,
    leontief_inverse,
    linkages,
    multipliers,
    own_supply,
    power_series,
    regional_coefficients,
    spectral_radius,
    technical_coefficients,
)
from tests.papers.tables import small_table

MILLER_BLAIR = small_table([[150, 500], [200, 100]], [1000, 2000])


def test_coefficients_and_inverse_are_the_printed_ones():
    """Miller and Blair's two sectors: A and L to the printed digits."""
    coefficients = technical_coefficients(MILLER_BLAIR)
    assert coefficients.tolist() == [[0.15, 0.25], [0.20, 0.05]]
    assert leontief_inverse(coefficients).round(4).tolist() == [[1.2541, 0.3300], [0.2640, 1.1221]]


def test_new_demand_takes_the_printed_output():
    """Final demand of 600 and 1500 takes outputs of 1247.52 and 1841.58 (section 2.3)."""
    inverse = leontief_inverse(technical_coefficients(MILLER_BLAIR))
    assert (inverse @ [600, 1500]).round(2).tolist() == [1247.52, 1841.58]


def test_two_regions_have_the_printed_inverse():
    """Miller and Blair's interregional table: three sectors in one region, two in the other (section 3.3)."""
    flows = [
        [150, 500, 50, 25, 75],
        [200, 100, 400, 200, 100],
        [300, 500, 50, 60, 40],
        [75, 100, 60, 200, 250],
        [50, 25, 25, 150, 100],
    ]
    table = small_table(flows, [1000, 2000, 1000, 1200, 800])
    assert leontief_inverse(technical_coefficients(table)).round(4).tolist() == [
        [1.4234, 0.4652, 0.2909, 0.1917, 0.3041],
        [0.6346, 1.4237, 0.6707, 0.4092, 0.4558],
        [0.6383, 0.5369, 1.3363, 0.2501, 0.3108],
        [0.2672, 0.2000, 0.1973, 1.3406, 0.5473],
        [0.1468, 0.0908, 0.0926, 0.2155, 1.2538],
    ]


def test_output_multipliers_are_the_column_sums():
    """1.2541 + 0.2640 and 0.3300 + 1.1221, unrounded 1.518 and 1.452 (section 6.2)."""
    assert multipliers(MILLER_BLAIR).output.round(3).tolist() == [1.518, 1.452]


def test_value_added_multipliers_are_one_without_in_flows():
    """All that final demand pays becomes value added somewhere when nothing comes from outside."""
    assert multipliers(MILLER_BLAIR).value_added == pytest.approx([1.0, 1.0])


def test_value_added_kept_is_what_the_region_pays_itself():
    """Kept value added times all uses of each product is the region's value added; without in-flow all is kept."""
    assert multipliers(MILLER_BLAIR).retained == pytest.approx([1.0, 1.0])
    inflow = np.array([400.0, 100.0])
    uses = {"consumption": MILLER_BLAIR.final_uses["consumption"] + inflow, "inflow": inflow}
    table = replace(MILLER_BLAIR, final_uses=uses)
    kept = multipliers(table).retained
    assert (kept < 1).all()
    assert kept @ uses["consumption"] == pytest.approx(table.total_value_added.sum())


@st.composite
def tables(draw):
    """Tables of two to six sectors whose intermediate use leaves something of every output."""
    n = draw(st.integers(2, 6))
    cells = draw(st.lists(st.floats(0, 1), min_size=n * n, max_size=n * n))
    use = draw(st.floats(0.05, 0.9))
    output = np.array(draw(st.lists(st.floats(1, 1e6), min_size=n, max_size=n)))
    shares = np.array(cells).reshape(n, n) + 1e-3
    flows = shares * output
    # neither a row nor a column may exceed output
    flows *= use / max((flows.sum(axis=1) / output).max(), (flows.sum(axis=0) / output).max())
    return small_table(flows, output, outflow=0.5)


@given(tables())
@settings(max_examples=60, deadline=None)
def test_identities_of_the_two_inverses(table):
    """L Y = x, v L = 1, G = x^-1 L x, and what is paid in comes out: v G = x."""
    coefficients = technical_coefficients(table)
    inverse, ghosh = leontief_inverse(coefficients), ghosh_inverse(table)
    assert inverse @ table.final_demand == pytest.approx(table.output, rel=1e-9)
    assert multipliers(table).value_added == pytest.approx(np.ones(len(table)), rel=1e-9)
    assert ghosh == pytest.approx(inverse * table.output / table.output[:, None], rel=1e-8)
    assert table.total_value_added @ ghosh == pytest.approx(table.output, rel=1e-9)
    assert (inverse >= 0).all()
    assert (np.diag(inverse) >= 1).all()


@given(tables())
@settings(max_examples=40, deadline=None)
def test_the_power_series_goes_to_the_inverse_as_fast_as_it_must(table):
    """The rest after k rounds is A^(k+1) L, to rounding."""
    coefficients = technical_coefficients(table)
    inverse = leontief_inverse(coefficients)
    for rounds in (0, 1, 10):
        rest = np.linalg.matrix_power(coefficients, rounds + 1) @ inverse
        assert power_series(coefficients, rounds) + rest == pytest.approx(inverse, rel=1e-9)


@given(tables())
@settings(max_examples=40, deadline=None)
def test_normalised_linkages_have_the_mean_one(table):
    """Both kinds are over their mean, and direct ones are the sums of A and B."""
    linked = linkages(table)
    assert linked.normalised_backward.mean() == pytest.approx(1)
    assert linked.normalised_forward.mean() == pytest.approx(1)
    assert linked.direct_forward == pytest.approx(allocation_coefficients(table).sum(axis=1))
    assert linked.direct_backward == pytest.approx(1 - table.total_value_added / table.output)


def test_a_matrix_is_productive_up_to_a_radius_of_one():
    """A cycle of two sectors: the radius is the geometric mean of its coefficients."""
    below, above = np.array([[0.0, 0.99], [1.0, 0.0]]), np.array([[0.0, 1.01], [1.0, 0.0]])
    assert spectral_radius(below) == pytest.approx(0.99**0.5)
    assert leontief_inverse(below)[0, 0] == pytest.approx(1 / (1 - 0.99))
    with pytest.raises(TableError, match=r"not productive: the spectral radius of A is 1\.00499 and must lie below 1"):
        leontief_inverse(above, "the cycle")


def test_a_column_over_one_may_still_be_productive():
    """What counts is the radius, not the sums of columns: 1.2 is bought a unit, but only of a cheap sector."""
    matrix = np.array([[0.0, 1.2], [0.1, 0.0]])
    assert leontief_inverse(matrix)[0, 1] == pytest.approx(1.2 / (1 - 0.12))


def test_a_negative_coefficient_is_refused():
    """Inputs are not negative."""
    with pytest.raises(TableError, match="row 1, column 2 is negative"):
        leontief_inverse(np.array([[0.1, -0.1], [0.0, 0.1]]))


def test_a_block_table_is_its_parts_side_by_side():
    """Without flows between regions the inverse of the blocks is the blocks of the inverses."""
    one = small_table([[150, 500], [200, 100]], [1000, 2000], region="North")
    two = small_table([[30, 5], [2, 10]], [100, 200], region="South")
    both = block_table([one, two])
    inverse = leontief_inverse(technical_coefficients(both))
    assert inverse[:2, :2] == pytest.approx(leontief_inverse(technical_coefficients(one)))
    assert inverse[2:, 2:] == pytest.approx(leontief_inverse(technical_coefficients(two)))
    assert not inverse[:2, 2:].any()
    assert both.regions == ("North", "South")
    with pytest.raises(TableError, match="each its own; found 'North', 'North'"):
        block_table([one, one])


def test_supply_proportions_reproduce_output():
    """Shares times (A x + all uses) = x: with the actual output the regional balance closes exactly."""
    table = small_table([[150, 500], [200, 100]], [1000, 2000], outflow=0.3)
    inflow = np.array([400.0, 100.0])
    uses = {**table.final_uses, "consumption": table.final_uses["consumption"] + inflow, "inflow": inflow}
    open_table = replace(table, final_uses=uses)
    d = own_supply(open_table)
    assert d == pytest.approx([1000 / 1400, 2000 / 2100])
    served = regional_coefficients(open_table) @ table.output + d * (open_table.final_demand + inflow)
    assert served == pytest.approx(table.output)
