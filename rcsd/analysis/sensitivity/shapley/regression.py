"""Polynomials of the normal scores of the draws, and regressions of outputs on those of any set of parameters.

Normal scores make margins alike, so that a polynomial of low degree follows a smooth output, and distances between
draws mean the same in every direction. They change nothing of what is estimated: to know a parameter is to know its
score.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

_ROWS_PER_TERM = 10
"""So many draws for each term of the regression on all parameters; before that, the higher terms are left out."""

_DEPENDENT = 1e-10
"""A direction of the terms whose share of the largest variance is below that repeats others, and is left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """What the regression on some parameters leaves of the outputs.

    Attributes
    ----------
    residuals : NDArray, shape (draw, quantity)
        In standard deviations of the outputs.
    basis : NDArray, shape (draw, term)
        Orthonormal columns that span the terms; its rows' products are the entries of the hat matrix.
    """

    residuals: NDArray[np.float64]
    basis: NDArray[np.float64]


class Regression:
    """Regressions on the terms of any set of parameters, with one matrix of products for all of them.

    Parameters
    ----------
    scores : NDArray, shape (draw, parameter)
        Of `normal_scores`.
    outputs : NDArray, shape (draw, quantity)
        Each of mean 0 and standard deviation 1.
    """

    def __init__(self, scores: NDArray[np.float64], outputs: NDArray[np.float64]) -> None:
        self._outputs = outputs
        self._terms, self._of = _polynomials(scores)
        self._products = self._terms.T @ self._terms

    def on(self, parameters: Collection[int]) -> Left:
        """Regress every output on the terms of some parameters, and the constant."""
        known = set(parameters)
        own = np.array([known.issuperset(each) for each in self._of])
        sizes, directions = np.linalg.eigh(self._products[np.ix_(own, own)])
        kept = sizes > _DEPENDENT * sizes[-1]
        basis = self._terms[:, own] @ (directions[:, kept] / np.sqrt(sizes[kept]))
        return Left(self._outputs - basis @ (basis.T @ self._outputs), basis)


def normal_scores(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give every value the normal quantile of its rank in its column, shape (draw, parameter); ties share theirs."""
    return np.asarray(ndtri((rankdata(values, axis=0) - 0.5) / len(values)))


def _polynomials(scores: NDArray[np.float64]) -> tuple[NDArray[np.float64], list[tuple[int, ...]]]:
    """Return the constant, powers and products of the scores, and which parameters each term is made of."""
    n, d = scores.shape
    columns = [np.ones(n), *scores.T]
    of: list[tuple[int, ...]] = [(), *((j,) for j in range(d))]
    if n >= _ROWS_PER_TERM * (1 + 2 * d):
        columns += [column**2 - 1 for column in scores.T]
        of += [(j,) for j in range(d)]
    if n >= _ROWS_PER_TERM * (1 + d) * (2 + d) // 2:
        pairs = list(combinations(range(d), 2))
        columns += [scores[:, j] * scores[:, k] for j, k in pairs]
        of += pairs
    return np.column_stack(columns), of
