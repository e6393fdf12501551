"""SVG and PNG of a view against its places, as a reader of the file sees them."""

import io
import re
from xml.etree import ElementTree as ET

import matplotlib.image
import numpy as np
import pytest

from rcsd.report.diagram.picture import picture_of
from rcsd.report.diagram.png import png_of
from rcsd.report.diagram.shapes import Picture
from rcsd.report.diagram.sheet import sheet_of
from rcsd.report.diagram.svg import svg_of
from rcsd.simulation.views import Box, Element, Link, Pipe, Point, Style, View
from rcsd.simulation.views.text import text_width

NAMESPACE = {"svg": "http://www.w3.org/2000/svg"}
HOSTILE = 'A"><script>alert(1)</script>&\x07'


def view_of(*elements: Element, **more) -> View:
    """Return a view of some elements."""
    return View("A view", elements, **more)


def stock(id: int, x: float, name: str = "Stock") -> Element:
    """Return a box with a name."""
    return Element(id, "stock", Point(x, 0), 80, 40, name, shape="box")


def parsed(view: View) -> ET.Element:
    """Return the drawing of a view as a tree."""
    return ET.fromstring(svg_of(picture_of(view)))


def test_text_stays_text_and_is_as_wide_as_measured():
    """A line is one tspan with its letters and its length in Helvetica, whatever font is there."""
    root = parsed(view_of(Element(1, "auxiliary", Point(0, 0), 0, 0, "Birth Rate")))
    (line,) = root.iterfind(".//svg:tspan", NAMESPACE)
    assert line.text == "Birth Rate"
    assert float(line.get("textLength")) == pytest.approx(text_width("Birth Rate", 13), abs=0.01)


def test_what_a_file_writes_is_text_and_no_markup():
    """Names, comments and documentation are escaped, and what no XML may hold is left out."""
    told = {HOSTILE.casefold(): HOSTILE}
    view = view_of(
        Element(1, "auxiliary", Point(0, 0), 0, 0, HOSTILE),
        Element(2, "comment", Point(0, 90), 0, 0, text=HOSTILE),
        Element(3, "stock", Point(0, 190), 80, 40, "x", shape="box", style=Style(colour="#123456")),
    )
    text = svg_of(picture_of(view, told))
    assert "<script" not in text
    root = ET.fromstring(text)
    assert [line.text for line in root.iterfind(".//svg:tspan", NAMESPACE)].count(HOSTILE[:-1]) == 2


def test_the_picture_holds_all_that_is_drawn():
    """An arc that swings out of the elements' box is seen whole."""
    ends = (Element(1, "auxiliary", Point(0, 0), 0, 0, "a"), Element(2, "auxiliary", Point(100, 0), 0, 0, "b"))
    picture = picture_of(view_of(*ends, links=(Link(1, 2, (Point(50, -300),)),)))
    assert picture.box.top < -300
    assert picture.box.bottom < 40


def test_an_arrow_stops_before_the_box_it_points_at():
    """The head's tip lies outside of the stock by the margin, and the shaft begins at the word."""
    view = view_of(Element(1, "auxiliary", Point(0, 0), 0, 0, "a"), stock(2, 200), links=(Link(1, 2),))
    root = parsed(view)
    arrow = root.find(".//svg:g[@data-from='a']", NAMESPACE)
    assert arrow.get("data-to") == "stock"
    xs = [float(x) for path in arrow.iterfind("svg:path", NAMESPACE) for x, _ in points(path)]
    assert max(xs) == pytest.approx(160 - 2.5, abs=0.1)
    assert min(xs) == pytest.approx(text_width("a", 13) / 2 + 2.5, abs=0.1)


def points(path: ET.Element) -> list[tuple[str, str]]:
    """Return the places that a path names."""
    return re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d"))


def test_a_pipe_is_a_double_line_from_edge_to_edge():
    """Two stocks 80 wide at 0 and 300: the pipe runs from 40 to 260, a wide dark line under a narrower pale one."""
    valve = Element(3, "valve", Point(150, 0), 12, 16, "Flow")
    view = view_of(stock(1, 0, "A"), stock(2, 300, "B"), valve, pipes=(Pipe(3, 1, 2, (Point(0, 0), Point(300, 0))),))
    dark, pale, head = parsed(view).findall(".//svg:g[@data-v='flow']/svg:path", NAMESPACE)[:3]
    assert float(dark.get("stroke-width")) > float(pale.get("stroke-width"))
    assert pale.get("stroke") == "#ffffff"
    assert min(float(x) for x, _ in points(dark)) == pytest.approx(40, abs=3)
    assert max(float(x) for x, _ in points(head)) == pytest.approx(260, abs=3)


def test_shadows_are_grey_and_in_angle_brackets_in_vensims_notation():
    """Stella shows an alias by its name with a broken outline."""
    shadow = Element(1, "shadow", Point(0, 0), 0, 0, "Rate")
    text = parsed(view_of(shadow)).find(".//svg:text", NAMESPACE)
    assert text.find("svg:tspan", NAMESPACE).text == "<Rate>"
    red, green, blue = (int(text.get("fill")[k : k + 2], 16) for k in (1, 3, 5))
    assert red == green == blue
    assert 100 < red < 180
    alias = parsed(view_of(shadow, notation="stella"))
    assert alias.find(".//svg:tspan", NAMESPACE).text == "Rate"


def test_the_png_has_the_picture_at_its_scale():
    """Two pixels of the file to one: a stock's outline is dark where its box says, and white within."""
    picture = picture_of(view_of(stock(1, 0, "")))
    pixels = matplotlib.image.imread(io.BytesIO(png_of(picture)))[..., :3]
    assert pixels.shape[:2] == (round(2 * picture.box.height), round(2 * picture.box.width))
    row = pixels[round(2 * (0 - picture.box.top))].mean(axis=-1)
    dark = np.flatnonzero(row < 0.6) / 2 + picture.box.left
    assert dark.min() == pytest.approx(-40, abs=1.5)
    assert dark.max() == pytest.approx(40, abs=1.5)
    assert row[round(2 * (0 - picture.box.left))] == 1


def test_a_sheet_holds_every_picture_and_none_covers_another():
    """Five pictures of different sizes: their frames lie apart, each under its title."""
    views = [View(f"View {k}", (stock(1, 0), stock(2, 100.0 * k, "Other"))) for k in range(1, 6)]
    sheet = sheet_of("all", [picture_of(view) for view in views])
    titles = [item.shapes[0].lines for item in sheet.items if len(item.shapes) == 2 and not item.key]
    frames = [extent(item.shapes[1].segments) for item in sheet.items if len(item.shapes) == 2 and not item.key]
    assert titles == [(f"View {k}",) for k in range(1, 6)]
    assert len(frames) == 5
    assert all(sheet.box.holds(frame) for frame in frames)
    assert all(a.overlap(b) == (0, 0) for k, a in enumerate(frames) for b in frames[k + 1 :])


def extent(segments) -> Box:
    """Return the box around a path."""
    xs = [value for _, values in segments for value in values[::2]]
    ys = [value for _, values in segments for value in values[1::2]]
    return Box(min(xs), min(ys), max(xs), max(ys))


def test_an_empty_view_has_a_picture():
    """Nothing on it, but no error either."""
    picture = picture_of(View("empty", ()))
    assert isinstance(picture, Picture)
    assert png_of(picture).startswith(b"\x89PNG")
    assert ET.fromstring(svg_of(picture)).tag.endswith("svg")
