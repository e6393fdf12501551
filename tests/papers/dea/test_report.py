"""The page of a data envelopment analysis, on the four cities."""

import importlib
import json
import re
import shlex
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from rcsd.cli.app import app
from rcsd.files import plain
from rcsd.papers.dea import Roles, assess, dea_document, figures, model_of, window
from rcsd.papers.dea.front import dea_front
from rcsd.papers.dea.page import write_dea_report
from rcsd.papers.dea.reading import read
from rcsd.papers.dea.tables import change_table, peers_table, standing_table, targets_table
from rcsd.papers.dea.words import furthest
from rcsd.report.fact import bare
from tests.report.facts import wrong_facts

ROLES = ("inputs", "outputs")


@pytest.fixture(scope="module")
def found():
    """Return all that is found of the four cities."""
    return assess(window("four_cities"), model_of("ccr"))


def test_the_page_says_what_the_result_holds(found, tmp_path):
    """Every figure says how to read it, nothing is loaded from elsewhere, the warning on four units stands there."""
    page = write_dea_report(found, tmp_path).read_text("utf-8")
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page, re.DOTALL)
    assert len(captions) == 4
    assert all(caption.startswith("How to read it:") for caption in captions)
    assert not re.search(r"src=\"(?!data:|figures/)", page)
    assert "9 of 56 rows are efficient (1 of 2000, 1 of 2013)" in page
    assert "fewer than the 15 that so many columns take" in page
    assert "Qitaihe 2011 (1.22)" in page


def test_the_first_screen_names_the_best_the_furthest_and_the_way_there(found, tmp_path):
    """Marked numbers are in result.json; Hegang's target is its figures over its score."""
    page = write_dea_report(found, tmp_path).read_text("utf-8")
    assert wrong_facts(page, json.loads(json.dumps(plain(dea_document(found))))) == []
    front = dea_front(found, read(found))
    assert [each.subject for each in front.verdicts[:4]] == ["Jixi", "Shuangyashan", "Qitaihe", "Hegang"]
    assert bare(front.verdicts[0].sentence) == "On the frontier, score 1.00."
    assert front.repeat == "rcsd dea"
    row = found.data.labels.index("Hegang 2013")
    more = 100 * (1 / found.result.scores[row] - 1)
    assert f"GDP +{more:.1f} %" in furthest(found).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "options",
    [
        {"model": "sbm", "orientation": "output", "returns": "variable"},
        {"orientation": "input", "super_efficiency": True},
        {"inputs": "employment,fiscal_expenditure", "outputs": "real_gdp"},
    ],
)
def test_the_command_that_repeats_it_says_every_choice(monkeypatch, options):
    """What it is asked for once more is what was asked for: the options are read back by the command itself."""
    command = importlib.import_module("rcsd.papers.dea.command")
    columns = {name: options[name] for name in ("inputs", "outputs") if name in options}
    words = {name: value for name, value in options.items() if name not in columns and name != "model"}
    own = window("four_cities")
    chosen = (tuple(columns[name].split(",")) if name in columns else getattr(own.roles, name) for name in ROLES)
    roles = Roles(*chosen, (), own.roles.unit, own.roles.period)
    found = assess(replace(own, roles=roles), model_of(options.get("model", "ccr"), **words))
    asked = []
    monkeypatch.setattr("rcsd.papers.dea.assess", lambda *given, **_: asked.append(given) or found)
    monkeypatch.setattr("rcsd.papers.dea.write_dea", lambda *_: None)
    monkeypatch.setattr("rcsd.papers.dea.page.write_dea_report", lambda *_: None)
    monkeypatch.setattr(command, "_print", lambda *_: None)
    _, *said = shlex.split(dea_front(found, read(found)).repeat)
    assert CliRunner().invoke(app, said).exit_code == 0
    assert asked == [(found.window, found.result.model)]


def test_tables_hold_the_last_year(found):
    """One row per city; targets of those that are not efficient; factors of the index multiply up to its digits."""
    assert [row[0].text for row in standing_table(found).rows] == ["Jixi", "Shuangyashan", "Qitaihe", "Hegang"]
    assert [row[0].text for row in targets_table(found).rows] == ["Shuangyashan", "Qitaihe", "Hegang"]
    for row in change_table(found, found.malmquist).rows:
        index, efficiency, technical, *_ = (float(cell.text) for cell in row[1:])
        assert index == pytest.approx(efficiency * technical, abs=0.04)
    assert peers_table(read(found)).rows[0][0].text == "Jixi 2011"


@pytest.mark.slow
def test_figures_have_equal_bytes_twice_and_words(found):
    """No date, no random identifier; a sentence for those who cannot see."""
    draw = {
        "standing": lambda: figures.standing_figure(found),
        "movement": lambda: figures.movement_figure(found, found.malmquist),
        "improvement": lambda: figures.improvement_figure(found),
        "scale": lambda: figures.scale_figure(found),
        "ranking": lambda: figures.ranking_figure(found),
    }
    for name, make in draw.items():
        first, second = make(), make()
        assert (first.svg, first.png) == (second.svg, second.png), name
        assert first.alt.endswith(".")
    assert "Hegang 0.63" in figures.standing_figure(found).alt
    assert "productivity at the end: Jixi 1.38" in figures.movement_figure(found, found.malmquist).alt
