"""Modules of an XMILE file: a connection joins two variables, and their units."""

from pathlib import Path

import pytest

from rcsd.simulation.dimensions import check_units
from rcsd.simulation.reader import read

FILE = """<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<sim_specs time_units="Years"><start>0</start><stop>5</stop><dt>1</dt></sim_specs>
<model><variables>
<module name="City"><connect to="City.jobs" from="offered"/></module>
<aux name="offered"><eqn>5</eqn><units>person</units></aux>
<aux name="wages"><eqn>City.paid * 2</eqn><units>$/year</units></aux>
</variables></model>
<model name="City"><variables>
<aux name="jobs" access="input"><eqn>0</eqn><units>{unit}</units></aux>
<aux name="paid" access="output"><eqn>jobs * wage</eqn><units>{paid}</units></aux>
<aux name="wage"><eqn>3</eqn><units>dollars/person/yr</units></aux>
</variables></model></xmile>"""


def found(folder: Path, unit: str, paid: str) -> list[tuple[str, str | None, str, str]]:
    """Write the file with two units, and return what is found."""
    path = folder / "m.xmile"
    path.write_text(FILE.format(unit=unit, paid=paid), encoding="utf-8")
    return [(each.grade, each.variable, each.found, each.expected) for each in check_units(read(path))]


def test_a_connection_of_one_unit_is_clean(tmp_path: Path) -> None:
    """Persons outside and people inside are one unit."""
    assert found(tmp_path, "people", "$/year") == []


@pytest.mark.parametrize(
    ("unit", "paid", "error"),
    [
        ("people", "$", ("error", "City.paid", "$", "$/Years")),
        ("1", "$/people/year*1", ("error", "City.jobs", "person", "Dmnl")),
    ],
)
def test_a_connection_of_two_units_is_an_error(
    unit: str, paid: str, error: tuple[str, str, str, str], tmp_path: Path
) -> None:
    """By hand: people times $/person/year are $/year; a pure number is not a person."""
    assert error in found(tmp_path, unit, paid)
