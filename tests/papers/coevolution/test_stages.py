"""Stages read off trajectories whose shape is known."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from rcsd.papers.coevolution import life_cycle_stages


def _clock(_, state, *, nu=0.15, beta=1.1, omega=0.08, alpha0=0.5, lam=2.5):
    x, alpha = state
    return [
        2 * nu * (np.sinh(alpha + beta * x) - x * np.cosh(alpha + beta * x)),
        -2 * omega * (alpha0 * np.sinh(lam * x) + alpha * np.cosh(lam * x)),
    ]


def test_innovation_clock_passes_through_the_four_stages():
    """The damped focus of the reference crosses zero near year 9 and peaks near year 14."""
    times = np.arange(0.0, 60.5, 0.5)
    path = solve_ivp(_clock, (0, 60), [-1.0, 0.0], t_eval=times, rtol=1e-10, atol=1e-12).y[0]
    spans = life_cycle_stages(times, path, band=0.05)
    assert [span.stage for span in spans] == ["growth", "maturity", "decline", "regeneration"]
    assert spans[0].last_year == pytest.approx(9, abs=1)
    assert spans[1].last_year == pytest.approx(14, abs=1)
    assert path.max() == pytest.approx(0.26, abs=0.01)
    later = times >= spans[2].last_year
    assert np.all(np.abs(path[later]) <= 0.05)
    assert [span.first_year for span in spans[1:]] == [span.last_year for span in spans[:-1]]


def test_ringing_decline_ends_when_the_band_is_kept():
    """-exp(-t/15) cos(2 pi t/20) crosses zero at 5, peaks where its slope is zero, and rings until the band is kept."""
    times = np.linspace(0, 100, 2001)
    path = -np.exp(-times / 15) * np.cos(2 * np.pi * times / 20)
    spans = life_cycle_stages(times, path, band=0.05)
    assert spans[0].last_year == pytest.approx(5, abs=0.05)
    slope = -np.arctan(20 / (2 * np.pi * 15)) * 20 / (2 * np.pi)
    assert spans[1].last_year == pytest.approx(10 + slope, abs=0.05)
    outside = times[np.abs(path) > 0.05][-1]
    assert spans[2].last_year == pytest.approx(outside, abs=0.05)


@pytest.mark.parametrize(
    ("path", "stages"),
    [
        ([-1.0, -0.8, -0.5], ["growth"]),
        ([-1.0, 0.5, 1.0], ["growth", "maturity"]),
        ([-1.0, 0.5, 0.4], ["growth", "maturity", "decline"]),
        ([0.2, 0.5, 0.0], ["maturity", "decline", "regeneration"]),
        ([-1.0, 0.05, 0.01], ["growth", "maturity", "regeneration"]),
    ],
)
def test_stages_not_reached_are_absent(path, stages):
    """Only what the trajectory shows is named; the spans cover all of the time."""
    spans = life_cycle_stages(np.array([2000.0, 2001.0, 2002.0]), np.array(path), band=0.1)
    assert [span.stage for span in spans] == stages
    assert (spans[0].first_year, spans[-1].last_year) == (2000.0, 2002.0)
    assert [span.open for span in spans] == [False] * (len(spans) - 1) + [True]


def test_a_path_that_comes_to_rest_has_not_turned():
    """Noise of a solver on a path that rises to its end is no peak: maturity goes on."""
    times = np.linspace(0, 100, 201)
    path = 0.5 - np.exp(-times / 4) + 1e-11 * np.sin(7 * times)
    assert [span.stage for span in life_cycle_stages(times, path, band=0.05)] == ["growth", "maturity"]
