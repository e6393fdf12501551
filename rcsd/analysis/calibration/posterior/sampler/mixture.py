"""A mixture of multivariate t distributions: what chains jump by, fitted to draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

FREEDOM = 5.0
"""Degrees of freedom of every part: tails heavier than a posterior's, so that no draw out there is a trap."""

_MOST_PARTS = 4
_PER_PART = 6  # draws for each coordinate of a part
_ROUNDS = 30
_BETTER = 0.05  # by which a further part must raise the mean log density of draws that it was not fitted to
_FLOOR = 1e-6  # of a coordinate's variance, added to that of every part

Kernel = Callable[[NDArray[np.float64]], NDArray[np.float64]]
Random = np.random.RandomState | np.random.Generator


@dataclass(frozen=True, slots=True)
class Mixture:
    """Parts with a weight, a place and a spread each.

    Attributes
    ----------
    weights
        Sum to 1, shape (n_parts,).
    means
        Shape (n_parts, n).
    roots
        Lower triangular roots of the scale matrices, shape (n_parts, n, n).
    """

    weights: NDArray[np.float64]
    means: NDArray[np.float64]
    roots: NDArray[np.float64]

    @classmethod
    def of(
        cls, weights: Sequence[float], means: Sequence[NDArray[np.float64]], covariances: Sequence[NDArray[np.float64]]
    ) -> Mixture:
        """Make one of scale matrices; the weights need not sum to 1."""
        share = np.asarray(weights, dtype=np.float64)
        roots = np.stack([_root(each) for each in covariances])
        return cls(share / np.sum(share), np.stack(means), roots)

    @property
    def n(self) -> int:
        """How many coordinates a point has."""
        return int(self.means.shape[1])

    def draw(self, n: int, random: Random) -> NDArray[np.float64]:
        """Draw points, shape (n, n_coordinates)."""
        part = np.searchsorted(np.cumsum(self.weights)[:-1], random.uniform(size=n), side="right")
        normal = random.standard_normal((n, self.n))
        stretch = np.sqrt(random.chisquare(FREEDOM, (n, 1)) / FREEDOM)
        return np.asarray(self.means[part] + np.einsum("kij,kj->ki", self.roots[part], normal / stretch))

    def log_density(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density up to a constant of the dimension alone, shape (n,)."""
        logs = _log_parts(self, points, lambda square: -0.5 * (FREEDOM + self.n) * np.log1p(square / FREEDOM))
        return np.asarray(logsumexp(logs, axis=0))


def _root(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take the lower root of a covariance; where it has none to rounding, of one with its least directions widened."""
    scale = np.sqrt(np.diag(covariance))
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    values = np.maximum(values, _FLOOR * values[-1])
    lower = np.transpose(np.linalg.qr((vectors * np.sqrt(values)).T)[1])
    return np.asarray(lower * np.sign(np.diag(lower)) * scale[:, np.newaxis])


def _log_parts(mixture: Mixture, points: NDArray[np.float64], log_kernel: Kernel) -> NDArray[np.float64]:
    """Log of weight and density of every part at every point, shape (n_parts, n_points)."""
    found = np.empty((mixture.weights.size, len(points)))
    for k, (weight, mean, root) in enumerate(zip(mixture.weights, mixture.means, mixture.roots, strict=True)):
        standard = np.linalg.solve(root, (points - mean).T)
        square = np.sum(standard**2, axis=0)
        found[k] = np.log(weight) - np.sum(np.log(np.diag(root))) + log_kernel(square)
    return found


def fit_mixture(points: NDArray[np.float64], rng: np.random.Generator) -> Mixture:
    """Fit a mixture to draws, shape (n_draws, n): as many parts as foretell draws that they were not fitted to.

    By the rounds of expectation and maximisation (Dempster, Laird & Rubin, J. R. Stat. Soc. B 39, 1977) for normal
    parts, whose tails are then made heavier.
    """
    order = rng.permutation(len(points))
    seen, unseen = points[order[::2]], points[order[1::2]]
    best, parts = -np.inf, 1
    for k in range(1, _MOST_PARTS + 1):
        if len(seen) < _PER_PART * points.shape[1] * k and k > 1:
            break
        score = float(np.mean(_log_normal(_normals(seen, k, rng), unseen)))
        if score < best + _BETTER * (k > 1):
            break
        best, parts = score, k
    return _normals(points, parts, rng)


def _log_normal(mixture: Mixture, points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(logsumexp(_log_parts(mixture, points, lambda square: -0.5 * square), axis=0))


def _normals(points: NDArray[np.float64], parts: int, rng: np.random.Generator) -> Mixture:
    """Fit normal parts; a part that dies is left out."""
    n, centre = points.shape[1], points.mean(axis=0)
    # a coordinate that all points share has a width of rounding
    scale = points.std(axis=0) + _FLOOR**2 * (1 + np.abs(centre))
    x = (points - centre) / scale
    share = _first_shares(x, parts, rng)
    for _ in range(_ROUNDS if parts > 1 else 1):
        share = share[_alive(share, n)]
        total = share.sum(axis=1)
        means = share @ x / total[:, np.newaxis]
        covariances = []
        for each, mean, size in zip(share, means, total, strict=True):
            off = x - mean
            covariances.append((each[:, np.newaxis] * off).T @ off / size + _FLOOR * np.eye(n))
        mixture = Mixture.of(total.tolist(), list(means), covariances)
        logs = _log_parts(mixture, x, lambda square: -0.5 * square)
        share = np.exp(logs - logsumexp(logs, axis=0))
    return Mixture(mixture.weights, centre + mixture.means * scale, mixture.roots * scale[np.newaxis, :, np.newaxis])


def _alive(share: NDArray[np.float64], n: int) -> NDArray[np.bool_]:
    """Say which parts have points enough for a spread of their own; the largest always."""
    size = share.sum(axis=1)
    return np.asarray((size > n + 1) | (size == size.max()))


def _first_shares(x: NDArray[np.float64], parts: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Share out points among parts by the nearest of some that lie far apart, shape (parts, n_points)."""
    chosen = [int(rng.integers(len(x)))]
    distance = np.sum((x - x[chosen[0]]) ** 2, axis=1)
    for _ in range(parts - 1):
        if not np.any(distance):
            break
        chosen.append(int(rng.choice(len(x), p=distance / np.sum(distance))))
        distance = np.minimum(distance, np.sum((x - x[chosen[-1]]) ** 2, axis=1))
    nearest = np.argmin([np.sum((x - x[i]) ** 2, axis=1) for i in chosen], axis=0)
    return np.asarray((nearest == np.arange(parts)[:, np.newaxis]).astype(np.float64))
