"""What the drawings of loops say."""

import re

import numpy as np
import pytest

from rcsd.analysis.loops import NamedLoop, dominance, feedback_loops
from rcsd.report.loops.figures import ruling_figure, scores_figure
from rcsd.report.loops.words import kind_of, most_often, ruling_sentences
from tests.analysis.loops.loop_models import LOGISTIC, saved, simulator

NAMES = [NamedLoop("growth", ("Population", "births")), NamedLoop("crowding", ("Population", "deaths"))]


@pytest.fixture
def many(tmp_path):
    """Return dominance over ten runs of logistic growth."""
    start = np.geomspace(1, 900, 10)
    return dominance(simulator(saved(tmp_path, LOGISTIC)), {"initial population": start}, named=NAMES)


def test_one_run_is_drawn_and_the_strongest_loop_is_named(tmp_path):
    """With its share, as the result has it."""
    found = feedback_loops(simulator(saved(tmp_path, LOGISTIC)), named=NAMES)
    drawing = scores_figure(found)
    strongest = max(found.loops, key=lambda loop: loop.mean_share)
    assert f"{strongest.name} has the most, {100 * strongest.mean_share:.0f} %" in drawing.alt
    assert drawing.svg.lstrip().startswith(b"<?xml")


def test_a_loop_alone_is_not_drawn(tmp_path):
    """It has all of the score by definition."""
    found = feedback_loops(simulator(saved(tmp_path, ("S = INTEG(-S / 5, 1)",))))
    assert scores_figure(found) is None


def test_many_runs_are_drawn_and_said_in_words(many):
    """The sentence has the number of the result, and so has the drawing's."""
    growth = many.families[0]
    start, share = most_often(growth, many.starts)
    assert share == growth.rules.max() == pytest.approx(growth.rules[many.starts == start][0])
    drawing = ruling_figure(many)
    assert re.search(r"10 runs of model: most often \w+ has the most, at [\d.]+ in \d+ % of the runs", drawing.alt)
    said = " ".join(ruling_sentences(many))
    assert f"most often in {start:g} (in {100 * share:.0f} % of draws)" in said
    assert f"reinforcing loops have more than half in {100 * many.reinforcing.rules.mean():.0f} %" in said
    assert [kind_of(each) for each in many.families] == ["reinforcing", "balancing"]
