"""The likelihood of a course: the mean of the cities, and each city's deviation from it.

Every proxy of a city is level + loading * course + error. An error has a part that all cities share, the nation's, and
a part of its own, each an autoregression; so the mean of the cities and their deviations from it are independent, and
a nation-wide event counts once, not once per city.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from rcsd.papers.coevolution.evidence.clocks import Clock, Shape
from rcsd.papers.coevolution.evidence.errors import WALK, Contrasts, covariance, levels
from rcsd.papers.coevolution.evidence.proxies import Proxy

Floats = NDArray[np.float64]

ERRORS = (
    Shape("mean_memory", 0, WALK),
    Shape("mean_sd", np.log(0.005), np.log(1)),
    Shape("memory", 0, WALK),
    Shape("sd", np.log(0.005), np.log(1)),
    Shape("noise", 0, 5),
)
"""Of each proxy: memory and innovation of the mean and of the deviations (as logarithms), and white noise of the
latter, as a share of their innovations' variance."""

LOADING = 8.0
"""Largest loading on a course, in logarithms of a proxy."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Cities of a proxy with the same years.

    `rows` are the cities, `pattern` says which of the proxy's years they have, `steps` from which years on each one's
    level is another, and `contrasts` holds the deviations. `scale` is the variance of a deviation over that of the
    city's own part: 1 - 1/n of one of the n cities of the mean, 1 + 1/n of another.
    """

    rows: NDArray[np.intp]
    pattern: NDArray[np.bool_]
    steps: tuple[tuple[float, ...], ...]
    contrasts: Contrasts
    scale: float


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A proxy taken apart.

    Attributes
    ----------
    proxy : Proxy
        As read.
    steps : tuple of float
        From which years on the mean's level is another.
    mean : Contrasts
        Of the cities that have every year: one series.
    groups : tuple of Group
        Deviations of the cities from that mean.
    shares : NDArray, shape (n_cities,)
        What a city's deviation counts: n deviations from the mean of n cities are worth n - 1.
    """

    proxy: Proxy
    steps: tuple[float, ...]
    mean: Contrasts
    groups: tuple[Group, ...]
    shares: Floats

    @property
    def n_contrasts(self) -> int:
        """Data beyond the levels: of the mean, and of the deviations as far as they are free."""
        free = sum(
            float(self.shares[row]) * (group.pattern.sum() - len(levels(years, steps).T))
            for group in self.groups
            for row, steps in zip(group.rows, group.steps, strict=True)
            for years in [self.proxy.years[group.pattern]]
        )
        return int(round(free) + self.mean.series.size - self.mean.design.shape[2])


def block(proxy: Proxy) -> Block:
    """Take a proxy apart into the mean of its complete cities and deviations from it."""
    rule, complete = proxy.rule, proxy.complete
    common = () if rule.step is None else (float(rule.step),)
    mean = proxy.values[complete].mean(axis=0)
    apart = proxy.values - mean
    there = np.isfinite(apart)
    groups = []
    for pattern in np.unique(there, axis=0):
        rows = np.flatnonzero((there == pattern).all(axis=1))
        years, series = proxy.years[pattern], apart[np.ix_(rows, np.flatnonzero(pattern))]
        steps = tuple((*common, *_jumps(years, row, rule.jump)) for row in series)
        scale = 1 - 1 / complete.sum() if pattern.all() else 1 + 1 / complete.sum()
        groups.append(Group(rows, pattern, steps, Contrasts(series, _designs(years, steps)), float(scale)))
    shares = np.where(complete, 1 - 1 / complete.sum(), 1.0)
    return Block(proxy, common, Contrasts(mean[np.newaxis], _designs(proxy.years, (common,))), tuple(groups), shares)


def _jumps(years: Floats, series: Floats, least: float) -> tuple[float, ...]:
    """Return the years in which a series has moved by more than `least` since the year before."""
    return tuple(float(year) for year in years[1:][np.abs(np.diff(series)) > least])


def _designs(years: Floats, steps: tuple[tuple[float, ...], ...]) -> Floats:
    """Return the columns of the levels of several series, filled up with zeros."""
    designs = [levels(years, each) for each in steps]
    widest = max(design.shape[1] for design in designs)
    return np.stack([np.pad(design, ((0, 0), (0, widest - design.shape[1]))) for design in designs])


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """All proxies under one clock.

    Attributes
    ----------
    clock : Clock
        The family of courses.
    blocks : tuple of Block
        The proxies.
    cities : tuple of str
        All cities of them.
    years : NDArray
        All years of them.
    """

    clock: Clock
    blocks: tuple[Block, ...]
    cities: tuple[str, ...]
    years: Floats

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters in the order of a point."""
        errors = [f"{block.proxy.rule.name}.{each.name}" for block in self.blocks for each in ERRORS]
        loadings = [f"{block.proxy.rule.name}.loading" for block in self.blocks] if self.clock.loaded else []
        return (*errors, *loadings, *(each.name for each in self.clock.shapes))

    @property
    def bounds(self) -> Floats:
        """Lowest and highest value of each parameter, shape (n_parameters, 2); equal where a walk fixes a memory."""
        errors = [[each.low, each.high] for each in ERRORS]
        if self.clock.walk:
            errors[0] = errors[2] = [WALK, WALK]
        loadings = [[-LOADING, LOADING]] * (len(self.blocks) if self.clock.loaded else 0)
        return np.array(errors * len(self.blocks) + loadings + [[each.low, each.high] for each in self.clock.shapes])

    @property
    def n_free(self) -> int:
        """Parameters that are estimated."""
        return int((np.diff(self.bounds, axis=1) > 0).sum())

    @property
    def n_data(self) -> int:
        """Contrasts of the data: observations less free levels."""
        return sum(each.n_contrasts for each in self.blocks)

    def split(self, point: Floats) -> tuple[Floats, Floats, Floats]:
        """Return errors, shape (n_proxies, 5), loadings, shape (n_proxies,), and shapes of a point."""
        k = len(self.blocks)
        n_errors = k * len(ERRORS)
        n_loadings = k if self.clock.loaded else 0
        errors = point[:n_errors].reshape(k, len(ERRORS))
        loadings = point[n_errors : n_errors + k] if n_loadings else np.zeros(k)
        return errors, loadings, point[n_errors + n_loadings :]

    def courses(self, shapes: Floats, years: Floats) -> Floats:
        """Return courses of rows of shapes, shape (n_rows, n_nodes, n_years)."""
        return self.clock.courses(shapes, self.clock.nodes, years)

    def parts(self, points: Floats) -> tuple[Floats, Floats]:
        """Return the log likelihood of each row of points: of the means, shape (n_rows,), and by city.

        The second has the shape (n_rows, n_cities, n_nodes): of a city's deviations, were its phase that of a node.
        """
        split = [self.split(point) for point in points]
        shapes, which = np.unique(
            np.array([each for _, _, each in split]).reshape(len(points), -1), axis=0, return_inverse=True
        )
        courses = self.courses(shapes, self.years)[which]
        means = np.zeros(len(points))
        cities = np.zeros((len(points), len(self.cities), self.clock.nodes.size))
        for k, each in enumerate(self.blocks):
            at = np.searchsorted(self.years, each.proxy.years)
            rows = np.searchsorted(self.cities, each.proxy.cities)
            known: dict[tuple[bytes, bytes], tuple[float, Floats]] = {}  # most rows differ in another proxy's errors
            for row, (errors, loadings, _) in enumerate(split):
                paths = loadings[k] * courses[row][:, at]
                key = errors[k].tobytes(), paths.tobytes()
                if key not in known:
                    known[key] = _of_block(each, errors[k], paths, self.clock.weights)
                means[row] += known[key][0]
                cities[row, rows] += known[key][1]
        return means, cities

    def log_likelihood(self, points: Floats, *, weights: Floats | None = None) -> Floats:
        """Return the log likelihood of rows of points, shape (n_rows,); `weights` says which cities count."""
        means, cities = self.parts(points)
        of_city = logsumexp(cities + np.log(self.clock.weights), axis=2)
        return np.asarray(means + (of_city if weights is None else of_city * weights).sum(axis=1))


