"""Charts in a page: read by pointer and keys, hidden and shown, zoomed, taken away, in light and dark."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from rcsd.report.chart import Band, Chart, Line, Panel, Points, Span, linear
from rcsd.report.chart.colours import DARK
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.drawing.save import Drawing
from rcsd.report.drawing.style import SIMULATED
from rcsd.report.page import Part, Section, render_page
from rcsd.report.question import FIT
from tests.browser.opening import opened

pytestmark = pytest.mark.browser

YEARS = np.arange(2000.0, 2011.0)
SAID = '<b onclick="hurt()">run & "more"</b>'
READ = "figure.chart .reading"
PLOTS = "[...window.Bokeh.index.roots].filter(view => view.model.x_range)"
RANGE = f"{PLOTS}.map(view => [view.model.x_range.start, view.model.x_range.end])[0]"


def growth(name: str) -> Chart:
    """Return a line from 0 to 100 in ten years, in a band of 10 to either side, with a point at 25 in 2005."""
    rising = 10 * (YEARS - 2000)
    layers = (
        Span(1999.5, 2005.5, "#E9F1F7", title="fitted"),
        Band(YEARS, rising - 10, rising + 10, "band"),
        Line(YEARS, rising, SAID),
        Points([2005.0], [25.0], "observed"),
    )
    panel = Panel(layers, linear("year", 1999.5, 2010.5), linear("growth", -20, 120), title=SAID)
    return Chart(name, (panel,), f"{SAID} rises.", f"{SAID} rises by ten a year.")


@pytest.fixture(scope="module")
def page_of_charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a page with one chart in sight and one in a fold."""
    folder = tmp_path_factory.mktemp("charts")
    parts = [Part(FIT, "Well.", (Section("folded", "Folded", drawings=(growth("folded"),)),))]
    text = render_page("Charts", "Two.", [Section("open", "Open", drawings=(growth("growth"),))], parts=parts)
    (folder / "index.html").write_text(text, encoding="utf-8")
    write_drawings(folder / "figures", [growth("growth"), growth("folded")])
    return folder / "index.html"


def drawn(page: Page, name: str = "growth") -> None:
    """Wait until a chart has been drawn."""
    page.locator(f'figure.chart.drawn[data-chart="{name}"]').wait_for()


def test_values_are_read_under_the_pointer(browser: Browser, page_of_charts: Path):
    """In the middle of the frame is 2005: the observed 25, the run at 50, its band from 40 to 60."""
    with opened(browser, page_of_charts) as one:
        drawn(one.page)
        frame = one.page.locator("figure.drawn .plot").bounding_box()
        assert frame is not None
        middle = one.page.evaluate(f"{PLOTS}[0].frame.bbox.x_center")
        one.page.mouse.move(frame["x"] + middle, frame["y"] + 100)
        read = one.page.locator(READ).inner_text().split("\n")
        assert read == ["2005", "observed: 25", f"{SAID}: 50", "band: 40 to 60"]
        one.page.mouse.move(0, 0)
        assert one.page.locator(READ).is_hidden()


def test_values_are_read_with_the_keys_and_told_to_a_screen_reader(browser: Browser, page_of_charts: Path):
    """End is 2010, one to the left 2009; Escape closes what is read."""
    with opened(browser, page_of_charts) as one:
        drawn(one.page)
        one.page.locator("figure.drawn .plot").focus()
        one.page.keyboard.press("End")
        one.page.keyboard.press("ArrowLeft")
        assert one.page.locator("figure.drawn [aria-live]").text_content() == f"2009; {SAID} 90; band 80 to 100"
        one.page.keyboard.press("Escape")
        assert one.page.locator(READ).is_hidden()


def test_a_label_is_hidden_and_shown(browser: Browser, page_of_charts: Path):
    """What is hidden is neither drawn nor read; pressed again, or reset, it is back."""
    with opened(browser, page_of_charts) as one:
        drawn(one.page)
        button = one.page.locator("figure.drawn .legend button", has_text="band")
        seen = f"{PLOTS}[0].model.renderers.filter(each => each.visible).length"
        before = one.page.evaluate(seen)
        button.press("Enter")
        assert button.get_attribute("aria-pressed") == "false"
        assert one.page.evaluate(seen) < before
        one.page.locator("figure.drawn .plot").focus()
        one.page.keyboard.press("Home")
        assert "band" not in one.page.locator(READ).inner_text()
        one.page.get_by_role("button", name="Reset").first.click()
        assert button.get_attribute("aria-pressed") == "true"
        assert one.page.evaluate(seen) == before


def test_a_stretch_is_zoomed_into_and_left_again(browser: Browser, page_of_charts: Path):
    """A drag shows what it went over; the button Reset and the key 0 show all."""
    with opened(browser, page_of_charts) as one:
        drawn(one.page)
        frame = one.page.locator("figure.drawn .plot").bounding_box()
        assert frame is not None
        y = frame["y"] + 100
        one.page.mouse.move(frame["x"] + frame["width"] / 2, y)
        one.page.mouse.down()
        one.page.mouse.move(frame["x"] + frame["width"] * 0.9, y + 5, steps=8)
        one.page.mouse.up()
        one.page.wait_for_function(f"{RANGE}[0] > 2003")
        one.page.get_by_role("button", name="Reset").first.click()
        assert one.page.evaluate(RANGE) == [1999.5, 2010.5]
        one.page.locator("figure.drawn .plot").focus()
        one.page.keyboard.press("+")
        assert one.page.evaluate(RANGE)[0] > 2000
        one.page.keyboard.press("0")
        assert one.page.evaluate(RANGE) == [1999.5, 2010.5]


