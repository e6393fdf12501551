"""The page of the resilience index."""

import json
import re
import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rcsd.files import plain
from rcsd.papers.resilience.front import resilience_front
from rcsd.papers.resilience.page import resilience_parts, write_resilience_report
from rcsd.papers.resilience.studies import assess_resilience, outlook
from rcsd.papers.resilience.tables import errors_table, index_table, indicators_table, summary_table
from rcsd.papers.resilience.writer import resilience_document
from rcsd.report.fact import bare
from rcsd.study import DrawnStudy, SeriesDraws
from tests.report.facts import wrong_facts


@pytest.fixture(scope="module")
def result():
    """Return the index of the four cities, carried on with GDP, industry and people as they were in 2013."""
    found = assess_resilience(n_weights=20)
    table, drawn = found.table, {}
    for row, city in enumerate(table.cities):
        names = ("population", "real_gdp", "industry_scale")
        later = {name: np.full((30, 17), table.values[name][row, -1]) for name in names}
        back = {name: np.tile(table.values[name][row, table.years > 2010], (30, 1)) for name in names}
        drawn[city] = DrawnStudy(
            city, SeriesDraws(np.arange(2014.0, 2031), later, {}), SeriesDraws(np.arange(2011.0, 2014), back, {}), True
        )
    return replace(found, outlook=outlook(found, drawn))


def test_the_page_needs_nothing_else_and_every_figure_is_explained(result, tmp_path):
    """Six figures, each with a sentence on how to read it; the printed tables and a notice of the quick look."""
    page = write_resilience_report(result, tmp_path).read_text("utf-8")
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page, re.DOTALL)
    assert len(captions) == 6
    assert all(caption.strip().startswith("How to read it:") for caption in captions)
    assert not re.search(r"src=\"(?!data:|figures/)", page)
    for words in ("Table 2 as printed", "Table 3 as printed", "Table 2 redone", "Table 3 redone", "A quick look"):
        assert words in page, words


def test_marked_numbers_are_those_of_the_files_and_the_first_screen_ranks_the_cities(result, tmp_path):
    """Facts stand in result.json; a verdict a city, the most resilient first, with its band; the command."""
    page = write_resilience_report(result, tmp_path).read_text("utf-8")
    assert wrong_facts(page, json.loads(json.dumps(plain(resilience_document(result))))) == []
    front, base = resilience_front(result), result.assessment
    assert [each.subject for each in front.verdicts] == [base.indicators.cities[city] for city in base.order]
    low, median, high = result.outlook.cities[base.cities.index(base.order[0])].summary[:, 0]
    assert f"{median:.2f}, 90 % band {low:.2f} to {high:.2f}" in bare(front.verdicts[0].sentence)
    assert front.repeat == "rcsd resilience --forecast --quick"
    assert any(each.startswith("6 of 20 indicators cannot be had") for each in front.failed)


def test_without_a_forecast_the_first_screen_shows_the_ranking(result):
    """Nothing is said of years to come, and another scheme is in the command."""
    still = replace(result, outlook=None)
    assert resilience_front(still).drawings[0].name == "resilience-ranking"
    assert all("Forecast" not in each.sentence for each in resilience_front(still).verdicts)
    assert "ahead" not in {part.question.anchor for part in resilience_parts(still)}
    scheme = replace(result.assessment.scheme, weights="equal")
    equal = replace(still, assessment=replace(result.assessment, scheme=scheme))
    assert resilience_front(equal).repeat == "rcsd resilience --weights equal"
    indicators = replace(result.assessment.indicators, path=Path("my cities/indicators.toml"))
    theirs = replace(still, assessment=replace(result.assessment, indicators=indicators), seed=3)
    assert shlex.split(resilience_front(theirs).repeat) == [
        "rcsd", "resilience", str(indicators.path), "--seed", "3",
    ]  # fmt: skip


def test_tables_hold_what_the_result_holds(result):
    """Index with rank, medians with bands, a row for every indicator."""
    base = result.assessment
    first = index_table(base).rows[0]
    assert first[0].text == "2003"
    assert first[1].text.replace("\N{NO-BREAK SPACE}", " ") == f"{base.index[0, 0]:.3f} ({base.ranks[0, 0]:.0f})"
    marked = [(row[0].text, k) for row in index_table(base).rows for k, cell in enumerate(row) if cell.mark == "alert"]
    assert marked == [("2006", 3), ("2008", 3), ("2012", 3)]  # Shuangyashan without foreign investment, or budget
    assert len(indicators_table(base).rows) == 20
    low, median, high = result.outlook.cities[0].summary[:, 0]
    assert summary_table(base, result.outlook).rows[0][1].text == f"{median:.2f} ({low:.2f} to {high:.2f})"
    assert len(errors_table(base, result.outlook).rows) == 21
