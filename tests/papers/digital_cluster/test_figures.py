"""Figures of the digital cluster: equal bytes, words for those who cannot see, and the marks where they belong."""

from collections.abc import Callable

import numpy as np
import pytest

from rcsd.papers import digital_cluster as theory
from rcsd.papers.digital_cluster import DigitalClusterParameters, Survey, figures
from rcsd.papers.digital_cluster.figures.wording import STAGE_COLOURS, STAGE_INKS
from rcsd.report.drawing.save import Drawing

YEARS = np.linspace(0, 60, 61)


def looked_at(year: float, **changes: float) -> Survey:
    """Return the survey of some parameters, read in a year."""
    return theory.survey(DigitalClusterParameters(**changes), year=year, n_runs=200, rng=np.random.default_rng(0))


def diagram(found: Survey) -> theory.PhaseDiagram:
    """Return a small phase diagram around a survey."""
    simulator = theory.DigitalClusterSimulator(YEARS, parameters=found.path.parameters)
    return theory.phase_diagram(
        simulator, imitations=[0.0, 0.1, 0.4], ceilings=[0.4, 0.7, 1.0], savings=[0.0, 0.3], years=YEARS
    )


FIGURES: dict[str, Callable[[Survey], Drawing]] = {
    "paths": figures.paths_figure,
    "table": figures.table_figure,
    "phase": lambda found: figures.phase_figure(diagram(found), found.path.parameters),
    "leaders": figures.leaders_figure,
}


@pytest.fixture(scope="module")
def base() -> Survey:
    """Return the base run, read in year 21."""
    return looked_at(21.0)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_equal_bytes_twice_and_says_what_it_shows(name, base):
    """No date and no random identifier; the caption says how to read it and with which parameters it was made."""
    first, second = FIGURES[name](base), FIGURES[name](base)
    assert (first.svg, first.png) == (second.svg, second.png)
    assert first.name == f"digital-{name}"
    assert first.alt.endswith(".")
    assert first.caption.startswith("How to read it: ")
    assert first.caption.endswith("Parameters as in the model.")


def test_the_paths_name_the_stages_with_their_years(base):
    """The text follows the classifier, and says what kind of path it is."""
    alt = figures.paths_figure(base).alt
    assert "full path" in alt
    assert "conventional cluster 0.0–16.7; digital cluster 16.7–25.0; business ecosystem 25.0–." in alt
    lower = figures.paths_figure(looked_at(60.0, digital_ceiling=0.7))
    assert "ends as a digital cluster" in lower.alt
    assert "Digital Ceiling = 0.7, all else as in the model" in lower.caption


@pytest.mark.parametrize(("year", "cells"), [(5.0, (9, 1, 0)), (21.0, (1, 9, 2)), (50.0, (0, 2, 9))], ids=theory.STAGES)
def test_the_table_marks_the_cells_that_describe_the_state(year, cells):
    """In each column as many cells are filled as rows speak for its stage, and the named column's head is filled."""
    found = looked_at(year)
    svg = figures.table_figure(found).svg.decode().lower()
    for stage, count in zip(theory.STAGES, cells, strict=True):
        assert svg.count(f"fill: {STAGE_COLOURS[stage].lower()}") == count
        # a stripe for each marked cell, and the head of the named stage
        assert svg.count(f"fill: {STAGE_INKS[stage].lower()}") == count + (stage == found.reading.stage)


def test_the_table_says_every_outcome_and_a_tie():
    """The alternative text holds the cell of each row; equal votes are called a tie."""
    late = figures.table_figure(looked_at(50.0))
    for row in theory.TABLE:
        assert f"{row.key}: {row.cells[2]}" in late.alt
    years = np.linspace(10, 20, 201)
    values = theory.cluster_path(DigitalClusterParameters(), np.append(0.0, years)).values
    (left, able), _ = theory.passed_by(theory.row_stages(values))
    tied = years[2 * left[1:] == able]
    assert "tie with the digital cluster" in figures.table_figure(looked_at(float(tied[0]))).alt


def test_the_phase_diagram_counts_its_points(base):
    """One of nine points without saving takes the full path, one with."""
    drawing = FIGURES["phase"](base)
    found = diagram(base)
    for saving, kinds in zip(found.savings, found.kinds, strict=True):
        assert f"saving {saving:g}: {(kinds == theory.FULL_PATH).mean():.0%} of the points" in drawing.alt


def test_the_leaders_figure_says_mean_and_expectation(base):
    """Both numbers are those of the runs."""
    alt = figures.leaders_figure(base).alt
    counts = base.leaders.counts()[:, -1]
    assert f"{counts.mean():.3g} on average after 60 years, {base.leaders.accumulated[-1]:.3g} by the integral" in alt
