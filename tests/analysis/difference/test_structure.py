"""What two model files say differently."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import rcsd
from rcsd.analysis.difference.structure.comparing import compare_structure
from rcsd.analysis.difference.structure.difference import Change, StructureDifference
from rcsd.names import canonical
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import Arithmetic, Expression, Name, Number, walk, with_children
from tests.analysis.difference.town import TOWN, edited, read
from tests.places import MODELS

Compare = Callable[..., StructureDifference]


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Compare the town with an edit of it."""

    def compared(*edits: tuple[str, str]) -> StructureDifference:
        return compare_structure(read(tmp_path / "old", TOWN), read(tmp_path / "new", edited(*edits)))

    return compared


def only(difference: StructureDifference, name: str) -> Change:
    """Return the one change of the one variable that changed."""
    assert not difference.added
    assert not difference.removed
    (variable,) = difference.changed
    assert (variable.new.name, len(variable.changes)) == (name, 1)
    return variable.changes[0]


def with_names(model: Model, names: Mapping[str, str]) -> Model:
    """Rename variables of a model, and take out all words by which they could be told."""
    new = {canonical(old): name for old, name in names.items()}

    def spelt(expression: Expression) -> Expression:
        if isinstance(expression, Name):
            return Name(new.get(canonical(expression.name), expression.name), expression.subscripts)
        return with_children(expression, spelt)

    definitions = tuple(
        replace(
            each,
            name=new.get(canonical(each.name), each.name),
            content=spelt(each.content) if isinstance(each.content, Expression) else each.content,
        )
        for each in model.definitions
    )
    variables = tuple(
        replace(each, name=new.get(canonical(each.name), each.name), documentation="", unit="") for each in model
    )
    return replace(model, variables=variables, definitions=definitions)


@pytest.mark.parametrize(
    "name", ["resource_city", "hypercycle", "digital_cluster", "innovation_coevolution", "four_cities"]
)
def test_both_files_of_a_model_say_the_same(name: str) -> None:
    """Vensim's file and XMILE's hold one model, though sums over ranges are written out in one of them."""
    folder = MODELS / name
    difference = compare_structure(
        rcsd.load(folder / f"{name}.mdl").ir,
        rcsd.load(folder / f"{name}.xmile").ir,
    )
    assert difference.same
    assert len(difference.counterparts) == len(rcsd.load(name).variables)


@pytest.mark.parametrize("name", ["resource_city", "hypercycle", "four_cities"])
@pytest.mark.parametrize("n", [1, 20, 10_000])
def test_renamed_variables_are_found_by_structure(name: str, n: int) -> None:
    """Names that say nothing, without units or documentation, are matched by what reads what; even all of them."""
    model = with_names(rcsd.load(name).ir, {})
    chosen = list(model.names)
    random.Random(n).shuffle(chosen)
    new_names = {old: f"Q{i}" for i, old in enumerate(chosen[:n])}
    difference = compare_structure(model, with_names(model, new_names))
    assert {each.old.name: each.new.name for each in difference.renamed} == new_names
    assert not difference.added
    assert not difference.removed
    assert not any(each.changes for each in difference.changed)


@pytest.mark.parametrize(
    "edit",
    [
        ("Birth Rate * Population * Room(Crowding)", "Room(Crowding) * Birth Rate * Population"),
        ("Births - Deaths", "-Deaths + Births"),
        ("2 * People[young] + 3 * People[old] + Houses", "Houses + (People[old] * 3 + 2 * People[young])"),
    ],
)
def test_an_equation_in_another_order_is_another_spelling(compare: Compare, edit: tuple[str, str]) -> None:
    """Sums and products do not depend on order, and so the model is the same."""
    difference = compare(edit)
    assert difference.same
    (variable,) = difference.changed
    assert [(each.aspect, each.matters) for each in variable.changes] == [("equation", False)]


@pytest.mark.parametrize(
    ("edit", "name", "detail"),
    [
        (("Population / Lifetime", "Population / (2 * Lifetime)"), "Deaths", "divisor added: 2"),
        (("Births - Deaths", "Births + Deaths"), "Population", "Births - Deaths became Births + Deaths"),
        (("3 * People[old]", "4 * People[old]"), "Costs", "3 became 4"),
        (("* Room(Crowding)", "* Room(Houses)"), "Births", "Crowding became Houses"),
        (("Population * Share[Age]", "Population * Share[young]"), "People", "in the elements [old]"),
        (("Population / Houses", "Population / MAX(Houses, 1)"), "Crowding", "Houses became MAX(Houses, 1)"),
    ],
)
def test_the_part_of_an_equation_that_changed_is_named(
    compare: Compare, edit: tuple[str, str], name: str, detail: str
) -> None:
    """What became of an equation is said of its smallest part, in names of the model."""
    change = only(compare(edit), name)
    assert change.aspect == "equation"
    assert change.matters
    assert any(detail in words for words in change.details), change.details


