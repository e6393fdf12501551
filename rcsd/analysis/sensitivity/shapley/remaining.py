r"""The variance that remains when some parameters are known, E[Var(Y | X_u)], for any set u, from draws alone.

Broto, Bachoc and Depecker (2020, section 4) estimate it from each draw and its nearest neighbours among the parameters
of u. With ten parameters even the nearest of a thousand draws are far away, and what differs between them is mostly
what is known. So a regression on u takes that out first: for any function g of the known parameters

    E[Var(Y | X_u)] = E[Var(Y - g(X_u) | X_u)],

and neighbours have to account only for what a polynomial g does not follow. With the residuals e of g, n draws, p
terms, h the hat matrix and pairs (i, j) of a draw and each of its k nearest neighbours, the estimate is

    s2 - (mean(e_i e_j) + s2 mean(h_ij)),    s2 = sum(e_i^2) / (n - p):

what the regression leaves, less what neighbours still share of it; h corrects for the correlation -s2 h_ij that any
regression gives its residuals. Where g is E[Y | X_u] itself the estimate is unbiased for every n. It is consistent
for every g, for neighbours come nearer as n grows (Devroye, Gyoerfi, Lugosi and Walk 2018).

Replicates leave out one of 20 blocks of successive draws each. A product e_i e_j depends on two draws and is left out
with either: that would count its variance twice, so its deviations are divided by the square root of 2.

References
----------
B. Broto, F. Bachoc and M. Depecker (2020), Variance reduction for estimation of Shapley effects and adaptation to
unknown input distribution, SIAM/ASA Journal on Uncertainty Quantification 8, 693-716. L. Devroye, L. Gyoerfi, G. Lugosi
and H. Walk (2018), A nearest neighbor estimate of the residual variance, Electronic Journal of Statistics 12,
1752-1778.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from rcsd.analysis.sensitivity.shapley.regression import Regression, normal_scores

N_BLOCKS = 20
"""Blocks of successive draws, of which each replicate leaves one out: draws of a chain are no independent ones."""

_NEIGHBOURS = 5


class Remaining:
    """The remaining variance for any set of parameters.

    Parameters
    ----------
    values : NDArray, shape (draw, parameter)
        Different draws, in the order of their chains; no parameter is constant.
    outputs : NDArray, shape (draw, quantity)
        A function of the parameters; none is constant.

    Attributes
    ----------
    whole : NDArray, shape (1 + N_BLOCKS, quantity)
        The variance when nothing is known, in the outputs' own units of variance: the estimate, then its replicates.
    explained : NDArray, shape (quantity,)
        Share of it that the regression on all parameters explains. What it leaves bounds the error that is due to
        neighbours that are too far away.
    """

    def __init__(self, values: NDArray[np.float64], outputs: NDArray[np.float64]) -> None:
        self._n, self._d = values.shape
        self._scores = normal_scores(values)
        standard = (outputs - outputs.mean(axis=0)) / outputs.std(axis=0)
        self._regression = Regression(self._scores, standard)
        edges = np.linspace(0, self._n, N_BLOCKS + 1).astype(int)
        self._starts, self._sizes = edges[:-1], np.diff(edges)[:, None]
        self._found: dict[frozenset[int], NDArray[np.float64]] = {}
        self.whole = self._variance(standard)
        residuals, p = self._left(frozenset(range(self._d)))[:2]
        self.explained = 1 - np.sum(residuals**2, axis=0) / (self._n - p) / self.whole[0]

    def after(self, known: frozenset[int]) -> NDArray[np.float64]:
        """Estimate the variance that remains, shape (1 + N_BLOCKS, quantity): the estimate, then its replicates."""
        if not known:
            return self.whole
        if len(known) == self._d:
            return np.zeros_like(self.whole)  # the outputs are a function of all parameters
        if known not in self._found:
            self._found[known] = self._estimate(known)
        return self._found[known]

    def _estimate(self, known: frozenset[int]) -> NDArray[np.float64]:
        residuals, p, basis = self._left(known)
        pairs = _neighbours(self._scores[:, sorted(known)])
        plain = self._without(residuals**2) / (1 - p / self._n)
        shared, both = residuals * (pairs @ residuals), residuals * (pairs.T @ residuals)
        mean = shared.mean(axis=0)
        deviations = (self._sums(shared + both) - 2 * self._sizes * mean) / (self._n - self._sizes) / np.sqrt(2)
        share = np.vstack([mean, mean - deviations])
        return np.asarray(plain * (1 - np.sum(basis * (pairs @ basis)) / self._n) - share)

    def _left(self, known: frozenset[int]) -> tuple[NDArray[np.float64], int, NDArray[np.float64]]:
        """Return residuals, the number of terms, and their basis."""
        left = self._regression.on(known)
        return left.residuals, left.basis.shape[1], left.basis

    def _variance(self, standard: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the variance of all draws, and of those without each block."""
        sizes = np.vstack([[self._n], self._n - self._sizes])
        return np.asarray((self._without(standard**2) - self._without(standard) ** 2) * sizes / (sizes - 1))

    def _without(self, terms: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean of terms over all draws, and over those without each block, shape (1 + N_BLOCKS, quantity)."""
        total, sums = terms.sum(axis=0), self._sums(terms)
        return np.vstack([total / self._n, (total - sums) / (self._n - self._sizes)])

    def _sums(self, terms: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.add.reduceat(terms, self._starts, axis=0))


def _neighbours(scores: NDArray[np.float64]) -> csr_array:
    """Return the matrix that takes the mean over each draw's nearest neighbours, shape (draw, draw)."""
    n = len(scores)
    # A draw is among its own nearest ones; where others coincide with it in u, any of them may stand first.
    found = cKDTree(scores).query(scores, k=_NEIGHBOURS + 1)[1]
    own = found == np.arange(n)[:, None]
    own[~own.any(axis=1), -1] = True
    others = found[~own].reshape(n, _NEIGHBOURS)
    weights = np.full(others.size, 1 / _NEIGHBOURS)
    return csr_array((weights, others.ravel(), np.arange(0, others.size + 1, _NEIGHBOURS)), shape=(n, n))
