import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.report.fact import bare, fact, marked

WORDS = st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=20)


def test_an_element_says_where_its_number_stands() -> None:
    """A key is written as in a JSON pointer, and what the value is multiplied with is said."""
    told = f"<b> {fact('93 %', 'series', 'a/b~c', 0, times=100)} & more"
    assert marked(told) == (
        '&lt;b&gt; <data value="93 %" data-at="/series/a~1b~0c/0" data-times="100">93 %</data> &amp; more'
    )


@given(before=WORDS, text=WORDS, key=WORDS, after=WORDS)
def test_nothing_is_lost_and_everything_is_escaped(before: str, text: str, key: str, after: str) -> None:
    """The mark adds one element, and takes nothing away."""
    told = f"{before}{fact(text, key)}{after}"
    assert bare(told) == f"{before}{text}{after}"
    assert html.unescape(re.sub(r"<data[^<>]*>|</data>", "", marked(told))) == f"{before}{text}{after}"
    assert len(re.findall("<", marked(told))) == 2


@pytest.mark.parametrize("hostile", ["\ue000/x\ue0011\ue001y", "\ue002", "\ue001\ue000"])
def test_marks_in_the_text_of_a_file_mean_nothing(hostile: str) -> None:
    """Only `fact` makes facts."""
    assert marked(f"{hostile}{fact('1', hostile)}").count("<data") == 1
    assert not re.search("[\ue000-\ue002]", marked(hostile) + bare(hostile))
