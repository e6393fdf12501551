"""Numbers derived from a trajectory, whose sensitivity can be asked for like that of any output.

Each takes the saved times and the paths of one output, shape (run, time), and gives a number per run. Crossings and
settling are placed by linear interpolation between saved times, peaks at a saved time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.clock import at_time
from rcsd.errors import ParameterError

Numbers = NDArray[np.float64]

_SAME = 1e-12
"""Values of a path that differ by less than this share of its largest size are equal: a plateau has no peak in it."""


class Outcome(Protocol):
    """A function of the trajectory of one output."""

    @property
    def output(self) -> str:
        """The output that it reads."""
        ...

    @property
    def name(self) -> str:
        """What it is, in words, unique among the outcomes of an analysis."""
        ...

    @property
    def is_time(self) -> bool:
        """Whether it is a time, or has the unit of the output."""
        ...

    @property
    def never(self) -> float | None:
        """What stands in for runs that have no such number; None leaves the outcome without indices then."""
        ...

    def of(self, times: Numbers, paths: Numbers) -> Numbers:
        """Work it out, shape (run,); NaN for a run that has none."""
        ...


@dataclass(frozen=True, slots=True)
class ValueAt:
    """The value at a saved time."""

    output: str
    year: float
    label: str = ""
    is_time = False
    never = None

    @property
    def name(self) -> str:
        """What it is."""
        return f"{self.output} {at_time(self.label or f'{self.year:g}')}"

    def of(self, times: Numbers, paths: Numbers) -> Numbers:
        """Look it up.

        Raises
        ------
        ParameterError
            When the time is not saved.
        """
        found = np.flatnonzero(np.isclose(times, self.year, rtol=0, atol=1e-9))
        if found.size == 0:
            raise ParameterError(f"{self.name!r}: the time is not saved; saved are {times[0]:g} to {times[-1]:g}")
        return np.asarray(paths[:, found[0]])


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest value."""

    output: str
    is_time = False
    never = None

    @property
    def name(self) -> str:
        """What it is."""
        return f"peak of {self.output}"

    def of(self, times: Numbers, paths: Numbers) -> Numbers:
        """Take the maximum."""
        return np.asarray(paths.max(axis=1))


@dataclass(frozen=True, slots=True)
class PeakYear:
    """The first time of the highest value; of a path that still rises at its end that is the last time."""

    output: str
    is_time = True
    never = None

    @property
    def name(self) -> str:
        """What it is."""
        return f"year of the peak of {self.output}"

    def of(self, times: Numbers, paths: Numbers) -> Numbers:
        """Find the first time at which the path is as high as it gets."""
        least = paths.max(axis=1, keepdims=True) - _SAME * np.abs(paths).max(axis=1, keepdims=True)
        return np.asarray(times[(paths >= least).argmax(axis=1)])


@dataclass(frozen=True, slots=True)
class FirstCrossing:
    """When the path first reaches a level, from below or, with `rising` False, from above.

    Attributes
    ----------
    output : str
        The output.
    level : float
        In its unit.
    rising : bool
        Whether the path comes from below. A path that begins on the other side has crossed at the first time.
    never : float or None
        The time that the analysis gives to runs that never reach the level; None leaves it without indices then.
    """

    output: str
    level: float
    rising: bool = True
    never: float | None = None
    is_time = True

    @property
    def name(self) -> str:
        """What it is."""
        side = "rises to" if self.rising else "falls to"
        return f"year in which {self.output} {side} {self.level:g}"

    def of(self, times: Numbers, paths: Numbers) -> Numbers:
        """Find the first time on the other side."""
        distance = (paths - self.level) if self.rising else (self.level - paths)
        reached = distance >= 0
        at = reached.argmax(axis=1)
        crossed = np.where(at == 0, times[0], _between(times, distance, np.maximum(at, 1)))
        return np.where(reached.any(axis=1), crossed, np.nan)


@dataclass(frozen=True, slots=True)
class SettlingYear:
    """From when on the path stays within a band around a level to the end of the run.

    Attributes
    ----------
    output : str
        The output.
    level, band : float
        Centre and half-width of the band, in its unit; the half-width is positive.
    never : float or None
        The time that the analysis gives to runs that end outside; None leaves it without indices then.
    """

    output: str
    level: float
    band: float
    never: float | None = None
    is_time = True

    def __post_init__(self) -> None:
        """Refuse a band without a width."""
        if not self.band > 0:
            raise ParameterError(f"{self.name!r}: the band must be wider than 0; got {self.band!r}")

    @property
    def name(self) -> str:
        """What it is."""
        return f"year from which {self.output} stays within {self.band:g} of {self.level:g}"

    def of(self, times: Numbers, paths: Numbers) -> Numbers:
        """Find the last time outside the band."""
        distance = self.band - np.abs(paths - self.level)
        outside = distance < 0
        last = times.size - 1
        after = np.where(outside.any(axis=1), last - outside[:, ::-1].argmax(axis=1) + 1, 0)
        # from the side on which the path was last: the band's edge on that side is what it comes in through
        row, before = np.arange(len(paths)), np.maximum(after - 1, 0)
        side = np.sign(paths[row, before] - self.level)
        inwards = self.band - (paths - self.level) * side[:, None]
        entered = np.where(after == 0, times[0], _between(times, inwards, np.clip(after, 1, last)))
        return np.where(outside[:, -1], np.nan, entered)


def _between(times: Numbers, distance: Numbers, at: NDArray[np.int_]) -> Numbers:
    """When a distance passes zero between the saved times before and at the index `at` of each run."""
    row = np.arange(len(distance))
    before, after = distance[row, at - 1], distance[row, at]
    rise = np.where(after == before, 1.0, after - before)
    return np.asarray(times[at - 1] - before / rise * (times[at] - times[at - 1]))
