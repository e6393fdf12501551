r"""First, total and second order for many quantities at once.

With f the model, A and B the base samples and every quantity brought to mean 0 and standard deviation 1 over all rows
of the sample (as SALib does), V the variance over the rows of A and B together:

    S_j   = mean(f(B) (f(AB_j) - f(A))) / V                       Saltelli et al. 2010, table 2 (b)
    S_Tj  = mean((f(A) - f(AB_j))^2) / (2 V)                      Jansen 1999; Saltelli et al. 2010, table 2 (f)
    S_jk  = mean(f(BA_j) f(AB_k) - f(A) f(B)) / V - S_j - S_k     Saltelli 2002

The total index is that of Homma and Saltelli 1996.

References
----------
T. Homma and A. Saltelli (1996), Importance measures in global sensitivity analysis of nonlinear models, Reliability
Engineering and System Safety 52, 1-17. M. Jansen (1999), Analysis of variance designs for model output, Computer
Physics Communications 117, 35-43. A. Saltelli (2002), Making best use of model evaluations to compute sensitivity
indices, 145, 280-297. A. Saltelli et al. (2010), Variance based sensitivity analysis of model output, 181, 259-270.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.sensitivity.estimators.bootstrap import half_width, resampling_weights
from rcsd.analysis.sensitivity.estimators.indices import Indices
from rcsd.analysis.sensitivity.estimators.moments import scaled_down
from rcsd.analysis.sensitivity.estimators.saltelli import n_blocks
from rcsd.analysis.sensitivity.estimators.saltelli import n_replicates as replicates_of

_ROUNDING = 1e-12
"""A spread below this share of the largest magnitude is rounding, and the quantity constant."""

_BLOCK_BYTES = 128 * 2**20
"""Quantities are worked on in blocks whose copy is about so large."""


def estimate(
    values: NDArray[np.float64],
    n_parameters: int,
    *,
    rng: np.random.Generator,
    second_order: bool = True,
    pairs: bool = True,
    n_resamples: int = 200,
    confidence: float = 0.95,
    n_replicates: int | None = None,
) -> Indices:
    """Estimate the indices of many quantities from the runs of one Saltelli sample.

    Parameters
    ----------
    values : NDArray, shape (run, quantity)
        One row for each row of `saltelli_rows`, all finite.
    n_parameters : int
        D.
    rng : numpy.random.Generator
        Source of the resamples.
    second_order : bool
        Whether the sample has the rows of second order.
    pairs : bool
        Whether to estimate second order from them, which is most of the work.
    n_resamples : int
        Bootstrap resamples, >= 2.
    confidence : float
        Level of the intervals, in (0, 1).
    n_replicates : int, optional
        Independent parts of the sample, from which the base rows come in turn; those of `saltelli_rows` when None. For
        rows that are independent one by one it is their number N.

    Returns
    -------
    Indices
        Over one axis, the quantities; NaN for those that are constant.
    """
    step = n_blocks(n_parameters, second_order=second_order)
    rows, width = values.shape
    n = rows // step
    weights = resampling_weights(replicates_of(n) if n_replicates is None else n_replicates, n_resamples, rng)
    block = max(1, _BLOCK_BYTES // (8 * rows))
    pairs = pairs and second_order
    parts = [
        _Block(values[:, start : start + block], n_parameters, n, weights, confidence).indices(pairs=pairs)
        for start in range(0, max(width, 1), block)
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


class _Block:
    """Some quantities, with the products that their indices are made of."""

    def __init__(
        self,
        values: NDArray[np.float64],
        n_parameters: int,
        n_base: int,
        weights: NDArray[np.float64],
        confidence: float,
    ) -> None:
        self.d, self.n, self.weights, self.confidence = n_parameters, n_base, weights, confidence
        normalised, self.constant = _normalised(values)
        # (row of the base samples, place in the scheme, quantity)
        self.y = normalised.reshape(self.n, -1, values.shape[1])
        self.a, self.b = np.ascontiguousarray(self.y[:, 0]), np.ascontiguousarray(self.y[:, -1])
        mean = self._mean(self.a + self.b) / 2
        self.variance = self._mean(self.a**2 + self.b**2) / 2 - mean**2
        self.variance[self.variance <= np.finfo(np.float64).eps] = np.nan
        self.constant |= np.isnan(self.variance[0])

    def _mean(self, term: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean of a term (row, quantity) over the sample and over each resample, shape (1 + n_resamples, quantity)."""
        sums = term.reshape(-1, self.weights.shape[1], term.shape[1]).sum(axis=0)  # of each replicate
        mean: NDArray[np.float64] = self.weights @ sums / self.n
        return mean

    def _half_width(self, index: NDArray[np.float64]) -> NDArray[np.float64]:
        """Half-width of an index, of which the first row is the estimate and the others resamples."""
        return half_width(index[1:], self.confidence, self.weights.shape[1])

    def indices(self, *, pairs: bool) -> Indices:
        """Estimate first and total order, and second order if wanted."""
        first = np.stack([self._mean(self.b * (self._ab(j) - self.a)) / self.variance for j in range(self.d)], axis=-1)
        total = np.stack([self._mean((self.a - self._ab(j)) ** 2) / self.variance / 2 for j in range(self.d)], axis=-1)
        second = second_conf = None
        if pairs:
            second, second_conf = self._pairs(first)
        return Indices(
            self.n,
            first[0],
            self._half_width(first),
            total[0],
            self._half_width(total),
            second,
            second_conf,
            self.constant,
        )

    def _pairs(self, first: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Second order and its half-widths, shape (quantity, parameter, parameter)."""
        second, conf = (np.full((self.y.shape[2], self.d, self.d), np.nan) for _ in range(2))
        product = self.a * self.b
        for j, k in combinations(range(self.d), 2):
            both = self._mean(self.y[:, 1 + self.d + j] * self._ab(k) - product) / self.variance
            pair = both - first[..., j] - first[..., k]
            second[:, j, k], conf[:, j, k] = pair[0], self._half_width(pair)
        return second, conf

    def _ab(self, j: int) -> NDArray[np.float64]:
        """Quantities of A with column j from B, shape (row, quantity)."""
        return self.y[:, 1 + j]


def _normalised(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Bring every quantity to mean 0 and standard deviation 1; NaN for one that is constant, and which those are."""
    scaled, _ = scaled_down(values)
    low, high = scaled.min(axis=0), scaled.max(axis=0)
    constant = high - low <= _ROUNDING * np.maximum(np.abs(low), np.abs(high))
    # shifted first: the mean of numbers far from zero would lose digits that the indices need
    normalised = scaled - scaled[0]
    normalised -= normalised.mean(axis=0)
    normalised /= np.where(constant, np.nan, normalised.std(axis=0))
    return normalised, constant


def _joined(parts: list[Indices]) -> Indices:
    """Put blocks of quantities together again."""

    def joined(name: str) -> NDArray[np.float64]:
        return np.concatenate([getattr(part, name) for part in parts])

    pairs = parts[0].second is not None
    return Indices(
        parts[0].n_base,
        joined("first"),
        joined("first_conf"),
        joined("total"),
        joined("total_conf"),
        joined("second") if pairs else None,
        joined("second_conf") if pairs else None,
        np.concatenate([part.constant for part in parts]),
    )
