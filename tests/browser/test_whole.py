"""A page is whole by itself: it asks for nothing, its links lead somewhere, and names of a study stay names."""

from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.made import HOSTILE_TITLE
from tests.browser.opening import opened

pytestmark = pytest.mark.browser


def test_nothing_is_asked_of_a_network(browser, path, out):
    """Opened from a file and unfolded, a page loads files of its folder alone, and the console stays empty."""
    with opened(browser, path) as one:
        one.unfold()
        one.page.wait_for_timeout(300)
        addresses = [urlsplit(each) for each in one.requests]
        assert {each.scheme for each in addresses} <= {"file", "data", "blob"}
        home = out.resolve().as_uri()
        assert all(each.geturl().startswith(home) for each in addresses if each.scheme == "file")
        assert one.said == []
        assert one.look("lostPictures") == []
        assert one.look("undrawn") == []


def test_links_lead_somewhere(browser, path):
    """Places within the page exist once, and files beside it exist."""
    with opened(browser, path) as one:
        assert one.look("linkFaults") == []
        assert one.look("doubleIds") == []
        others = one.page.eval_on_selector_all(
            "a[href], img[src], script[src]", "all => all.map((a) => a.getAttribute('href') || a.getAttribute('src'))"
        )
        near = [
            unquote(urlsplit(each).path) for each in others if not urlsplit(each).scheme and not each.startswith("#")
        ]
        assert [each for each in near if not (path.parent / each).exists()] == []


def test_a_link_into_a_fold_opens_it(browser, path):
    """Who follows a link to a place, in the page or by its address, sees the place."""
    with opened(browser, path) as one:
        places = one.page.eval_on_selector_all(
            "a[href^='#']", "all => [...new Set(all.map((a) => a.getAttribute('href').slice(1)))].filter(Boolean)"
        )
        for place in places:
            one.page.evaluate("(place) => { location.hash = ''; location.hash = place; }", place)
            one.page.wait_for_function("(id) => document.getElementById(id).checkVisibility()", arg=place, timeout=3000)
    for place in places[-2:]:
        with opened(browser, path, fragment=place) as one:
            one.page.wait_for_function("(id) => document.getElementById(id).checkVisibility()", arg=place, timeout=3000)


def test_what_a_study_says_is_never_run(browser, path):
    """Markup in titles, names of series and variables, and documentation is shown as letters."""
    with opened(browser, path) as one:
        one.unfold()
        assert one.page.evaluate("window.hurt === undefined")
        assert one.page.evaluate("document.querySelectorAll('main script:not([type]), main style').length") >= 0


def test_hostile_words_are_shown_as_they_stand(browser, out):
    """The title with a closing tag, quotes and an ampersand is the page's title, letter by letter."""
    with opened(browser, out / "hostile" / "index.html") as one:
        assert one.page.title() == HOSTILE_TITLE
        assert one.page.inner_text("h1") == HOSTILE_TITLE
