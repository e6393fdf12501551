"""What a benchmark rule is: a name, a source, what it needs, and one function over all series of an origin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.history import History, of_one_length
from rcsd.errors import SeriesError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Baseline = Callable[[Vector, Vector, Vector], Vector]
Run = Callable[[Sequence[History], Vector], Matrix]


@dataclass(frozen=True, slots=True)
class Rule:
    """A benchmark forecast.

    Attributes
    ----------
    name
        As in files and columns.
    title
        As in tables and figures.
    source
        Where it comes from.
    least
        Cells that it needs; a series with fewer has no forecast.
    run
        Takes the histories of one origin and the years to forecast, shape (n_years,), all after the last cell; returns
        medians, shape (n_series, n_years). It is handed series that it is defined for, and no others.
    positive
        Whether it works with logarithms, and so only for positive values.
    reference_years
        Years of reference growth up to the origin that it needs; 0 for a rule of the series alone.
    seasons
        Whole seasons that it needs; 0 for a rule that knows of none.
    """

    name: str
    title: str
    source: str
    least: int
    run: Run
    positive: bool = False
    reference_years: int = 0
    seasons: int = 0

    def defined(self, history: History) -> bool:
        """Whether this rule can forecast a series."""
        if history.values.size < self.least or (self.positive and not history.positive):
            return False
        length = history.years[-1] - history.years[0] + 1
        if self.seasons and (history.season == 1 or length < self.seasons * history.season):
            return False
        final = max(history.reference, default=0)
        return all(final - back in history.reference for back in range(self.reference_years))

    def forecast(self, histories: Mapping[str, History], years: Vector) -> dict[str, Vector]:
        """Forecast every series of an origin together, since a rule may learn from all of them.

        Parameters
        ----------
        histories
            By series, cut at the origin.
        years
            To forecast, whole and increasing, after the last cell of every series, shape (n_years,).

        Returns
        -------
        dict
            Medians by series, shape (n_years,); NaN throughout where the rule is not defined for it.

        Raises
        ------
        SeriesError
            When a year to forecast is not after a series' last cell.
        """
        for name, history in histories.items():
            if history.years[-1] >= years[0]:
                raise SeriesError(
                    f"series {name!r} ends in {history.last_year}, not before {years[0]:g}, the first to forecast; "
                    "cut it at the origin"
                )
        found = {name: np.full(years.shape, np.nan) for name in histories}
        names = [name for name, history in histories.items() if self.defined(history)]
        if names:
            medians = self.run([histories[name] for name in names], years)
            found |= {name: medians[place] for place, name in enumerate(names)}
        return found


def one_by_one(baseline: Baseline) -> Run:
    """Make a rule's function of one that takes years, values and the years to forecast of one series."""

    def run(histories: Sequence[History], years: Vector) -> Matrix:
        return np.stack([baseline(history.years, history.values, years) for history in histories])

    return run


def all_at_once(method: Callable[[Matrix, int], Matrix], *, logs: bool) -> Run:
    """Make a rule's function of one that takes evenly spaced series of one length and a number of steps.

    Gaps are filled by straight lines, of logarithms if these are forecast; medians are transformed back, and stay
    medians.
    """

    def run(histories: Sequence[History], years: Vector) -> Matrix:
        found = np.full((len(histories), years.size), np.nan)
        for places, series in of_one_length(histories, logs=logs):
            ends = np.array([histories[place].years[-1] for place in places])
            steps = np.round(years - ends[:, None]).astype(int)
            path = method(series, int(steps.max()))
            found[places] = np.take_along_axis(path, steps - 1, axis=1)
        return np.exp(found) if logs else found

    return run
