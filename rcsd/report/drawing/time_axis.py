"""An axis of time: periods as the study dates them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import Formatter, Locator, MaxNLocator

from rcsd.analysis.clock import Clock, Word
from rcsd.analysis.clock.dates import moment_of, ordinal_of
from rcsd.report.drawing.style import whole_numbers
from rcsd.report.spoken import spoken

_MOST = 7
"""Ticks of an axis: dates are long words."""

_MOST_ZOOMED = 60
"""Ticks of an axis that a reader zooms into, of which some are shown at a time."""

_MOST_NAMED = 1500
"""Periods whose names are worth their bytes."""

_STEPS: Final[tuple[tuple[Word, int], ...]] = (
    ("second", 1), ("second", 10), ("second", 30), ("minute", 1), ("minute", 5), ("minute", 15), ("minute", 30),
    ("hour", 1), ("hour", 3), ("hour", 6), ("hour", 12), ("day", 1), ("day", 2), ("week", 1), ("month", 1),
    ("quarter", 1), ("quarter", 2), *(("year", 10**power * n) for power in range(4) for n in (1, 2, 5)),
)  # fmt: skip
"""Distances between ticks that people read, shortest first."""


def time_along(axes: Axes, clock: Clock | None = None) -> None:
    """Label a horizontal axis of periods: as a clock dates them, else the study of the page."""
    clock = spoken().clock if clock is None else clock
    if clock.identity:
        whole_numbers(axes)
        return
    axes.xaxis.set_major_locator(_Ticks(clock))
    axes.xaxis.set_major_formatter(_Labels(clock))


def tick_levels(clock: Clock, low: float, high: float) -> list[list[tuple[int, str]]]:
    """Return ticks of a calendar's clock from coarse to fine, each with its label, for an axis that can be zoomed."""
    assert clock.word is not None
    label = _Labels(clock)
    levels: list[list[tuple[int, str]]] = []
    for word, step in reversed(_STEPS):
        found = _beginnings(clock.word, word, step, int(np.ceil(low)), int(np.floor(high)), _MOST_ZOOMED)
        if found and (not levels or len(found) > len(levels[-1])):
            levels.append([(k, label(k)) for k in found])
    return levels


def period_labels(clock: Clock, low: float, high: float) -> dict[int, str]:
    """Return what each period of a calendar's clock is called, if they are few enough to be listed."""
    first, last = int(np.ceil(low)), int(np.floor(high))
    return {k: clock.label(k) for k in range(first, last + 1)} if last - first < _MOST_NAMED else {}


class _Ticks(Locator):
    """Ticks at round model times, or at the beginning of years, quarters, months and so on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self) -> Sequence[float]:
        assert self.axis is not None
        low, high = sorted(self.axis.get_view_interval())
        return self.tick_values(float(low), float(high))

    def tick_values(self, vmin: float, vmax: float) -> Sequence[float]:
        """Return the ticks between two ends."""
        clock = self._clock
        if clock.word is None:
            times = MaxNLocator(_MOST, steps=[1, 2, 2.5, 5, 10]).tick_values(
                clock.base + vmin * clock.period, clock.base + vmax * clock.period
            )
            return [(time - clock.base) / clock.period for time in times]
        for word, step in _STEPS:
            found = _beginnings(clock.word, word, step, int(np.ceil(vmin)), int(np.floor(vmax)), _MOST)
            if found is not None and len(found) <= _MOST:
                return found
        return []


def _beginnings(period: Word, word: Word, step: int, low: int, high: int, most: int) -> list[int] | None:
    """List the periods with which every so many stretches of a length begin; None where these are too many or short."""
    first, last = (ordinal_of(word, moment_of(period, k)) for k in (low, high))
    if (last - first) // step > most + 1 or last - first > high - low:
        return None
    rounded = [o for o in range(first, last + 1) if o % step == 0]
    found = [ordinal_of(period, moment_of(word, o)) for o in rounded]
    return [k for k in found if low <= k <= high]


class _Labels(Formatter):
    """What a tick is called: a year where it begins one, else the period."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self, x: float, pos: int | None = None) -> str:
        del pos
        clock = self._clock
        if clock.word is None:
            return f"{clock.base + x * clock.period:.6g}"
        k = round(x)
        begin = moment_of(clock.word, k)
        return f"{begin.year}" if (begin.month, begin.day, begin.hour) == (1, 1, 0) else clock.label(k)
