"""Widths against Adobe's metrics of Helvetica, and what breaking keeps."""

import re
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.simulation.views.text import broken, text_width

_QUOTES = {"'", "`"}
"""Adobe's standard encoding has typographic quotes in their places."""


@pytest.mark.parametrize(("file", "bold"), [("phvr8a.afm", False), ("phvb8a.afm", True)])
def test_letters_are_as_wide_as_in_helvetica(file, bold):
    """The metrics that Adobe has published, which matplotlib carries."""
    text = (Path(mpl.get_data_path()) / "fonts" / "afm" / file).read_text("latin-1")
    widths = {chr(int(code)): int(width) for code, width in re.findall(r"^C (\d+) ; WX (\d+)", text, re.M)}
    letters = [letter for letter in map(chr, range(32, 127)) if letter not in _QUOTES]
    assert len(letters) == 93
    for letter in letters:
        assert text_width(letter, 1000, bold=bold) == widths[letter], letter


def test_letters_with_accents_are_as_wide_as_without_and_ideographs_fill_the_em():
    """Arial has the same advance for an accented letter; an ideograph is a square."""
    assert text_width("é", 10) == text_width("e", 10) == text_width("e\u0301", 10)
    assert text_width("煤价", 10) == 20


WORDS = st.lists(st.text("abcdefgh煤价", min_size=1, max_size=9), min_size=1, max_size=9).map(" ".join)


@given(WORDS, st.integers(20, 200))
def test_lines_keep_all_letters_and_are_no_wider_than_asked_unless_a_word_is(text, width):
    """Only blanks go, and a line that is too wide is one word that cannot be broken."""
    lines = broken(text, width, 12)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert text_width(line, 12) <= width + 1e-6 or " " not in line


def test_lines_are_even():
    """Of the breaks with the fewest lines, the one with the shortest longest line."""
    assert broken("Change in Expected Profitability", 144, 13) == ("Change in Expected", "Profitability")
    assert broken("one two three four", 1000, 12) == ("one two three four",)
