"""Every number that a page marks is the one that stands at its place in result.json."""

import html
import re

import pytest

from rcsd.report import write_report
from rcsd.study.written.result_json import result_document

pytestmark = pytest.mark.usefixtures("undrawn")

MARKED = re.compile(r'<data value="([^"]*)" data-at="([^"]*)"(?: data-times="([^"]*)")?>([^<]*)</data>')
NUMBER = re.compile(r"[-−+]?[\d,]+(?:\.(\d*))?(?:e([-+]?\d+))?")
FEWEST = 100
"""A page that marked fewer numbers would have lost its marks."""


def standing(document, pointer):
    """Return what a JSON pointer leads to (RFC 6901)."""
    for key in pointer.split("/")[1:]:
        name = key.replace("~1", "/").replace("~0", "~")
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document


def test_every_marked_number_is_that_of_the_result(knowing, tmp_path):
    """Each is its value times the stated factor, to half a unit of the last digit that is printed."""
    page = write_report(knowing, tmp_path).read_text(encoding="utf-8")
    document = result_document(knowing)
    found = MARKED.findall(page)
    assert len(found) >= FEWEST
    for value, pointer, times, shown in found:
        assert value == shown
        printed = NUMBER.match(html.unescape(shown))
        assert printed is not None, shown
        number = float(printed[0].replace(",", "").replace("−", "-"))
        last = 10.0 ** (int(printed[2] or 0) - len(printed[1] or ""))
        exact = standing(document, html.unescape(pointer)) * float(times or 1)
        assert number == pytest.approx(exact, abs=0.501 * last), pointer
