"""The resilience index of several cities, and its forecast from the posterior draws of each city's study."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.bands import band
from rcsd.errors import IndicatorError, ParameterError, UnitError
from rcsd.papers.resilience import (
    INDEX,
    Acceptability,
    Assessment,
    Claims,
    IndexBand,
    IndexDraws,
    Judged,
    Scheme,
    SeriesTable,
    Variant,
    assess,
    covered,
    errors_of,
    index_band,
    index_draws,
    joint_means,
    judge_order,
    judge_orders,
    judge_weights,
    load_claims,
    load_indicators,
    mean_over,
    period_means,
    rank_acceptability,
    rank_shares,
    robustness,
)
from rcsd.study import DrawnStudy, SeriesDraws, Study, draw_study, load_study
from rcsd.units import same_unit
from rcsd.work.progress import Progress, silent

Floats = NDArray[np.float64]
FOLDER = "resilience"

_LATER, _HELD_OUT = 1, 2
"""Distinguish the seeds of the errors of held indicators from those of the weights."""


@dataclass(frozen=True, slots=True, eq=False)
class CityOutlook:
    """The forecast of one city. The index stands before the systems on the last axis of every array.

    Attributes
    ----------
    band
        Each year's quantiles.
    summary
        Quantiles of the means over the years of the tables, shape (3, 1 + n_systems).
    outside
        Share of draws and years in which each indicator lies beyond what the assessed years had, shape (n_indicators,).
    error, deviation
        Of the held-out years, in per cent of the scale: quantiles of the mean absolute and of the mean deviation, shape
        (3, 1 + n_systems); None for a study without a hold-out.
    last_error
        Mean absolute error of the last value before the held-out years, shape (1 + n_systems,).
    covered
        Held-out years whose index the 90 % band holds, and how many there are.
    """

    band: IndexBand
    summary: Floats
    outside: Floats
    error: Floats | None
    deviation: Floats | None
    last_error: Floats | None
    covered: tuple[int, int] = (0, 0)

    @property
    def city(self) -> str:
        """Its name in the data."""
        return self.band.city


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """The forecast of all cities.

    Attributes
    ----------
    cities
        In the order of the assessment.
    summary_years
        First and last year of the tables.
    average
        Quantiles of the mean over the cities and those years, shape (3, 1 + n_systems).
    ranks
        Share of the draws in which a city takes a rank in those years, shape (n_cities, n_cities).
    held_out
        First and last year that the errors are of; None without a hold-out.
    orders
        Orders of cities that others claim, beside medians of the same years; those whose years are forecast.
    approximate
        Whether the posteriors are approximated.
    clipped
        Whether indicators are kept between 0 and 1.
    """

    cities: tuple[CityOutlook, ...]
    summary_years: tuple[int, int]
    average: Floats
    ranks: Floats
    held_out: tuple[int, int] | None
    orders: tuple[Judged, ...]
    approximate: bool
    clipped: bool


@dataclass(frozen=True, slots=True, eq=False)
class ResilienceResult:
    """All that `rcsd resilience` finds.

    Attributes
    ----------
    assessment, table
        The index, and the series it was made from.
    by_city
        The same with entropies of each city's own years.
    variants, acceptability
        What the ranking depends on.
    claims, weight_claims, order_claims
        What others say, and what came out.
    seed
        Of the weights drawn.
    outlook
        None where no forecast was asked for.
    """

    assessment: Assessment
    table: SeriesTable
    by_city: Assessment
    variants: tuple[Variant, ...]
    acceptability: Acceptability
    claims: Claims
    weight_claims: tuple[Judged, ...]
    order_claims: tuple[Judged, ...]
    seed: int
    outlook: Outlook | None = None


def assess_resilience(
    path: str | Path | None = None, *, scheme: Scheme | None = None, n_weights: int = 5000, seed: int = 0
) -> ResilienceResult:
    """Make the index of an indicator file, and ask what its ranking depends on.

    Parameters
    ----------
    path
        The file or its folder; that of the four coal cities when None.
    scheme
        How the index is made; as the paper does when None.
    n_weights
        Weights to draw for the rank acceptability.
    seed
        Decides these draws.

    Raises
    ------
    IndicatorError, SeriesError
        When the file, its data or its claims cannot be used.
    ParameterError
        When `n_weights` is below 1.
    """
    indicators, table = load_indicators(path)
    base = assess(indicators, table, scheme)
    by_city = assess(indicators, table, replace(base.scheme, weights="entropy", group="city", systems="sum"))
    claims = Claims() if indicators.claims is None else load_claims(indicators.claims, indicators)
    rng = np.random.default_rng(seed)
    return ResilienceResult(
        assessment=base,
        table=table,
        by_city=by_city,
        variants=robustness(base, table),
        acceptability=rank_acceptability(base, n=n_weights, rng=rng),
        claims=claims,
        weight_claims=judge_weights(claims, by_city),
        order_claims=judge_orders(claims, base),
        seed=seed,
    )


def look_ahead(
    result: ResilienceResult,
    *,
    out: str | Path,
    quick: bool = False,
    clip: bool = False,
    progress: Callable[[str], Progress] | None = None,
) -> ResilienceResult:
    """Add the forecast of the index, from every city's study.

    Parameters
    ----------
    result
        Of `assess_resilience`, with the scale and weights of one pool.
    out
        Folder of the studies' results; steps that a study has finished there are reused.
    quick
        Smaller searches and approximate posteriors.
    clip
        Keep indicators between 0 and 1 after the data too.
    progress
        Given the name of a study, returns what its work is to call.

    Raises
    ------
    ParameterError
        When the scheme is not of one pool.
    IndicatorError
        When a city's study does not fit the data, or does not reach the last year.
    StudyError
        When there is no study for a city.
    CalibrationError
        When a posterior may not be summarised.
    """
    scheme, indicators = result.assessment.scheme, result.assessment.indicators
    if scheme.group != "pool" or scheme.normalisation != "min-max":
        raise ParameterError(
            "a forecast needs a scale and weights that later years share: leave --normalisation and --group as they are"
        )
    studies = {city: load_study(_study_name(indicators.path, name)) for city, name in indicators.studies.items()}
    for city, study in studies.items():
        require_fit(result.assessment, result.table, city, study)
    drawn = {
        city: draw_study(study, out=out, quick=quick, progress=silent if progress is None else progress(study.name))
        for city, study in studies.items()
    }
    return replace(result, outlook=outlook(result, drawn, clip=clip))


def _study_name(path: Path, name: str) -> str:
    """Take a path from the indicator file, and anything else for the name of a study."""
    beside = path.parent / name
    return str(beside) if "/" in name and beside.exists() else name


def require_fit(assessment: Assessment, table: SeriesTable, city: str, study: Study) -> None:
    """Insist on a study of the same years and units.

    Raises
    ------
    IndicatorError, UnitError
        Saying what differs.
    """
    indicators, windows = assessment.indicators, study.file.windows
    place = f"the study {study.name!r} of {city}"
    if windows.last != indicators.last:
        raise IndicatorError(
            f"{place} compares years up to {windows.last}, the index is of years up to {indicators.last}: bring them "
            "together",
            path=indicators.path,
        )
    if windows.end < indicators.later.last:
        raise IndicatorError(
            f"{place} ends in {windows.end:g}: choose forecast.last up to that year, found {indicators.later.last}",
            path=indicators.path,
        )
    units = table.units
    for target in study.targets:
        name, unit = target.series.name, target.series.unit
        if name in units and not same_unit(unit, units[name]):
            raise UnitError(f"{place} forecasts {name} in {unit!r}, the data of the index have it in {units[name]!r}")


def outlook(result: ResilienceResult, drawn: Mapping[str, DrawnStudy], *, clip: bool = False) -> Outlook:
    """Work out the forecast from draws, a study for each city of the assessment."""
    base, later = result.assessment, result.assessment.indicators.later
    ahead = {
        city: _ahead(result, city, each.later, clip, np.random.default_rng([result.seed, _LATER, i]))
        for i, (city, each) in enumerate(drawn.items())
    }
    held = {city: each.held_out for city, each in drawn.items()}
    first, last = later.summary
    means = joint_means(ahead, first, last)
    years = next((each.years for each in held.values() if each is not None), None)
    return Outlook(
        cities=tuple(
            city_outlook(base, result.table, each, held[city], clip, np.random.default_rng([result.seed, _HELD_OUT, i]))
            for i, (city, each) in enumerate(ahead.items())
        ),
        summary_years=later.summary,
        average=band(means.mean(axis=1)).stacked(),
        ranks=rank_shares(ahead, first, last),
        held_out=None if years is None else (int(years[0]), int(years[-1])),
        orders=tuple(
            judge_order(claim, base.cities, _medians(result, ahead, claim.of, claim.years))
            for claim in result.claims.orders
            if base.indicators.last < claim.years[0] <= claim.years[1] <= later.last
        ),
        approximate=any(each.approximate for each in drawn.values()),
        clipped=clip,
    )


def _ahead(
    result: ResilienceResult, city: str, series: SeriesDraws, clip: bool, rng: np.random.Generator
) -> IndexDraws:
    """Carry the index on from the first year after the data."""
    n = int(result.assessment.indicators.later.last - result.assessment.indicators.last)
    values = {name: each[:, :n] for name, each in series.values.items()}
    years = series.years[:n].astype(np.int64)
    return index_draws(result.assessment, result.table, city, values, years, rng=rng, clip=clip)


def _medians(result: ResilienceResult, ahead: Mapping[str, IndexDraws], of: str, years: tuple[int, int]) -> Floats:
    codes = [INDEX, *(system.code for system in result.assessment.indicators.systems)]
    return np.array([period_means(each, *years)[1, codes.index(of)] for each in ahead.values()])


def city_outlook(
    base: Assessment,
    table: SeriesTable,
    ahead: IndexDraws,
    held: SeriesDraws | None,
    clip: bool,
    rng: np.random.Generator,
) -> CityOutlook:
    """Summarise the forecast of one city's index, and hold the years held out against what came."""
    error = deviation = last_error = None
    inside = (0, 0)
    if held is not None:
        years = held.years.astype(np.int64)
        city, at = base.cities.index(ahead.city), np.searchsorted(base.years, years)
        back = index_draws(base, table, ahead.city, held.values, years, rng=rng, clip=clip, like=base.values[city, at])
        inside = covered(back, base)
        error, deviation = errors_of(back, base)
        seen = np.concatenate([base.index[city, :, None], base.scores[city]], axis=-1)
        last_error = mean_over(100 * np.abs(seen[at] - seen[at[0] - 1]).T)
    return CityOutlook(
        band=index_band(ahead),
        summary=period_means(ahead, *base.indicators.later.summary),
        outside=ahead.outside,
        error=error,
        deviation=deviation,
        last_error=last_error,
        covered=inside,
    )
