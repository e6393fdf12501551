"""The views of an XMILE file against what the standard and Stella say of each attribute."""

import pytest

from rcsd import load
from rcsd.errors import RcsdWarning
from rcsd.simulation.views import Box, Point, read_views
from rcsd.simulation.views.curve import angle_of_middle
from tests.sketches import XMILE


@pytest.fixture
def path(tmp_path):
    """Return the file."""
    path = tmp_path / "model.xmile"
    path.write_text(XMILE, "utf-8")
    return path


@pytest.fixture
def view(path):
    """Return its only view that shows the model; the other is of its interface."""
    (view,) = read_views(path)
    return view


@pytest.fixture
def named(view):
    """Return its elements by kind and name."""
    return {(element.kind, element.name or element.text): element for element in view.elements}


def test_places_are_centres_unless_a_size_is_stated(named):
    """A stock is 45 by 35 pixels around its place; an object with a size of its own stands at its corner."""
    assert named["stock", "Stock"].box == Box(277.5, 82.5, 322.5, 117.5)
    assert named["auxiliary", "Life mean"].centre == Point(400, 200)
    assert named["shadow", "Stock"].box == Box(91, 291, 136, 326)
    assert named["group", "All"].box == Box(50, 20, 550, 420)
    assert named["comment", "A remark"].box == Box(10, 500, 110, 540)


def test_names_keep_the_breaks_of_the_modeller(named):
    r"""``\n`` in a name is a break of its label, and a blank of the name."""
    assert named["auxiliary", "Life mean"].text == "Life\nmean"
    assert named["auxiliary", "Life mean"].side == "right"


def test_styles_come_from_the_object_its_kind_and_the_views(named, view):
    """9 points are 12 pixels; a kind's style in the view adds to that of all views."""
    assert named["stock", "Stock"].style.border == "#0000ff"
    assert named["auxiliary", "Rate"].style.colour == "#008000"
    assert (view.style.font, view.style.size) == ("Arial", 12)


def test_flows_join_the_stocks_of_the_model_and_end_in_clouds_elsewhere(view, named):
    """The stock names its flows; the standard writes no clouds."""
    inflow, outflow = view.pipes
    stock = named["stock", "Stock"].id
    assert inflow.target == outflow.source == stock
    assert view.element(inflow.source).kind == view.element(outflow.target).kind == "cloud"
    assert view.element(inflow.source).centre == Point(100, 100)
    assert [(point.x, point.y) for point in inflow.points] == [(100, 100), (200, 100), (277.5, 100)]
    assert (inflow.both_ways, outflow.both_ways) == (False, True)  # the one is <non_negative/>


def test_the_name_of_a_flow_stands_at_its_side(view, named):
    """Below the valve by default, above where the file says so."""
    for name, below in (("Inflow", True), ("Outflow", False)):
        label, valve = named["flow", name], named["valve", name]
        assert label.valve == valve.id
        assert (label.box.top > valve.box.bottom) == below
        assert (label.box.bottom < valve.box.top) != below


def test_connectors_leave_at_their_angle(view, named):
    """90 degrees is straight up; without an angle the line is straight; an alias is named by its uid."""
    rate, alias, life, start = view.links
    source, target = view.element(rate.source), view.element(rate.target)
    assert (source.name, target.kind, rate.polarity) == ("Rate", "valve", "+")
    assert angle_of_middle(source.centre, rate.points[0], target.centre) == pytest.approx(90)
    assert alias.source == named["shadow", "Stock"].id
    assert life.points == ()
    assert (start.initial, life.initial) == (True, False)


def test_variables_of_a_module_bear_its_name(path):
    """As the model names them: a module's Stock is ``Part.Stock``."""
    text = XMILE.replace("<model>", '<model><variables><module name="Part"/></variables></model><model name="Part">')
    path.write_text(text, "utf-8")
    (view,) = read_views(path)
    assert view.module == "Part"
    stock = next(element for element in view.elements if element.kind == "stock")
    assert (stock.name, view.variable(stock)) == ("Stock", "part.stock")
    assert {view.variable(e) for e in view.elements if e.kind == "cloud"} == {""}


def test_faulty_xml_is_told(path):
    """The model is read on behind the fault; what the diagram lacks for it is told with the line."""
    path.write_text(XMILE.replace("</connector>", "", 1), "utf-8")
    with pytest.warns(RcsdWarning, match=r"model\.xmile:\d+: a part of the diagram .* the XML is not well formed"):
        assert read_views(path)


def test_what_cannot_be_read_is_told_once(path):
    """A connector from nowhere and a stock without a place are left out; the model loads."""
    text = XMILE.replace("<from>Rate</from>", "<from>Nothing</from>").replace(
        '<aux name="Start" x="420"', '<aux name="Start"'
    )
    path.write_text(text, "utf-8")
    model = load(path)
    with pytest.warns(RcsdWarning, match="left out") as caught:
        (view,) = model.views()
    assert len(caught) == 1
    assert "and 2 more" in str(caught[0].message)
    assert len(view.links) == 2
