"""Pages: self-contained, well-formed, and with the numbers of the result in them."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from matplotlib.figure import Figure

from rcsd.errors import OutputError
from rcsd.report import write_index, write_report
from rcsd.report.page import Section, render_page
from rcsd.report.sections.cities.tables import wins_table
from rcsd.report.spoken import speaking_of
from rcsd.report.study_page import study_parts, study_sections
from rcsd.report.table import Table, cells, words
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.written.standing import standings
from tests.report.knowledge import finding, with_targets

pytestmark = pytest.mark.usefixtures("undrawn")  # but for the one report that most of these read

VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Collects what a page refers to, and checks that its elements are nested."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.identifiers: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        named = dict(attrs)
        self.tags.append(tag)
        self.addresses += [value for key, value in attrs if key in ("src", "href") and value is not None]
        self.identifiers += [value for key, value in attrs if key == "id" and value is not None]
        if tag == "img":
            self.images.append(named)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that what closes is what was opened last."""
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def report(result, tmp_path_factory):
    """Return the path and the text of a written report."""
    path = write_report(result, tmp_path_factory.mktemp("report"))
    return path, path.read_text(encoding="utf-8")


def test_a_report_needs_no_other_file(report):
    """Figures, styles and scripts are inside the page; readers without script alone are led to the figures' files."""
    _, text = report
    page = Page(text)
    assert page.open == []
    still = set(re.findall(r'class="still" src="(figures/[^"]+)"', text))
    outside = {address for address in page.addresses if not address.startswith(("data:", "#"))} - still
    assert outside == {"../index.html"}
    assert "@import" not in text
    assert "url(" not in text


def test_every_place_linked_in_a_report_exists_once(result, report):
    """The contents lead to every question, and no identifier occurs twice."""
    page = Page(report[1])
    linked = [address[1:] for address in page.addresses if address.startswith("#")]
    assert set(linked) <= set(page.identifiers)
    assert linked == ["verdict", *(part.question.anchor for part in study_parts(result))]
    assert len(page.identifiers) == len(set(page.identifiers))


def test_every_figure_of_a_report_has_words_and_files(report):
    """Each picture has an alternative text, and lies beside the page as SVG and PNG too."""
    path, text = report
    page = Page(text)
    assert all(image["alt"] for image in page.images)
    assert text.count("<figcaption>") == len(page.images)
    names = {file.stem for file in (path.parent / "figures").glob("*.svg")}
    assert names == {file.stem for file in (path.parent / "figures").glob("*.png")}
    assert len(names) == len(page.images)
    assert {"fit-real_gdp", "residuals-population", "parameters", "life-cycle"} <= names


def test_a_report_shows_the_errors_of_the_closed_form(report):
    """Real GDP is simulated 5 % too high everywhere; last-value and drift errors follow from the logistic curve."""
    table = re.search(r"<caption><span>Mean absolute percentage error.*?</table>", report[1], re.DOTALL)
    assert table is not None
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", table[0]))
    assert "Real GDP 3 of 3 5.00 % 7.10 % 1.85 % 10.24 % 18.74 % – – – 4.83 % 3.03 % ★ drift" in text
    assert "Population 3 of 3 0.53 % ★ 1.46 % 3.51 % 10.24 %" in text


def test_the_estimate_on_a_bound_is_marked(report):
    """The one estimate that equals its upper bound is marked in the table, the other is not."""
    rows = re.findall(r"<tr>.*?</tr>", report[1], re.DOTALL)
    loss = next(row for row in rows if "Loss Rate" in row and "upper" in row)
    growth = next(row for row in rows if ">Growth Rate<" in row and "prior" not in row and "1/Year" in row)
    assert "alert" in loss
    assert "alert" not in growth


def test_a_dropped_cell_is_named_with_its_flag(report):
    """The 2005 cell of real GDP carries the flag "break" and is said to be dropped."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", report[1]))
    assert re.search(r"Real GDP 2005 fit [\d.]+ break dropped", text)


def test_every_sentence_is_filled_in(report):
    """No placeholder of a template or of a formatted text is left in the words of a page."""
    words = re.sub(r"<style>.*?</style>|<script.*?</script>|<[^>]+>", " ", report[1], flags=re.DOTALL)
    assert "{" not in words
    assert "}" not in words


def test_two_reports_of_one_result_are_the_same(result, tmp_path):
    """Writing the same result into two folders gives identical pages."""
    first, second = write_report(result, tmp_path / "a"), write_report(result, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_words_of_a_study_cannot_become_markup():
    """Markup in a title, a name, a sentence or a table is shown as text."""
    places = ("title", "lead", "notice", "heading", "paragraph", "point", "caption", "column", "cell", "note")
    title, lead, notice, heading, paragraph, point, caption, column, cell, note = (
        f"<script>{place}</script>" for place in places
    )
    table = Table(caption, words(column), (cells(cell),), note=note)
    section = Section("a", heading, paragraphs=(paragraph,), points=(point,), tables=(table,))
    text = render_page(title, lead, [section], notice=notice)
    assert text.count("<script") == 1  # the page's own
    for place in places:
        assert f"&lt;script&gt;{place}&lt;/script&gt;" in text


def test_a_study_with_nothing_optional_is_reported(result):
    """Without hold-out, drivers, life cycle, constants and flags, the page leaves their sections out."""
    targets = (
        replace(target, holdouts={}, forecasts={}, flags=((),) * len(target.flags))
        for target in result[BACKTEST].targets
    )
    bare = replace(
        finding(with_targets(result, *targets), life_cycle=None),
        info=replace(result.info, holdout_window=None),
        drivers=(),
        constants=(),
    )
    anchors = {section.anchor for section in study_sections(bare)}
    assert "fit" in anchors
    assert not {"drivers", "life-cycle", "data"} & anchors


def test_an_unwritable_folder_is_an_output_error(result, tmp_path):
    """A file where the output folder should be made is named in the error."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(OutputError, match="blocked"):
        write_report(result, blocked)


