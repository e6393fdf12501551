"""The joint posterior of how cities' parameters are distributed, with every city's own parameters integrated out.

City i has parameters z_i = mean + spread u_i with u_i standard normal, for each parameter (z: distances from the stated
prior's centre in units of its standard deviation). Its data are linear in z_i with normal innovations of scale k, one
for each series (`linearised`), so u_i is integrated out exactly and can be drawn exactly: no sampler moves through
spreads and cities together, so there is no funnel that a non-centred parameterisation would mend. What is left are
means and log spreads, two numbers a parameter. Fixed priors are the point mean 0, spread 1.

Assumed: means are normal about 0 with standard deviation 1, log spreads with `SPREAD_SD`, ln k with the spread of
`rcsd.analysis.calibration.noise` about the scale whose normal innovations have the variance of its t innovations. k is
integrated out by Gauss and Hermite's rule about its mean under fixed priors.
The posterior is sampled by adaptive importance; the effective number of draws is the check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from linearised import Line
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from rcsd.analysis.calibration.noise import FREEDOM, SCALE_SD

Array = NDArray[np.float64]

_CENTRE = float(np.log(FREEDOM / (FREEDOM - 2)) / 2)
"""Prior mean of ln k: a normal innovation of this scale has the variance of the package's t innovation of scale 1."""

SPREAD_SD = 0.5
"""Prior standard deviation of log spreads. With 1, some spreads leave the range in which cities are straight lines."""

_GRID = _CENTRE + np.linspace(-1.6, 1.6, 9)  # of ln k, where its mean and spread are looked for
_FREEDOM = 5.0  # of the t distributions that are drawn from
_ROUNDS = 5
_DIFFERENCE = 1e-4  # of the gradient, for the curvature at the mode


