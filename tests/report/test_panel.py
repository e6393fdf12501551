"""The page of a panel, from five real cities."""

import re
from dataclasses import replace

import pytest

from rcsd.files import plain
from rcsd.report import write_panel_report
from rcsd.report.fact import bare
from rcsd.report.sections.panel.front import panel_front
from rcsd.report.sections.panel.origins import failure_points, headline_points
from rcsd.report.sections.panel.origins_tables import headline_table
from rcsd.report.sections.panel.style import TILES, error_colour
from rcsd.report.sections.panel.tables import class_table
from rcsd.report.sections.panel.words import whole
from rcsd.study.panel import load_panel, plan_of, run_panel
from rcsd.study.panel.ablation.reading import read_ablations
from rcsd.study.panel.scoring.result import AVERAGE
from rcsd.study.panel.writer import panel_document
from tests.report.facts import wrong_facts
from tests.study.panel.tables import CITIES, STUDY, WHOLE, rows_of, write_rows


def test_no_two_provinces_share_a_tile():
    """The grid has a place for each of the 31 provinces on the mainland."""
    assert len(TILES) == len(set(TILES.values())) == 31


def test_a_colour_stands_for_the_band_that_an_error_lies_in():
    """Equal bands give equal colours, neighbours different ones."""
    assert error_colour(5.0) == error_colour(9.9) != error_colour(4.9)


@pytest.mark.slow
def test_the_page_says_what_the_result_holds(tmp_path):
    """The shares of the tables are those of the result; every figure says how to read it."""
    panel = load_panel(write_rows(tmp_path / "t.csv", rows_of(WHOLE)), study=STUDY, cities=CITIES)
    result = run_panel(panel, out=tmp_path / "out", shrinkage=True)
    assert result.origins is None
    page = write_panel_report(result, tmp_path / "out").read_text("utf-8")
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page, re.DOTALL)
    assert len(captions) == 4
    assert all(caption.startswith("How to read it:") for caption in captions)
    assert "Qitaihe" in page
    assert wrong_facts(page, plain(panel_document(result))) == []
    marks = {each.subject: each.mark for each in panel_front(result).verdicts}
    assert marks["GDP"] == ("better" if whole(result.stated, "real_gdp").beaten_best > 0.5 else "worse")
    table = class_table(result.stated, "real_gdp", "GDP")
    assert [row[0].text for row in table.rows] == ["declining", "regenerating", "all", "all", "all"]
    assert not re.search(r"src=\"(?!data:|figures/)", page)


def first_two(panel):
    """Keep two of the structures."""
    kept = dict(list(panel.file.structures.items())[:2])
    return replace(panel, file=panel.file.model_copy(update={"structures": kept}))


@pytest.mark.slow
def test_the_page_of_many_origins_begins_with_the_rule_to_beat(tmp_path):
    """Its sentences and tables say what the result holds, losses in red among them."""
    parts = tmp_path / "parts.toml"
    parts.write_text('[ablations.gap]\ntitle = "the gap is not carried on"\ncarry_over = false\n')
    panel = load_panel(write_rows(tmp_path / "t.csv", rows_of(WHOLE[:2])), study=STUDY, cities=CITIES)
    panel = first_two(panel)
    plan = plan_of(panel, origins="2009,2010", horizon=2)
    result = run_panel(panel, out=tmp_path / "out", plan=plan, ablations=read_ablations(parts, panel))
    page = write_panel_report(result, tmp_path / "out").read_text("utf-8")
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page, re.DOTALL)
    assert len(captions) == 10
    assert all(caption.startswith("How to read it:") for caption in captions)
    headings = re.findall(r'<h2 id="[^"]*">(.*?)</h2>', page)
    assert headings[:3] == ["Does it forecast?", "What is each part of the model worth?", "Are its bands right?"]
    assert wrong_facts(page, plain(panel_document(result))) == []
    found = result.origins
    ours, rule = (found.score(name, "real_gdp", "early", 2) for name in (AVERAGE, "two_line"))
    first = bare(headline_points(found)[0])
    front = panel_front(result)
    assert bare(front.verdicts[0].sentence).startswith(first)
    assert front.verdicts[0].subject == "GDP"
    assert front.verdicts[0].mark == ("better" if ours.mase < rule.mase else "worse")
    assert f"MASE {ours.mase:.3f} against {rule.mase:.3f}" in first
    assert ("errs less than" if ours.mase < rule.mase else "errs more than") in first
    unscored = replace(found, by_origin=tuple(replace(each, n=0) for each in found.by_origin))
    assert failure_points(unscored) == ("Nothing that was forecast has come yet: no forecast can be scored.",)
    rows = {row[0].text: row for row in headline_table(found).rows}
    for name, title in (("two_line", "Two-line rule"), ("theta", "Theta")):
        other = found.score(name, "real_gdp", "early", 2)
        assert rows[title][1].text == f"{other.mase:.3f}"
        assert (rows[title][1].mark == "alert") == (other.mase < ours.mase)
    assert not re.search(r"src=\"(?!data:|figures/)", page)