@pytest.fixture(scope="module")
def index(make_result, tmp_path_factory):
    """Return the path of the page over two studies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", lambda *_, **__: None)
        studies = [make_result("north", "North"), make_result("east", "East")]
        return write_index(studies, tmp_path_factory.mktemp("index"))


def test_the_index_sets_studies_side_by_side(index):
    """Both studies are linked, with one figure per series and one of the life cycles."""
    page = Page(index.read_text(encoding="utf-8"))
    assert index.name == "index.html"
    assert {"north/index.html", "east/index.html"} <= set(page.addresses)
    figures = sorted(file.name for file in (index.parent / "figures").glob("*.svg"))
    assert figures == ["cities-population.svg", "cities-real_gdp.svg", "life-cycles.svg"]
    assert len(page.images) == 3
    assert page.open == []


def test_the_index_gives_a_verdict_a_series(index):
    """Population beats all benchmark forecasts in both studies; real GDP beats only the last value."""
    text = re.sub(r"<[^>]+>", "", index.read_text(encoding="utf-8"))
    assert "better in 2 and worse in 2 of 4 cases" in text
    assert "Population. Better in all 2. Forecast off by 0.5" in text
    assert "Real GDP. Worse in all 2. Forecast off by 5.0" in text
    assert "In 2 of 4 cases of series and city the forecast of the held-out years errs less than the best" in text


def test_the_index_counts_wins_by_what_is_known_of_the_drivers(make_result):
    """Population beats all three; real GDP, 5 % off, the last value alone."""
    results = [make_result("north", "North"), make_result("east", "East")]
    with speaking_of(results):
        rows = [[cell.text for cell in row] for row in wins_table(standings(results)).rows]
    assert rows[0] == ["Population", "drivers forecast", "2 of 2", "2 of 2", "2 of 2"]
    assert rows[3] == ["Real GDP", "drivers forecast", "2 of 2", "0 of 2", "0 of 2"]
    assert len(rows) == 6


def test_every_page_says_what_its_forecasts_know(report, index):
    """Forecast, known and frozen stand beside one another, and are explained where they first stand."""
    for page in (report[1], index.read_text(encoding="utf-8")):
        text = re.sub(r"\s+", " ", page).lower()
        for each in ("drivers forecast", "drivers known", "drivers frozen"):
            assert each in text
        assert "frozen: every driver at its value of the origin" in text


@pytest.mark.parametrize("name", ["../../gdp", "a/b", "/tmp/x"])
def test_a_series_name_cannot_lead_out_of_the_folder(result, tmp_path, name):
    """A result with such a series, however it was made, writes no file outside of its own folder of figures."""
    hostile = with_targets(result, replace(result[BACKTEST].targets[0], name=name))
    with pytest.raises(OutputError, match="leads out of the folder"):
        write_report(hostile, tmp_path / "a" / "b")
    assert not list(tmp_path.rglob("*.svg"))


def test_a_quick_search_is_marked_on_every_page(report, result, make_result, tmp_path):
    """Its report begins with a notice; in the index it is named, in the notice and in each table, and no other is."""
    quick = make_result("east", "East")
    quick = replace(quick, info=replace(quick.info, quick=True))
    assert 'class="notice"' not in report[1]
    assert re.search(r'class="notice"[^>]*>Quick search', write_report(quick, tmp_path).read_text(encoding="utf-8"))
    index = write_index([result, quick], tmp_path).read_text(encoding="utf-8")
    assert "Quick search, a first look and not a result: East." in index
    assert index.count(">East (quick search)</a>") == 4
    assert "Logistic City (quick search)" not in index


def test_the_index_names_the_province_once(make_result, tmp_path):
    """Four cities of one province are four names and one province in the line under the heading."""
    cities = [make_result(name.lower(), f"{name}, Heilongjiang") for name in ("Jixi", "Hegang", "Qitaihe")]
    index = write_index(cities, tmp_path).read_text(encoding="utf-8")
    assert '<p class="lead">Jixi, Hegang and Qitaihe, Heilongjiang. Each name' in index


def test_a_box_that_scrolls_sideways_shows_it(report):
    """Shadows stand still at both edges, and covers move with the content, so that a shadow means more to see."""
    (rule,) = re.findall(r"^\.scroll \{(.*?)\}", report[1], re.DOTALL | re.MULTILINE)
    assert "overflow-x: auto" in rule
    assert "background-attachment: local, local, scroll, scroll" in rule
