"""Awkward shapes with exact draws: funnels, bananas, ridges, modes, bounds, tails, shells."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import logsumexp
from scipy.stats import truncexpon

from benchmarks.posteriors.toy import Array, Toy, box
from rcsd.analysis.calibration.posterior.marginals import Bell


def shapes() -> Iterator[Toy]:
    """Yield 32 of them."""
    for n in (2, 3, 5, 10):
        yield _funnel(n)
    for n, bend in ((2, 0.03), (2, 0.1), (4, 0.03), (8, 0.03)):
        yield _banana(n, bend)
    for n, correlation in ((2, 0.99), (2, 0.9999), (5, 0.99), (10, 0.99), (15, 0.95)):
        yield _ridge(n, correlation)
    for n, apart, share in (
        (2, 8.0, 0.5),
        (2, 20.0, 0.8),
        (5, 8.0, 0.7),
        (5, 20.0, 0.5),
        (10, 8.0, 0.5),
        (10, 12.0, 0.8),
    ):
        yield _two_modes(n, apart, share)
    for n in (2, 5, 10):
        yield _crowded(n)
    yield _nothing_known(8)
    yield _half_bell(6)
    for n, freedom in ((2, 2.0), (5, 3.0), (10, 3.0), (2, 1.0)):
        yield _tails(n, freedom)
    for n in (2, 4):
        yield _shell(n)
    yield _product()
    yield _corner(4)


def _funnel(n: int) -> Toy:
    """Neal's funnel (Ann. Stat. 31, 2003): the spread of all others is the exponential of the first."""

    def log_likelihood(x: Array) -> Array:
        v = x[:, :1]
        return np.asarray(np.sum(-0.5 * x[:, 1:] ** 2 * np.exp(-v) - 0.5 * v, axis=1))

    def exact(size: int, rng: np.random.Generator) -> Array:
        v = 1.5 * rng.standard_normal((size, 1))
        return np.hstack([v, np.exp(v / 2) * rng.standard_normal((size, n - 1))])

    return Toy(f"funnel, {n}", "funnel", (Bell(0.0, 1.5), *box(n - 1, -60.0, 60.0)), log_likelihood, exact)


def _banana(n: int, bend: float) -> Toy:
    """Haario, Saksman and Tamminen (Comput. Stat. 14, 1999): a bell of sd 10 bent in its second coordinate."""

    def log_likelihood(x: Array) -> Array:
        straight = x[:, 1] + bend * (x[:, 0] ** 2 - 100)
        return np.asarray(-0.5 * (x[:, 0] / 10) ** 2 - 0.5 * straight**2 - 0.5 * np.sum(x[:, 2:] ** 2, axis=1))

    def exact(size: int, rng: np.random.Generator) -> Array:
        x = rng.standard_normal((size, n))
        x[:, 0] *= 10
        x[:, 1] -= bend * (x[:, 0] ** 2 - 100)
        return x

    return Toy(f"banana, {n}, bend {bend:g}", "banana", box(n, -250.0, 250.0), log_likelihood, exact)


def _ridge(n: int, correlation: float) -> Toy:
    """Return a bell whose coordinates all correlate alike."""
    covariance = np.full((n, n), correlation) + (1 - correlation) * np.eye(n)
    root, inverse = np.linalg.cholesky(covariance), np.linalg.inv(covariance)
    return Toy(
        f"ridge, {n}, correlation {correlation:g}",
        "ridge",
        box(n, -20.0, 20.0),
        lambda x: -0.5 * np.einsum("ki,ij,kj->k", x, inverse, x),
        lambda size, rng: rng.standard_normal((size, n)) @ root.T,
    )


def _product() -> Toy:
    """Return a product that is known, of factors that are not; on logarithms."""
    wide = 3.0

    def log_likelihood(x: Array) -> Array:
        return np.asarray(-0.5 * ((x[:, 0] + x[:, 1]) / 0.05) ** 2)

    def exact(size: int, rng: np.random.Generator) -> Array:
        found = np.empty((0, 2))
        while len(found) < size:
            a = rng.uniform(-wide, wide, 2 * size)
            b = -a + 0.05 * rng.standard_normal(2 * size)
            found = np.concatenate([found, np.column_stack([a, b])[np.abs(b) < wide]])
        return found[:size]

    return Toy("product of two", "ridge", box(2, -wide, wide), log_likelihood, exact)


