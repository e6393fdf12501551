"""Reads the marked numbers of a page back."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

_DATA = re.compile(r'<data value="([^"]*)" data-at="([^"]*)"(?: data-times="([^"]*)")?>')
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.(\d+))?(?:e[+-]?\d+)?")


def wrong_facts(page: str, document: Mapping[str, Any]) -> list[str]:
    """Return the marked numbers of a page that are not what the document has at their places, rounded as printed."""
    found = list(_facts(page))
    assert found, "the page marks no number"
    return [f"{shown} at {at}" for shown, at, times in found if not _agrees(shown, times * _value(document, at))]


def _facts(page: str) -> Iterator[tuple[str, str, float]]:
    for shown, at, times in _DATA.findall(page):
        yield shown, at, float(times or 1)


def _value(document: Any, at: str) -> float:
    for escaped in at.split("/")[1:]:
        key = escaped.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list | tuple) else document[key]
    return float(document)


def _agrees(shown: str, value: float) -> bool:
    written = _NUMBER.search(shown.replace("\N{MINUS SIGN}", "-"))
    if written is None:
        return False
    digits = len(written[1] or "")
    half = 0.5 * 10.0**-digits if "e" not in written[0] else abs(value) * 10.0**-digits
    return math.isclose(float(written[0].replace(",", "")), value, rel_tol=1e-9, abs_tol=half * (1 + 1e-9))
