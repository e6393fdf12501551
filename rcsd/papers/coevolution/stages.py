"""Reads the stages of a resource city's life cycle off the trajectory of its innovation preference.

Growth: technology leads (x < 0) until the first zero crossing. Maturity: until the peak after it. Decline: until x has
come back to zero and stays within a band of it. Regeneration: after that. (Liu & Zhang, Figure 1.) "Stays" means to
the end of the run: what x does after it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STAGES = ("growth", "maturity", "decline", "regeneration")

_STILL = 1e-8
"""An x that falls by less has not turned: a hundred times the solver's error."""


@dataclass(frozen=True, slots=True)
class StageSpan:
    """One stage of the life cycle: "growth", "maturity", "decline" or "regeneration", from one year to another.

    `open` says that the run ends inside the stage: it lasts at least to `last_year`, and nobody knows how long.
    """

    stage: str
    first_year: float
    last_year: float
    open: bool = False


def life_cycle_stages(
    times: NDArray[np.float64], preference: NDArray[np.float64], *, band: float
) -> tuple[StageSpan, ...]:
    """Stages of one trajectory.

    Parameters
    ----------
    times
        Increasing, shape (n_times,).
    preference
        x at these times, in [-1, 1], shape (n_times,).
    band
        How close to zero x must stay for regeneration, positive.

    Returns
    -------
    tuple of StageSpan
        What the trajectory shows, whether or not it is a life cycle (`read_life_cycle` says that). In order, without
        gaps, from the first time to the last; stages that the trajectory does not reach, or that take no time, are
        absent. A crossing is placed by linear interpolation, the peak at a saved time. The last stage is open: it lasts
        at least to the last time, and whether x keeps to the band after that is not known, so that a longer run may
        move the begin of regeneration.

    Examples
    --------
    >>> life_cycle_stages(np.array([0.0, 1.0, 2.0, 3.0]), np.array([-1.0, 1.0, 0.5, 0.0]), band=0.1)
    (StageSpan(stage='growth', first_year=0.0, last_year=0.5, open=False), \
StageSpan(stage='maturity', first_year=0.5, last_year=1.0, open=False), \
StageSpan(stage='decline', first_year=1.0, last_year=2.8, open=False), \
StageSpan(stage='regeneration', first_year=2.8, last_year=3.0, open=True))
    """
    last = float(times[-1])
    reached = np.flatnonzero(preference >= 0)
    crossed = int(reached[0]) if reached.size else None
    crossing = None if crossed is None else _crossing(times, preference, crossed)
    peak = None if crossed is None else _peak(preference, crossed)
    settled = None if peak is None else _settled(times, preference, peak, band)
    ends = [crossing, None if peak is None else float(times[peak]), settled]
    edges = [float(times[0]), *(last if end is None else end for end in ends), last]
    return tuple(
        StageSpan(stage, first, end, open=end == last)
        for stage, first, end in zip(STAGES, edges[:-1], edges[1:], strict=True)
        if end > first
    )


def _crossing(times: NDArray[np.float64], x: NDArray[np.float64], after: int) -> float:
    """When x reaches zero from below, given the first index where it has; the first time if it never was below."""
    if after == 0:
        return float(times[0])
    share = -x[after - 1] / (x[after] - x[after - 1])
    return float(times[after - 1] + share * (times[after] - times[after - 1]))


def _peak(x: NDArray[np.float64], first: int) -> int | None:
    """Index of the highest x between the crossing and the next return below zero; None while x still rises."""
    below = np.flatnonzero(x[first:] < 0)
    end = x.size if below.size == 0 else first + int(below[0])
    peak = first + int(np.argmax(x[first:end]))
    return None if x[peak] - float(x[peak:].min()) <= _STILL else peak


def _settled(times: NDArray[np.float64], x: NDArray[np.float64], peak: int, band: float) -> float | None:
    """When |x| comes within the band for good; None while it is outside at the end."""
    outside = np.flatnonzero(np.abs(x[peak:]) > band)
    if outside.size == 0:
        return float(times[peak])
    before = peak + int(outside[-1])
    if before == x.size - 1:
        return None
    # |x| falls from outside the band to inside it between two saved times.
    high, low = abs(float(x[before])), float(x[before + 1]) * float(np.sign(x[before]))
    share = (high - band) / (high - low)
    return float(times[before] + share * (times[before + 1] - times[before]))
