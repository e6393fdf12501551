"""The other paths of the split that the city's model is given."""

import numpy as np
import pytest

from rcsd.study.panel.ablation.reading import read_ablations
from rcsd.study.panel.panel import load_panel
from tests.places import CALIBRATION


@pytest.fixture(scope="module")
def paths():
    """Run the first city of the panel with each of them: x and GDP, 2000-2030."""
    panel = load_panel()
    ablations = read_ablations(CALIBRATION / "coevolution" / "gdp.toml", panel)
    years = np.arange(2000.0, 2031)
    found = {}
    for name, variant in [("whole", ablations.whole), *((part.name, part.variant) for part in ablations.parts)]:
        simulator = variant.study(panel, panel.cities[0]).simulator()
        run = simulator.run({}, outputs=["Innovation Preference", "GDP"], times=years)
        found[name] = run.of("Innovation Preference")[0], run.of("GDP")[0], simulator
    return found


def test_constant_splits_stay(paths):
    """Half and half, and all technology."""
    assert paths["even_split"][0] == pytest.approx(np.zeros(31))
    assert paths["first_split"][0] == pytest.approx(-np.ones(31))


def test_the_sigmoid_never_turns_back(paths):
    """It rises to the root of x = tanh(0.5 + x), 0.881, where the pair has turned by then."""
    path = paths["logistic"][0]
    assert (np.diff(path) > 0).all()
    assert path[-1] == pytest.approx(0.881, abs=0.01)
    assert path[-1] > paths["whole"][0][-1] + 0.5


def test_with_none_the_split_moves_no_output(paths):
    """GDP is the same from an even split on as from all technology; in the whole model it is not."""
    years = np.array([2005.0, 2013, 2030])
    moved = {}
    for name in ("none", "whole"):
        runs = (
            paths[name][2].run({"Initial Innovation Preference": [-1.0, 0.0]}, outputs=["GDP"], times=years).of("GDP")
        )
        moved[name] = np.abs(runs[1] / runs[0] - 1).max()
    assert moved["none"] < 1e-12
    assert moved["whole"] > 0.005
