"""Two drawings compared: the same words and marks, at the same places but for the last digit of a platform's sine."""

import re
from pathlib import Path

import pytest

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def assert_same_drawing(made: bytes, kept: Path) -> None:
    """Hold an SVG that was made to one that is kept."""
    text, wanted = made.decode(), kept.read_text("utf-8")
    assert _NUMBER.sub("#", text) == _NUMBER.sub("#", wanted)
    places, wanted_places = ([float(n) for n in _NUMBER.findall(some)] for some in (text, wanted))
    assert len(places) > 100
    assert places == pytest.approx(wanted_places, abs=0.02)
