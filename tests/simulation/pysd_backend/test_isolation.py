"""Runs do not know of each other: whatever came before, a run equals one on a fresh load."""

import numpy as np
import pytest

from rcsd.ensemble import RunStatus
from rcsd.simulation.pysd_backend import PysdSimulator
from rcsd.simulation.reader import read
from tests.places import TEST_MODELS

TOWN_RUNS = [
    {},
    {"Initial Capital": 200.0, "Pass Through": 1.0},  # moves a stock's initial value and INITIAL()
    {"Planning Delay": 1.0},  # moves the smooth's state
    {"Initial Reserves": 500.0, "Price Freeze Time": 2004.0},
    {"Boost": 0.5},
    {},
]
EXPLOSIVE_RUNS = [
    {},
    {"Divisor": 0.0},  # raises in the middle of PySD's set-up
    {},
    {"Rate": 5.0, "Power": 50.0},  # raises in the middle of the integration
    {"Rate": 0.2},
    {"Initial Stock": -1.0, "Power": 0.5},  # turns complex
    {},
]


def fresh(name: str) -> PysdSimulator:
    """Load a test model anew."""
    return PysdSimulator(read(TEST_MODELS / name))


@pytest.mark.parametrize(("name", "runs"), [("mining_town.mdl", TOWN_RUNS), ("explosive.mdl", EXPLOSIVE_RUNS)])
def test_interleaved_runs_equal_runs_on_freshly_loaded_models(name: str, runs: list[dict[str, float]]) -> None:
    """Bit for bit, over changed constants, stocks, INITIAL, smooths and runs that fail."""
    shared = fresh(name)
    for inputs in runs:
        here, alone = shared.run(inputs), fresh(name).run(inputs)
        assert np.array_equal(here.values, alone.values, equal_nan=True)
        assert (here.status.tolist(), here.messages) == (alone.status.tolist(), alone.messages)


def test_the_order_of_runs_does_not_matter(town: PysdSimulator) -> None:
    """A batch and its reverse give each row the same numbers, whatever is saved and when."""
    values = np.linspace(0, 2, 5)
    forth = town.run({"Pass Through": values}, outputs=["Output"])
    town.run({"Initial Capital": 1}, outputs=["Capital", "Wellbeing"], times=[2005])
    back = town.run({"Pass Through": values[::-1]}, outputs=["Output"])
    assert np.array_equal(forth.values, back.values[::-1])


def test_a_failed_run_leaves_nothing_behind_for_a_pickled_copy(explosive: PysdSimulator) -> None:
    """After failures the simulator still runs its defaults."""
    assert explosive.run({"Divisor": 0}).status[0] == RunStatus.DIVERGED
    assert explosive.run({}, outputs=["Divisor"], times=[40]).values.ravel().tolist() == [1.0]
