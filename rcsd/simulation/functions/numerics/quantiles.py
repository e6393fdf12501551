"""Quantiles of distributions cut off at two limits: what turns an even draw into one of the distribution.

Each takes the draw (between 0 and 1), the least and the greatest result, a shift and a stretch, then the parameters.
The interpreter calls SciPy; the kernels invert the distribution functions by bisection.
"""

# ruff: noqa: PLR2004 - numbers of the formulas

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import special

Values = NDArray[np.float64]
_MOST = 1e15
"""Counts beyond it are not told apart."""


def gamma(u: Values, low: Values, high: Values, shift: Values, stretch: Values, order: Values) -> Values:
    """Return a quantile of the gamma distribution of an order, at least 1."""
    order = np.maximum(order, 1.0)
    first, last = (special.gammainc(order, np.maximum(0.0, (end - shift) / stretch)) for end in (low, high))
    return _cut(shift + stretch * special.gammaincinv(order, first + (last - first) * u), low, high)


def beta(u: Values, low: Values, high: Values, shift: Values, stretch: Values, a: Values, b: Values) -> Values:
    """Return a quantile of the beta distribution."""
    first, last = (special.betainc(a, b, np.clip((end - shift) / stretch, 0.0, 1.0)) for end in (low, high))
    return _cut(shift + stretch * special.betaincinv(a, b, first + (last - first) * u), low, high)


def poisson(u: Values, low: Values, high: Values, shift: Values, stretch: Values, mean: Values) -> Values:
    """Return a quantile of the Poisson distribution."""
    first = special.pdtr(np.ceil((low - shift) / stretch) - 1.0, mean)
    last = special.pdtr(np.floor((high - shift) / stretch), mean)
    first = np.where(np.isnan(first), 0.0, first)
    whole = _whole(lambda k: special.pdtr(k, mean), first + (last - first) * u)
    return _cut(shift + stretch * whole, low, high)


def binomial(u: Values, low: Values, high: Values, shift: Values, stretch: Values, p: Values, n: Values) -> Values:
    """Return a quantile of the binomial distribution of n trials."""

    def below(k: Values) -> Values:
        inside = np.clip(k, 0.0, n - 1.0)
        found = np.where(k < 0, 0.0, np.where(k >= n, 1.0, special.betainc(n - inside, inside + 1.0, 1.0 - p)))
        return np.where(np.isnan(p), np.nan, found)

    first = below(np.ceil((low - shift) / stretch) - 1.0)
    last = below(np.floor((high - shift) / stretch))
    return _cut(shift + stretch * _whole(below, first + (last - first) * u), low, high)


def negative_binomial(
    u: Values, low: Values, high: Values, shift: Values, stretch: Values, p: Values, n: Values
) -> Values:
    """Return a quantile of the number of trials that n successes take."""

    def below(k: Values) -> Values:
        return np.where(k < n, 0.0, special.betainc(n, np.maximum(k - n, 0.0) + 1.0, p))

    first = below(np.ceil((low - shift) / stretch) - 1.0)
    last = below(np.floor((high - shift) / stretch))
    return _cut(shift + stretch * _whole(below, first + (last - first) * u), low, high)


def _cut(value: Values, low: Values, high: Values) -> Values:
    """Keep within the limits what has no probability there at all, and what rounding moves out of them."""
    return np.where(value < low, low, np.where(value > high, high, value))


def _whole(below: Callable[[Values], Values], probability: Values) -> Values:
    """Return the least whole number up to which the probability is at least so large."""
    low, high = np.full(probability.shape, -1.0), np.ones(probability.shape)
    while (short := (below(high) < probability) & (high < _MOST)).any():
        high = np.where(short, 2.0 * high, high)
    while (high - low > 1.0).any():
        middle = np.floor(0.5 * (low + high))
        enough = below(middle) >= probability
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(np.isnan(probability), np.nan, high)


def _normal_quantile(p: float) -> float:
    if not 0.0 < p < 1.0:
        return -math.inf if p == 0.0 else (math.inf if p == 1.0 else math.nan)
    tail = min(p, 1.0 - p)
    low, high = -40.0, 0.0
    for _ in range(100):
        middle = 0.5 * (low + high)
        if 0.5 * math.erfc(-middle * math.sqrt(0.5)) < tail:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high) if p < 0.5 else -0.5 * (low + high)


