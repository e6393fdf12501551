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
@pytest.mark.parametrize("folds", ["closed", "open"])
def test_nothing_stands_out_of_the_window(browser, path, width, folds):
    """At the width of a screen, a tablet and a phone, the page does not scroll sideways, and no word is cut off."""
    with opened(browser, path, width=width) as one:
        one.unfold() if folds == "open" else one.settle()
        assert one.look("overflowing") == {"page": 0, "elements": []}
        assert one.look("cutTexts") == []


def test_tables_are_whole_on_a_screen(browser, path, name):
    """At 1400 pixels no table scrolls; one with names of 170 letters may."""
    with opened(browser, path) as one:
        one.unfold()
        clipped = one.look("clippedTables")
        assert [each for each in clipped if name not in ("hostile", OVER_ALL) or "VeryLong" not in each] == []


def test_rows_keep_their_names_on_a_phone(browser, path, name):
    """At 390 pixels, where a table scrolls sideways, its first column stays."""
    with opened(browser, path, width=390) as one:
        one.unfold()
        left = one.look("leftBehind")
        assert left or name in ("plain", "influenza", OVER_ALL)
        assert all(pixels < 2 for pixels in left)


def test_a_page_is_light(path):
    """A page and the scripts beside it are under 2.5 MB."""
    beside = [*path.parent.glob("*.js"), *path.parent.parent.glob("*.js")]
    assert sum(file.stat().st_size for file in (path, *beside)) < HEAVIEST


def test_a_page_is_short_before_it_is_unfolded(browser, path):
    """A reader who opens nothing meets under 2,500 words."""
    with opened(browser, path) as one:
        one.settle()
        assert 30 < len(one.look("words").split()) < MOST_WORDS
