"""Modules of XMILE: several models in one file, put together through their connections."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError, RcsdWarning
from tests.simulation.reader.xmile_models import REGIONS, aux, flow, model_text, read_from, stock, submodel, values_of

_INPUT = '<{tag} name="{name}" access="input"><eqn>{{for use when not connected}}</eqn></{tag}>'
DOUBLE = submodel("Double", _INPUT.format(tag="aux", name="x"), aux("result", "x * factor"), aux("factor", "2"))


@pytest.mark.parametrize(
    ("to", "source"), [("x", "a"), ("x", ".a"), ("Double.x", "a"), ("Double.x", ".a"), ('Double."x"', '."a"')]
)
def test_an_input_comes_from_the_model_around_however_it_is_written(to: str, source: str, tmp_path: Path) -> None:
    """With and without the module's name, the leading dot and quotation marks."""
    module = f"<module name='Double'><connect to='{to}' from='{source}'/></module>"
    text = model_text(module, aux("a", "TIME"), aux("factor", "50"), aux("y", "Double.result + 1"), more=DOUBLE)
    found = values_of(text, tmp_path)
    assert found["y"] == [1.0, 3.0, 5.0, 7.0, 9.0]
    assert (found["Double.factor"][0], found["factor"][0]) == (2.0, 50.0)


def test_an_output_may_be_a_variable_of_the_model_around(tmp_path: Path) -> None:
    """What it was before is left aside."""
    module = '<module name="Double"><connect to="x" from="a"/><connect to=".b" from="Double.result"/></module>'
    text = model_text(module, aux("a", "4"), aux("b", "99"), aux("y", "b"), more=DOUBLE)
    assert values_of(text, tmp_path)["y"][0] == 8.0


def test_modules_feed_each_other(tmp_path: Path) -> None:
    """Prey and predators, each in a module, step as they do in one model."""
    modules = (
        '<module name="Hare"><connect to="Hare.lynx" from="Lynx.animals"/></module>'
        '<module name="Lynx"><connect to="Lynx.food" from="Hare.animals"/></module>'
    )
    hare = submodel(
        "Hare",
        stock("animals", "100", ins="births", outs="deaths"),
        flow("births", "animals * 0.5"),
        flow("deaths", "animals * lynx * 0.01"),
        _INPUT.format(tag="stock", name="lynx"),
    )
    lynx = submodel(
        "Lynx",
        stock("animals", "20", ins="births", outs="deaths"),
        flow("births", "food * animals * 0.002"),
        flow("deaths", "animals * 0.3"),
        _INPUT.format(tag="aux", name="food"),
    )
    found = values_of(model_text(modules, more=hare + lynx, stop=3), tmp_path)
    h, p = 100.0, 20.0
    for i in range(4):
        assert (found["Hare.animals"][i], found["Lynx.animals"][i]) == pytest.approx((h, p))
        h, p = h + h * 0.5 - h * p * 0.01, p + h * p * 0.002 - p * 0.3


def test_a_module_lies_in_another_and_is_used_twice(tmp_path: Path) -> None:
    """Each instance has its own stock; names are joined by dots."""
    middle = submodel(
        "Middle",
        _INPUT.format(tag="aux", name="speed"),
        '<module name="First" model_name="Tank"><connect to="First.rate" from="speed"/></module>',
        '<module name="Second" model_name="Tank"><connect to="rate" from="twice"/></module>',
        aux("twice", "speed * 2"),
        aux("both", "First.level + Second.level"),
    )
    tank = submodel("Tank", _INPUT.format(tag="aux", name="rate"), stock("level", "rate", ins="f"), flow("f", "rate"))
    outer = '<module name="Outer" model_name="Middle"><connect to="speed" from="a"/></module>'
    text = model_text(outer, aux("a", "10"), aux("y", "Outer.Second.level"), more=middle + tank, stop=2)
    found = values_of(text, tmp_path)
    assert found["Outer.First.level"] == [10.0, 20.0, 30.0]
    assert found["y"] == [20.0, 40.0, 60.0]
    assert found["Outer.both"] == [30.0, 60.0, 90.0]


def test_arrays_and_flows_go_through_a_connection(tmp_path: Path) -> None:
    """A stock of one module is filled by a flow of another, element by element."""
    tank = submodel(
        "Tank",
        stock("level", "0", "Region", ins="supply"),
        '<flow name="supply" access="input"><dimensions><dim name="Region"/></dimensions><eqn>{none}</eqn></flow>',
    )
    module = '<module name="Tank"><connect to="Tank.supply" from="rain"/></module>'
    text = model_text(
        module,
        flow("rain", "1, 2", "Region"),
        aux("all", "SUM(Tank.level)"),
        aux("south", "Tank.level[South]"),
        dimensions=REGIONS,
        more=tank,
        stop=2,
    )
    found = values_of(text, tmp_path)
    assert found["all"] == [0.0, 3.0, 6.0]
    assert found["south"] == [0.0, 2.0, 4.0]


def test_a_table_is_looked_up_through_a_connection(tmp_path: Path) -> None:
    """The graphical function of the source is meant, not its value."""
    user = submodel("User", _INPUT.format(tag="aux", name="curve"), aux("y", "LOOKUP(curve, 1)"))
    module = '<module name="User"><connect to="User.curve" from="effect"/></module>'
    effect = aux("effect", "TIME", table="<gf><xpts>0,2</xpts><ypts>0,8</ypts></gf>")
    assert values_of(model_text(module, effect, more=user), tmp_path)["User.y"][0] == 4.0


def test_a_model_that_no_module_uses_is_left_out_and_said(tmp_path: Path) -> None:
    """A file may hold more than is run; the user has to know."""
    with pytest.warns(RcsdWarning, match=r"m\.xmile:8: the model 'Other' is left out: no module of the main model"):
        found = values_of(model_text(aux("a", "1"), more="\n" + submodel("Other", aux("b", "2"))), tmp_path)
    assert set(found) == {"a"}


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ('<module name="Nope"/>', "'Nope': is a module without a model; add it as <model name=...>"),
        ('<module name="Nope" resource="other.stmx"/>', "it lies in 'other.stmx': put it into this file"),
        ('<module name="Double"><connect to="x" from="b"/></module>', "but there is no variable 'b'"),
        ('<module name="Double"/>', "'Double.x': has no equation; write one"),
        ('<module name="Loop"/>', "the model 'Loop' is a module of itself"),
    ],
)
def test_a_module_without_sense_is_refused(module: str, message: str, tmp_path: Path) -> None:
    """With the line where it stands."""
    loop = submodel("Loop", '<module name="Loop"/>')
    with pytest.raises(ModelError, match=message):
        read_from(model_text(module, aux("a", "1"), more=DOUBLE + loop), tmp_path)
