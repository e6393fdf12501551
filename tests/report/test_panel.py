"""The page of a panel, from five real cities."""

import re

import pytest

from rcsd.report import write_panel_report
from rcsd.report.sections.panel.style import TILES, error_colour
from rcsd.report.sections.panel.tables import class_table
from rcsd.study.panel import load_panel, run_panel
from tests.study.panel.tables import CITIES, STUDY, WHOLE, rows_of, write_rows


def test_no_two_provinces_share_a_tile():
    """The grid has a place for each of the 31 provinces on the mainland."""
    assert len(TILES) == len(set(TILES.values())) == 31


def test_a_colour_stands_for_the_band_that_an_error_lies_in():
    """Equal bands give equal colours, neighbours different ones."""
    assert error_colour(5.0) == error_colour(9.9) != error_colour(4.9)


@pytest.mark.slow
def test_the_page_says_what_the_result_holds(tmp_path):
    """The shares of the tables are those of the result; every figure says how to read it."""
    panel = load_panel(write_rows(tmp_path / "t.csv", rows_of(WHOLE)), study=STUDY, cities=CITIES)
    result = run_panel(panel, out=tmp_path / "out", shrinkage=True)
    page = write_panel_report(result, tmp_path / "out").read_text("utf-8")
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page, re.DOTALL)
    assert len(captions) == 4
    assert all(caption.startswith("How to read it:") for caption in captions)
    assert "Qitaihe" in page
    table = class_table(result.stated, "real_gdp", "GDP")
    assert [row[0].text for row in table.rows] == ["declining", "regenerating", "all", "all", "all"]
    assert not re.search(r"src=\"(?!data:)", page)