def _two_modes(n: int, apart: float, share: float) -> Toy:
    """Two bells along the diagonal, so many standard deviations apart."""
    centre = np.full(n, apart / 2 / np.sqrt(n))

    def log_likelihood(x: Array) -> Array:
        logs = [
            np.log(share) - 0.5 * np.sum((x - centre) ** 2, axis=1),
            np.log(1 - share) - 0.5 * np.sum((x + centre) ** 2, axis=1),
        ]
        return np.asarray(logsumexp(logs, axis=0))

    def exact(size: int, rng: np.random.Generator) -> Array:
        sign = np.where(rng.uniform(size=(size, 1)) < share, 1.0, -1.0)
        return np.asarray(sign * centre + rng.standard_normal((size, n)))

    return Toy(f"two modes, {n}, {apart:g} apart, {share:g}", "modes", box(n, -20.0, 20.0), log_likelihood, exact)


def _crowded(n: int) -> Toy:
    """Exponentials that crowd at their bounds."""
    return Toy(
        f"crowded at bounds, {n}",
        "bound",
        box(n, 0.0, 1.0),
        lambda x: -30 * np.sum(x, axis=1),
        lambda size, rng: np.asarray(truncexpon(30.0, scale=1 / 30).rvs((size, n), random_state=rng)),
    )


def _corner(n: int) -> Toy:
    """Return a bell whose centre lies outside the bounds in every coordinate."""

    def exact(size: int, rng: np.random.Generator) -> Array:
        from scipy.stats import truncnorm  # noqa: PLC0415

        return np.asarray(truncnorm(2.0, 12.0, loc=-0.2, scale=0.1).rvs((size, n), random_state=rng))

    return Toy(
        f"beyond its bounds, {n}", "bound", box(n, 0.0, 1.0), lambda x: -50 * np.sum((x + 0.2) ** 2, axis=1), exact
    )


def _nothing_known(n: int) -> Toy:
    """Return the prior."""
    return Toy(
        f"nothing known, {n}",
        "bound",
        box(n, 0.0, 1.0),
        lambda x: np.zeros(len(x)),
        lambda size, rng: rng.uniform(size=(size, n)),
    )


def _half_bell(n: int) -> Toy:
    """Half bells, and one coordinate that is known well."""

    def log_likelihood(x: Array) -> Array:
        return np.asarray(-0.5 * np.sum((x[:, 1:] / 0.2) ** 2, axis=1) - 0.5 * ((x[:, 0] - 0.5) / 0.001) ** 2)

    def exact(size: int, rng: np.random.Generator) -> Array:
        x = 0.2 * np.abs(rng.standard_normal((2 * size, n)))
        x[:, 0] = 0.5 + 0.001 * rng.standard_normal(2 * size)
        return x[np.all(x < 1, axis=1)][:size]

    return Toy(f"half bells, {n}", "bound", box(n, 0.0, 1.0), log_likelihood, exact)


def _tails(n: int, freedom: float) -> Toy:
    """Return a multivariate t within wide bounds."""
    wide = 1000.0

    def log_likelihood(x: Array) -> Array:
        return np.asarray(-0.5 * (freedom + n) * np.log1p(np.sum(x**2, axis=1) / freedom))

    def exact(size: int, rng: np.random.Generator) -> Array:
        x = rng.standard_normal((2 * size, n)) / np.sqrt(rng.chisquare(freedom, (2 * size, 1)) / freedom)
        return np.asarray(x[np.all(np.abs(x) < wide, axis=1)][:size])

    return Toy(f"t, {n}, {freedom:g} degrees", "tails", box(n, -wide, wide), log_likelihood, exact)


def _shell(n: int) -> Toy:
    """Return a thin sphere."""

    def log_likelihood(x: Array) -> Array:
        return np.asarray(-0.5 * ((np.linalg.norm(x, axis=1) - 2) / 0.1) ** 2)

    def exact(size: int, rng: np.random.Generator) -> Array:
        radius = np.linspace(1.0, 3.0, 4001)
        weight = radius ** (n - 1) * np.exp(-0.5 * ((radius - 2) / 0.1) ** 2)
        drawn = rng.choice(radius, size=(size, 1), p=weight / weight.sum())
        way = rng.standard_normal((size, n))
        return np.asarray(drawn * way / np.linalg.norm(way, axis=1, keepdims=True))

    return Toy(f"shell, {n}", "shell", box(n, -5.0, 5.0), log_likelihood, exact)
