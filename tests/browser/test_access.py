"""Everybody can read a page: by eye in light and dark, by ear, by keyboard, from paper."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.opening import Opened, opened

pytestmark = pytest.mark.browser


MORE = {"rules": {"target-size": {"enabled": True}}}
"""A rule that axe leaves out unless it is asked for: what is pressed is 24 pixels wide and high, or has room."""
OF_SIGHT = {"runOnly": ["color-contrast", "target-size"], **MORE}
"""The rules whose findings depend on the scheme and the width."""
PAPER = 695
"""Pixels between the margins of A4."""


@pytest.mark.parametrize(("scheme", "width", "options"), [("light", 1400, MORE), ("dark", 390, OF_SIGHT)])
def test_axe_finds_nothing_serious(browser, path, scheme, width, options):
    """The rules of axe-core, contrast among them, have no serious or critical finding, folded or unfolded."""
    with opened(browser, path, scheme=scheme, width=width) as one:
        for prepare in (one.settle, one.unfold):
            prepare()
            found = Axe().run(one.page, options=options).response
            assert "color-contrast" in {rule["id"] for rule in found["passes"]}
            assert [
                f"{rule['id']}: {rule['help']}; {node['target']} {node['failureSummary']}"
                for rule in found["violations"]
                if rule["impact"] in ("serious", "critical")
                for node in rule["nodes"]
            ] == []


def test_headings_step_down_by_one(browser, path):
    """One first heading, and no level is skipped on the way down, folds included."""
    with opened(browser, path) as one:
        assert one.look("headingFaults") == []


def test_every_fold_opens_by_keyboard(browser, path):
    """Tab comes to each visible fold in the page's order, shows where it is, and Enter opens and closes it."""
    with opened(browser, path) as one:
        seen = []
        while at := tabbed(one):
            assert at["seen"], at["what"]
            if at["fold"] >= 0:
                for expected in (not at["open"], at["open"]):
                    one.page.keyboard.press("Enter")
                    assert one.look("focus")["open"] is expected
                seen.append(at["fold"])
        assert len(seen) == one.look("folds")
        assert seen == sorted(seen)


def tabbed(one: Opened) -> dict[str, Any] | None:
    """Press the tabulator, and say what has the focus then; None behind the last of the page."""
    one.page.keyboard.press("Tab")
    return one.look("focus")


def test_print_shows_all(browser, path):
    """On paper every fold is open, each figure has its picture, nothing is clipped; then the page is as it was."""
    with opened(browser, path, width=PAPER) as one:
        was = one.look("opened")
        one.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        one.page.emulate_media(media="print")
        assert one.look("unprinted") == []
        one.page.wait_for_function("() => window.looking.bareFigures().length === 0")
        wide = one.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 1.25 * PAPER  # a browser makes what is a little too wide fit the paper
        one.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        one.page.emulate_media(media="screen")
        assert one.look("opened") == was


def test_without_script_all_is_there(browser, path):
    """Where scripts do not run, folds open by a click, and each figure is a picture from the page or beside it."""
    with opened(browser, path, script=False) as one:
        for fold in one.page.query_selector_all("main summary"):
            if fold.is_visible():
                fold.click()
        pictures = [picture for picture in one.page.query_selector_all("main img") if picture.is_visible()]
        assert all(picture.bounding_box()["height"] > 20 for picture in pictures)
        assert pictures
