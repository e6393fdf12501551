"""What a trajectory is: a life cycle, a recurrent swing, neither, or too short to tell."""

import numpy as np
import pytest

from rcsd.errors import ParameterError
from rcsd.papers.coevolution import CoevolutionParameters, read_life_cycle, trajectory

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


@pytest.mark.parametrize("end", [24.0, 94.3, 95.0, 102.1, 110.0, 157.1])
def test_a_swing_is_no_life_cycle_wherever_the_run_ends(end):
    """A cosine cut near a zero lies in the band at its end, on its way through it."""
    years = np.arange(0.0, end, 0.1)
    assert read_life_cycle(years, -np.cos(years / 5)).kind == ("recurrent" if end > 90 else "unfinished")
    yearly = np.arange(0.0, end)
    assert read_life_cycle(yearly, -np.cos(yearly / 5)).kind != "life cycle"


def test_a_decay_from_above_without_growth_is_no_life_cycle():
    """Institutions that lead from the start and fade show no growth led by technology."""
    years = np.arange(0.0, 100.0)
    assert read_life_cycle(years, 0.8 * np.exp(-years / 10)).kind == "none"


def test_a_path_that_slows_down_in_the_band_has_come_to_rest():
    """Shortly after it has come into the band, a path that fades is a life cycle already."""
    years = np.arange(0.0, 40.1, 1.0)
    path = np.where(years < 10, -1 + years / 10, 0.4 * np.sin(np.pi * (years - 10) / 40) * np.exp(-(years - 10) / 12))
    found = read_life_cycle(years, path)
    assert found.stages[-1].last_year - found.stages[-1].first_year < 12
    assert found.kind == "life cycle"