def _below_gamma(a: float, x: float) -> float:
    """Regularised incomplete gamma function: its series, or from the right the continued fraction (DLMF 8.7, 8.9)."""
    if not x > 0.0:
        return 0.0
    if math.isinf(x):
        return 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1.0:
        term = total = 1.0 / a
        n = a
        while abs(term) > 1e-17 * abs(total):
            n += 1.0
            term *= x / n
            total += term
        return front * total
    b = x + 1.0 - a
    c, d = 1e300, 1.0 / b
    fraction = d
    for i in range(1, 100000):
        weight = -i * (i - a)
        b += 2.0
        d = 1.0 / (weight * d + b)
        c = b + weight / c
        fraction *= c * d
        if abs(c * d - 1.0) < 1e-16:
            break
    return 1.0 - front * fraction


def _below_beta(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function by its continued fraction (DLMF 8.17.22)."""
    if not x > 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - _beta_fraction(b, a, 1.0 - x)
    return _beta_fraction(a, b, x)


def _beta_fraction(a: float, b: float, x: float) -> float:
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    fraction = d
    for m in range(1, 100000):
        even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        d = 1.0 / (1.0 + even * d)
        c = 1.0 + even / c
        fraction *= c * d
        odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        d = 1.0 / (1.0 + odd * d)
        c = 1.0 + odd / c
        fraction *= c * d
        if abs(c * d - 1.0) < 1e-16:
            break
    return front * fraction / a


def _kept(x: Values, quantile: float) -> float:
    value = x[3] + x[4] * quantile
    return float(x[1] if value < x[1] else (x[2] if value > x[2] else value))


def _lacks_one(x: Values) -> bool:
    """Whether one of the arguments is no number: no series of it ends."""
    for value in x:  # noqa: SIM110 - in words that the compiler has
        if math.isnan(value):
            return True
    return False


def _gamma(x: Values) -> float:
    if _lacks_one(x):
        return math.nan
    order = max(x[5], 1.0)
    first, last = _below_gamma(order, (x[1] - x[3]) / x[4]), _below_gamma(order, (x[2] - x[3]) / x[4])
    wanted = first + (last - first) * x[0]
    low, high = 0.0, 1.0
    while _below_gamma(order, high) < wanted and high < 1e300:
        high *= 2.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        if _below_gamma(order, middle) < wanted:
            low = middle
        else:
            high = middle
    return _kept(x, 0.5 * (low + high)) if not math.isnan(wanted) else math.nan


def _beta(x: Values) -> float:
    if _lacks_one(x):
        return math.nan
    a, b = x[5], x[6]
    first, last = _below_beta(a, b, (x[1] - x[3]) / x[4]), _below_beta(a, b, (x[2] - x[3]) / x[4])
    wanted = first + (last - first) * x[0]
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        if _below_beta(a, b, middle) < wanted:
            low = middle
        else:
            high = middle
    return _kept(x, 0.5 * (low + high)) if not math.isnan(wanted) else math.nan


def _below_counts(kind: int, k: float, p: float, n: float) -> float:
    """Probability of at most k: 0 Poisson of mean p, 1 binomial of n trials, 2 trials that n successes take."""
    if k > 1e15:
        return 1.0
    if kind == 0:
        return 1.0 - _below_gamma(k + 1.0, p) if k >= 0.0 else 0.0
    if kind == 1:
        if k < 0.0:
            return 0.0
        return 1.0 if k >= n else _below_beta(n - k, k + 1.0, 1.0 - p)
    return _below_beta(n, k - n + 1.0, p) if k >= n else 0.0


def _count(kind: int, x: Values, p: float, n: float) -> float:
    if _lacks_one(x):
        return math.nan
    first = _below_counts(kind, np.ceil((x[1] - x[3]) / x[4]) - 1.0, p, n)
    last = _below_counts(kind, np.floor((x[2] - x[3]) / x[4]), p, n)
    wanted = first + (last - first) * x[0]
    if not 0.0 <= wanted <= 1.0:
        return math.nan
    low, high = -1.0, 1.0
    while _below_counts(kind, high, p, n) < wanted and high < 1e15:
        high *= 2.0
    while high - low > 1.0:
        middle = np.floor(0.5 * (low + high))
        if _below_counts(kind, middle, p, n) < wanted:
            low = middle
        else:
            high = middle
    return _kept(x, high)


def _poisson(x: Values) -> float:
    return _count(0, x, x[5], 0.0)


def _binomial(x: Values) -> float:
    return _count(1, x, x[5], x[6])


def _negative_binomial(x: Values) -> float:
    return _count(2, x, x[5], x[6])
