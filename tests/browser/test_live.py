"""The model live in a page, moved by a hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import rcsd
from tests.browser.opening import Opened, opened

pytestmark = pytest.mark.browser

SLIDERS = "#live input[type=range]"
LINES = "#live .live-figure:first-child .line"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish a model."""
    return rcsd.publish("digital_cluster", tmp_path_factory.mktemp("live") / "cluster.html", loops=False)


@pytest.fixture
def live(browser: Browser, published: Path) -> Iterator[Opened]:
    """Open it, with its figures drawn."""
    with opened(browser, published) as one:
        begin(one.page)
        yield one


def begin(page: Page) -> None:
    """Come to the live part."""
    page.locator("#live").scroll_into_view_if_needed()
    expect(page.locator("#live .live-picture svg").first).to_be_visible()


def drag(page: Page, share: float, number: int = 0) -> None:
    """Move a slider with the mouse to a share of its way."""
    slider = page.locator(SLIDERS).nth(number)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    place = float(slider.evaluate("each => (each.value - each.min) / (each.max - each.min)"))
    page.mouse.move(box["x"] + 8 + place * (box["width"] - 16), middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 8 + share * (box["width"] - 16), middle, steps=6)
    page.mouse.up()


def lines(page: Page) -> list[str]:
    """Return the lines of the first figure."""
    return [str(each.get_attribute("d")) for each in page.locator(LINES).all()]


def test_a_figure_follows_the_mouse(live: Opened) -> None:
    """While the slider moves; the status quo stays beside it, and the table says how far apart they are."""
    (before,) = lines(live.page)
    drag(live.page, 0.9)
    base, mine = lines(live.page)
    assert base == before
    assert mine != before
    drag(live.page, 0.2)
    assert lines(live.page)[1] != mine
    assert live.said == []
    assert all(each.startswith(("file:", "blob:")) for each in live.requests)


def test_reset_brings_back_what_was(live: Opened) -> None:
    """One of them, or all."""
    before = lines(live.page)
    drag(live.page, 0.9)
    drag(live.page, 0.9, number=1)
    live.page.locator("#live .undo:visible").first.click()
    assert len(lines(live.page)) == 2
    live.page.get_by_role("button", name="Reset", exact=True).click()
    assert lines(live.page) == before


def test_a_link_brings_back_what_was_set(browser: Browser, live: Opened, published: Path) -> None:
    """In another window; what is no number, or no name of the model, is left out."""
    drag(live.page, 0.9)
    live.page.wait_for_function("location.hash.startsWith('#live?')")
    fragment = str(live.page.evaluate("location.hash.slice(1)"))
    drawn = lines(live.page)
    with opened(browser, published, fragment=f"{fragment}&No%20Such=3&%ZZ=1&Digital%20Imitation=x") as other:
        expect(other.page.locator("#live .live-picture svg").first).to_be_visible()
        assert lines(other.page) == drawn
        assert other.said == []


def test_sliders_move_by_keys(live: Opened) -> None:
    """And say their value in words; a number can be written."""
    slider = live.page.locator(SLIDERS).first
    slider.focus()
    live.page.keyboard.press("End")
    assert len(lines(live.page)) == 2
    upper = live.page.locator("#live input[type=number]").first
    assert float(upper.input_value()) == float(str(upper.get_attribute("max")))
    assert slider.get_attribute("aria-valuetext")
    upper.fill("1e9")
    upper.press("Enter")
    assert float(upper.input_value()) == float(str(upper.get_attribute("max")))


def test_the_data_are_those_of_the_model(live: Opened) -> None:
    """The file that is downloaded holds what rcsd works out for what was set."""
    box = live.page.locator("#live input[type=number]").first
    name = str(box.get_attribute("aria-label")).removesuffix(", as a number")
    box.fill(str(0.5 * (float(str(box.get_attribute("min"))) + float(str(box.get_attribute("max"))))))
    box.press("Enter")
    with live.page.expect_download() as download:
        live.page.get_by_role("button", name="Download the data").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    run = rcsd.load("digital_cluster").run({name: float(box.input_value())}, backend="interpreted")
    outputs = [
        str(each)
        for each in live.page.evaluate("[...document.querySelectorAll('.live-figure strong')].map(e => e.textContent)")
    ]
    for output in outputs:
        assert float(rows[-1][f"{output}: yours"]) == pytest.approx(run.of(output)[0, -1], rel=1e-9)
    with live.page.expect_download() as download:
        live.page.get_by_role("button", name=f"Download the figure of {outputs[0]}").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("<svg")


def test_a_pointer_reads_all_figures_at_one_time(live: Opened) -> None:
    """The same time in each."""
    live.page.locator("#live .live-picture").first.hover()
    times = {str(each.inner_text()).partition(":")[0] for each in live.page.locator("#live .live-read").all()}
    assert len(times) == 1
    assert times != {""}


def test_it_fits_a_phone_and_is_accessible(browser: Browser, published: Path) -> None:
    """The figure stays in sight above the sliders."""
    with opened(browser, published, width=390) as one:
        begin(one.page)
        assert one.look("overflowing")["page"] == 0
        one.page.locator(SLIDERS).nth(3).scroll_into_view_if_needed()
        expect(one.page.locator("#live .live-picture svg").first).to_be_in_viewport()


def test_words_of_a_formula_lead_on_by_a_click_and_are_no_stops(live: Opened) -> None:
    """Math is read as one thing: what has the focus may not stand in it. A name in it leads to its variable."""
    page = live.page
    assert page.locator("math a").count() == 0
    name = page.locator("article .formula math .leads").first
    known = str(name.get_attribute("data-v"))
    name.click()
    assert page.locator("article:target").get_attribute("data-name") == known
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []


def test_bands_of_a_study_come_and_follow(browser: Browser, out: Path) -> None:
    """With a scenario chosen by its name, draws in the background; where the study has no posterior it says so."""
    with opened(browser, out / "jixi" / "index.html", fragment="live") as one:
        begin(one.page)
        one.page.locator("#live-preset").select_option(label="Integrated")
        assert len(lines(one.page)) == 2
        if "no posterior" in one.page.locator("#try-it").inner_text():
            assert one.page.locator("#live .band").count() == 0
            return
        expect(one.page.locator("#live .live-figure:first-child .band")).to_have_count(2, timeout=20_000)
        before = one.page.locator("#live tbody tr").first.inner_text()
        drag(one.page, 0.8)
        expect(one.page.locator("#live .live-figure:first-child .band")).to_have_count(2, timeout=20_000)
        expect(one.page.locator("#live tbody tr").first).not_to_have_text(before)
        assert one.said == []
