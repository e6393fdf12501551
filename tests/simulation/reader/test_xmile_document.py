"""XMILE as tools write it: undeclared prefixes, old and broken files, defaults."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError, RcsdWarning
from tests.simulation.reader.xmile_models import aux, model_text, read_from, values_of

GROWTH = '<stock name="s"><eqn>100</eqn><inflow>f</inflow></stock><flow name="f"><eqn>s * 0.1</eqn></flow>'
SPECS = "<sim_specs><start>0</start><stop>2</stop></sim_specs>"
ROOT = '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">'


@pytest.mark.parametrize(
    "text",
    [
        f'{ROOT}<isee:prefs layer="model"/>{SPECS}<model isee:x="1"><variables>{GROWTH}</variables></model></xmile>',
        f"<xmile>{SPECS}<model><variables>{GROWTH}</variables></model></xmile>",
        f'<xmile xmlns="http://www.systemdynamics.org/XMILE">{SPECS}<model>{GROWTH}</model></xmile>',
        f"{ROOT}<model>{SPECS}<variables>{GROWTH}</variables></model></xmile>",
        f"{ROOT}{SPECS}<model><variables><group name='g'>{GROWTH}</group></variables></model></xmile>",
        f'<x:xmile xmlns:x="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">{SPECS}<model>{GROWTH}</model></x:xmile>',
        f'<?xml version="1.0" encoding="iso-8859-1"?>\n{ROOT}{SPECS}<model><!-- é -->{GROWTH}</model></xmile>',
    ],
    ids=["undeclared prefix", "no namespace", "before variables", "specs in the model", "group", "prefix", "declared"],
)
def test_a_file_of_any_dialect_is_read(text: str, tmp_path: Path) -> None:
    """The step is 1 and the method Euler where nothing is said."""
    found = values_of(text, tmp_path)
    assert found["s"] == pytest.approx([100.0, 110.0, 121.0])


def test_broken_xml_is_read_on_and_said(tmp_path: Path) -> None:
    """With the line, and what to do."""
    broken = "<aux name='a'><eqn>1</eqn><doc>x<br></doc></aux>"
    text = f"{ROOT}{SPECS}<model><variables>\n{GROWTH}{broken}\n</variables></model></xmile>"
    with pytest.warns(RcsdWarning, match=r"m\.xmile:2: the XML is not well formed .* save the file anew"):
        assert values_of(text, tmp_path)["s"] == pytest.approx([100.0, 110.0, 121.0])


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    """Neither a file of the disk nor a text that grows without end."""
    with pytest.raises(ModelError, match="XML entity"):
        read_from(f'<!DOCTYPE xmile [<!ENTITY a "1"><!ENTITY b "&a;&a;">]>{ROOT}{SPECS}</xmile>', tmp_path)


def test_a_variable_keeps_its_unit_documentation_line_and_equation(tmp_path: Path) -> None:
    """As an editor shows them."""
    text = model_text(
        aux("a", "1"),
        '<flow name="net\\nflow">\n<eqn>a {of the\nfile} * 2</eqn><units>kg/year</units><doc>A <b>bold</b> word.</doc>'
        '<range min="0"/></flow>',
    )
    model = read_from(text, tmp_path)
    variable = model["net flow"]
    assert (variable.line, variable.unit, variable.documentation) == (7, "kg/year", "A bold word.")
    assert variable.equation == "a * 2"
    assert model["a"].value == 1.0


@pytest.mark.parametrize(
    ("variable", "message"),
    [
        ('<aux name="a"><eqn>1</eqn></aux><aux name="A"><eqn>2</eqn></aux>', "'A': is defined in lines 6, 6; keep one"),
        ('<aux name="a"/>', "'a': has no equation; write one"),
        ('<stock name="a"><eqn>{later}</eqn></stock>', "'a': has no initial value; write one"),
        ('<aux name="a"><eqn>1</eqn></aux><macro/>', None),
    ],
)
def test_what_is_missing_or_double_is_said(variable: str, message: str | None, tmp_path: Path) -> None:
    """Nothing is taken as zero."""
    text = model_text(variable)
    if message is None:
        assert read_from(text, tmp_path)["a"].value == 1.0
        return
    with pytest.raises(ModelError, match=message):
        read_from(text, tmp_path)


def test_a_dimension_without_elements_is_refused(tmp_path: Path) -> None:
    """It needs names or a size."""
    with pytest.raises(ModelError, match="the dimension 'D' has no elements"):
        read_from(model_text(aux("a", "1"), dimensions='<dim name="D"/>'), tmp_path)


def test_a_macro_with_a_simulation_of_its_own_or_without_equation_is_refused(tmp_path: Path) -> None:
    """Neither can be computed as the file means."""
    run = f'<macro name="M"><eqn>1</eqn>{SPECS}</macro><macro name="N"/>'
    with pytest.raises(ModelError, match=r"(?s)'M': is a macro that runs.*'N': is a macro without"):
        read_from(model_text(aux("a", "M()"), more=run), tmp_path)


def test_an_initial_equation_breaks_a_loop_of_initial_values(tmp_path: Path) -> None:
    """The stock begins with it; the variable itself is what its equation says."""
    text = model_text(
        '<stock name="s"><eqn>x</eqn></stock><aux name="x"><eqn>s * 2</eqn><init_eqn>5</init_eqn></aux>', stop=1
    )
    found = values_of(text, tmp_path)
    assert (found["s"], found["x"]) == ([5.0, 5.0], [10.0, 10.0])


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_off_is_refused(share: float, tmp_path: Path) -> None:
    """Whatever is left of it: variables could be missing without a trace."""
    text = f"{ROOT}\n{SPECS}\n<model><variables>\n{GROWTH}\n</variables></model>\n</xmile>"
    cut = text[: int(len(text) * share)]
    line = cut.rstrip().count("\n") + 1
    with pytest.raises(
        ModelError, match=rf"m\.xmile:{line}: the file is cut off in line {line}: <xmile> is not closed"
    ):
        read_from(cut, tmp_path)


@pytest.mark.parametrize(
    ("text", "lacks"), [(f"{ROOT}\n<br>{SPECS}</xmile>", "model"), (f"{ROOT}\n<br><model/></xmile>", "sim_specs")]
)
def test_broken_xml_without_a_needed_part_is_refused(text: str, lacks: str, tmp_path: Path) -> None:
    """It is the file that is broken, not the model that lacks something."""
    with pytest.raises(ModelError, match=rf"m\.xmile:2: the XML is not well formed .* no <{lacks}> is left of it"):
        read_from(text, tmp_path)


@pytest.mark.parametrize("ends", ['min="low" max="1"', 'min="0" max="inf"'])
def test_an_end_of_a_scale_that_is_no_number_is_named(ends: str, tmp_path: Path) -> None:
    """With the line."""
    wrong = "min='low'" if "low" in ends else "max='inf'"
    table = f"<gf><xscale {ends}/><ypts>1,2</ypts></gf>"
    with pytest.raises(ModelError, match=f":6: variable 'a': .* whose <xscale> has {wrong}, which is no number"):
        read_from(model_text(aux("a", "TIME", table=table)), tmp_path)


def test_a_macro_that_calls_itself_is_refused(tmp_path: Path) -> None:
    """With the line of its equation."""
    macro = '\n<macro name="Twice"><parm>of</parm><eqn>1 + TWICE(of - 1)</eqn></macro>'
    with pytest.raises(ModelError, match=r":8: variable 'Twice': .* calls the macro itself, so that it has no end"):
        read_from(model_text(aux("a", "Twice(2)"), more=macro), tmp_path)


def test_an_element_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    """Names differ in more than case."""
    dimension = '<dim name="Kind"><elem name="Old"/><elem name="old"/></dim>'
    with pytest.raises(ModelError, match=r":4: the dimension 'Kind' has an element twice; take one out"):
        read_from(model_text(aux("a", "1", "Kind"), dimensions=dimension), tmp_path)
