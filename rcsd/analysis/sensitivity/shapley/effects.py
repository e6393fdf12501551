"""Shapley effects of parameters that depend on one another, from draws of a posterior and the outputs of their runs.

Sobol indices split the variance of an output among inputs that are independent. Draws of a posterior are not: where the
data know two parameters only together, first-order indices add up to more than 1 and total ones to less, and neither is
a share. A Shapley effect is one (Owen 2014; Song, Nelson and Staum 2016; Iooss and Prieur 2019): no effect is negative,
they add up to 1, and what two parameters explain together, by interaction or by correlation, is divided evenly between
them. A parameter that the model does not use can have a share: knowing it tells of those that it is correlated with.

References
----------
A. Owen (2014), Sobol' indices and Shapley value, SIAM/ASA Journal on Uncertainty Quantification 2, 245-251. E. Song, B.
Nelson and J. Staum (2016), Shapley effects for global sensitivity analysis: theory and computation, 4, 1060-1083. B.
Iooss and C. Prieur (2019), Shapley effects for sensitivity analysis with correlated inputs, International Journal for
Uncertainty Quantification 9, 493-514.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from rcsd.analysis.sensitivity.estimators.moments import scaled_down
from rcsd.analysis.sensitivity.shapley.game import shares
from rcsd.analysis.sensitivity.shapley.remaining import N_BLOCKS, Remaining
from rcsd.errors import ParameterError

_HEAVIEST = 0.1
"""A single draw that makes more than this share of the variance leaves shares of it to chance."""

LEAST_DRAWS = 200
"""Fewer different draws than that say too little of how parameters hang together."""

_SAME = 1e-12
"""Values that differ by less than this share of their size are equal: what does not vary."""


@dataclass(frozen=True, slots=True, eq=False)
class ShapleyEffects:
    """Shapley effects on many quantities.

    Attributes
    ----------
    effects, conf : NDArray, shape (..., parameter)
        Shares of the variance, which add up to 1, and half-widths of their intervals. An estimate is shown as it came
        out, a small negative one too. NaN for a quantity that does not vary.
    explained : NDArray, shape (...)
        Share of the variance that a polynomial of all parameters explains; what it leaves bounds the error that is due
        to draws too far apart, which the intervals do not hold.
    undetermined : NDArray of bool, shape (...)
        Which quantities have so heavy a tail that a single draw makes more than a tenth of the variance: neither
        effects nor intervals are to be relied on.
    confidence : float
        Level of the intervals.
    n_draws : int
        Different draws behind all of them.
    """

    effects: NDArray[np.float64]
    conf: NDArray[np.float64]
    explained: NDArray[np.float64]
    undetermined: NDArray[np.bool_]
    confidence: float
    n_draws: int


def shapley_effects(
    values: NDArray[np.float64],
    outputs: NDArray[np.float64],
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
) -> ShapleyEffects:
    """Estimate Shapley effects from draws.

    Parameters
    ----------
    values : NDArray, shape (draw, parameter)
        Draws of the parameters together, in the order of their chains. Repeated ones count once.
    outputs : NDArray, shape (draw, quantity)
        What the model makes of each; a row that is not finite, of a run that failed, is left out.
    rng : numpy.random.Generator
        Source of the orders in which parameters are taken, where there are more than nine.
    confidence : float
        Level of the intervals, in (0, 1).

    Raises
    ------
    ParameterError
        With fewer than 200 different draws, or a level outside (0, 1).

    Examples
    --------
    Two parameters of equal weight and standard deviation share alike, whatever their correlation is.

    >>> rng = np.random.default_rng(0)
    >>> draws = rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 1000)
    >>> found = shapley_effects(draws, draws.sum(axis=1, keepdims=True), rng=rng)
    >>> found.effects.round(1).tolist(), found.explained.round(1).tolist()
    ([[0.5, 0.5]], [1.0])
    """
    if not 0 < confidence < 1:
        raise ParameterError(f"confidence {confidence!r}: a level lies between 0 and 1")
    rows = _different(values, np.asarray(np.isfinite(np.hstack([values, outputs])).all(axis=1)))
    if len(rows) < LEAST_DRAWS:
        raise ParameterError(
            f"{len(rows)} different draws: Shapley effects need {LEAST_DRAWS} or more; keep more draws of the posterior"
        )
    values, outputs = values[rows], scaled_down(outputs[rows])[0]
    players, varying = np.flatnonzero(_varies(values)), _varies(outputs)
    effects, conf = (np.full((outputs.shape[1], values.shape[1]), np.nan) for _ in range(2))
    explained = np.full(outputs.shape[1], np.nan)
    if varying.any() and players.size:
        effects[varying], conf[varying] = 0.0, 0.0
        found = Remaining(values[:, players], outputs[:, varying])
        taken, error = shares(found.after, players.size, rng)
        effects[np.ix_(varying, players)] = (taken[:, 0] / found.whole[0]).T
        conf[np.ix_(varying, players)] = _half_widths(taken, error[:, 0], found.whole, confidence).T
        explained[varying] = found.explained
    return ShapleyEffects(effects, conf, explained, varying & _heavy(outputs), confidence, len(rows))


def _half_widths(
    taken: NDArray[np.float64], error: NDArray[np.float64], whole: NDArray[np.float64], confidence: float
) -> NDArray[np.float64]:
    """Half-widths, shape (parameter, quantity): the jackknife's over the blocks of draws, and the error of the orders.

    Parameters
    ----------
    taken : NDArray, shape (parameter, 1 + N_BLOCKS, quantity)
        Estimates and replicates, in the unit of the variance.
    error : NDArray, shape (parameter, quantity)
        Of the orders drawn, in that unit.
    whole : NDArray, shape (1 + N_BLOCKS, quantity)
        The variance.
    confidence : float
        Level.
    """
    replicates = taken[:, 1:] / whole[1:]
    spread = np.var(replicates, axis=1) * (N_BLOCKS - 1)
    quantile = float(stdtrit(N_BLOCKS - 1, 0.5 + confidence / 2))
    return np.asarray(quantile * np.sqrt(spread + (error / whole[0]) ** 2))


def _heavy(outputs: NDArray[np.float64]) -> NDArray[np.bool_]:
    squares = (outputs - outputs.mean(axis=0)) ** 2
    return np.asarray(squares.max(axis=0) > _HEAVIEST * squares.sum(axis=0))


def _different(values: NDArray[np.float64], usable: NDArray[np.bool_]) -> NDArray[np.int_]:
    """List the first of all rows that are equal, among the usable ones, in their order."""
    rows = np.flatnonzero(usable)
    first = np.unique(values[rows], axis=0, return_index=True)[1] if rows.size else rows
    return np.asarray(rows[np.sort(first)])


def _varies(columns: NDArray[np.float64]) -> NDArray[np.bool_]:
    low, high = columns.min(axis=0), columns.max(axis=0)
    return np.asarray(high - low > _SAME * np.maximum(np.abs(low), np.abs(high)))
