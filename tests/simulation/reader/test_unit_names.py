"""What a file says about the names of units."""

from pathlib import Path

from rcsd.simulation.ir import UnitNames
from rcsd.simulation.reader import read
from tests.places import MODELS
from tests.simulation.reader.vensim.small import written

TWO = """{UTF-8}
:MACRO: BOTH(x : double, half)
BOTH = x
\t~\tx
\t~\t|
double = 2 * x
\t~\tx
\t~\t|
half = x / 2
\t~\tx
\t~\t|
:END OF MACRO:
a = BOTH(b : c, d)
\t~\tTonne
\t~\tWhat the call gives.|
b = 3
\t~\tTonne
\t~\t|
INITIAL TIME = 0
\t~\t
\t~\t|
FINAL TIME = 1
\t~\tWeek
\t~\t|
TIME STEP = 1
\t~\t
\t~\t|
SAVEPER = 1
\t~\t
\t~\t|
"""
XMILE = """<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<sim_specs><start>0</start><stop>1</stop></sim_specs>
<model_units>
  <unit name="Newton"><eqn> kg*m/s^2 </eqn><alias>N</alias><alias>newton
  s</alias></unit>
  <unit name="Degrees"><eqn/></unit>
  <unit name=""><alias/></unit>
</model_units>
<model><variables><aux name="a"><eqn>1</eqn></aux></variables></model></xmile>"""


def test_synonyms_of_a_vensim_file_are_its_22_lines() -> None:
    """One line of the settings, one unit; its first name is the main one."""
    model = read(MODELS / "resource_city" / "resource_city.mdl")
    lines = [line for line in model.path.read_text("utf-8").splitlines() if line.startswith("22:")]
    assert [f"22:{','.join(each.names)}" for each in model.unit_names] == lines
    assert len(lines) == 3
    assert {each.equation for each in model.unit_names} == {""}


def test_a_line_that_looks_like_one_is_none_in_the_equations(tmp_path: Path) -> None:
    """Settings begin after the sketches."""
    path = written(tmp_path, "a = 1\n\t~\tTonne\n\t~\tas in\n22:Tonne,Tonnes\n\t|\n")
    assert read(path).unit_names == ()


def test_units_of_an_xmile_file_have_aliases_and_equations(tmp_path: Path) -> None:
    """An equation is kept as it stands; names lose their line breaks."""
    path = tmp_path / "m.xmile"
    path.write_text(XMILE, encoding="utf-8")
    assert read(path).unit_names == (UnitNames(("Newton", "N", "newton s"), "kg*m/s^2"), UnitNames(("Degrees",), ""))


def test_further_outputs_of_a_macro_have_no_unit_of_the_caller(tmp_path: Path) -> None:
    """Theirs stands in the macro; the time has the unit of another number of its axis where the step has none."""
    path = tmp_path / "m.mdl"
    path.write_text(TWO, encoding="utf-8")
    model = read(path)
    assert {each.name: each.unit for each in model} == {"a": "Tonne", "c": "", "d": "", "b": "Tonne"}
    assert model.time.unit == "Week"
