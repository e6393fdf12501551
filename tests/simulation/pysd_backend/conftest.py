"""Simulators that are safe to share, since their runs do not know of each other."""

import pytest

from rcsd.simulation.pysd_backend import PysdSimulator
from rcsd.simulation.reader import read
from tests.places import TEST_MODELS


def fresh(name: str) -> PysdSimulator:
    """Load a test model."""
    return PysdSimulator(read(TEST_MODELS / name))


@pytest.fixture(scope="session")
def teacup() -> PysdSimulator:
    """Return the cooling cup: one stock, one exponential."""
    return fresh("teacup.mdl")


@pytest.fixture(scope="session")
def town() -> PysdSimulator:
    """Return a small city: tables, a smooth, INITIAL, powers, MIN and MAX."""
    return fresh("mining_town.mdl")


@pytest.fixture(scope="session")
def explosive() -> PysdSimulator:
    """Return a model that can be made to blow up."""
    return fresh("explosive.mdl")
