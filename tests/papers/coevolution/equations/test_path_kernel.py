"""The compiled paths of the pair."""

import numpy as np
import pytest

from rcsd.papers.coevolution import CoevolutionParameters, trajectory
from rcsd.papers.coevolution.equations.path_kernel import preference_paths


@pytest.mark.parametrize(
    "row",
    [(0.15, 1.1, 0.08, 0.5, 2.5), (0.5, 2.5, 0.3, 2.0, 5.0), (0.02, 0.0, 0.0, 0.0, 0.0), (0.15, 1.8, 0.08, 0.5, 2.5)],
)
def test_they_are_those_of_the_adaptive_solver(row):
    """Slow, fast, without preference dynamics, and on a cycle."""
    times = np.arange(0.0, 40.25, 0.25)
    exact = trajectory(CoevolutionParameters(*row), times)
    found = preference_paths(np.array([row]), times.size, 0.25)
    assert found[0] == pytest.approx(exact.preference, abs=2e-5)


def test_without_preference_dynamics_and_coordination_x_decays_to_zero():
    """With omega and beta zero dx/dt = -2 nu x: x = -exp(-2 nu t), and each row has its own."""
    rows = np.array([[0.1, 0, 0, 0.5, 1], [0.3, 0, 0, 0.5, 1]], dtype=np.float64)
    found = preference_paths(rows, 11, 1.0)
    assert found == pytest.approx(-np.exp(-2 * rows[:, :1] * np.arange(11)), abs=5e-5)