def test_a_value_a_table_and_the_words_of_a_variable(compare: Compare) -> None:
    """Each is told apart from an equation, with both sides."""
    value = only(compare(("Lifetime = 60", "Lifetime = 65")), "Lifetime")
    assert (value.aspect, value.old, value.new) == ("value", "60", "65")
    table = only(compare(("(4,0.5)", "(4,0.6),(5,0.4)")), "Room")
    assert table.aspect == "table"
    assert table.details == ("1 point changed: y at 4 was 0.5, is 0.6", "1 point added: (5, 0.4)")
    unit = only(compare(("Less room", "Crowded homes")), "Room")
    assert unit.aspect == "documentation"
    limits = only(compare(("[40, 90]", "[40, 95]")), "Lifetime")
    assert (limits.aspect, limits.old, limits.new) == ("range", "40 to 90", "40 to 95")


def test_a_unit_in_another_spelling_does_not_matter(compare: Compare) -> None:
    """A unit is compared as a product of powers."""
    respelt = only(compare(("60 ~ Year", "60 ~ Year*Year/Year")), "Lifetime")
    assert (respelt.aspect, respelt.matters) == ("unit", False)
    wrong = only(compare(("60 ~ Year", "60 ~ Month")), "Lifetime")
    assert (wrong.aspect, wrong.matters) == ("unit", True)
    left_out = only(compare(("Houses = 300 ~ Dmnl", "Houses = 300 ~")), "Houses")
    assert left_out.matters


def test_a_renamed_variable_that_changes_too(compare: Compare) -> None:
    """A constant with another name and another value is told by its place in the equations."""
    difference = compare(
        ("Lifetime = 60", "Life Expectancy = 70"), ("Population / Lifetime", "Population / Life Expectancy")
    )
    (change,) = difference.changed
    assert (change.old.name, change.new.name) == ("Lifetime", "Life Expectancy")
    assert [(each.old, each.new) for each in change.changes] == [("60", "70")]


def test_what_was_added_and_removed(compare: Compare) -> None:
    """A variable in the place of another, with nothing in common, is not that one renamed."""
    difference = compare(
        ("Crowding = Population / Houses ~ person ~ |", "Wealth = 5 ~ yuan ~ |"), ("(Crowding)", "(2 * Wealth)")
    )
    assert [each.name for each in difference.added] == ["Wealth"]
    assert [each.name for each in difference.removed] == ["Crowding"]
    assert [each.new.name for each in difference.changed] == ["Births"]
    assert not difference.same


def test_the_time_axis_and_the_ranges(compare: Compare) -> None:
    """Settings of the model are compared like variables; an element with another name keeps its equations."""
    axis = compare(("TIME STEP = 0.5", "TIME STEP = 0.25"), ("FINAL TIME = 50", "FINAL TIME = 60"))
    assert [(each.name, each.old, each.new) for each in axis.settings] == [
        ("final time", "50", "60"),
        ("time step", "0.5", "0.25"),
    ]
    assert not axis.changed
    element = compare(("Age: young, old", "Age: young, aged"), ("People[old]", "People[aged]"))
    assert [(each.aspect, each.name, each.new) for each in element.settings] == [("subscripts", "Age", "young, aged")]
    assert not element.changed


def test_without_one_of_the_files(tmp_path: Path) -> None:
    """A file that is added or removed has all of its variables added or removed."""
    town = read(tmp_path, TOWN)
    assert compare_structure(None, town).added == town.variables
    assert compare_structure(town, None).removed == town.variables
    assert compare_structure(None, None).same


def test_sums_over_a_range_and_sums_of_its_elements(compare: Compare) -> None:
    """A sum over a range says the same as the sum of its elements, and another sum does not."""
    old, new = ("Costs = 2 * People[young] + 3 * People[old] + Houses", "Costs = SUM(People[Age!])")
    assert only(compare((old, new)), "Costs").matters


def test_a_sum_over_a_range_is_the_sum_of_its_elements(tmp_path: Path) -> None:
    """The elements of a range in any order make the sum over it."""
    costs = "Costs = 2 * People[young] + 3 * People[old] + Houses"
    over = read(tmp_path / "old", edited((costs, "Costs = SUM(People[Age!]) + Houses")))
    out = read(tmp_path / "new", edited((costs, "Costs = People[old] + Houses + People[young]")))
    assert compare_structure(over, out).same
    weighted = read(tmp_path / "other", edited((costs, "Costs = People[old] + Houses + People[old]")))
    assert not compare_structure(over, weighted).same


