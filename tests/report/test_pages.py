"""Pages: self-contained, well-formed, and with the numbers of the result in them."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rcsd.errors import OutputError
from rcsd.report import write_index, write_report

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


def test_a_report_needs_no_other_file_and_no_script(report):
    """Figures and styles are inside the page; the only other addresses are the index and places in the page."""
    _, text = report
    page = Page(text)
    assert page.open == []
    assert "script" not in page.tags
    outside = {address for address in page.addresses if not address.startswith(("data:", "#"))}
    assert outside == {"../index.html"}
    assert "@import" not in text
    assert "url(" not in text


def test_every_place_linked_in_a_report_exists_once(report):
    """Each entry of the contents leads to one section, and no identifier occurs twice."""
    page = Page(report[1])
    linked = [address[1:] for address in page.addresses if address.startswith("#")]
    assert linked
    assert set(linked) <= set(page.identifiers)
    assert len(page.identifiers) == len(set(page.identifiers))


def test_every_figure_of_a_report_has_words_and_files(report):
    """Each picture has an alternative text, and lies beside the page as SVG and PNG too."""
    path, text = report
    page = Page(text)
    assert all(image["alt"] for image in page.images)
    names = {file.stem for file in (path.parent / "figures").glob("*.svg")}
    assert names == {file.stem for file in (path.parent / "figures").glob("*.png")}
    assert len(names) == len(page.images)
    assert {"fit-real_gdp", "residuals-population", "parameters", "starts", "life-cycle"} <= names


def test_a_report_shows_the_errors_of_the_closed_form(report):
    """Real GDP is simulated 5 % too high everywhere; last-value and drift errors follow from the logistic curve."""
    table = re.search(r"<caption>Mean absolute percentage error.*?</table>", report[1], re.DOTALL)
    assert table is not None
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", table[0]))
    assert "Real GDP 3 of 3 5.00 % 1.85 % 10.24 % 3.03 % ★ 18.74 %" in text
    assert "Population 3 of 3 0.53 % ★ 3.51 % 10.24 %" in text


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
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", report[1], flags=re.DOTALL)
    assert "{" not in words
    assert "}" not in words


def test_two_reports_of_one_result_are_the_same(result, tmp_path):
    """Writing the same result into two folders gives identical pages."""
    first, second = write_report(result, tmp_path / "a"), write_report(result, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_words_of_a_study_cannot_become_markup(result, tmp_path):
    """A title with markup in it is shown as text."""
    hostile = replace(result, info=replace(result.info, title="<script>alert(1)</script>"))
    text = write_report(hostile, tmp_path).read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_study_with_nothing_optional_is_reported(result, tmp_path):
    """Without hold-out, drivers, life cycle, constants and flags, the page leaves their sections out."""
    bare = replace(
        result,
        info=replace(result.info, holdout_window=None),
        targets=tuple(
            replace(target, holdout=None, holdout_frozen=None, simulated_frozen=None, flags=((),) * len(target.flags))
            for target in result.targets
        ),
        drivers=(),
        constants=(),
        simulated_frozen=None,
        life_cycle=None,
    )
    page = Page(write_report(bare, tmp_path).read_text(encoding="utf-8"))
    assert "summary" in page.identifiers
    assert not {"drivers", "life-cycle", "data"} & set(page.identifiers)


def test_an_unwritable_folder_is_an_output_error(result, tmp_path):
    """A file where the output folder should be made is named in the error."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(OutputError, match="blocked"):
        write_report(result, blocked)


def test_the_index_sets_studies_side_by_side(make_result, tmp_path):
    """Both studies are linked, with one figure per series and one of the life cycles."""
    studies = [make_result("north", "North"), make_result("east", "East")]
    path = write_index(studies, tmp_path)
    page = Page(path.read_text(encoding="utf-8"))
    assert path == tmp_path / "index.html"
    assert {"north/index.html", "east/index.html"} <= set(page.addresses)
    figures = sorted(file.name for file in Path(tmp_path / "figures").glob("*.svg"))
    assert figures == ["cities-population.svg", "cities-real_gdp.svg", "life-cycles.svg"]
    assert len(page.images) == 3
    assert page.open == []


