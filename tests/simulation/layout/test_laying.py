"""Views that are made for models without any."""

from collections import Counter
from pathlib import Path

import pytest

import rcsd
from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.ir import Model
from rcsd.simulation.layout import lay_out
from rcsd.simulation.layout.graph import graph_of
from rcsd.simulation.layout.paging import MOST, pages_of
from rcsd.simulation.views import NAMED, View, blemishes
from tests.places import MODELS
from tests.simulation.layout.files import EPIDEMIC, loaded, many

CLOCK = {"final time", "initial time", "saveper", "time step"}


def own_names(view: View) -> list[str]:
    """Names of what stands on a view and is no shadow."""
    return [element.name for element in view.elements if element.kind in NAMED - {"shadow"}]


def arrows_of(view: View) -> set[tuple[str, str]]:
    """Names at the two ends of every arrow."""
    names = {element.id: element.name for element in view.elements}
    return {(names[link.source], names[link.target]) for link in view.links}


def check(model: Model, views: tuple[View, ...]) -> None:
    """No names overlap, nothing leaves its sheet, and every variable has one place of its own."""
    for view in views:
        assert blemishes(view) == ()
    shown = Counter(canonical(name) for view in views for name in own_names(view))
    assert shown == Counter(canonical(name) for name in model.names if canonical(name) not in CLOCK)


@pytest.mark.parametrize("notation", ["vensim", "stella"])
def test_a_chain_stands_in_one_row_and_its_flows_are_straight(tmp_path: Path, notation) -> None:
    """The chain of an epidemic: three stocks of one height, from left to right, valves on level or upright pipes."""
    model = loaded(tmp_path, EPIDEMIC)
    (view,) = lay_out(model, notation=notation)
    check(model, (view,))
    stocks = {element.name: element.centre for element in view.elements if element.kind == "stock"}
    row = [stocks[name] for name in ("Susceptible", "Infectious", "Recovered")]
    assert row[0].x < row[1].x < row[2].x
    assert len({point.y for point in row}) == 1
    assert len(view.pipes) == 3
    for pipe in view.pipes:
        start, end = pipe.points
        valve = view.element(pipe.valve).centre
        assert start.x == end.x == valve.x or start.y == end.y == valve.y
    deaths = next(p for p in view.pipes if view.element(p.valve).name == "Deaths")
    assert deaths.points[0].x == deaths.points[1].x
    assert deaths.target is not None
    assert view.element(deaths.target).kind == "cloud"


def test_arrows_are_the_causes_that_equations_name(tmp_path: Path) -> None:
    """Read off the equations by hand; the flows of a stock are pipes, and its initial value is marked."""
    (view,) = lay_out(loaded(tmp_path, EPIDEMIC))
    assert arrows_of(view) == {
        ("Population", "Susceptible"),
        ("Infectious at First", "Susceptible"),
        ("Infectious at First", "Infectious"),
        ("Contacts", "Infection"),
        ("Infectivity", "Infection"),
        ("Susceptible", "Infection"),
        ("Infectious", "Infection"),
        ("Population", "Infection"),
        ("Infectious", "Recovery"),
        ("Duration", "Recovery"),
        ("Lethality", "Deaths"),
        ("Infectious", "Deaths"),
    }
    names = {element.id: element.name for element in view.elements}
    assert {names[link.target] for link in view.links if link.initial} == {"Susceptible", "Infectious"}


def test_the_same_model_gives_the_same_views(tmp_path: Path) -> None:
    """Chance has a seed."""
    model = loaded(tmp_path, EPIDEMIC)
    assert lay_out(model) == lay_out(model)


def test_one_variable_is_drawn_with_its_causes_and_uses_alone(tmp_path: Path) -> None:
    """A part of the model has its names, the arrows among them, and no shadow of others; names may be spelt freely."""
    model = loaded(tmp_path, EPIDEMIC)
    (view,) = lay_out(model, ["recovery", "Duration", "INFECTIOUS", "Recovered"])
    assert sorted(own_names(view)) == ["Duration", "Infectious", "Recovered", "Recovery"]
    assert arrows_of(view) == {("Infectious", "Recovery"), ("Duration", "Recovery")}
    assert not [element for element in view.elements if element.kind == "shadow"]
    with pytest.raises(ModelError, match="Recovery"):
        lay_out(model, ["Recoverie"])