def test_data_and_figure_are_taken_away(browser: Browser, page_of_charts: Path):
    """The file of data has every number under its name; the figure is SVG with its words."""
    with opened(browser, page_of_charts) as one:
        drawn(one.page)
        with one.page.expect_download() as found:
            one.page.get_by_role("button", name="Download the data").first.click()
        assert found.value.suggested_filename == "growth.csv"
        rows = list(csv.DictReader(io.StringIO(found.value.path().read_text("utf-8-sig"), newline="")))
        assert [(row["year"], row[SAID], row["band: from"]) for row in rows][5] == ("2005", "50", "40")
        with one.page.expect_download() as found:
            one.page.get_by_role("button", name="Download SVG").first.click()
        root = ElementTree.parse(found.value.path()).getroot()
        texts = {each.text for each in root.iter("{http://www.w3.org/2000/svg}text")}
        assert {SAID, "observed", "2004"} <= texts
        assert not list(root.iter("{http://www.w3.org/2000/svg}b"))


def test_the_data_are_a_table_on_request(browser: Browser, page_of_charts: Path):
    """Eleven years have eleven rows; the button opens the table and closes it."""
    with opened(browser, page_of_charts) as one:
        drawn(one.page)
        button = one.page.get_by_role("button", name="Data as a table").first
        button.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert one.page.locator("figure.drawn tbody tr").count() == YEARS.size
        button.press("Enter")
        assert one.page.locator("figure.drawn table").count() == 0


def test_a_chart_in_a_fold_waits_until_it_opens(browser: Browser, page_of_charts: Path):
    """A page is as quick as what is in sight."""
    with opened(browser, page_of_charts) as one:
        drawn(one.page)
        assert one.page.evaluate(f"{PLOTS}.length") == 1
        one.unfold()
        drawn(one.page, "folded")
        assert one.page.evaluate(f"{PLOTS}.length") == 2


def test_colours_follow_the_reader(browser: Browser, page_of_charts: Path):
    """Light to dark and back: the curve has the colour for the paper, and what was hidden stays so."""
    exported = f"{PLOTS}.at(-1).export('svg').canvas.outerHTML.toUpperCase()"
    with opened(browser, page_of_charts, scheme="dark") as one:
        drawn(one.page)
        assert DARK[SIMULATED] in one.page.evaluate(exported)
        one.page.locator("figure.drawn .legend button", has_text="band").press("Enter")
        one.page.emulate_media(color_scheme="light")
        one.page.wait_for_function(f"{exported}.includes('{SIMULATED}')")
        assert one.page.locator("figure.drawn .legend button", has_text="band").get_attribute("aria-pressed") == "false"


def test_a_browser_that_cannot_unpack_shows_the_still_figure(browser: Browser, page_of_charts: Path):
    """Without what unpacks the library the picture beside the page is shown, and nothing is broken."""
    with opened(browser, page_of_charts) as one:
        one.page.add_init_script("delete window.DecompressionStream")
        one.page.reload()
        picture = one.page.locator('figure.failed[data-chart="growth"] img')
        picture.wait_for()
        one.page.wait_for_function("document.querySelector('figure.failed img').naturalWidth > 100")


def test_names_are_no_markup(browser: Browser, page_of_charts: Path):
    """A label with tags and quotes is shown as it is written, in legend, title and readout."""
    with opened(browser, page_of_charts) as one:
        drawn(one.page)
        assert one.page.locator("figure.drawn b[onclick]").count() == 0
        assert one.page.locator("figure.drawn .panel-title").inner_text() == SAID
        assert one.said == []


def test_on_a_touch_screen_a_drag_is_left_to_the_page(browser: Browser, page_of_charts: Path):
    """A finger scrolls the page over a chart; the buttons zoom, and a tap reads values."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True, offline=True)
    page = context.new_page()
    page.goto(page_of_charts.as_uri())
    drawn(page)
    assert page.evaluate(f"{PLOTS}[0].model.toolbar.tools.length") == 0
    page.get_by_role("button", name="Zoom in").first.tap()
    assert page.evaluate(RANGE)[0] > 2000
    page.locator("figure.drawn .plot").tap()
    assert page.locator(READ).is_visible()
    context.close()


def test_a_picture_that_is_no_chart_is_saved_from_the_page(browser: Browser, tmp_path: Path) -> None:
    """Whether or not a file of it lies beside the page."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9"/></svg>'
    still = Drawing("still", lambda: svg, lambda: b"", alt="A line.", caption="A line.", wide=True)
    (tmp_path / "index.html").write_text(render_page("Still", "One.", [Section("s", "S", drawings=(still,))]))
    with opened(browser, tmp_path / "index.html") as one:
        with one.page.expect_download() as download:
            one.page.get_by_role("link", name="Download SVG").click()
        assert download.value.suggested_filename == "still.svg"
        assert Path(download.value.path()).read_bytes() == svg
        assert one.said == []
