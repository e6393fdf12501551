"""Figures of the co-evolution model: equal bytes, words for those who cannot see, and the marks where they belong."""

import re
from collections.abc import Callable

import numpy as np
import pytest

from rcsd.papers import coevolution as theory
from rcsd.papers.coevolution import CoevolutionParameters, Survey, figures
from rcsd.report.drawing.save import Drawing

HARD = CoevolutionParameters(nu=1.0, beta=3.4, omega=2.5, alpha0=5.0, lam=1.0)

FIGURES: dict[str, Callable[[Survey], Drawing]] = {
    "path": lambda found: figures.path_figure(found.path, found.reading),
    "landscape": lambda found: figures.landscape_figure(theory.landscape(found.path.parameters)),
    "phase": lambda found: figures.phase_figure(theory.phase_portrait(found.path, cycles=found.cycles)),
    "bifurcations": lambda found: figures.bifurcations_figure(theory.bifurcation_set(found.path.parameters)),
    "density": lambda found: figures.density_figure(
        theory.density_path(10, found.path.parameters, found.path.times[::20]), found.path
    ),
}


@pytest.fixture(scope="module")
def clock() -> Survey:
    """Return the worked example."""
    return theory.survey(CoevolutionParameters())


@pytest.fixture(scope="module")
def drawn(clock: Survey) -> dict[str, Drawing]:
    """Return every figure of the worked example."""
    return {name: draw(clock) for name, draw in FIGURES.items()}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_equal_bytes_twice_and_says_what_it_shows(name, clock, drawn):
    """No date and no random identifier; caption and alternative text are sentences that name the parameters."""
    first, second = drawn[name], FIGURES[name](clock)
    assert (first.svg, first.png) == (second.svg, second.png)
    assert first.alt.endswith(".")
    assert first.caption.endswith(".")
    assert "β = 1.1" in first.caption


def test_figure_1_is_solid_and_dotted_over_its_stages(drawn):
    """The text names the four stages with their years; one line is dotted."""
    drawing = drawn["path"]
    assert "growth 0.0–9.0; maturity 9.0–14.4; decline 14.4–33.4; regeneration 33.4–." in drawing.alt
    dashes = re.findall(rb"stroke-dasharray: ([\d.]+),", drawing.svg)
    assert any(float(dash) < 4 for dash in dashes)


def test_a_path_that_is_no_life_cycle_is_not_called_one():
    """The words of the figure follow the reading."""
    found = theory.survey(CoevolutionParameters(beta=1.8), years=200.0)
    assert "no life cycle but a swing that recurs" in FIGURES["path"](found).caption
    locked = theory.survey(CoevolutionParameters(beta=2.1))
    assert "no life cycle." in FIGURES["path"](locked).caption


def test_the_phase_plane_names_both_cycles_of_a_hard_onset():
    """A stable equilibrium, an unstable and a stable cycle."""
    drawing = FIGURES["phase"](theory.survey(HARD, years=10.0))
    assert "a stable focus at x = 0" in drawing.alt
    assert "an unstable cycle of amplitude 0.311" in drawing.alt
    assert "a stable cycle of amplitude 0.985" in drawing.alt


def test_the_landscape_counts_its_valleys(drawn):
    """One up to beta = 1, two above."""
    assert "1 at β = 0.5, 1 at β = 1, 2 at β = 1.5, 2 at β = 2." in drawn["landscape"].alt


def test_the_bifurcation_figure_names_the_points(drawn):
    """Pitchfork at 1 + 0.5 x 2.5, fold at 1.905."""
    alt = drawn["bifurcations"].alt
    assert "pitchfork lies at β = 2.25" in alt
    assert "β = 1.905" in alt


def test_the_density_says_its_mean(clock, drawn):
    """The text holds the mean and the spread at the end, which the distribution gives."""
    density = theory.density_path(10, clock.path.parameters, clock.path.times[::20])
    spread = np.sqrt(density.probability[-1] @ (density.x - density.mean[-1]) ** 2)
    assert f"mean is {density.mean[-1]:.3f} and its standard deviation {spread:.3f}" in drawn["density"].alt
