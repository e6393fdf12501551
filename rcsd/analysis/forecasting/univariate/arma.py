"""ARIMA models by exact Gaussian likelihood, for many series of one length at once.

Differenced series are short, so the likelihood is taken from their covariance matrix itself: autocovariances (Brockwell
& Davis, Time Series: Theory and Methods, 1991, section 3.3), its Cholesky factor, the mean by generalised least
squares, the variance concentrated out. Coefficients are searched for as partial autocorrelations in (-1, 1), which are
exactly the stationary and invertible models (Monahan, Biometrika 71, 1984).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.univariate.search import minimise

Array = NDArray[np.float64]

MOST_PARTIAL = 0.99
"""Largest partial autocorrelation: nearer to 1 a root is a unit root, and the order another."""

_GRID = {1: (25,), 2: (9, 9), 3: (7, 7, 7)}
_TINY = 1e-12  # of the variance: a series on an exact line has none


@dataclass(frozen=True, slots=True)
class Order:
    """Orders of an ARIMA model: autoregressive, of differences, moving-average, and whether differences have a mean."""

    ar: int
    differences: int
    ma: int
    mean: bool

    @property
    def n_parameters(self) -> int:
        """Coefficients, mean and variance, as an information criterion counts them."""
        return self.ar + self.ma + self.mean + 1


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Fits of one order to many series.

    Attributes
    ----------
    order
        Which model.
    ar, ma
        Coefficients, shapes (n_series, order.ar) and (n_series, order.ma).
    mean
        Of the differences, shape (n_series,); 0 for an order without.
    deviance
        -2 log likelihood of the differences, shape (n_series,).
    at_bound
        Whether a partial autocorrelation is at `MOST_PARTIAL`, shape (n_series,): a root near 1.
    """

    order: Order
    ar: Array
    ma: Array
    mean: Array
    deviance: Array
    at_bound: NDArray[np.bool_]

    def forecast(self, series: Array, n_years: int) -> Array:
        """Return medians 1 to `n_years` after the series fitted to, shape (n_series, n_years)."""
        changes = np.diff(series, n=self.order.differences, axis=1)
        n = changes.shape[1]
        cov = covariance(self.ar, self.ma, n + n_years)
        known = (changes - self.mean[:, None])[..., None]
        ahead = self.mean[:, None] + (cov[:, n:, :n] @ np.linalg.solve(cov[:, :n, :n], known))[..., 0]
        for order in range(self.order.differences - 1, -1, -1):
            start = np.diff(series, n=order, axis=1)[:, -1:]
            ahead = start + np.cumsum(ahead, axis=1)
        return np.asarray(ahead)


def fit(series: Array, order: Order) -> Fitted:
    """Fit one order to each series by maximum likelihood.

    Parameters
    ----------
    series
        Shape (n_series, n_years), not yet differenced.
    order
        With at least as many differences left as `order.n_parameters`.
    """
    changes = np.diff(series, n=order.differences, axis=1)
    bounds = np.tile([-MOST_PARTIAL, MOST_PARTIAL], (order.ar + order.ma, 1))

    def objective(partial: Array) -> Array:
        ar, ma = _coefficients(partial, order)
        return _likelihood(changes, ar, ma, mean=order.mean)[0]

    partial, _ = minimise(objective, bounds, _GRID.get(order.ar + order.ma, ()))
    partial = np.broadcast_to(partial, (changes.shape[0], partial.shape[1]))
    ar, ma = _coefficients(partial, order)
    deviance, mean = _likelihood(changes, ar, ma, mean=order.mean)
    at_bound = np.any(np.abs(partial) > MOST_PARTIAL - 1e-3, axis=1)
    return Fitted(order, ar, ma, mean, deviance, at_bound)


def _coefficients(partial: Array, order: Order) -> tuple[Array, Array]:
    """Turn partial autocorrelations, along the last axis, into the two sets of coefficients."""
    return from_partial(partial[..., : order.ar]), -from_partial(partial[..., order.ar :])


def from_partial(partial: Array) -> Array:
    """Return the autoregressive coefficients of partial autocorrelations, along the last axis (Durbin-Levinson)."""
    found = partial[..., :0]
    for k in range(partial.shape[-1]):
        last = partial[..., k : k + 1]
        found = np.concatenate([found - last * found[..., ::-1], last], axis=-1)
    return found


def covariance(ar: Array, ma: Array, n: int) -> Array:
    """Return the covariance matrix of n successive values for innovations of variance 1, shape (..., n, n)."""
    lags = _autocovariances(ar, ma, n)
    return np.asarray(lags[..., np.abs(np.subtract.outer(np.arange(n), np.arange(n)))])


def _autocovariances(ar: Array, ma: Array, n: int) -> Array:
    """Solve the equations of lags 0 to p, then go on by the autoregression, shape (..., n)."""
    p, q = ar.shape[-1], ma.shape[-1]
    shape = ar.shape[:-1]
    theta = np.concatenate([np.ones((*shape, 1)), ma], axis=-1)
    psi = [np.ones(shape)]
    for j in range(1, q + 1):
        psi.append(theta[..., j] + sum((ar[..., i] * psi[j - i - 1] for i in range(min(p, j))), np.zeros(shape)))
    # covariance of the value k years later with the innovations it still shares
    shared = [sum((theta[..., j] * psi[j - k] for j in range(k, q + 1)), np.zeros(shape)) for k in range(max(n, p + 1))]
    system = np.zeros((*shape, p + 1, p + 1))
    for k in range(p + 1):
        system[..., k, k] += 1
        for i in range(p):
            system[..., k, abs(k - i - 1)] -= ar[..., i]
    first = np.linalg.solve(system, np.stack(shared[: p + 1], axis=-1)[..., None])[..., 0]
    lags = [first[..., k] for k in range(p + 1)]
    for k in range(p + 1, n):
        lags.append(shared[k] + sum((ar[..., i] * lags[k - i - 1] for i in range(p)), np.zeros(shape)))
    return np.stack(lags[:n], axis=-1)


def _likelihood(changes: Array, ar: Array, ma: Array, *, mean: bool) -> tuple[Array, Array]:
    """Return -2 log likelihood with mean and variance at their best, and that mean."""
    n = changes.shape[-1]
    factor = np.linalg.cholesky(covariance(ar, ma, n))
    whiten = np.linalg.inv(factor)
    value = (whiten @ changes[..., None])[..., 0]
    location = np.zeros(value.shape[:-1])
    if mean:
        one = np.sum(whiten, axis=-1)
        location = np.sum(one * value, axis=-1) / np.sum(one**2, axis=-1)
        value = value - location[..., None] * one
    floor = _TINY * np.mean(changes**2, axis=-1) + np.finfo(float).tiny
    variance = np.maximum(np.mean(value**2, axis=-1), floor)
    log_determinant = 2 * np.sum(np.log(np.diagonal(factor, axis1=-2, axis2=-1)), axis=-1)
    return np.asarray(n * (np.log(2 * np.pi * variance) + 1) + log_determinant), location
