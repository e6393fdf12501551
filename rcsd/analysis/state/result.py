"""What a filter has found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.state.members import Members
from rcsd.bands import band

What = Literal["stock", "parameter", "gap", "variable"]


@dataclass(frozen=True, slots=True)
class Summary:
    """A quantity over time as the members have it, in its own unit; every array of shape (time,).

    Attributes
    ----------
    mean, sd
        Of the members.
    low, median, high
        Their 5 %, 50 % and 95 % quantiles.
    """

    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]

    @classmethod
    def of(cls, members: list[NDArray[np.float64]]) -> Summary:
        """Summarise the values of the members, by time."""
        bands = [band(each) for each in members]
        return cls(
            mean=np.array([each.mean() for each in members]),
            sd=np.array([each.std(ddof=1) for each in members]),
            low=np.array([each.low for each in bands]),
            median=np.array([each.median for each in bands]),
            high=np.array([each.high for each in bands]),
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """A stock, a parameter, a gap or another variable, as estimated at every time.

    The gap of a relative series is shown as the factor by which the series differs from its variable.

    Attributes
    ----------
    name, what, unit
        Of the quantity.
    forecast
        From data before each time.
    filtered
        From data up to each time.
    smoothed
        From all data.
    increments
        By how much the data of each time moved the mean, shape (time,): in per cent where `relative`, else on the
        search scale of a parameter or in the unit of the quantity; 0 without data.
    relative
        Whether increments are differences of logarithms, times 100.
    """

    name: str
    what: What
    unit: str
    forecast: Summary
    filtered: Summary
    smoothed: Summary
    increments: NDArray[np.float64]
    relative: bool


@dataclass(frozen=True, slots=True)
class Innovations:
    """What the data of one series said that had not been foreseen.

    Attributes
    ----------
    series, variable
        Of the target.
    times, observed
        Cells that count, shape (cell,).
    predicted
        Median of what the members predicted, in the unit of the series.
    standardised
        Observation less mean prediction on the scale of the target, over its standard deviation by prediction and
        observation error together: white, with mean 0 and variance 1, if all assumptions hold.
    lag_one, p_white
        Autocorrelation from cell to cell, and p value of Ljung and Box over two lags; NaN with too few cells.
    """

    series: str
    variable: str
    times: NDArray[np.float64]
    observed: NDArray[np.float64]
    predicted: NDArray[np.float64]
    standardised: NDArray[np.float64]
    lag_one: float
    p_white: float


@dataclass(frozen=True, slots=True)
class Consistency:
    """Whether innovations are as large as the filter expected.

    Attributes
    ----------
    squared
        Sum over the times of the normalised innovation squared.
    n_cells
        Its expectation, the number of cells.
    p_value
        Two-sided, of chi-squared with `n_cells` degrees of freedom: a small one says that disturbances or errors are
        stated too small (`squared` above `n_cells`) or too large.
    """

    squared: float
    n_cells: int
    p_value: float


@dataclass(frozen=True, slots=True, eq=False)
class Filtered:
    """States estimated from series.

    Attributes
    ----------
    times
        Shape (time,).
    estimates
        Stocks, corrected parameters, and the variables of the series.
    innovations
        By series.
    consistency
        Of all series together.
    log_likelihood
        Of the series given the model and what was assumed, by the sample moments of the members.
    n_members, n_lost
        Members at the first time, and how many of them ended on the way since their run failed.
    members
        By time, those that were to be kept, after the correction.
    """

    times: NDArray[np.float64]
    estimates: tuple[Estimate, ...]
    innovations: tuple[Innovations, ...]
    consistency: Consistency
    log_likelihood: float
    n_members: int
    n_lost: int
    members: Mapping[float, Members]

    def of(self, name: str) -> Estimate:
        """Return the estimate of a stock, a parameter or a variable.

        Raises
        ------
        KeyError
            When nothing of that name was estimated.
        """
        for each in self.estimates:
            if each.name == name:
                return each
        raise KeyError(f"{name!r} was not estimated; there are {', '.join(self.names)}")

    @property
    def names(self) -> tuple[str, ...]:
        """What was estimated."""
        return tuple(each.name for each in self.estimates)
