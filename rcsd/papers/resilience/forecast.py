"""The index after the data, from draws of series that a model has forecast.

Scale and weights are those of the assessed years, held fixed, so that a later index can be compared with an earlier
one; a value beyond what was seen in those years comes out below 0 or above 1, and is left so unless it is to be
clipped. Indicators that no model forecasts are held at the mean of their last values, or go along the straight line
through them; how wrong the same rule has been before, in this indicator and any of the cities, is drawn on top.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.bands import Band, band, between
from rcsd.errors import ParameterError, SeriesError
from rcsd.names import near_matches
from rcsd.papers.resilience.index.acceptability import rank_counts
from rcsd.papers.resilience.index.assessment import Assessment, mean_over
from rcsd.papers.resilience.index.normalisation import Bounds
from rcsd.papers.resilience.index.scoring import index_of, system_scores
from rcsd.papers.resilience.inputs.indicators import Indicator
from rcsd.papers.resilience.inputs.series_table import SeriesTable

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class IndexDraws:
    """The index of one city, draw by draw.

    Attributes
    ----------
    city
        Its name in the data.
    years
        Consecutive, shape (n_years,).
    normalised
        Shape (n_draws, n_years, n_indicators); NaN throughout a draw whose run failed.
    scores
        Of the systems, shape (n_draws, n_years, n_systems).
    index
        Shape (n_draws, n_years).
    """

    city: str
    years: NDArray[np.int64]
    normalised: Floats
    scores: Floats
    index: Floats

    @property
    def ran(self) -> NDArray[np.bool_]:
        """Draws that have an index in every year, shape (n_draws,)."""
        return np.asarray(~np.isnan(self.index).any(axis=1))

    @property
    def outside(self) -> Floats:
        """Share of the draws and years in which an indicator leaves its scale, shape (n_indicators,)."""
        cells = self.normalised[self.ran].reshape(-1, self.normalised.shape[2])
        return np.asarray(((cells < 0) | (cells > 1)).mean(axis=0)) if len(cells) else np.full(cells.shape[1], np.nan)

    def total_and_systems(self) -> Floats:
        """Index and, after it, the scores of the systems: shape (n_draws that ran, n_years, 1 + n_systems)."""
        return np.concatenate([self.index[self.ran][..., None], self.scores[self.ran]], axis=-1)


def index_draws(
    assessment: Assessment,
    table: SeriesTable,
    city: str,
    draws: Mapping[str, Floats],
    years: NDArray[np.int64],
    *,
    rng: np.random.Generator | None = None,
    clip: bool = False,
    like: Floats | None = None,
) -> IndexDraws:
    """Make the index of one city from draws of its series.

    Nothing that the table holds from the first of the years on is used.

    Parameters
    ----------
    assessment
        Its scale and weights, which must be those of a pool: alike for all cities and years.
    table
        The observed series; the last years before `years` are where held indicators stay.
    city
        One of the table.
    draws
        By series, as observed: its values in `years`, shape (n_draws, n_years), in the unit of the table; NaN where a
        run failed. Series of the table alone count.
    years
        Consecutive; the first follows an observed year.
    rng
        Draws, for every indicator that is held or trended, one of the courses that its rule's errors have taken in the
        table before, with either sign, so that the rule stays the middle, and within what the assessed years had of
        it; None leaves it without a spread.
    clip
        Keep every normalised indicator between 0 and 1.
    like
        Indicators of this city in `years`, shape (n_years, n_indicators): what is missing there is missing here, for
        a comparison of the two.

    Raises
    ------
    ParameterError
        When the scheme is not of one pool, or `years` or shapes do not fit.
    SeriesError
        When an indicator that is to come from the model has no forecast series, or one to be held has no value.
    """
    _check(assessment, table, city, draws, years)
    known = int(years[0] - table.years[0])
    past = {name: values[table.cities.index(city), :known] for name, values in table.values.items()}
    later = {name: np.asarray(each, dtype=np.float64) for name, each in draws.items() if name in past}
    failed = np.logical_or.reduce([np.isnan(each).any(axis=1) for each in later.values()])
    shape = (failed.size, years.size)
    columns = []
    for each, bound in zip(assessment.indicators.present, assessment.bounds, strict=True):
        column: Floats = np.broadcast_to(_later(assessment, each, city, past, later, shape), shape)
        if rng is not None and each.later != "model":
            errors = _past_errors(assessment, each, table, known, years.size)
            column = _spread(column, errors, bound, rng)
        columns.append(bound.apply(column))
    normalised = np.stack(columns, axis=-1)
    if clip:
        normalised = np.clip(normalised, 0, 1)
    if like is not None:
        normalised = np.where(np.isnan(like), np.nan, normalised)
    normalised[failed] = np.nan
    # one that cannot be worked out in a draw, such as a growth from zero, must not hand its weight to the others
    broken = np.isnan(normalised) & ~(np.isnan(like) if like is not None else False)
    weights = assessment.mean_weights
    n_systems = len(assessment.indicators.systems)
    scores = system_scores(normalised, weights.within[0, 0], assessment.places, n_systems)
    lost = np.stack([broken[..., assessment.places == k].any(axis=-1) for k in range(n_systems)], axis=-1)
    scores = np.where(lost, np.nan, scores)
    index = np.where(broken.any(axis=-1), np.nan, index_of(scores, weights.systems[0, 0]))
    return IndexDraws(city, years, normalised, scores, index)


def _check(
    assessment: Assessment, table: SeriesTable, city: str, draws: Mapping[str, Floats], years: NDArray[np.int64]
) -> None:
    scheme = assessment.scheme
    if scheme.group != "pool" or scheme.normalisation != "min-max":
        raise ParameterError(
            "an index is forecast on a scale and with weights that later years share: take min-max normalisation and "
            "weights of the pool"
        )
    if city not in table.cities:
        raise ParameterError(f"the data have no city {city!r}; {near_matches(city, table.cities)}".rstrip("; "))
    if not years.size or (np.diff(years) != 1).any() or not table.years[0] < years[0] <= table.years[-1] + 1:
        raise ParameterError("the years of a forecast must be consecutive, the first after an observed one")
    used = {name: np.shape(each) for name, each in draws.items() if name in table.values}
    if not used:
        raise ParameterError(f"the draws of {city} hold no series of the data ({', '.join(table.values)})")
    if len(set(used.values())) > 1 or any(len(s) != 2 or s[1] != years.size for s in used.values()):  # noqa: PLR2004
        raise ParameterError(f"draws must have the shape (n_draws, {years.size}), all alike; got {used}")


def _later(
    assessment: Assessment,
    indicator: Indicator,
    city: str,
    past: Mapping[str, Floats],
    later: Mapping[str, Floats],
    shape: tuple[int, int],
) -> Floats:
    """Work out one indicator after the data, broadcastable to (n_draws, n_years)."""
    formula, n_hold = indicator.formula, assessment.indicators.later.hold_years
    assert formula is not None  # only those that can be had are assessed
    place = f"indicator {indicator.code} of {city}"
    if indicator.later != "model":
        values = formula.evaluate(past)
        return _held(values, n_hold, place) if indicator.later == "hold" else _trend(values, n_hold, shape[1], place)
    if not set(formula.series) & set(later):
        raise SeriesError(
            f"{place} is to be taken from the model, which forecasts none of {', '.join(formula.series)}: say forecast "
            '= "hold" or "trend" for it'
        )
    whole = {}
    for name in formula.series:
        n_past = past[name].size
        joined = np.empty((shape[0], n_past + shape[1]))
        joined[:, :n_past] = past[name]
        joined[:, n_past:] = later[name] if name in later else _held(past[name], n_hold, f"series {name} of {city}")
        whole[name] = joined
    return formula.evaluate(whole)[:, -shape[1] :]


def _spread(column: Floats, errors: Floats, bound: Bounds, rng: np.random.Generator) -> Floats:
    """Add past errors to what a rule says, shape (n_draws, n_years)."""
    n_draws = len(column)
    if not len(errors):
        return column
    chosen = errors[rng.integers(len(errors), size=n_draws)] * rng.choice([-1.0, 1.0], size=(n_draws, 1))
    low, high = np.minimum(bound.low, column), np.maximum(bound.high, column)
    return np.asarray(np.clip(column + chosen, low, high), dtype=np.float64)


def _past_errors(assessment: Assessment, indicator: Indicator, table: SeriesTable, known: int, n_years: int) -> Floats:
    """Courses of the errors of a rule, one for each city and origin, shape (n_courses, n_years).

    Every year that has `hold_years` values up to it and one after it is an origin. After the last year known, and where
    a value is missing, an error stays as it was the year before.
    """
    formula, n_hold = indicator.formula, assessment.indicators.later.hold_years
    assert formula is not None  # only those that can be had are assessed
    values = formula.evaluate({name: each[:, :known] for name, each in table.values.items()})
    courses = []
    for row in values:
        for origin in range(1, known):
            before, after = row[:origin], row[origin:][:n_years]
            if (~np.isnan(before)).sum() < n_hold or np.isnan(after).all() or np.isnan(before[-1]):
                continue
            ahead = _held(before, n_hold, "") if indicator.later == "hold" else _trend(before, n_hold, n_years, "")
            errors = after - np.broadcast_to(ahead, n_years)[: after.size]
            course = np.full(n_years, np.nan)
            course[: errors.size] = errors
            last = np.maximum.accumulate(np.where(np.isnan(course), 0, np.arange(n_years)))
            courses.append(np.nan_to_num(course[last]))
    return np.array(courses).reshape(-1, n_years)


def _held(values: Floats, n_hold: int, place: str) -> Floats:
    """Mean of the last values."""
    return np.asarray(_last(values, n_hold, place)[1].mean())


def _trend(values: Floats, n_hold: int, n_years: int, place: str) -> Floats:
    """Go along the least-squares line through the last values; level with a single one."""
    at, last = _last(values, n_hold, place)
    ahead = np.arange(values.size, values.size + n_years)
    if last.size == 1:
        return np.full(n_years, last[0])
    slope, level = np.polyfit(at - at[-1], last, 1)
    return np.asarray(level + slope * (ahead - at[-1]))


def _last(values: Floats, n_hold: int, place: str) -> tuple[NDArray[np.int64], Floats]:
    """Places and values of the last cells that are there, at most `n_hold`."""
    there = np.flatnonzero(~np.isnan(values))[-n_hold:]
    if not there.size:
        raise SeriesError(f"{place} has no value before the forecast that it could be held at")
    return there, values[there]


@dataclass(frozen=True, slots=True, eq=False)
class IndexBand:
    """Quantiles of one city's index and of its systems.

    Attributes
    ----------
    city
        Its name in the data.
    years
        Shape (n_years,).
    low, median, high
        5 %, 50 % and 95 % of the draws that ran, shape (n_years, 1 + n_systems): the index first, then the systems.
    n_draws, n_failed
        Draws in all, and those among them whose run failed or left an indicator without a value.
    """

    city: str
    years: NDArray[np.int64]
    low: Floats
    median: Floats
    high: Floats
    n_draws: int
    n_failed: int


def index_band(drawn: IndexDraws) -> IndexBand:
    """Summarise each year.

    Raises
    ------
    ParameterError
        When no draw has an index.
    """
    found = _band(drawn.total_and_systems(), drawn.city)
    n_failed = int((~drawn.ran).sum())
    return IndexBand(drawn.city, drawn.years, found.low, found.median, found.high, drawn.ran.size, n_failed)


def period_means(drawn: IndexDraws, first: int, last: int) -> Floats:
    """Quantiles of the means over some years: (low, median, high) x (index, systems), shape (3, 1 + n_systems)."""
    inside = (drawn.years >= first) & (drawn.years <= last)
    return _band(drawn.total_and_systems()[:, inside].mean(axis=1), drawn.city).stacked()


def joint_means(drawn: Mapping[str, IndexDraws], first: int, last: int) -> Floats:
    """Means over some years, index before systems, of the draws that ran in every city.

    Draw i of one city is held against draw i of the others.

    Returns
    -------
    NDArray, shape (n_joint_draws, n_cities, 1 + n_systems)
    """
    n = min(each.ran.size for each in drawn.values())
    ran = np.logical_and.reduce([each.ran[:n] for each in drawn.values()])
    means = []
    for each in drawn.values():
        inside = (each.years >= first) & (each.years <= last)
        whole = np.concatenate([each.index[:n, :, None], each.scores[:n]], axis=-1)
        means.append(whole[ran][:, inside].mean(axis=1))
    return np.stack(means, axis=1)


def rank_shares(drawn: Mapping[str, IndexDraws], first: int, last: int) -> Floats:
    """Share of the joint draws in which a city (down) takes a rank (across) by its mean index over some years."""
    index = joint_means(drawn, first, last)[..., 0]
    return rank_counts(index) / max(len(index), 1)


def covered(drawn: IndexDraws, assessment: Assessment) -> tuple[int, int]:
    """Count the years in which the band of the index holds what came, and the years there are."""
    found = index_band(drawn)
    city = assessment.cities.index(drawn.city)
    seen = assessment.index[city, np.searchsorted(assessment.years, drawn.years)]
    held = between(seen, found.low[:, 0], found.high[:, 0])
    return int(held.sum()), int((~np.isnan(seen)).sum())


def errors_of(drawn: IndexDraws, assessment: Assessment) -> tuple[Floats, Floats]:
    """Hold a forecast of assessed years against the index of those years.

    Parameters
    ----------
    drawn
        Years among those assessed.
    assessment
        What came.

    Returns
    -------
    (absolute, signed)
        Quantiles (low, median, high) x (index, systems) of the mean absolute and of the mean deviation over the years,
        in per cent of the scale from 0 to 1; shape (3, 1 + n_systems). NaN for a system without a score.
    """
    city = assessment.cities.index(drawn.city)
    at = np.searchsorted(assessment.years, drawn.years)
    seen = np.concatenate([assessment.index[city, at, None], assessment.scores[city, at]], axis=-1)
    off = 100 * (drawn.total_and_systems() - seen)
    absolute, signed = (mean_over(np.moveaxis(each, 1, -1)) for each in (np.abs(off), off))
    return _band(absolute, drawn.city).stacked(), _band(signed, drawn.city).stacked()


def _band(draws: Floats, city: str) -> Band:
    """Summarise the draws of a city."""
    if not len(draws):
        raise ParameterError(f"no draw of {city} gives an index: every run failed, or an indicator has no value")
    return band(draws)
