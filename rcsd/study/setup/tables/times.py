"""The times of a column as its file has them: years, quarters, months, weeks, days, moments or plain numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

TimeKind = Literal["number", "year", "quarter", "month", "week", "day", "second"]
"""What one step of `Times.positions` is; a plain number, such as "day 3" or 2.5, says nothing of the calendar."""


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Times of a column.

    Attributes
    ----------
    kind : TimeKind
        What the times are.
    positions : NDArray, shape (n,)
        Strictly increasing. The number itself, or the year; else the count of quarters, months, ISO weeks, days or
        seconds since the first of the proleptic Gregorian calendar (year 1).
    labels : tuple of str, length n
        The same as a study file spells them: ``2009``, ``2009-Q2``, ``2009-03``, ``2009-W12``, ``2009-03-17``,
        ``2009-03-17T10:30:00``, ``2.5``.
    unit : str
        Of plain numbers, where the table says it, such as ``day``; else empty.
    """

    kind: TimeKind
    positions: NDArray[np.float64]
    labels: tuple[str, ...]
    unit: str = ""

    def __len__(self) -> int:
        """Count the times."""
        return len(self.labels)

    @property
    def step(self) -> float | None:
        """Smallest distance between two times, in units of `kind`; None below two times."""
        return float(np.diff(self.positions).min()) if len(self) > 1 else None

    def where(self, keep: NDArray[np.bool_]) -> Times:
        """Keep the times where a mask of shape (n,) is true."""
        labels = tuple(label for label, kept in zip(self.labels, keep, strict=True) if kept)
        return Times(self.kind, self.positions[keep], labels, self.unit)
