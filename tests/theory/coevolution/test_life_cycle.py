"""What a trajectory is: a life cycle, a recurrent swing, neither, or too short to tell."""

import numpy as np
import pytest

from rcsd.errors import ParameterError
from rcsd.theory.coevolution import CoevolutionParameters, read_life_cycle, trajectory

YEARS = np.linspace(0, 120, 1201)


def clock(**changed: float) -> np.ndarray:
    """Solve the worked example with other parameters from x = -1."""
    return trajectory(CoevolutionParameters(**changed), YEARS).preference


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        pytest.param(clock(), "life cycle", id="the worked example"),
        pytest.param(clock(beta=1.45), "unfinished", id="rings longer than the run"),
        pytest.param(clock(beta=1.7), "recurrent", id="limit cycle"),
        pytest.param(clock(beta=2.1), "none", id="locked in on technology"),
        pytest.param(clock(beta=0.5, alpha0=0.0), "none", id="comes to zero without crossing it"),
        pytest.param(-np.cos(YEARS / 5), "recurrent", id="cosine"),
        pytest.param(-np.exp(YEARS / 60) / 8 * np.cos(YEARS / 5), "recurrent", id="growing swing"),
        pytest.param(-np.exp(-YEARS / 12) * np.cos(YEARS / 5), "life cycle", id="damped swing"),
        pytest.param(-np.exp(-YEARS / 200) * np.cos(YEARS / 5), "unfinished", id="slowly damped swing"),
        pytest.param(np.tanh((YEARS - 30) / 5), "none", id="goes over to institutions for good"),
        pytest.param(np.full(YEARS.shape, -0.9), "none", id="does not move"),
        pytest.param(0.01 * np.cos(YEARS), "none", id="never leaves the band"),
        pytest.param(-1 + YEARS / 150, "unfinished", id="still rising"),
    ],
)
def test_a_trajectory_is_read_as_what_it_is(path, kind):
    """The kind follows from the whole path, and the stages cover the run whatever it is."""
    reading = read_life_cycle(YEARS, path, band=0.05)
    assert reading.kind == kind
    assert (reading.stages[0].first_year, reading.stages[-1].last_year) == (0, 120)
    assert (reading.stages[-1].stage == "regeneration") == (kind == "life cycle" or np.abs(path).max() < 0.05)


def test_a_wider_band_ends_the_decline_sooner():
    """What rings within the band is regeneration."""
    path = clock(beta=1.45)
    assert read_life_cycle(YEARS, path, band=0.2).kind == "life cycle"


@pytest.mark.parametrize(
    ("times", "path", "band"),
    [
        ([0.0, 2.0, 1.0], [-1.0, 0.0, 0.1], 0.05),
        ([0.0, 1.0], [-1.0, 0.0, 0.1], 0.05),
        ([0.0, 1.0], [-1.0, np.nan], 0.05),
        ([0.0], [-1.0], 0.05),
        ([0.0, 1.0], [-1.0, 0.0], 0.0),
    ],
)
def test_a_path_that_cannot_be_read_is_refused(times, path, band):
    """One error, not stages of nonsense."""
    with pytest.raises(ParameterError):
        read_life_cycle(times, path, band=band)