def test_a_large_model_is_parted_where_few_arrows_run(tmp_path: Path) -> None:
    """Four sectors of 23 variables and one arrow between each: a page for each; their chains are whole."""
    pages = pages_of(graph_of(loaded(tmp_path, many(4, 20))))
    assert [len(page) for page in pages] == [23, 23, 23, 23]
    for i, page in enumerate(pages):
        assert all(name.split(" ")[1] == str(i) for name in page)


def test_what_crosses_a_sheet_is_replaced_by_a_shadow_with_the_same_arrow(tmp_path: Path) -> None:
    """A constant with twelve uses: names stand apart, and every arrow is there, from the constant or a shadow of it."""
    uses = [f"Effect {i} = Common Cause * Strength {i} ~~|\nStrength {i} = {i} ~~|" for i in range(12)]
    model = loaded(tmp_path, "\n".join(["Common Cause = 1 ~~|", *uses]))
    (view,) = lay_out(model)
    check(model, (view,))
    expected = {("Common Cause", f"Effect {i}") for i in range(12)}
    assert arrows_of(view) == expected | {(f"Strength {i}", f"Effect {i}") for i in range(12)}


@pytest.mark.parametrize(
    "equations",
    [
        "A = 1 ~~|",
        "A = INTEG(F - G - H + I - J, 1) ~~|\nF = A ~~|\nG = A ~~|\nH = A ~~|\nI = A ~~|\nJ = A ~~|",
        "A = INTEG(F - G, 1) ~~|\nB = INTEG(G - F, 1) ~~|\nF = B ~~|\nG = A ~~|",
        "A = INTEG(-F - G - H, 1) ~~|\nB = INTEG(F, 1) ~~|\nC = INTEG(G, 1) ~~|\nD = INTEG(H, 1) ~~|\n"
        "F = A ~~|\nG = A ~~|\nH = A ~~|",
        "A = INTEG(F, 1) ~~|\nB = INTEG(F, 1) ~~|\nF = A * B ~~|",
        "A = INTEG(-F, 1) ~~|\nB = INTEG(F - G, 1) ~~|\nC = INTEG(G - H, 1) ~~|\nF = A ~~|\nG = B ~~|\nH = C + A ~~|\n"
        "D = INTEG(H - K, 1) ~~|\nK = D ~~|\nE = INTEG(K - L, 1) ~~|\nL = E ~~|",
        "A = INTEG(B * 2 + 3, 1) ~~|\nB = 0.1 ~~|",
        "A very long name that no sheet can hold on one line whatever it does and on and on = 1 ~~|\n"
        "B = A very long name that no sheet can hold on one line whatever it does and on and on ~~|",
        "煤炭储量 = INTEG(-开采量, 100) ~~|\n开采量 = 煤炭储量 / 回采年限 ~~|\n回采年限 = 20 ~~|",
    ],
    ids=[
        "alone",
        "five flows",
        "to and fro",
        "star",
        "one flow, two stocks",
        "long",
        "no flow",
        "long name",
        "Chinese",
    ],
)
@pytest.mark.parametrize("notation", ["vensim", "stella"])
def test_odd_structures_have_a_view_in_order(tmp_path: Path, equations: str, notation) -> None:
    """Nothing overlaps or leaves the sheet, whatever the structure."""
    model = loaded(tmp_path, equations)
    check(model, lay_out(model, notation=notation))


def test_a_model_of_nothing_but_its_clock_has_no_views(tmp_path: Path) -> None:
    """No sheet is drawn for nothing."""
    assert lay_out(loaded(tmp_path, "")) == ()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["digital_cluster", "hypercycle", "innovation_coevolution"])
def test_models_of_the_repository_have_views_in_order(name: str) -> None:
    """Nothing overlaps, nothing leaves a sheet, no page holds more than it should."""
    assert MODELS is not None
    model = rcsd.load(MODELS / name / f"{name}.mdl").ir
    views = lay_out(model)
    check(model, views)
    assert max(len(own_names(view)) for view in views) <= MOST