def test_deep_expressions_are_compared_whole(tmp_path: Path) -> None:
    """A sum of many terms, which the reader cuts into parts, is compared as one."""
    terms = [f"{i} * Houses ^ {i}" for i in range(1, 201)]
    costs = "Costs = 2 * People[young] + 3 * People[old] + Houses"
    models = [
        read(tmp_path / name, edited((costs, f"Costs = {' + '.join(order)}")))
        for name, order in (("a", terms), ("b", terms[::-1]), ("c", [*terms[:-1], "7 * Houses ^ 200"]))
    ]
    assert compare_structure(models[0], models[1]).same
    assert [each.new.name for each in compare_structure(models[0], models[2]).changed] == ["Costs"]


def test_what_is_no_variable_is_the_same_in_both(compare: Compare) -> None:
    """The time step and the time stand in equations without being variables of the model."""
    stepped = ("* Room(Crowding)", "* Room(Crowding) + PULSE(INITIAL TIME, TIME STEP) / TIME STEP + 0 * Time")
    difference = compare(stepped)
    assert only(difference, "Births").details == (
        "term added: PULSE(INITIAL TIME, TIME STEP)/TIME STEP",
        "term added: 0*Time",
    )


def test_a_model_with_the_time_step_in_an_equation_is_the_same_as_itself(tmp_path: Path) -> None:
    """Names that no variable has agree between versions."""
    model = read(tmp_path, edited(("* Room(Crowding)", "* Room(Crowding) + PULSE(INITIAL TIME, TIME STEP)/TIME STEP")))
    assert compare_structure(model, model).same
    assert not compare_structure(model, model).changed


def spoilt(expression: Expression, names: list[str], rng: random.Random) -> Expression:
    """Change one place of an expression so that it means something else."""
    places = [node for node in walk(expression) if isinstance(node, Number | Name | Arithmetic)]
    place = rng.choice(places)

    def other() -> Expression:
        match place:
            case Number(value):
                return Number(value * 1.1 + 0.01)
            case Name(name, subscripts):
                return Name(rng.choice([each for each in names if canonical(each) != canonical(name)]), subscripts)
            case Arithmetic(operator, left, right):
                return Arithmetic({"+": "-", "-": "+", "*": "+", "/": "*", "^": "*"}[operator], left, right)
        raise AssertionError(place)

    new = other()

    def changed(node: Expression) -> Expression:
        return new if node is place else with_children(node, changed)

    return changed(expression)


@pytest.mark.parametrize("name", ["resource_city", "hypercycle", "digital_cluster"])
@pytest.mark.parametrize("seed", range(25))
def test_a_broken_twin_is_told_by_the_one_equation_that_differs(name: str, seed: int) -> None:
    """One sign, number or name that is wrong in the XMILE file is found there, and nowhere else."""
    rng = random.Random(seed)
    vensim, xmile = (rcsd.load(MODELS / name / f"{name}{suffix}").ir for suffix in (".mdl", ".xmile"))
    computed = [i for i, each in enumerate(xmile.definitions) if isinstance(each.content, Expression)]
    at = rng.choice(computed)
    definitions = list(xmile.definitions)
    content = definitions[at].content
    assert isinstance(content, Expression)
    scalars = [each.name for each in xmile if not each.subscripts and each.kind != "lookup"]
    definitions[at] = replace(definitions[at], content=spoilt(content, scalars, rng))
    difference = compare_structure(vensim, replace(xmile, definitions=tuple(definitions)))
    found = [each.new.name for each in difference.changed if each.matters]
    assert [canonical(each) for each in found] == [canonical(definitions[at].name)]
    assert not difference.same


def test_a_stock_that_may_fall_below_zero_now(tmp_path: Path) -> None:
    """Stella's mark of a stock is part of what the model does, though no equation shows it."""
    text = (
        '<?xml version="1.0"?><xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><header>'
        "<vendor>x</vendor><product>x</product></header><sim_specs><start>0</start><stop>1</stop><dt>1</dt></sim_specs>"
        "<model><variables><stock name='S'><eqn>1</eqn><non_negative/></stock></variables></model></xmile>"
    )
    limited = read(tmp_path / "old", text, "s.xmile")
    free = read(tmp_path / "new", text.replace("<non_negative/>", ""), "s.xmile")
    change = only(compare_structure(limited, free), "S")
    assert change.details == ("the stock may fall below zero now",)
    assert only(compare_structure(free, limited), "S").details == ("the stock never falls below zero now",)
