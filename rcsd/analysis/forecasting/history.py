"""What a forecaster may know at an origin: a series' past, and the growth of what it is a part of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import SeriesError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """One series up to an origin.

    Attributes
    ----------
    years, values
        Of the cells that can be trusted, in order of time, shape (n,); a year without a value is absent.
    reference
        Growth (difference of logarithms, 1/year) of the nation or whatever the series is compared with, by year; may be
        empty. A rule that needs it is not defined without.
    season
        Periods ("years" above) after which a season comes round; 1 for a series without.
    """

    years: Vector
    values: Vector
    reference: Mapping[int, float] = field(default_factory=dict)
    season: int = 1

    def __post_init__(self) -> None:
        """Check order and finiteness.

        Raises
        ------
        SeriesError
            When years and values differ in length, years do not increase by whole steps, or a value is not finite.
        """
        if self.years.ndim != 1 or self.years.shape != self.values.shape or self.years.size == 0:
            raise SeriesError(
                f"years {self.years.shape} and values {self.values.shape} of a history must be two vectors of one "
                "length above zero"
            )
        steps = np.diff(self.years)
        if np.any(steps <= 0) or np.any(self.years != np.round(self.years)):
            raise SeriesError("years of a history must be whole and increase; sort the cells and keep one per year")
        if not np.all(np.isfinite(self.values)):
            raise SeriesError("values of a history must be finite; leave out the years that have none")

    @classmethod
    def until(
        cls,
        origin: float,
        years: ArrayLike,
        values: ArrayLike,
        reference: Mapping[int, float] | None = None,
        season: int = 1,
    ) -> History:
        """Cut everything after an origin off, of the series and of the reference; NaN among the values are dropped.

        Raises
        ------
        SeriesError
            When no cell is left.
        """
        when, what = np.asarray(years, dtype=np.float64), np.asarray(values, dtype=np.float64)
        keep = (when <= origin) & ~np.isnan(what)
        if not keep.any():
            raise SeriesError(f"no cell up to {origin:g}; choose a later origin or leave the series out")
        past = {year: growth for year, growth in (reference or {}).items() if year <= origin}
        return cls(when[keep], what[keep], past, season)

    def cut(self, origin: float) -> History:
        """Return what was known at an earlier origin."""
        return History.until(origin, self.years, self.values, self.reference, self.season)

    @property
    def positive(self) -> bool:
        """Whether logarithms exist."""
        return bool(np.all(self.values > 0))

    @property
    def last_year(self) -> int:
        """The last year with a value."""
        return round(float(self.years[-1]))

    def jumps(self, largest: float) -> frozenset[int]:
        """Return the years in which the logarithm moves by more than `largest` from the cell before.

        A change of boundaries makes another series of it: a forecast across such a year is not scored.
        """
        moved = np.abs(np.diff(np.log(self.values))) > largest
        return frozenset(self.years[1:][moved].astype(int).tolist())

    def filled(self, *, logs: bool) -> Vector:
        """Return one value a year, gaps filled by a straight line between the neighbours (of logarithms, if wanted)."""
        every_year = np.arange(self.years[0], self.years[-1] + 1)
        return np.asarray(np.interp(every_year, self.years, np.log(self.values) if logs else self.values))


def of_one_length(histories: Sequence[History], *, logs: bool) -> Iterator[tuple[NDArray[np.intp], Matrix]]:
    """Group series by their number of years, so that each group is one array.

    Yields
    ------
    tuple
        Places in `histories`, shape (n_series,), and filled series, shape (n_series, n_years).
    """
    filled = [history.filled(logs=logs) for history in histories]
    lengths = np.array([series.size for series in filled])
    for length in np.unique(lengths):
        places = np.flatnonzero(lengths == length)
        yield places, np.stack([filled[place] for place in places])
