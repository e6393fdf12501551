"""Figures of the hypercycle: equal bytes, words for those who cannot see, and what belongs on them."""

from collections.abc import Callable

import numpy as np
import pytest

from rcsd.papers import hypercycle as theory
from rcsd.papers.hypercycle import MODES, ModeParameters, figures
from rcsd.report.drawing.save import Drawing

NETWORK = theory.mode_network("organisation")

FIGURES: dict[str, Callable[[], Drawing]] = {
    "network": lambda: figures.network_figure(NETWORK, mode="organisation"),
    "trajectories": lambda: figures.trajectories_figure(theory.survey(NETWORK, years=100)),
    "simplex": lambda: figures.simplex_figure(
        theory.simplex_portrait(NETWORK, theory.share_path(NETWORK, np.linspace(0, 100, 50), shares=[0.8, 0.15, 0.05]))
    ),
    "phase": lambda: figures.phase_figure(theory.phase_diagram(theory.ModeFamily("organisation"), n=4)),
    "ladder": lambda: figures.ladder_figure(theory.ladder()),
    "table": lambda: figures.table_figure(theory.table_1()),
}


@pytest.fixture(scope="module")
def drawn() -> dict[str, Drawing]:
    """Return every figure of the cluster."""
    return {name: draw() for name, draw in FIGURES.items()}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_equal_bytes_twice_and_says_what_it_shows(name, drawn):
    """No date and no random identifier; caption and alternative text are sentences."""
    first, second = drawn[name], FIGURES[name]()
    assert (first.svg, first.png) == (second.svg, second.png)
    assert first.name == f"hypercycle-{name}"
    assert first.alt.endswith(".")
    assert first.caption.endswith(".")


@pytest.mark.parametrize("mode", MODES)
def test_the_picture_of_a_mode_counts_its_nodes_and_links(mode):
    """The text tells units, links and catalysts of the network, and the number of the paper's figure."""
    network = theory.mode_network(mode)
    drawing = figures.network_figure(network, mode=mode)
    assert f"Figure {theory.FIGURES[mode]}" in drawing.alt
    assert f"{network.size} units, {(network.catalysis > 0).sum()} catalytic links" in drawing.alt
    assert f"{len(network.catalysts)} catalysts" in drawing.alt


def test_lines_on_one_another_are_dashed_and_told():
    """Five industries of two cities begin alike: some lines cover others; with three of unequal shares none do."""
    start = [0.5, 0.1, 0.1, 0.1, 0.1, 0.1]
    alike = figures.trajectories_figure(theory.survey(theory.mode_network("regional"), years=50, shares=start))
    assert "Units of equal shares lie on one another" in alike.caption
    apart = theory.survey(theory.enterprises(), years=50, shares=[0.8, 0.15, 0.05])
    assert "lie on one another" not in figures.trajectories_figure(apart).caption


def test_an_orbit_is_told_with_its_period():
    """A cycle of five swings, one of three does not."""
    five = figures.trajectories_figure(theory.survey(theory.pure_cycle(1.0, n=5), years=50))
    assert "swing with a period of 58.76 years" in five.caption
    three = figures.trajectories_figure(theory.survey(theory.pure_cycle(1.0, n=3), years=50))
    assert "swing" not in three.caption


def test_the_table_counts_rows_that_hold_and_a_step_that_does_not_pay_is_pale(drawn):
    """All five rows hold; a domain below its threshold changes the picture of the ladder."""
    assert "5 of 5 rows" in drawn["table"].alt
    low = figures.ladder_figure(theory.ladder(ModeParameters(intercity=0.02)))
    assert low.svg.count(b"#c9d6df") == drawn["ladder"].svg.count(b"#c9d6df") + 1