@dataclass(frozen=True, slots=True)
class Conditional:
    """What a city's data say under one distribution of cities, at every node of ln k.

    Attributes
    ----------
    logs
        Log density of the data with the weight of the node, shape (n_cities, n_nodes), up to a constant.
    mean, covariance
        Of u, shapes (n_cities, n_nodes, n_parameters) and (..., n_parameters, n_parameters).
    """

    logs: Array
    mean: Array
    covariance: Array


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the data of all cities say of z, series by series, at k = 1.

    Attributes
    ----------
    information, score, square, count
        Slopes' products, slopes times residuals (with the sign that moves z towards the data), residuals squared and
        their number; shapes (n_cities, n_series, n_parameters, n_parameters), (..., n_parameters), and twice
        (n_cities, n_series).
    nodes, weights
        ln k, shape (n_cities, n_nodes, n_series), and the log of quadrature weight times prior, (n_cities, n_nodes).
    spread_sd
        Standard deviation of the prior of log spreads.
    """

    information: Array
    score: Array
    square: Array
    count: Array
    nodes: Array
    weights: Array
    spread_sd: float = SPREAD_SD

    @classmethod
    def of(
        cls, cities: Sequence[Sequence[Line]], names: Sequence[str], *, order: int = 3, spread_sd: float = SPREAD_SD
    ) -> Evidence:
        """Gather cities, with `order` nodes of ln k for each series; a series that a city lacks says nothing."""
        n = cities[0][0].slopes.shape[1]
        found = {key: np.zeros((len(cities), len(names), *tail)) for key, tail in _shapes(n).items()}
        for i, lines in enumerate(cities):
            for line in lines:
                at = i, names.index(line.name)
                found["information"][at] = line.slopes.T @ line.slopes
                found["score"][at] = -line.slopes.T @ line.residuals
                found["square"][at] = line.residuals @ line.residuals
                found["count"][at] = line.residuals.size
        grid = np.array(list(product(_GRID, repeat=len(names))))
        nodes = np.broadcast_to(grid, (len(cities), *grid.shape))
        rough = cls(**found, nodes=nodes, weights=_log_prior(nodes), spread_sd=spread_sd)
        return rough._with_nodes(order)

    def given(self, mean: Array, spread: Array) -> Conditional:
        """Integrate the cities' parameters out under one distribution of cities."""
        precision = np.exp(-2 * self.nodes)
        information = np.einsum("cks,csij->ckij", precision, self.information)
        score = np.einsum("cks,csi->cki", precision, self.score)
        square = np.einsum("cks,cs->ck", precision, self.square)
        pulled = score - information @ mean
        covariance = np.linalg.inv(np.eye(mean.size) + spread[:, np.newaxis] * information * spread)
        u = np.einsum("ckij,ckj->cki", covariance, spread * pulled)
        misfit = square - (score + pulled) @ mean - np.sum(spread * pulled * u, axis=-1)
        logs = -0.5 * misfit + 0.5 * np.linalg.slogdet(covariance)[1]
        logs = logs - np.einsum("cks,cs->ck", self.nodes, self.count) + self.weights
        return Conditional(logs, u, covariance)

    def log_posterior(self, point: Array) -> tuple[float, Array]:
        """Log density of means and log spreads, shape (2 n_parameters,), and its gradient by Fisher's identity."""
        mean, spread = point[: point.size // 2], np.exp(point[point.size // 2 :])
        found = self.given(mean, spread)
        share = np.exp(found.logs - logsumexp(found.logs, axis=1, keepdims=True))
        squares = found.mean**2 + np.diagonal(found.covariance, axis1=2, axis2=3)
        slope = np.concatenate(
            [np.einsum("ck,cki->i", share, found.mean) / spread, np.einsum("ck,cki->i", share, squares - 1)]
        )
        prior = point / np.repeat([1.0, self.spread_sd**2], mean.size)
        return float(logsumexp(found.logs, axis=1).sum() - 0.5 * point @ prior), slope - prior

    def _with_nodes(self, order: int) -> Evidence:
        """Put the nodes about the mean of ln k under fixed priors, as far apart as its standard deviation says."""
        n = self.score.shape[-1]
        logs = self.given(np.zeros(n), np.ones(n)).logs
        share = np.exp(logs - logsumexp(logs, axis=1, keepdims=True))[:, :, np.newaxis]
        mean = np.sum(share * self.nodes, axis=1)
        found = np.sqrt(np.maximum(np.sum(share * self.nodes**2, axis=1) - mean**2, 0.0))
        # a coarse grid shows no spread that is narrower than it: at least that of Fisher's information
        sd = np.maximum(found, 1 / np.sqrt(2 * self.count + SCALE_SD**-2))
        points, weights = np.polynomial.hermite_e.hermegauss(order)
        at = np.array(list(product(range(order), repeat=mean.shape[1])))
        nodes = mean[:, np.newaxis] + sd[:, np.newaxis] * points[at]
        rule = np.sum(np.log(weights[at]) + points[at] ** 2 / 2, axis=1) + np.log(sd).sum(axis=1)[:, np.newaxis]
        return replace(self, nodes=nodes, weights=rule + _log_prior(nodes))


@dataclass(frozen=True, slots=True)
class Population:
    """Draws of the distribution of cities.

    Attributes
    ----------
    points, weights
        Means and log spreads, shape (n_draws, 2 n_parameters), and their importance, which sums to 1.
    mode
        The most probable ones.
    """

    points: Array
    weights: Array
    mode: Array

    @property
    def effective(self) -> float:
        """How many independent draws these are worth (Kong 1992)."""
        return float(1 / np.sum(self.weights**2))


def find_mode(evidence: Evidence) -> Array:
    """Find the most probable means and log spreads, shape (2 n_parameters,)."""

    def cost(point: Array) -> tuple[float, Array]:
        value, slope = evidence.log_posterior(point)
        return -value, -slope

    return np.asarray(minimize(cost, np.zeros(2 * evidence.score.shape[-1]), jac=True, method="L-BFGS-B").x)


def sample_population(evidence: Evidence, n_draws: int, rng: np.random.Generator) -> Population:
    """Draw means and log spreads by importance, in `_ROUNDS` rounds of `n_draws`.

    The first round is Student's t about the mode with Laplace's covariance; each later one has the mean and covariance
    of all draws so far, weighted with the largest weights cut. All draws are weighted by the mixture of all rounds.

    References
    ----------
    Cornuet, Marin, Mira & Robert, Scand. J. Stat. 39, 2012; cut weights: Ionides, J. Comput. Graph. Stat. 17, 2008.
    """
    mode = find_mode(evidence)
    moves = _DIFFERENCE * np.eye(mode.size)
    bends = [evidence.log_posterior(mode - move)[1] - evidence.log_posterior(mode + move)[1] for move in moves]
    curvature = np.array(bends) / (2 * _DIFFERENCE)
    laplace = np.linalg.inv((curvature + curvature.T) / 2)
    rounds = [_StudentT(mode, np.linalg.cholesky(laplace))]
    points, logs = np.empty((0, mode.size)), np.empty(0)
    while True:
        drawn = rounds[-1].draw(n_draws, rng)
        points = np.vstack([points, drawn])
        logs = np.append(logs, [evidence.log_posterior(point)[0] for point in drawn])
        mixture = logsumexp([each.log_density(points) for each in rounds], axis=0)
        weights = np.exp(logs - mixture - logsumexp(logs - mixture))
        if len(rounds) == _ROUNDS:
            return Population(points, weights, mode)
        cut = np.minimum(weights, weights.size**-0.5)
        cut /= cut.sum()
        mean = cut @ points
        found = ((points - mean).T * cut) @ (points - mean)
        # few draws say little of a covariance
        n_effective = 1 / np.sum(cut**2)
        share = n_effective / (n_effective + mode.size)
        rounds.append(_StudentT(mean, np.linalg.cholesky(share * found + (1 - share) * laplace)))


@dataclass(frozen=True, slots=True)
class _StudentT:
    """Student's t with a mean and a root of its scale matrix."""

    mean: Array
    root: Array

    def draw(self, n: int, rng: np.random.Generator) -> Array:
        """Draw points, shape (n, n_dimensions)."""
        normal = rng.standard_normal((n, self.mean.size))
        return self.mean + normal / np.sqrt(rng.chisquare(_FREEDOM, (n, 1)) / _FREEDOM) @ self.root.T

    def log_density(self, points: Array) -> Array:
        """Log density of points, up to a constant that all such distributions share."""
        steps = np.linalg.solve(self.root, (points - self.mean).T)
        tails = -(_FREEDOM + self.mean.size) / 2 * np.log1p(np.sum(steps**2, axis=0) / _FREEDOM)
        return np.asarray(tails - np.log(np.diag(self.root)).sum())


def draw_cities(evidence: Evidence, points: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw cities' parameters and scales exactly, one for each draw of their distribution.

    Parameters
    ----------
    evidence
        Of the cities.
    points
        Means and log spreads, shape (n_draws, 2 n_parameters); equal neighbours are worked out once.

    Returns
    -------
    (z, k)
        Shapes (n_draws, n_cities, n_parameters) and (n_draws, n_cities, n_series).
    """
    n = points.shape[1] // 2
    cities = np.arange(len(evidence.score))
    z, k = [], []
    found, before = None, None
    for point in points:
        if found is None or not np.array_equal(point, before):
            found, before = evidence.given(point[:n], np.exp(point[n:])), point
            shares = np.cumsum(np.exp(found.logs - logsumexp(found.logs, axis=1, keepdims=True)), axis=1)
        node = np.minimum(np.sum(rng.random((cities.size, 1)) > shares, axis=1), shares.shape[1] - 1)
        root = np.linalg.cholesky(found.covariance[cities, node])
        u = found.mean[cities, node] + np.einsum("cij,cj->ci", root, rng.standard_normal((cities.size, n)))
        z.append(point[:n] + np.exp(point[n:]) * u)
        k.append(np.exp(evidence.nodes[cities, node]))
    return np.array(z), np.array(k)


def _shapes(n: int) -> dict[str, tuple[int, ...]]:
    return {"information": (n, n), "score": (n,), "square": (), "count": ()}


def _log_prior(nodes: Array) -> Array:
    return np.asarray(-0.5 * np.sum(((nodes - _CENTRE) / SCALE_SD) ** 2, axis=-1))
