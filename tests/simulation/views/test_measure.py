"""Blemishes that were put there, and none where there are none."""

import pytest

from rcsd.simulation.views import Element, Link, Pipe, Point, View, blemishes, label_of, sheet_of


def word(id: int, x: float, y: float, name: str, **more) -> Element:
    """Return a variable that is its name."""
    return Element(id, "auxiliary", Point(x, y), 0, 0, name, **more)


def kinds(*elements: Element, links: tuple[Link, ...] = (), **more) -> list[tuple[str, int, int]]:
    """Return what is wrong with a view of these."""
    found = blemishes(View("", elements, links, **more), crossings=True)
    return [(one.kind, one.first, one.second) for one in found]


def test_texts_that_cover_each_other_are_found():
    """Two words at 13 pixels: 15.6 high, so 10 apart they overlap and 20 apart they do not."""
    assert kinds(word(1, 0, 0, "Population"), word(2, 0, 10, "Population")) == [("overlap", 1, 2)]
    assert kinds(word(1, 0, 0, "Population"), word(2, 0, 20, "Population")) == []


def test_words_side_by_side_overlap_by_their_widths():
    """Population is 4.725 em wide: 61.4 pixels at 13, so centres must be 61.4 apart, but for a pixel."""
    assert kinds(word(1, 0, 0, "Population"), word(2, 59, 0, "Population")) == [("overlap", 1, 2)]
    assert kinds(word(1, 0, 0, "Population"), word(2, 62, 0, "Population")) == []


def test_text_on_a_valve_or_another_stock_is_found():
    """The stock's own text is in its place."""
    stock = Element(1, "stock", Point(0, 0), 80, 40, "Stock", shape="box")
    valve = Element(2, "valve", Point(200, 0), 12, 16, "Flow")
    assert kinds(stock, valve) == []
    assert kinds(stock, valve, word(3, 0, 22, "Rate")) == [("covered", 3, 1)]
    assert kinds(stock, valve, word(3, 200, 10, "Rate")) == [("covered", 3, 2)]


def test_an_arc_that_leaves_the_sheet_is_found():
    """From (0, 0) over (1000, 50) to (0, 100) is a circle as wide as ten sheets."""
    ends = (word(1, 0, 0, "a"), word(2, 0, 100, "b"))
    assert kinds(*ends, links=(Link(1, 2, (Point(1000, 50),)),)) == [("astray", 1, 2)]
    assert kinds(*ends, links=(Link(1, 2, (Point(30, 50),)),)) == []


def test_what_lies_beyond_a_stated_sheet_is_found():
    """A sheet of 100 by 100 pixels."""
    assert kinds(word(1, 95, 50, "wide name"), width=100, height=100) == [("outside", 1, 1)]
    assert kinds(word(1, 50, 50, "wide name"), width=100, height=100) == []
    assert sheet_of(View("", (), width=100, height=50)).right == 100


def test_an_arrow_through_a_text_is_found():
    """The word in the middle is at neither end."""
    ends = (word(1, 0, 0, "a"), word(2, 200, 0, "b"))
    assert kinds(*ends, word(3, 100, 0, "between"), links=(Link(1, 2),)) == [("crossed", 3, 1)]
    assert kinds(*ends, word(3, 100, 30, "between"), links=(Link(1, 2),)) == []


def test_hidden_things_are_no_blemish():
    """What is not drawn covers nothing."""
    assert kinds(word(1, 0, 0, "Population"), word(2, 0, 5, "Population", hidden=1)) == []


@pytest.mark.parametrize("name", ["Short", "A name of many words that must be broken", "Konstruktionsgeschwindigkeit"])
def test_text_fits_its_box(name):
    """A name is broken and made smaller until it fits; down to six tenths of its size, or a long word's end."""
    box = Element(1, "stock", Point(0, 0), 140, 40, name, shape="box")
    label = label_of(box, View("", (box,)))
    assert box.box.holds(label.box)
    assert label.size >= 0.6 * 13


def test_addresses_behind_a_comment_are_not_shown():
    """Vensim writes where a comment leads behind it; a control's variable stands before its settings."""
    view = View("", ())
    link = Element(1, "comment", Point(0, 0), 0, 0, text="Our site|http://example.org/a")
    control = Element(2, "control", Point(0, 0), 200, 60, text='"Stock, all",Graph', shape="box")
    assert label_of(link, view).lines == ("Our site",)
    assert label_of(control, view).lines == ("Stock, all",)


def test_a_pipe_alone_is_no_blemish():
    """A view with a flow between two stocks and its name below the valve."""
    a = Element(1, "stock", Point(0, 0), 80, 40, "A", shape="box")
    b = Element(2, "stock", Point(300, 0), 80, 40, "B", shape="box")
    valve = Element(3, "valve", Point(150, 0), 12, 16, "Flow")
    name = Element(4, "flow", Point(150, 22), 60, 22, "Flow", valve=3)
    view = View("", (a, b, valve, name), pipes=(Pipe(3, 1, 2, (a.centre, valve.centre, b.centre)),))
    assert blemishes(view, crossings=True) == ()
