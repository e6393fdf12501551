"""PySD through rcsd against pysimlin, an engine that shares no code with it."""

from pathlib import Path

import numpy as np
import pytest

from rcsd.names import canonical
from rcsd.simulation.pysd_backend import PysdSimulator
from rcsd.simulation.reader import read
from tests.places import MODELS, TEST_MODELS


def worst_difference(path: Path, simulator: PysdSimulator) -> float:
    """Return the largest relative difference over all variables and times."""
    simlin = pytest.importorskip("simlin")
    theirs = simlin.load(path).run(analyze_loops=False).results
    columns = {canonical(column): theirs[column].to_numpy() for column in theirs.columns}
    ours = simulator.run()
    assert ours.ok.all()
    differences = []
    for name in ours.variables:
        expected = columns[canonical(name)]
        scale = np.abs(expected) + 1e-9 * np.max(np.abs(expected)) + 1e-300
        differences.append(float(np.max(np.abs(ours.of(name)[0] - expected) / scale)))
    return max(differences)


def test_a_small_city_agrees_with_the_other_engine(town: PysdSimulator) -> None:
    """Tables, a third-order smooth, INITIAL, STEP, powers, logarithm, minimum and maximum."""
    assert worst_difference(TEST_MODELS / "mining_town.mdl", town) < 1e-12


def test_a_model_converted_to_xmile_agrees_with_its_vensim_file(tmp_path: Path, town: PysdSimulator) -> None:
    """The other engine writes the XMILE; our reader makes the same model of it."""
    simlin = pytest.importorskip("simlin")
    text = simlin.load(TEST_MODELS / "mining_town.mdl").project.to_xmile()
    path = tmp_path / "mining_town.xmile"
    path.write_text(text if isinstance(text, str) else text.decode(), encoding="utf-8")
    converted = PysdSimulator(read(path))
    assert worst_difference(path, converted) < 1e-12
    ours, again = town.run(), converted.run()
    index = {canonical(name): name for name in again.variables}
    for name in ours.variables:
        assert again.of(index[canonical(name)]) == pytest.approx(ours.of(name), rel=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["mdl", "xmile"])
def test_the_resource_city_model_agrees_with_the_other_engine(suffix: str) -> None:
    """The package's own model, in both of its formats."""
    path = MODELS / "resource_city" / f"resource_city.{suffix}"
    assert worst_difference(path, PysdSimulator(read(path))) < 1e-9
