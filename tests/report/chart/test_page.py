"""A page with charts."""

import base64
import gzip
import json
import re
from importlib.resources import files

from rcsd.report.chart.page import library
from rcsd.report.page import Section, render_page
from tests.report.chart.conftest import HOSTILE, everything, rising


def page(*charts) -> str:
    """Return a page of one section."""
    return render_page("Title", "Lead.", [Section("one", "One", drawings=charts)])


def test_the_packed_library_is_bokeh_as_it_is_installed():
    """Unpacked, it is what the package ships, byte for byte, and a third of it while packed."""
    packed = library()
    script = gzip.decompress(base64.b64decode(packed))
    shipped = (files("bokeh") / "server" / "static" / "js" / "bokeh.min.js").read_bytes()
    assert script.startswith(shipped)
    assert len(packed) < len(script) / 2


def test_a_page_has_the_library_once_and_only_with_charts():
    """Two charts share it; a page of words has neither library nor script."""
    assert page(rising(), everything()).count(library()) == 1
    words = render_page("Title", "Lead.", [Section("one", "One", points=("A point.",))])
    assert library() not in words
    assert "chart-library" not in words


def test_a_chart_stands_in_the_page_as_data_and_as_a_still_figure():
    """The JSON is read back; without script a reader sees the file beside the page, with its text."""
    text = page(rising())
    (data,) = re.findall(r'<script type="application/json" class="chart-data">(.*?)</script>', text, re.DOTALL)
    assert json.loads(data)["name"] == "rising"
    assert re.search(r'<img class="still" src="figures/rising.svg" alt="It rises."', text)


def test_no_name_of_a_chart_becomes_markup():
    """A text with tags stands escaped in the alternative text and in the caption, and inside the data."""
    text = page(everything())
    assert "alert('x')" in HOSTILE
    assert "<script>alert" not in text
    assert text.count("<script") == text.count("</script>")
