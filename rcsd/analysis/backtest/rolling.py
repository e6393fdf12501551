"""A rolling-origin backtest: forecasts from many origins, and how wrong they were.

Tashman, Int. J. Forecast. 16, 2000: fit to an origin, forecast what follows, move the origin, fit again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest.baselines import BASELINES
from rcsd.analysis.metrics import crps
from rcsd.analysis.series import ObservedSeries
from rcsd.bands import LEVEL, band, between, complete

_BAND = 0.95  # of the binomial distribution of the number of covered cells
_NAN = float("nan")
_TWO = 2
Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Forecast:
    """One series, forecast from one origin to one later year.

    Attributes
    ----------
    group
        Whose series it is: the study, a city.
    series, origin, horizon
        What was forecast, the last fitted year, and how many years ahead.
    drivers
        "forecast": from what was known; "known": as they were; "frozen": at their value of the origin.
    observed
        What came.
    simulated
        The fitted run alone.
    median, lower, upper
        Of the forecast with the residuals' course: median and ends of the 90 % interval.
    crps
        Continuous ranked probability score of that forecast, in the unit of the series.
    change
        Mean absolute yearly change of the series up to the origin, which scales errors (MASE); NaN where it is zero.
    baselines
        The benchmark forecasts, NaN where one is not defined.
    """

    group: str
    series: str
    origin: int
    horizon: int
    drivers: str
    observed: float
    simulated: float
    median: float
    lower: float
    upper: float
    crps: float
    change: float
    baselines: Mapping[str, float]

    @property
    def covered(self) -> bool:
        """Whether what came lies in the interval."""
        return bool(between(self.observed, self.lower, self.upper))


@dataclass(frozen=True, slots=True)
class RollingScore:
    """Errors of some forecasts, of the model and of every benchmark forecast over the same cells.

    Attributes
    ----------
    n
        Forecasts.
    mase
        Mean absolute error of the median, each over its series' mean yearly change before the origin.
    mape, mape_simulated
        In per cent: of the median, and of the fitted run alone.
    crps
        Mean, scaled as `mase`; that of a forecast without spread is its scaled absolute error, so it stands beside
        the `mase` of the benchmark forecasts.
    coverage
        Share of cells inside the 90 % interval.
    band
        95 % band of that share if the intervals were right and the cells independent (they are not: errors of
        neighbouring origins share years).
    baselines
        Scaled absolute error by benchmark forecast; NaN where it is not defined for every cell.
    skill
        1 - squared error over that of the last value: 1 is perfect, 0 as good, negative worse.
    """

    n: int
    mase: float
    mape: float
    mape_simulated: float
    crps: float
    coverage: float
    band: tuple[float, float]
    baselines: Mapping[str, float]
    skill: float


def forecasts_of(
    series: ObservedSeries,
    known: NDArray[np.bool_],
    scored: NDArray[np.bool_],
    origin: int,
    years: NDArray[np.float64],
    predictions: Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]],
    *,
    rules: Mapping[str, NDArray[np.float64]],
    group: str = "",
) -> list[Forecast]:
    """Put the predictions of one series from one origin beside what came.

    Parameters
    ----------
    series
        All its cells.
    known
        Cells that can be trusted, shape (n_cells,): their yearly changes up to the origin scale errors.
    scored
        Cells that are scored, shape (n_cells,); those up to the origin are cut here.
    origin
        Last fitted year.
    years
        Years that were forecast, increasing, shape (n_years,).
    predictions
        By what was known of the drivers: the fitted run (n_years,), and draws (n_draws, n_years), NaN in the rows of
        failed runs.
    rules
        The benchmark forecasts by name, shape (n_years,), from cells that `known` names and the origin ends.
    group
        Whose series it is.
    """
    before = series.where(known & (series.years <= origin))
    cells = series.where(scored & (series.years > origin) & np.isin(series.years, years))
    if len(cells) == 0 or len(before) == 0:
        return []
    change = mean_change(before.own(before.years), before.values)
    found: list[Forecast] = []
    for drivers, (simulated, draws) in predictions.items():
        for year, observed in zip(cells.years, cells.values, strict=True):
            at = int(np.searchsorted(years, year))
            ahead = draws[:, at]
            interval = band(ahead[complete(ahead)])
            found.append(
                Forecast(
                    group=group,
                    series=series.name,
                    origin=origin,
                    horizon=round(year - origin),
                    drivers=drivers,
                    observed=float(observed),
                    simulated=float(simulated[at]),
                    median=float(interval.median),
                    lower=float(interval.low),
                    upper=float(interval.high),
                    crps=crps(ahead, float(observed)),
                    change=change,
                    baselines={name: float(values[at]) for name, values in rules.items()},
                )
            )
    return found


def mean_change(years: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    """Mean absolute yearly change, by which errors are scaled; NaN where nothing changed, and of a single cell.

    A change over a gap counts as evenly spread over its years.

    Examples
    --------
    >>> mean_change(np.array([2000.0, 2001.0, 2003.0]), np.array([5.0, 6.0, 10.0]))
    1.6666666666666667
    """
    if len(values) < _TWO:
        return _NAN
    return float(np.sum(np.abs(np.diff(values))) / (years[-1] - years[0])) or _NAN


def score_forecasts(forecasts: Sequence[Forecast]) -> RollingScore:
    """Score forecasts together; they may be of several groups and origins, since errors are scaled first."""
    from scipy.stats import binom  # noqa: PLC0415 - slow to import, needed here alone

    def mean(value: Callable[[Forecast], float]) -> float:
        return float(np.mean([value(each) for each in forecasts])) if forecasts else _NAN

    def scaled(value: Callable[[Forecast], float]) -> float:
        return mean(lambda each: abs(value(each) - each.observed) / each.change)

    n = len(forecasts)
    covered = sum(each.covered for each in forecasts)
    low, high = binom.interval(_BAND, n, LEVEL) if n else (_NAN, _NAN)
    squares = mean(lambda each: ((each.median - each.observed) / each.change) ** 2)
    naive = mean(lambda each: ((each.baselines["last"] - each.observed) / each.change) ** 2)
    return RollingScore(
        n=n,
        mase=scaled(lambda each: each.median),
        mape=100 * mean(lambda each: abs(each.median / each.observed - 1)),
        mape_simulated=100 * mean(lambda each: abs(each.simulated / each.observed - 1)),
        crps=mean(lambda each: each.crps / each.change),
        coverage=covered / n if n else _NAN,
        band=(float(low) / n, float(high) / n) if n else (_NAN, _NAN),
        baselines={name: scaled(lambda each, name=name: each.baselines[name]) for name in _names(forecasts)},  # type: ignore[misc]
        skill=1 - squares / naive if naive else _NAN,
    )


def _names(forecasts: Sequence[Forecast]) -> list[str]:
    """Name the benchmark forecasts that all cells have; a season is of some series only."""
    every = forecasts[0].baselines if forecasts else BASELINES
    return [name for name in every if all(name in each.baselines for each in forecasts)]


def scores_by(forecasts: Iterable[Forecast], key: Callable[[Forecast], Group]) -> dict[Group, RollingScore]:
    """Score forecasts in groups, in the order in which the groups first come."""
    groups: dict[Group, list[Forecast]] = {}
    for forecast in forecasts:
        groups.setdefault(key(forecast), []).append(forecast)
    return {name: score_forecasts(members) for name, members in groups.items()}
