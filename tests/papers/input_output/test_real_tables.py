"""The tables of the repository."""

import tomllib

import numpy as np
import pytest

from rcsd.papers.input_output import (
    balance,
    leontief_inverse,
    linkages,
    power_series,
    spectral_radius,
    technical_coefficients,
)
from tests.papers.tables import DATA, REAL, YEARS, real_table

COAL_OUTPUT = {2002: 136.9, 2007: 346.2, 2012: 794.5, 2017: 416.0}
COAL_VALUE_ADDED = {2002: 60.7, 2007: 152.5, 2012: 273.9, 2017: 251.0}


@pytest.mark.parametrize(("name", "year"), REAL)
@pytest.mark.parametrize("grouped", [False, True])
def test_a_table_balances_and_is_productive(name, year, grouped):
    """Residuals stay below 1e-6 of output, the inverse is not negative, and the power series reaches it."""
    table = real_table(name, year, grouped=grouped)
    assert len(table) == (8 if grouped else 42)
    assert balance(table).largest < 1e-6
    coefficients = technical_coefficients(table)
    inverse = leontief_inverse(coefficients)
    assert (inverse >= 0).all()
    assert grouped is False or (inverse > 0).all()
    assert spectral_radius(coefficients) < 0.7
    assert power_series(coefficients, 120) == pytest.approx(inverse, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("year", YEARS)
def test_coal_has_its_published_output_and_value_added(year):
    """Gross output and value added of coal mining in 10^8 yuan, to the printed digit."""
    table = real_table(year=year)
    row = table.index_of("Coal mining")
    assert table.output[row] / 1e4 == pytest.approx(COAL_OUTPUT[year], abs=0.05)
    assert table.total_value_added[row] / 1e4 == pytest.approx(COAL_VALUE_ADDED[year], abs=0.05)


@pytest.mark.parametrize(("name", "year"), REAL)
def test_putting_sectors_together_keeps_every_total(name, year):
    """Output, value added, final uses, and flows inside groups sum to what they were."""
    fine, coarse = real_table(name, year, grouped=False), real_table(name, year)
    assert coarse.output.sum() == pytest.approx(fine.output.sum())
    assert coarse.intermediate.sum() == pytest.approx(fine.intermediate.sum())
    assert coarse.total_value_added.sum() == pytest.approx(fine.total_value_added.sum())
    for use, values in fine.final_uses.items():
        assert coarse.final_uses[use].sum() == pytest.approx(values.sum())


def test_value_added_is_what_final_demand_pays():
    """Gross product from both sides: value added equals final use less in-flows, 15,903 x 10^8 yuan in 2017."""
    table = real_table(grouped=False)
    assert table.total_value_added.sum() == pytest.approx(table.final_demand.sum(), rel=1e-9)
    assert table.total_value_added.sum() / 1e4 == pytest.approx(15902.7, abs=0.05)


def test_coal_sells_forward_and_buys_little():
    """Coal feeds other sectors: its forward linkage is the strongest of all in 2017."""
    table = real_table()
    row = table.index_of("Coal mining")
    linked = linkages(table)
    assert int(np.argmax(linked.normalised_forward)) == row
    assert linked.kinds[row] == "forward"


def test_the_share_that_the_city_studies_quote_stands_in_the_table():
    """Labour's share of value added in coal mining in 2002 is the centre of their prior of the wage cost elasticity."""
    studies = tomllib.loads((DATA.parent / "coal_city.toml").read_text(encoding="utf-8"))
    table = real_table(year=2002)
    row = table.index_of("Coal mining")
    share = table.value_added["labour_compensation"][row] / sum(part[row] for part in table.value_added.values())
    assert studies["parameters"]["Wage Cost Elasticity"]["prior"]["centre"] == pytest.approx(share, abs=0.005)
