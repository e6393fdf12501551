"""What the page's scripts make of a chart: its data as a table, and what is read out, run by a JavaScript engine."""

import csv
import io

from rcsd.report.chart import Band, Chart, Line, Panel, linear
from tests.report.chart.conftest import HOSTILE, everything, rising


def chart_of(*layers) -> Chart:
    """Return a chart of one panel."""
    return Chart("one", (Panel(layers, linear("year")),), "One.", "One panel.")


def test_the_table_has_a_row_for_each_place_and_what_is_on_top_first(script):
    """The values of 2001, by column; a place without a value has an empty cell, a rule has none."""
    table = script("tableOf(spec)", rising())
    assert table["columns"] == ["year", "flagged", "observed", "run", "band: from", "band: to"]
    assert table["rows"][1] == ["2001", 2.125, "", 2, 1.5, 2.5]
    assert table["rows"][2] == ["2002", "", "", 4, 3, ""]


def test_the_file_of_data_is_read_back_by_another_reader(script):
    """Python's csv module finds every name and number again: quotes, commas and ends of lines are quoted."""
    text = script("asCsv(tableOf(spec))", everything())
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    (place,) = (row for row in rows if row["place"])
    assert place["panel"] == HOSTILE
    assert place["row"] == "second"
    assert (place["place"], place["range: from"], place["range: to"], place["name"]) == ("1", "0", "2", "one half")
    cells = [(row["row"], row["a"], row["b"]) for row in rows if row["a"]]
    assert cells == [("c", "0.25", ""), ("d", "0.5", "1")]


def test_a_text_that_a_spreadsheet_would_run_is_defused(script):
    """A name that begins as a formula gets an apostrophe; a negative number stays a number."""
    chart = chart_of(Band([1.0], [-2.5], [3.0], "=HYPERLINK(1)"))
    text = script("asCsv(tableOf(spec))", chart)
    assert text == "year,'=HYPERLINK(1): from,'=HYPERLINK(1): to\r\n1,-2.5,3\r\n"


def test_a_thing_may_have_the_name_of_what_every_object_has(script):
    """JavaScript knows a constructor of every object: a run of that name has its values in the rows of the others."""
    years = [2000.0, 2001.0]
    table = script("tableOf(spec)", chart_of(Line(years, [1.0, 2.0], "constructor"), Line(years, [3.0, 4.0], "run")))
    assert table == {"columns": ["year", "run", "constructor"], "rows": [["2000", 3, 1], ["2001", 4, 2]]}


def test_values_are_read_out_at_a_place_but_not_of_what_is_hidden(script):
    """In 2001 there are a flagged cell, the run and its band; hidden labels are left out."""
    panel = "spec.panels[0]"
    places = script(f"placesOf(spec, {panel})", rising())
    assert places == {"along": "x", "at": [2000, 2001, 2002]}
    read = f"readAt(spec, {panel}, placesOf(spec, {panel}), 2001, new Set(['band']))"
    found = script(read, rising())
    assert found["head"] == "2001"
    assert [line[:2] for line in found["lines"]] == [["flagged", "2.125"], ["run", "2"]]


def test_between_the_places_of_a_curve_the_straight_line_is_read(script):
    """Halfway from 2001 to 2002 the run is at 3; where the band has no end it says nothing."""
    panel = "spec.panels[0]"
    found = script(f"readAt(spec, {panel}, placesOf(spec, {panel}), 2001.5, new Set())", rising())
    assert [line[:2] for line in found["lines"]] == [["run", "3"]]


def test_a_part_of_a_stack_is_read_by_its_height(script):
    """From 0.5 to 0.75 is a share of 0.25, both in the readout and in the table."""
    chart = chart_of(Band([1.0, 2.0], [0.5, 0.5], [0.75, 1.0], "share", stacked=True))
    panel = "spec.panels[0]"
    found = script(f"readAt(spec, {panel}, placesOf(spec, {panel}), 1, new Set())", chart)
    assert found["lines"][0][:2] == ["share", "0.25"]
    assert script("tableOf(spec)", chart)["rows"] == [["1", 0.25], ["2", 0.5]]


def test_rows_are_read_by_name_and_points_by_what_they_are_called(script):
    """The second row has a range and a place; the bars are read by the bar that holds the place."""
    rows, bars = "spec.panels[0]", "spec.panels[2]"
    found = script(f"readAt(spec, {rows}, placesOf(spec, {rows}), 1, new Set())", everything())
    assert found["head"] == "second"
    assert [line[:2] for line in found["lines"]] == [["place", "one half"], ["range", "0 to 2"]]
    found = script(f"readAt(spec, {bars}, placesOf(spec, {bars}), 1.5, new Set())", everything())
    assert [line[:2] for line in found["lines"]] == [["count", "5"]]


def test_ticks_have_the_decimals_of_their_distance(script):
    """Quarters have two decimals, tenths one, thousands none; from ten thousand on thousands are set apart."""
    ticks = "[[0.25, [0, 0.25]], [0.1, [0.1, 0.2]], [2000, [0, 2000]], [20000, [0, 20000]], [1.5, [1, 1.5, 2]]]"
    assert script(f"{ticks}.map(([at, all]) => tick(at, all))", rising()) == ["0.25", "0.1", "2000", "20,000", "1.5"]