def test_the_index_counts_where_the_model_wins(make_result, tmp_path):
    """Population beats all trivial forecasts in both studies; real GDP beats only the last value."""
    text = write_index([make_result("north", "North"), make_result("east", "East")], tmp_path).read_text(
        encoding="utf-8"
    )
    assert (
        "Population: the model beats the last value in 2 and the best of the four trivial forecasts in 2 of 2" in text
    )
    assert "Real GDP: the model beats the last value in 2 and the best of the four trivial forecasts in 0 of 2" in text


def test_no_page_says_that_all_drivers_are_frozen(result, make_result, tmp_path):
    """Of two drivers one can be held, the coal price: every page names it wherever it speaks of a frozen run."""
    pages = [write_report(result, tmp_path), write_index([result, make_result("east", "East")], tmp_path)]
    for page in pages:
        text = re.sub(r"\s+", " ", page.read_text(encoding="utf-8")).lower()
        assert "coal price frozen" in text
        assert "drivers frozen" not in text
        assert "frozen drivers" not in text
        assert "national growth frozen" not in text


def test_the_index_names_what_each_study_freezes(result, make_result, tmp_path):
    """Where two studies hold different drivers, the heading of the overview names both."""
    east = make_result("east", "East")
    east = replace(east, drivers=(replace(east.drivers[0], name="oil_price"), east.drivers[1]))
    text = write_index([result, east], tmp_path).read_text(encoding="utf-8")
    assert "Coal price frozen or oil price frozen" in text


def test_the_life_cycle_claims_no_fitted_parameters_of_its_own(result, tmp_path):
    """The page lists what was fitted and says that what is not among it is assumed."""
    text = re.sub(r"\s+", " ", write_report(result, tmp_path).read_text(encoding="utf-8"))
    assert "Fitted were only Growth Rate and Loss Rate: a parameter of the co-evolution equations" in text


@pytest.mark.parametrize("kind", ["life cycle", "recurrent", "none", "unfinished"])
def test_the_kind_of_the_path_is_said_on_both_pages(make_result, tmp_path, kind):
    """Whether the preference goes through a life cycle at all, in the study's page and in the one over all."""
    result = make_result()
    result = replace(result, life_cycle=replace(result.life_cycle, kind=kind))
    words = f"Kind of the path: {'a ' if kind == 'life cycle' else ''}{kind}: "
    assert words in write_report(result, tmp_path).read_text("utf-8")
    assert words in write_index([result], tmp_path).read_text("utf-8")


@pytest.mark.parametrize("name", ["../../gdp", "a/b", "/tmp/x"])
def test_a_series_name_cannot_lead_out_of_the_folder(result, tmp_path, name):
    """A result with such a series, however it was made, writes no file outside of its own folder of figures."""
    hostile = replace(result, targets=(replace(result.targets[0], name=name),))
    with pytest.raises(OutputError, match="leads out of the folder"):
        write_report(hostile, tmp_path / "a" / "b")
    assert not list(tmp_path.rglob("*.svg"))


def test_a_quick_search_is_marked_on_every_page(result, make_result, tmp_path):
    """Its report begins with a notice; in the index it is named, in the notice and in each table, and no other is."""
    quick = make_result("east", "East")
    quick = replace(quick, info=replace(quick.info, quick=True))
    assert 'class="notice"' not in write_report(result, tmp_path).read_text(encoding="utf-8")
    assert re.search(r'class="notice"[^>]*>Quick search', write_report(quick, tmp_path).read_text(encoding="utf-8"))
    index = write_index([result, quick], tmp_path).read_text(encoding="utf-8")
    assert "Quick search, a first look and not a result: East." in index
    assert index.count(">East (quick search)</a>") == 3
    assert "Logistic City (quick search)" not in index


def test_the_index_names_the_province_once(make_result, tmp_path):
    """Four cities of one province are four names and one province in the line under the heading."""
    cities = [make_result(name.lower(), f"{name}, Heilongjiang") for name in ("Jixi", "Hegang", "Qitaihe")]
    index = write_index(cities, tmp_path).read_text(encoding="utf-8")
    assert '<p class="lead">Jixi, Hegang and Qitaihe, Heilongjiang: calibrated' in index


def test_a_box_that_scrolls_sideways_shows_it(report):
    """Shadows stand still at both edges, and covers move with the content, so that a shadow means more to see."""
    (rule,) = re.findall(r"^\.scroll \{(.*?)\}", report[1], re.DOTALL | re.MULTILINE)
    assert "overflow-x: auto" in rule
    assert "background-attachment: local, local, scroll, scroll" in rule
