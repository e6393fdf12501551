"""Forecasts of the proxies from an origin: mixtures of normal densities over a city's phases, and their scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, ndtr

from rcsd.papers.coevolution.evidence.errors import Prediction, prediction
from rcsd.papers.coevolution.evidence.fit import Estimate
from rcsd.papers.coevolution.evidence.likelihood import Block, Group
from rcsd.papers.coevolution.evidence.proxies import Proxy

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Densities of one proxy in one city over the years ahead.

    Attributes
    ----------
    weights : NDArray, shape (n_nodes,)
        Probabilities of the city's phases, given its data.
    means : NDArray, shape (n_nodes, n_later)
        Of the logarithm, by phase.
    variances : NDArray, shape (n_later,)
        The same for all phases.
    """

    weights: Floats
    means: Floats
    variances: Floats

    def log_score(self, actual: Floats) -> Floats:
        """Return the log density of what came, shape (n_later,)."""
        square = (actual - self.means) ** 2 / self.variances + np.log(2 * np.pi * self.variances)
        with np.errstate(divide="ignore"):
            return np.asarray(logsumexp(-0.5 * square, axis=0, b=self.weights[:, np.newaxis]))

    def crps(self, actual: Floats) -> Floats:
        """Return the continuous ranked probability score, shape (n_later,), in closed form (Grimit et al. 2006)."""
        weights = self.weights[:, np.newaxis]
        apart = (weights * _expected(actual - self.means, self.variances)).sum(axis=0)
        between = _expected(self.means[:, np.newaxis] - self.means[np.newaxis], 2 * self.variances)
        return np.asarray(apart - 0.5 * np.einsum("i,j,ijt->t", self.weights, self.weights, between))


def _expected(mean: Floats, variance: Floats) -> Floats:
    """Return E|Z| of a normal Z."""
    sd = np.sqrt(variance)
    z = mean / sd
    return np.asarray(sd * np.sqrt(2 / np.pi) * np.exp(-(z**2) / 2) + mean * (2 * ndtr(z) - 1))


def forecasts(estimate: Estimate, proxy: int, later: Floats) -> dict[str, Mixture]:
    """Forecast one proxy of every city that has data.

    Parameters
    ----------
    estimate
        From what was known at the origin.
    proxy
        Which of its proxies.
    later
        Years ahead, increasing.
    """
    evidence = estimate.evidence
    part, clock = evidence.blocks[proxy], evidence.clock
    errors, loadings, shapes = evidence.split(estimate.point)
    years = part.proxy.years
    paths = loadings[proxy] * evidence.courses(shapes[np.newaxis], np.concatenate([years, later]))[0]
    middle = clock.weights @ paths
    rule = prediction(years, later, part.steps, errors[proxy, 0], float(np.exp(errors[proxy, 1])), 0.0)
    level = middle[years.size :] + rule.matrix @ (part.mean.series[0] - middle[: years.size])
    phases = _phases(estimate)
    found = {}
    for group in part.groups:
        for place, row in enumerate(group.rows):
            own = _own_rule(part, group, place, later, errors[proxy])
            apart = paths - middle
            known = group.contrasts.series[place] - apart[:, : years.size][:, group.pattern]
            means = level + apart[:, years.size :] + known @ own.matrix.T
            city = part.proxy.cities[row]
            variances = np.diag(rule.covariance) + group.scale * np.diag(own.covariance)
            found[city] = Mixture(phases[evidence.cities.index(city)], means, variances)
    return found


def _own_rule(part: Block, group: Group, place: int, later: Floats, errors: Floats) -> Prediction:
    """Return how the deviations of one city of a group go on."""
    years = part.proxy.years[group.pattern]
    return prediction(years, later, group.steps[place], errors[2], float(np.exp(errors[3])), float(errors[4]))


def _phases(estimate: Estimate) -> Floats:
    """Return the probabilities of the phases of each city, given all its proxies, shape (n_cities, n_nodes)."""
    logs = estimate.evidence.parts(estimate.point[np.newaxis])[1][0] + np.log(estimate.evidence.clock.weights)
    return np.asarray(np.exp(logs - logsumexp(logs, axis=1, keepdims=True)))


@dataclass(frozen=True, slots=True)
class Cell:
    """The scores of one forecast: CRPS and log score of a logarithm, and the error of its mean."""

    clock: str
    proxy: str
    city: str
    origin: int
    ahead: int
    crps: float
    log_score: float
    error: float


def scored(estimate: Estimate, proxies: tuple[Proxy, ...], origin: int, *, horizon: int) -> list[Cell]:
    """Forecast all proxies from an origin and hold the forecasts against what came.

    Parameters
    ----------
    estimate
        From what was known at the origin.
    proxies
        With what came, in the order of the estimate's.
    origin
        Last known year.
    horizon
        Years ahead.
    """
    cells = []
    for k, proxy in enumerate(proxies):
        ahead = (proxy.years > origin) & (proxy.years <= origin + horizon)
        if not ahead.any() or proxy.years[0] > origin:
            continue
        found = forecasts(estimate, k, proxy.years[ahead])
        for city, mixture in found.items():
            actual = proxy.values[proxy.cities.index(city), ahead]
            errors = actual - mixture.weights @ mixture.means
            rows = zip(proxy.years[ahead], mixture.crps(actual), mixture.log_score(actual), errors, strict=True)
            cells += [
                Cell(
                    estimate.evidence.clock.name, proxy.rule.name, city, origin, int(year) - origin, *map(float, scores)
                )
                for year, *scores in rows
                if np.isfinite(scores[0])
            ]
    return cells
