"""Views of the models that travel with the package: what a modeller sees on opening them."""

from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import rcsd
from rcsd.assets import asset_names
from rcsd.names import canonical
from rcsd.simulation.layout.graph import graph_of
from rcsd.simulation.layout.notation import in_stella, in_vensim
from rcsd.simulation.views import NAMED, View, blemishes, read_views
from tests.places import MODELS

NAMES = asset_names("models")
FORMATS = ("mdl", "xmile")
SCREEN = (1400, 850)
VIEWS = {
    "resource_city": [
        "Coal resource",
        "Industry and investment",
        "Population and employment",
        "Innovation",
        "Environment and public finance",
        "Digital cluster",
        "Replicase",
        "Circular economy",
        "Agglomeration",
    ],
    "digital_cluster": ["Adoption and transactions", "Knowledge and labour", "Platform and leaders"],
    "hypercycle": ["Hypercycle"],
    "innovation_coevolution": ["Coevolution"],
}
VIEWS["four_cities"] = ["Links among the cities", *VIEWS["resource_city"]]
BOTH = pytest.mark.parametrize("suffix", FORMATS)
EACH = pytest.mark.parametrize("name", NAMES)


def path_of(name: str, suffix: str) -> Path:
    """Return where a model's file is."""
    assert MODELS is not None
    return MODELS / name / f"{name}.{suffix}"


@cache
def graph(name: str):
    """Return the causes of each variable as the equations of the Vensim file name them."""
    return graph_of(rcsd.load(path_of(name, "mdl")).ir)


@cache
def views_of(name: str, suffix: str) -> tuple[View, ...]:
    """Return the views of a file."""
    return read_views(path_of(name, suffix), [n for n, kind in graph(name).kinds.items() if kind == "stock"])


def names_on(view: View) -> Counter[tuple[str, bool]]:
    """Count names on a view, shadows apart."""
    return Counter((canonical(e.name), e.kind == "shadow") for e in view.elements if e.kind in NAMED)


def arrows_on(view: View) -> Counter[tuple[str, str]]:
    """Count arrows on a view by the names at their ends."""
    names = {element.id: canonical(element.name) for element in view.elements}
    return Counter((names[link.source], names[link.target]) for link in view.links)


@BOTH
@EACH
def test_no_names_overlap_and_nothing_leaves_its_sheet(name: str, suffix: str) -> None:
    """Nothing covers a name or leaves the sheet, no arrow runs through a name of others, and a view fits a screen."""
    views = views_of(name, suffix)
    assert [view.name for view in views] == VIEWS[name]
    for view in views:
        assert blemishes(view, crossings=True) == ()
        boxes = [element.box for element in view.elements]
        assert max(box.right for box in boxes) < SCREEN[0]
        assert max(box.bottom for box in boxes) < SCREEN[1]


@EACH
def test_every_variable_has_one_place_and_every_cause_an_arrow(name: str) -> None:
    """A variable stands on one view, elsewhere its shadows do; arrows are what the equations name, each once."""
    views = views_of(name, "mdl")
    own = Counter(each for view in views for each, is_shadow in names_on(view).elements() if not is_shadow)
    assert own == Counter(map(canonical, graph(name).kinds))
    arrows = sum((arrows_on(view) for view in views), Counter())
    causes = [(canonical(c), canonical(n)) for n, causes in graph(name).causes.items() for c in causes]
    assert arrows == Counter(causes)


@EACH
def test_both_formats_show_the_same(name: str) -> None:
    """Names, shadows, arrows and pipes are those of the other file, and names stand in the same places."""
    for vensim, stella in zip(views_of(name, "mdl"), views_of(name, "xmile"), strict=True):
        assert names_on(vensim) == names_on(stella)
        assert arrows_on(vensim) == arrows_on(stella)
        assert len(vensim.pipes) == len(stella.pipes)
        places = [
            sorted((canonical(e.name), e.centre.x, e.centre.y) for e in view.elements if e.kind in NAMED - {"flow"})
            for view in (vensim, in_vensim(stella))
        ]
        for (a, *here), (b, *there) in zip(*places, strict=True):
            assert a == b
            assert here == pytest.approx(there, abs=1)


@BOTH
@EACH
def test_flows_are_straight(name: str, suffix: str) -> None:
    """A pipe runs level or upright, through its valve, from a stock or a cloud to another."""
    pipes = [(view, pipe) for view in views_of(name, suffix) for pipe in view.pipes]
    assert pipes
    for view, pipe in pipes:
        for a, b in pairwise(pipe.points):
            assert a.x == pytest.approx(b.x, abs=1) or a.y == pytest.approx(b.y, abs=1)
        assert {view.element(end).kind for end in (pipe.source, pipe.target) if end} <= {"stock", "cloud"}
        assert pipe.source is not None
        assert pipe.target is not None


@EACH
def test_a_view_comes_back_from_the_other_notation(name: str) -> None:
    """Names keep their places, arrows their ends and middles, through Stella's notation and back."""
    stocks = [n for n, kind in graph(name).kinds.items() if kind == "stock"]
    for view in views_of(name, "mdl"):
        back = in_vensim(in_stella(view, stocks))
        for new, old in zip(back.elements, view.elements, strict=True):
            assert new.kind == old.kind
            assert (new.centre.x, new.centre.y) == pytest.approx((old.centre.x, old.centre.y), abs=1)
        for arrow, before in zip(back.links, view.links, strict=True):
            assert (arrow.source, arrow.target) == (before.source, before.target)
            for a, b in zip(arrow.points, before.points, strict=True):
                assert (a.x, a.y) == pytest.approx((b.x, b.y), abs=1)
