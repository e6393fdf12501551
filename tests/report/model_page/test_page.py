"""The page of a model."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import Result

import rcsd
from rcsd.report.model_page.entry import ShownLoop, entries_of
from rcsd.report.model_page.page import model_page
from rcsd.simulation.ir import Model
from rcsd.simulation.passes.uses import uses_of
from rcsd.simulation.views import read_views
from tests.analysis.difference.town import TOWN, edited, read

EVIL = '"><script>alert(1)</script>'


class Page(HTMLParser):
    """Gathers the identifiers, addresses and scripts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.scripts = 0
        self.articles: dict[str, dict[str, str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        given = {key: value or "" for key, value in attrs}
        self.scripts += tag == "script"
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "article":
            self.articles[given["id"]] = given
        self.addresses += [given[key] for key in ("href", "src") if key in given]


@pytest.fixture(scope="module")
def city() -> Model:
    """Read the largest model of the repository."""
    return rcsd.load("resource_city").ir


@pytest.fixture(scope="module")
def page(city: Model) -> Page:
    """Write its page, with a loop."""
    loop = ShownLoop("boom wages", "B", ("Population", "Births"))
    return Page(model_page(city, read_views(city.path), (loop,)))


def test_every_variable_has_its_place_and_every_link_leads_somewhere(city: Model, page: Page) -> None:
    """A page of one file: identifiers are its own, addresses are on it, and nothing is fetched."""
    assert len(page.articles) == len(city.variables)
    assert len(page.ids) == len(set(page.ids))
    assert all(each.startswith("#") and each[1:] in page.ids for each in page.addresses)
    assert page.scripts == 1


def test_filters_know_the_type_and_the_views_of_each_variable(page: Page) -> None:
    """What the script filters by stands on every variable."""
    population = page.articles["v-population"]
    assert population["data-kind"] == "stock"
    assert "Population and employment" in json.loads(population["data-views"])


def test_causes_and_uses_are_two_sides_of_one_thing(city: Model) -> None:
    """Whatever names a variable is named among its uses."""
    uses = uses_of(city)
    assert uses.causes["Population"] == ("Initial Population", "Births", "Deaths", "Net Migration")
    pairs = {(cause, name) for name, causes in uses.causes.items() for cause in causes}
    assert pairs == {(name, user) for name, users in uses.uses.items() for user in users}
    assert len(pairs) > len(city.variables)


def test_what_is_said_of_a_variable(tmp_path: Path) -> None:
    """Range, source and meaning are told apart, a stock is a rate and a first value, and a loop names its members."""
    town = read(tmp_path, TOWN)
    entries = {
        each.variable.name: each for each in entries_of(town, (), (ShownLoop("growth", "R", ("Population", "Births")),))
    }
    assert (entries["Houses"].range, entries["Houses"].documented.source) == ("200 to 400", "the register.")
    assert [each.label for each in entries["Population"].lines] == ["rate of change", "first value"]
    assert [each.name for each in entries["Births"].loops] == ["growth"]
    assert entries["Room"].tables[0].x == (0.0, 2.0, 4.0, 8.0)
    assert [each.name for each in entries["Room"].uses] == ["Births"]
    assert entries["Share"].lines[0].text == "0.3, 0.7"


def test_words_of_a_file_are_words(tmp_path: Path) -> None:
    """Documentation, units, names of variables and views that look like HTML are shown, not obeyed."""
    hostile = read(
        tmp_path,
        edited(("Children born.", EVIL), ("~ yuan ~", "~ yu<b>an ~"), ("Houses", '"Hou<script>ses"'))
        + "\\\\\\---/// Sketch information - do not modify anything except names\n"
        + "V300  Do not put anything below this section - it will be ignored\n"
        + f"*View {EVIL}\n"
        + "$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0\n"
        + f"10,1,Births,640,420,60,24,8,3,0,0,0,0,0,0\n12,2,0,250,420,100,20,8,4,0,0,-1,0,0,0\n{EVIL}\n",
    )
    text = model_page(hostile, read_views(hostile.path), (ShownLoop(EVIL, EVIL, ("Births",)),))
    assert "alert(1)" in text
    assert Page(text).scripts == 1
    assert "<b>" not in text
    assert "yu&lt;b&gt;an" in text


def test_a_bar_stands_in_a_cell_as_itself(rcsd: Callable[..., Result], tmp_path: Path) -> None:
    """It neither ends the cell, in a name or an equation, nor becomes another letter."""
    town = tmp_path / "town.mdl"
    town.write_text(TOWN.replace("Houses", '"Houses|Flats"'), encoding="utf-8")
    tables = rcsd("docs", town, "--markdown").stdout
    assert r'| "Houses\|Flats" | 300 | Dmnl | 200 to 400 | the register. |  |' in tables
    assert r'| `Population / "Houses\|Flats"` |' in tables


def test_the_command_writes_a_page_or_tables(rcsd: Callable[..., Result], tmp_path: Path) -> None:
    """The page goes into the file that is named; tables in Markdown are printed."""
    town = tmp_path / "town.mdl"
    town.write_text(TOWN, encoding="utf-8")
    target = tmp_path / "page.html"
    result = rcsd("docs", town, "-o", target)
    assert (result.exit_code, "12 variables" in result.stdout) == (0, True)
    assert len(Page(target.read_text("utf-8")).articles) == 12
    tables = rcsd("docs", town, "--markdown").stdout
    assert "| Lifetime | 60 | Year | 40 to 90 |  | Years that a person lives. |" in tables
    assert "| Crowding | auxiliary | person | `Population / Houses` |  |" in tables
    assert rcsd("docs", town, "-o", tmp_path / "page.txt").exit_code == 2
    document = json.loads(rcsd("docs", town, "--json").stdout)
    births = next(each for each in document["variables"] if each["name"] == "Births")
    assert births["causes"] == ["Population", "Crowding", "Room", "Birth Rate"]
