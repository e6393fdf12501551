"""The looks find the faults that they look for: each is put on a page, and one without it is found to have none."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.opening import opened

pytestmark = pytest.mark.browser

SOUND = """<h1>One</h1><h2 id="two">Two</h2><p>four words of text</p><p style="display:none">hidden</p>
<details><summary>Show</summary><p id="deep">five words in a fold</p></details>
<div style="overflow-x:auto"><table><caption>Small</caption><tbody><tr><th>a</th><td>1</td></tr></tbody></table></div>
<a href="#two">there</a>"""
WIDE = '<td style="min-width:900px">wide</td>'


def page_of(folder, body):
    """Write a page with this body."""
    path = folder / "page.html"
    path.write_text(
        f"<!doctype html><html lang='en'><title>t</title><body style='margin:0'><main>{body}</main>", encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("look", "none", "fault"),
    [
        ("headingFaults", [], "<h4>Four</h4>"),
        ("headingFaults", [], "<h1>Another</h1>"),
        ("linkFaults", [], '<a href="#nowhere">x</a>'),
        ("doubleIds", [], '<p id="two">x</p>'),
        (
            "cutTexts",
            [],
            '<p style="width:9em;overflow:hidden;white-space:nowrap">words that are cut off at the end</p>',
        ),
        ("bareFigures", [], "<figure><figcaption>nothing</figcaption></figure>"),
        ("lostPictures", [], '<img src="lost.png" alt="lost">'),
        ("clippedTables", [], f'<div style="overflow-x:auto"><table><tr><th>a</th>{WIDE}</tr></table></div>'),
        ("overflowing", {"page": 0, "elements": []}, '<p style="width:800px">x</p>'),
    ],
)
def test_a_fault_is_found(browser, tmp_path, look, none, fault):
    """What is sound has none, and the one fault more is told."""
    for body, found in ((SOUND, False), (SOUND + fault, True)):
        with opened(browser, page_of(tmp_path, body), width=600) as one:
            assert (one.look(look) != none) is found


def test_words_are_those_a_reader_sees(browser, tmp_path):
    """Neither what is hidden nor what a closed fold holds is counted until it is opened."""
    with opened(browser, page_of(tmp_path, SOUND)) as one:
        assert one.look("words") == "One Two four words of text Show Small a 1 there"
        assert "#deep" in " ".join(one.look("unprinted"))
        one.unfold()
        assert "five words in a fold" in one.look("words")


def test_a_first_column_that_stays_is_told_from_one_that_goes(browser, tmp_path):
    """A table of 900 pixels in a box of 600 leaves its first column behind unless that is sticky."""
    table = (
        '<div style="overflow-x:auto"><table><tbody><tr><th style="{}">a</th>' + WIDE + "</tr></tbody></table></div>"
    )
    for style, stays in (("", False), ("position:sticky;left:0", True)):
        with opened(browser, page_of(tmp_path, table.format(style)), width=600) as one:
            (left,) = one.look("leftBehind")
            assert (left < 2) is stays


def test_what_a_page_asks_for_and_says_is_noted(browser, tmp_path):
    """A picture of another host is a request, and an error that nothing catches is said."""
    with opened(browser, page_of(tmp_path, '<img src="https://example.org/x.png"><script>lost()</script>')) as one:
        one.page.wait_for_timeout(100)
        assert "https://example.org/x.png" in one.requests
        assert any("lost is not defined" in each for each in one.said)


def test_axe_sees_pale_words(browser, tmp_path):
    """Light grey on white is a serious finding."""
    with opened(browser, page_of(tmp_path, '<h1>One</h1><p style="color:#ccc">pale</p>')) as one:
        found = {rule["id"]: rule["impact"] for rule in Axe().run(one.page).response["violations"]}
        assert found["color-contrast"] == "serious"
