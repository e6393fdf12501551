"""A chart as a still figure."""

import re

import numpy as np
from matplotlib.figure import Figure

from rcsd.report.chart import Band, Chart, Line, Panel, linear, logarithmic, named
from rcsd.report.chart.still import placed
from tests.report.chart.conftest import everything, rising


def drawn(chart: Chart, monkeypatch) -> Figure:
    """Return the figure of a chart as it is given to be saved."""
    found = []
    monkeypatch.setattr("rcsd.report.chart.still.save_bytes", lambda figure: found.append(figure) or (bytes, bytes))
    assert chart.svg == b""
    return found[0]


def test_a_chart_of_every_layer_is_drawn_with_equal_bytes():
    """Two charts of one description give identical SVG and PNG; either format is drawn once."""
    first, second = everything(), everything()
    assert first.svg == second.svg
    assert first.png == second.png
    assert first.svg is first.svg
    assert first.png.startswith(b"\x89PNG\r\n\x1a\n")


def test_every_panel_has_a_frame():
    """Four panels, and the scale of the cells."""
    assert len(re.findall(rb'<g id="axes_(\d+)">', everything().svg)) == 5


def test_the_curves_are_where_the_numbers_are(monkeypatch):
    """The line goes through its points, the band between its edges, and the axes end where they are told to."""
    axes = drawn(rising(), monkeypatch).axes[0]
    lines = [line for line in axes.lines if line.get_label() == "run"]
    np.testing.assert_array_equal(lines[0].get_xydata(), [[2000, 1], [2001, 2], [2002, 4]])
    band = next(each for each in axes.collections if each.get_label() == "band").get_paths()[0].vertices
    assert {(2000.0, 0.5), (2000.0, 1.5), (2001.0, 1.5), (2001.0, 2.5)} <= set(map(tuple, band))
    assert axes.get_ylabel() == "GDP, billions"


def test_a_legend_lists_a_label_once_and_what_is_on_top_first(monkeypatch):
    """Two panels with the same curves share one legend."""
    panel = rising().panels[0]
    figure = drawn(Chart("two", (panel, panel), "Two.", "Two panels."), monkeypatch)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["flagged", "observed", "run", "band"]


def test_the_first_of_a_column_of_names_stands_on_top(monkeypatch):
    """The vertical axis of names runs downwards."""
    panel = Panel((Line([0.0, 1.0], [0.0, 1.0], "line"),), linear(), named(["first", "second"]))
    axes = drawn(Chart("rows", (panel,), "Rows.", "Two rows."), monkeypatch).axes[0]
    low, high = axes.get_ylim()
    assert low > high
    assert [label.get_text() for label in axes.get_yticklabels()] == ["first", "second"]


def test_a_logarithmic_axis_is_labelled_with_numbers(monkeypatch):
    """From 0.3 to 3,000 its labels are powers of ten, written out."""
    panel = Panel((Line([0.0, 1.0], [0.3, 3000.0], "line"),), linear(), logarithmic())
    figure = drawn(Chart("log", (panel,), "Log.", "Decades."), monkeypatch)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["1", "10", "100", "1000"]


def test_a_band_over_one_place_is_seen(monkeypatch):
    """A forecast of one period has a bar from its low to its high, where an area would have no width."""
    panel = Panel((Band([2011.0], [1.0], [3.0], "band"),))
    axes = drawn(Chart("one", (panel,), "One.", "One period."), monkeypatch).axes[0]
    np.testing.assert_array_equal(axes.collections[0].get_segments()[0], [[2011, 1], [2011, 3]])


def test_a_panel_that_goes_across_has_a_row_to_itself():
    """One, two, a wide one, and one: rows of two, one and one."""
    panel, wide = rising().panels[0], Panel(rising().panels[0].layers, across=True)
    rows = placed(Chart("rows", (panel, panel, wide, panel), "Rows.", "Rows.", columns=2))
    assert [len(row) for row in rows] == [2, 1, 1]


def test_words_without_an_end_leave_the_panel_its_room(monkeypatch):
    """Names of 170 letters in titles, axes and legend are broken and cut: each frame keeps a third of the figure."""
    word = "Word" * 43
    panel = Panel((Line((0, 1), (0, 1), word),), linear(word), named([word, f"of {word}"], word), title=word)
    figure = drawn(Chart("long", (panel,), "Long.", "Long names."), monkeypatch)
    figure.draw_without_rendering()
    frame = figure.axes[0].get_window_extent()
    assert frame.width > figure.bbox.width / 3
    assert frame.height > figure.bbox.height / 3
