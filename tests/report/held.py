"""Marked numbers beside the document that they are said to stand in."""

import html
import re
from collections.abc import Mapping
from typing import Any

import pytest

from rcsd.files import plain
from rcsd.report.fact import marked

_FACT = re.compile(r'<data value="([^"]+)" data-at="([^"]+)"(?: data-times="([^"]+)")?>')


def held_to_document(text: str, document: Mapping[str, object], *, least: int) -> None:
    """Insist that marked numbers, `least` of them or more, are those that a document has at their places."""
    facts = _FACT.findall(str(marked(text)))
    assert len(facts) >= least
    known = plain(document)
    for shown, at, times in facts:
        value: Any = known
        for key in html.unescape(at).split("/")[1:]:
            name = key.replace("~1", "/").replace("~0", "~")
            value = value[int(name) if isinstance(value, list) else name]
        printed = float(shown.replace("−", "-").replace(",", ""))
        decimals = len(shown.partition(".")[2])
        assert printed == pytest.approx(value * float(times or 1), rel=1e-9, abs=0.51 * 10.0**-decimals)
