"""Rules of functions: each has one, it fits the arguments, and it is what the function's own definition gives."""

import pytest

from rcsd.names import canonical
from rcsd.simulation.dimensions.conflict import Conflict
from rcsd.simulation.dimensions.inference import Inference
from rcsd.simulation.dimensions.rule import TIME, rule_of
from rcsd.simulation.dimensions.unknowns import Unknowns
from rcsd.simulation.functions import FUNCTIONS, Formula, Function, Node, Refused
from rcsd.simulation.ir.expression import Expression, Name, Time
from rcsd.simulation.reader.formula import expression_of
from rcsd.units import Unit, parse_unit

YEAR = parse_unit("Year")
CONTROLS = {"time": Time(), "time of step": Time(of_step=True), "time step": Name("time step")}
DEFINED = [
    function
    for function in FUNCTIONS
    if isinstance(function.how, Formula) or (isinstance(function.how, Node) and not function.how.of_range)
]
SAID_OTHERWISE = {
    "sign": "its formula keeps zero as 0 * x, whose unit the number of a sign does not have",
    "cgrowth": "it raises a number to the power of the time step, per cent for per cent",
}


def test_no_function_is_without_a_rule() -> None:
    """Whoever adds a function says how units go through it; one that no engine computes needs none."""
    lacking = [function.key for function in FUNCTIONS if not function.dimension]
    assert lacking == [function.key for function in FUNCTIONS if isinstance(function.how, Refused)]
    assert len(lacking) < 30 < len(list(FUNCTIONS))


@pytest.mark.parametrize("function", [f for f in FUNCTIONS if f.dimension], ids=lambda f: f.key)
def test_a_rule_names_every_argument(function: Function) -> None:
    """A rule with too few arguments would leave the last ones unchecked."""
    rule = rule_of(function.dimension)
    if function.arguments and not rule.more:
        most = max(map(len, [function.arguments, *(each.arguments for each in function.every_signature)]))
        assert len(rule.arguments) >= most, function.dimension


def test_a_text_that_is_no_rule_is_refused() -> None:
    """A word of more than a letter would be a unit of its own, and never fit."""
    for text in ("a, b", "a -> length", "a, * -> a", "->"):
        with pytest.raises(ValueError, match="no rule of units"):
            rule_of(text)


def made(pattern: Unit | None) -> Unit | None:
    """Put a unit of its own in the place of each letter."""
    if pattern is None:
        return None
    whole = Unit()
    for base, power in pattern.powers:
        whole *= (YEAR if base == TIME else parse_unit(f"kind {base}")) ** power
    return whole


def defined(function: Function) -> Expression:
    """Return what a function is computed from, over its arguments."""
    names = [Name(name) for name in function.arguments]
    if isinstance(function.how, Node):
        return function.how.build(*names)
    assert isinstance(function.how, Formula)
    own = {canonical(name.name): name for name in names}
    return expression_of(function.how.text, controls=CONTROLS | own)


@pytest.mark.parametrize("function", DEFINED, ids=lambda f: f.key)
def test_the_definition_of_a_function_obeys_its_rule(function: Function) -> None:
    """The formula is the outside fact: with arguments in the units of the rule it nothing conflicts."""
    rule = rule_of(function.dimension)
    units = {canonical(name): made(rule.argument(i)) for i, name in enumerate(function.arguments)}
    conflicts: list[Conflict] = []
    found = Inference(units, YEAR, Unknowns(), conflicts.append, lambda *_: None).unit(defined(function))
    agrees = not conflicts and (found is None or rule.value is None or found == made(rule.value))
    assert agrees != (function.key in SAID_OTHERWISE), (function.dimension, found, conflicts)
