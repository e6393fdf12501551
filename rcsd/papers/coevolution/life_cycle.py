"""Whether a trajectory of the innovation preference is a life cycle at all, and which stages it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.coevolution.stages import StageSpan, life_cycle_stages
from rcsd.papers.rules import increasing, positive

Reading = Literal["life cycle", "recurrent", "none", "unfinished"]

N_SWINGS = 3
"""So many whole swings in a row that do not shrink make a trajectory recurrent."""
KEPT = 0.95
"""A swing shrinks when it is lower than this share of the one before."""
LAST_SHARE = 0.25
"""The part of the run, at its end, over which x must keep still to be at rest."""
SLOWED = 0.95
"""x slows down when it moves at less than this share of the speed with which it came."""
STILL = 0.1
"""x keeps still when it varies by less than this share of the band."""


@dataclass(frozen=True, slots=True)
class LifeCycleReading:
    """What a trajectory of x shows.

    Attributes
    ----------
    kind : str
        "recurrent": x swings around zero and the last three whole swings do not shrink, wherever the run ends. "life
        cycle": after growth, and a maturity or decline with x above zero, x comes into the band around zero and keeps
        within it to the end of the run, slowing down or for longer than it would need to pass through. "none": x is at
        rest at the end without that, locked in on one side of zero or come to zero without crossing it, or it never
        leaves the band. "unfinished": the run ends before any of these can be told.
    stages : tuple of StageSpan
        Those that the trajectory shows, as `life_cycle_stages` reads them; only a "life cycle" has the last.
    """

    kind: Reading
    stages: tuple[StageSpan, ...]


def read_life_cycle(times: ArrayLike, preference: ArrayLike, *, band: float = 0.05) -> LifeCycleReading:
    """Tell a life cycle from a recurrent swing, from a city that stays where it is, and from a run too short to tell.

    Parameters
    ----------
    times
        Increasing, two or more, shape (n_times,).
    preference
        x at these times, finite, shape (n_times,).
    band
        How close to zero x must stay for regeneration, above zero.

    Returns
    -------
    LifeCycleReading
        Its kind and its stages.

    Raises
    ------
    ParameterError
        When the times do not increase, x has another shape or is not finite, or the band is not above zero.

    Examples
    --------
    >>> years = np.linspace(0.0, 100.0, 1001)
    >>> read_life_cycle(years, -np.exp(-years / 10) * np.cos(years / 5)).kind
    'life cycle'
    >>> read_life_cycle(years, -np.cos(years / 5)).kind
    'recurrent'
    >>> read_life_cycle(years, np.full(years.shape, -0.8)).kind
    'none'
    """
    years = increasing("times", times, least=2)
    x = np.asarray(preference, dtype=np.float64)
    width = positive("band", band)
    if x.shape != years.shape or not np.isfinite(x).all():
        raise ParameterError(f"the preference must have a finite value for each of the {years.size} times")
    stages = life_cycle_stages(years, x, band=width)
    return LifeCycleReading(_kind(years, x, width, {span.stage: span for span in stages}), stages)


def _kind(times: NDArray[np.float64], x: NDArray[np.float64], band: float, shown: Mapping[str, StageSpan]) -> Reading:
    if (np.abs(x) <= band).all():
        return "none"
    if _keeps_swinging(x, band):
        return "recurrent"
    if "regeneration" in shown and "growth" in shown and shown.keys() & {"maturity", "decline"}:
        return "life cycle" if _stays(times, x, band, shown["regeneration"].first_year) else "unfinished"
    late = x[times >= times[-1] - LAST_SHARE * (times[-1] - times[0])]
    return "none" if np.ptp(late) < STILL * band else "unfinished"


def _stays(times: NDArray[np.float64], x: NDArray[np.float64], band: float, since: float) -> bool:
    """Say whether x slows down in the band, or has been there for longer than it would take to pass through.

    A swing that the end of the run cuts near zero is in the band too, but passes through it at its full speed.
    """
    speeds = np.abs(np.diff(x) / np.diff(times))
    came = float(speeds[max(int(np.searchsorted(times, since)) - 1, 0)])
    return bool(speeds[-1] < SLOWED * came or (times[-1] - since) * came > 2 * band)


def _keeps_swinging(x: NDArray[np.float64], band: float) -> bool:
    """Say whether the last swings of x around zero, cut ones left out, all leave the band and do not shrink."""
    changes = np.flatnonzero(np.diff(np.signbit(x))) + 1
    # What lies before the first crossing is the start and not a swing, what lies after the last is cut by the end.
    heights = [np.abs(x[first:end]).max() for first, end in pairwise(changes)][-N_SWINGS:]
    if len(heights) < N_SWINGS or min(heights) <= band:
        return False
    return all(later >= KEPT * earlier for earlier, later in pairwise(heights))
