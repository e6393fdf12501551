"""The life cycle in a report: stages, words, and lines that can be told apart."""

import re
from dataclasses import replace

import pytest

from rcsd.papers.coevolution.figures.life_cycle import life_cycle_figure
from rcsd.papers.coevolution.section import LIFE_CYCLE_SECTION
from rcsd.papers.coevolution.step import LIFE_CYCLE
from rcsd.papers.coevolution.tables import stages_table
from tests.report.conftest import study_result
from tests.report.knowledge import finding


@pytest.fixture(scope="module")
def result():
    """Return a study with a damped life cycle."""
    return study_result()


def test_the_last_stage_has_no_end(result):
    """Regeneration begins in 2025.5 and the run ends in 2030: the stage lasts 4.5 years at least."""
    rows = [tuple(cell.text for cell in row) for row in stages_table(result[LIFE_CYCLE]).rows]
    assert rows[-1] == ("regeneration", "2025.5", "(end of the run)", "at least 4.5")
    assert rows[0] == ("growth", "2000.0", "2007.2", "7.2")


@pytest.mark.usefixtures("undrawn")
def test_the_life_cycle_claims_no_fitted_parameters_of_its_own(result):
    """The page lists what was fitted and says that what is not among it is assumed."""
    (section,) = LIFE_CYCLE_SECTION.study(result)
    text = " ".join(section.paragraphs)
    assert "Fitted were only Growth Rate and Loss Rate: a parameter of the co-evolution equations" in text


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
