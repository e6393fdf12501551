"""What fits where: the window, the tables, the words, the bytes."""

import pytest

from tests.browser.conftest import OVER_ALL
from tests.browser.opening import WIDTHS, opened

pytestmark = pytest.mark.browser

HEAVIEST = 2_500_000
"""Bytes of a page, with all that it loads."""
MOST_WORDS = 2500
"""Words that stand on a page before anything is unfolded."""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_stands_out_of_the_window(browser, path, name, width):
    """At the width of a screen, a tablet and a phone a page does not scroll sideways, and no word is cut off.

    On the screen no table scrolls, but for one with names of 170 letters; on the phone, where tables do, the first
    column stays. All that holds folded and unfolded.
    """
    with opened(browser, path, width=width) as one:
        for prepare in (one.settle, one.unfold):
            prepare()
            assert one.look("overflowing") == {"page": 0, "elements": []}
            assert one.look("cutTexts") == []
            if width == max(WIDTHS) and name not in ("hostile", OVER_ALL):
                assert one.look("clippedTables") == []
            if width == min(WIDTHS):
                assert all(pixels < 2 for pixels in one.look("leftBehind"))


def test_a_page_is_light(path):
    """A page and the scripts beside it are under 2.5 MB."""
    beside = [*path.parent.glob("*.js"), *path.parent.parent.glob("*.js")]
    assert sum(file.stat().st_size for file in (path, *beside)) < HEAVIEST


def test_a_page_is_short_before_it_is_unfolded(browser, path):
    """A reader who opens nothing meets under 2,500 words."""
    with opened(browser, path) as one:
        one.settle()
        assert 30 < len(one.look("words").split()) < MOST_WORDS
