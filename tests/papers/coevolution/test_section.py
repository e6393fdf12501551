"""The life cycle in a report: stages, words, and lines that can be told apart."""

import math
import re
from dataclasses import replace

import pytest

from rcsd.papers.coevolution.assumed import AssumedLifeCycle, StageBegin
from rcsd.papers.coevolution.figures.life_cycle import life_cycle_figure
from rcsd.papers.coevolution.section import LIFE_CYCLE_SECTION
from rcsd.papers.coevolution.step import LIFE_CYCLE
from rcsd.report.fact import bare
from tests.report.conftest import study_result
from tests.report.held import held_to_document
from tests.report.knowledge import finding


@pytest.fixture(scope="module")
def result():
    """Return a study with a damped life cycle."""
    return study_result()


ASSUMED = AssumedLifeCycle(
    parameters=("Coordination Factor", "Preference Speed"),
    drawn=True,
    begins=(
        StageBegin("maturity", 2004.0, 2008.5, 2019.0, 0.97),
        StageBegin("decline", 2009.0, 2014.0, math.inf, 0.9),
        StageBegin("regeneration", 2020.0, math.inf, math.inf, 0.35),
    ),
    kinds={"life cycle": 300, "none": 90, "unfinished": 600},
    n_runs=1000,
    n_failed=10,
)


@pytest.mark.usefixtures("undrawn")
def test_years_stand_with_intervals_over_what_is_assumed(result):
    """A stage that many runs do not reach begins after the end of the run, and no year stands alone."""
    cycle = replace(result[LIFE_CYCLE], assumed=ASSUMED)
    found = finding(result, life_cycle=cycle)
    (section,) = LIFE_CYCLE_SECTION.study(found)
    rows = [tuple(bare(cell.text).replace("\u00a0", " ") for cell in row) for row in section.tables[0].rows]
    assert rows == [
        ("maturity", "2007.2", "2004.0 to 2019.0", "2008.5", "97 %"),
        ("decline", "2012.0", "2009.0 to after 2030", "2014.0", "90 %"),
        ("regeneration", "2025.5", "2020.0 to after 2030", "after 2030", "35 %"),
    ]
    text = " ".join(section.paragraphs).replace("\u00a0", " ")
    assert "in 1,000 runs Coordination Factor and Preference Speed vary over their ranges" in text
    assert "61 % end before it can be told, 30 % show a life cycle and 9 % come to rest without one" in text
    marked = "".join(cell.text for row in section.tables[0].rows for cell in row)
    held_to_document(marked, LIFE_CYCLE.document(found), least=3 + 3 + 2 + 1)


@pytest.mark.usefixtures("undrawn")
def test_without_ranges_no_year_is_told(result):
    """Years of one guess alone are no finding: neither table nor words nor the figure's text has one."""
    (section,) = LIFE_CYCLE_SECTION.study(result)
    assert not section.tables
    text = " ".join((*section.paragraphs, *(each.alt + each.caption for each in section.drawings)))
    assert "No years are told" in text
    assert "What the study does not estimate of the co-evolution equations is assumed." in text
    assert set(re.findall(r"\d{4}", text)) == {"2000", "2030"}


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("kind", ["life cycle", "recurrent", "none", "unfinished"])
def test_the_kind_of_the_path_is_said_on_both_pages(result, kind):
    """Whether the preference goes through a life cycle at all, in the study's page and in the one over all."""
    result = finding(result, life_cycle=replace(result[LIFE_CYCLE], kind=kind))
    words = f"Kind of the path: {'a ' if kind == 'life cycle' else ''}{kind}: "
    (own,), (over_all,) = LIFE_CYCLE_SECTION.study(result), LIFE_CYCLE_SECTION.studies([result])
    assert any(words in paragraph for paragraph in own.paragraphs)
    assert any(words in point for point in over_all.points)


def test_a_study_without_a_life_cycle_has_no_part_on_it(result):
    """Neither on its own page nor on the one over all."""
    bare = finding(result, life_cycle=None)
    assert not LIFE_CYCLE_SECTION.study(bare)
    assert not LIFE_CYCLE_SECTION.studies([bare])


def test_the_line_that_ends_the_fit_window_is_dashed_as_its_caption_says(result):
    """α is dotted; the dashes of the other broken line are more than five times as long as it is wide."""
    drawing = life_cycle_figure(result, result[LIFE_CYCLE])
    assert "after the dashed line" in drawing.caption
    broken = re.findall(rb"stroke-dasharray: ([\d.]+),?[^;]*;[^\"]*stroke-width: ([\d.]+)", drawing.svg)
    shares = sorted(float(dash) / float(width) for dash, width in broken)
    assert len(shares) >= 2
    assert shares[0] < 2
    assert shares[-1] > 5
