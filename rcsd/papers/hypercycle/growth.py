"""Growth of the units of a network, its mean, and the industry's advantage."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle.network import CatalyticNetwork

SUM_TOLERANCE = 1e-9
"""How far the sum of given shares may be from one; they are then divided by it."""


def checked_shares(shares: ArrayLike, n: int) -> NDArray[np.float64]:
    """Return `n` shares of sum one.

    Raises
    ------
    ParameterError
        When there are not as many, one is negative or no number, or they do not sum to one.
    """
    values = np.asarray(shares, dtype=np.float64)
    if values.shape != (n,):
        raise ParameterError(f"shares must be one number for each of the {n} units; got shape {values.shape}")
    if not (values >= 0).all():
        raise ParameterError(f"shares must be zero or more; got {float(values[~(values >= 0)][0])!r}")
    if not abs(values.sum() - 1) <= SUM_TOLERANCE:
        raise ParameterError(f"shares must sum to one; got {float(values.sum()):.10g}: divide each by their sum")
    return np.asarray(values / values.sum())


def equal_shares(network: CatalyticNetwork) -> NDArray[np.float64]:
    """Return the same share for every unit, shape (unit,)."""
    return np.full(network.size, 1 / network.size)


def growth_rates(network: CatalyticNetwork, shares: ArrayLike) -> NDArray[np.float64]:
    """Return f_i = a_i + sum_c s_ic + sum_j k_ij x_j, 1/Year, shape (..., unit).

    Parameters
    ----------
    network
        Under its replicase.
    shares
        x, shape (..., unit).
    """
    return np.asarray(network.baseline + np.asarray(shares, dtype=np.float64) @ network.catalysis.T)


def mean_growth(network: CatalyticNetwork, shares: ArrayLike) -> NDArray[np.float64]:
    """Return phi = sum_i x_i f_i, 1/Year, shape (...,)."""
    return np.asarray(np.sum(np.asarray(shares) * growth_rates(network, shares), axis=-1))


def share_drift(network: CatalyticNetwork, shares: ArrayLike) -> NDArray[np.float64]:
    """Return dx_i/dt = x_i (f_i - phi), 1/Year, shape (..., unit), of sum zero.

    The catalytic network equation of Eigen and Schuster (1979); Hofbauer and Sigmund 1998, eq 12.1.
    """
    x = np.asarray(shares, dtype=np.float64)
    rates = growth_rates(network, x)
    return np.asarray(x * (rates - np.sum(x * rates, axis=-1, keepdims=True)))


def advantage(network: CatalyticNetwork, shares: ArrayLike) -> NDArray[np.float64]:
    """Return the industrial advantage phi - max_i a_i, 1/Year, shape (...,).

    How much faster the units grow together than the best of them would without any catalyst: zero when innovation gives
    nothing. The paper names the advantage and measures it nowhere; this measure is ours.
    """
    return np.asarray(mean_growth(network, shares) - network.replication.max())
