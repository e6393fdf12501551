"""Mistakes planted into the repository's models: each is found, and nothing is found without one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest

from rcsd.names import canonical
from rcsd.simulation.dimensions import check_units
from rcsd.simulation.ir import Definition, Model
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Name, names_in, walk, with_children
from rcsd.simulation.reader import read
from rcsd.units import Unit, parse_unit
from tests.places import MODELS

NAMES = ("digital_cluster", "four_cities", "hypercycle", "innovation_coevolution", "resource_city")
Mutant = tuple[str, Model]
"""The variable that was changed, and the model with it."""


@pytest.mark.parametrize("suffix", ["mdl", "xmile"])
@pytest.mark.parametrize("name", NAMES)
def test_the_models_of_the_repository_are_clean(name: str, suffix: str) -> None:
    """Every variable has a unit, and every equation fits; another engine says so too, in `test_independent`."""
    assert check_units(read(MODELS / name / f"{name}.{suffix}")) == ()


def unit_of(model: Model, name: str) -> Unit:
    """Return the unit that a model states."""
    variable = model.get(name)
    return parse_unit(model.time.unit if variable is None else variable.unit)


def with_equation(model: Model, place: int, old: Expression, new: Expression) -> Mutant:
    """Put one node in the place of another."""

    def put(node: Expression) -> Expression:
        return new if node is old else with_children(node, put)

    definition = model.definitions[place]
    content = definition.content
    assert isinstance(content, Expression)
    parts = [*model.definitions]
    parts[place] = replace(definition, content=put(content))
    return definition.name, replace(model, definitions=tuple(parts))


def products(model: Model, operators: str) -> Iterator[tuple[int, Arithmetic]]:
    """Yield products and ratios whose right side is a variable with a unit."""
    for place, definition in enumerate(model.definitions):
        for node in walk(definition.content) if isinstance(definition.content, Expression) else ():
            if isinstance(node, Arithmetic) and node.operator in operators and isinstance(node.right, Name):
                yield place, node


def a_factor_dropped(model: Model) -> Iterator[Mutant]:
    """Leave out what multiplies or divides."""
    for place, node in products(model, "*/"):
        if isinstance(node.left, Name) and unit_of(model, node.right.name).powers:  # type: ignore[union-attr]
            yield with_equation(model, place, node, node.left)


def plus_for_times(model: Model) -> Iterator[Mutant]:
    """Add what should be multiplied, where the units differ."""
    for place, node in products(model, "*"):
        if isinstance(node.left, Name) and unit_of(model, node.left.name) != unit_of(model, node.right.name):  # type: ignore[union-attr]
            yield with_equation(model, place, node, Arithmetic("+", node.left, node.right))


def a_unit_upside_down(model: Model) -> Iterator[Mutant]:
    """State the inverse of a unit."""
    for variable in model:
        unit = parse_unit(variable.unit)
        if unit.powers:
            yield with_unit(model, variable.name, str(Unit() / unit))


def a_flow_without_time(model: Model) -> Iterator[Mutant]:
    """State the unit of a flow without its /Year, and let the stock's own variables be."""
    flows = {name for definition in model.definitions for name in flows_of(definition)}
    for name in sorted(flows):
        yield with_unit(model, name, str(unit_of(model, name) * parse_unit(model.time.unit)))


def flows_of(definition: Definition) -> Iterator[str]:
    """Yield what a stock integrates."""
    if isinstance(definition.content, Call) and definition.content.function == "integ":
        rate = definition.content.arguments[0]
        yield from (name.name for name in names_in(rate) if rate == name or isinstance(rate, Arithmetic))


def with_unit(model: Model, name: str, unit: str) -> Mutant:
    """State another unit for a variable."""
    variables = (replace(each, unit=unit) if each.name == name else each for each in model)
    return name, replace(model, variables=tuple(variables))


@pytest.mark.parametrize(
    "plant", [a_factor_dropped, plus_for_times, a_unit_upside_down, a_flow_without_time], ids=lambda f: f.__name__
)
def test_a_planted_mistake_is_found(plant: Callable[[Model], Iterator[Mutant]]) -> None:
    """Up to five drawn from all that each model has room for: what is found is the variable, or one that uses it."""
    planted = 0
    for name in NAMES:
        model = read(MODELS / name / f"{name}.mdl")
        every = list(plant(model))
        for changed, mutant in Random(17).sample(every, min(5, len(every))):
            found = [each for each in check_units(mutant) if each.grade != "note"]
            near = {canonical(d.name) for d in model.definitions if changed in used_by(d)} | {canonical(changed)}
            assert found, (plant.__name__, changed)
            assert {canonical(each.variable or "") for each in found} <= near, found
            planted += 1
    assert planted >= 15


def used_by(definition: Definition) -> set[str]:
    """Return the names in an equation."""
    return {each.name for each in names_in(definition.content)} if isinstance(definition.content, Expression) else set()


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_taken_away_is_missed(name: str) -> None:
    """One warning, whichever variable it is, and no error from what is not known."""
    model = read(MODELS / name / f"{name}.mdl")
    for variable in Random(17).sample(model.variables, 5):
        found = check_units(with_unit(model, variable.name, "")[1])
        assert [(each.grade, each.variable) for each in found] == [("warning", variable.name)], found