def evidence(clock: Clock, proxies: tuple[Proxy, ...]) -> Evidence:
    """Put proxies under a clock."""
    cities = tuple(sorted({city for proxy in proxies for city in proxy.cities}))
    years = np.unique(np.concatenate([proxy.years for proxy in proxies]))
    return Evidence(clock, tuple(block(proxy) for proxy in proxies), cities, years)


def mean_covariance(errors: Floats, first: Floats, second: Floats) -> Floats:
    """Return the covariance of the mean's errors between two sets of years."""
    return covariance(first, second, errors[0], np.exp(errors[1]), 0.0)


def own_covariance(errors: Floats, first: Floats, second: Floats) -> Floats:
    """Return the covariance of a deviation's errors between two sets of years."""
    return covariance(first, second, errors[2], np.exp(errors[3]), errors[4])


def _of_block(part: Block, errors: Floats, paths: Floats, weights: Floats) -> tuple[float, Floats]:
    """Return the log density of the mean, and of each city's deviations around each course (n_cities, n_nodes)."""
    middle, years = weights @ paths, part.proxy.years
    mean = part.mean.log_density(mean_covariance(errors, years, years), middle[np.newaxis])[0, 0]
    found = np.zeros((len(part.proxy.cities), len(paths)))
    for group in part.groups:
        those = years[group.pattern]
        variance = group.scale * own_covariance(errors, those, those)
        found[group.rows] = group.contrasts.log_density(variance, (paths - middle)[:, group.pattern])
    return float(mean), part.shares[:, np.newaxis] * found
