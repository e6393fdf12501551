"""The common families of priors: density, its two derivatives, and quantiles, all on the natural scale.

Densities are those of Gelman et al., Bayesian Data Analysis, 3rd ed., appendix A; a `scale` always has the unit of the
parameter (an exponential's rate is one over it).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import (
    betainc,
    betaincinv,
    gammainc,
    gammaincc,
    gammainccinv,
    gammaincinv,
    ndtr,
    ndtri,
    stdtr,
    stdtrit,
)

Array = NDArray[np.float64]
Values = Mapping[str, float]
Logs = tuple[Array, Array, Array]
"""Log density up to a constant, and its first and second derivative."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family of distributions.

    Attributes
    ----------
    keys
        What a prior of the family states, in order.
    positive
        Which of these must be above 0.
    logs
        From points inside the support, and the values of the keys.
    below
        Probability of less than each point.
    quantile
        The inverse of that.
    support
        From the values to the ends between which there is density.
    """

    keys: tuple[str, ...]
    positive: tuple[str, ...]
    logs: Callable[[Array, Values], Logs]
    below: Callable[[Array, Values], Array]
    quantile: Callable[[Array, Values], Array]
    support: Callable[[Values], tuple[float, float]] = lambda _: (-math.inf, math.inf)


def _everywhere_above_zero(_: Values) -> tuple[float, float]:
    return 0.0, math.inf


def _normal_logs(x: Array, mean: float, sd: float) -> Logs:
    return -0.5 * ((x - mean) / sd) ** 2, -(x - mean) / sd**2, np.full(x.shape, -(sd**-2))


def _log_normal_logs(x: Array, v: Values) -> Logs:
    precision = v["sigma"] ** -2
    u = np.log(x / v["median"])
    return -np.log(x) - 0.5 * u**2 * precision, -(1 + u * precision) / x, (1 + (u - 1) * precision) / x**2


def _uniform_logs(x: Array, _: Values) -> Logs:
    return np.zeros(x.shape), np.zeros(x.shape), np.zeros(x.shape)


def _triangular_logs(x: Array, v: Values) -> Logs:
    left = x < v["mode"]
    distance = np.where(left, x - v["low"], v["high"] - x)
    longest = np.where(left, v["mode"] - v["low"], v["high"] - v["mode"])
    return np.log(distance / longest), np.where(left, 1.0, -1.0) / distance, -(distance**-2.0)


def _triangular_below(x: Array, v: Values) -> Array:
    low, mode, high = v["low"], v["mode"], v["high"]
    left, right = (x - low) ** 2, (high - x) ** 2
    width = high - low
    rising = left / (width * (mode - low)) if mode > low else np.zeros(x.shape)
    falling = 1 - right / (width * (high - mode)) if high > mode else np.ones(x.shape)
    return np.where(x < mode, rising, falling)


def _triangular_quantile(q: Array, v: Values) -> Array:
    low, mode, high = v["low"], v["mode"], v["high"]
    width = high - low
    return np.where(
        q * width < mode - low,
        low + np.sqrt(q * width * (mode - low)),
        high - np.sqrt((1 - q) * width * (high - mode)),
    )


def _beta_logs(x: Array, v: Values) -> Logs:
    a, b = v["alpha"] - 1, v["beta"] - 1
    # no log of zero where it has no weight, as in the end points of beta(1, 1)
    logs = (a * np.log(x) if a else 0.0) + (b * np.log1p(-x) if b else np.zeros(x.shape))
    first = (a / x if a else 0.0) - (b / (1 - x) if b else np.zeros(x.shape))
    second = (-a / x**2 if a else 0.0) - (b / (1 - x) ** 2 if b else np.zeros(x.shape))
    return logs, first, second


def _gamma_logs(x: Array, v: Values) -> Logs:
    k, pace = v["shape"] - 1, 1 / v["scale"]
    if k == 0:
        return -x * pace, np.full(x.shape, -pace), np.zeros(x.shape)
    return k * np.log(x) - x * pace, k / x - pace, -k / x**2


def _inverse_gamma_logs(x: Array, v: Values) -> Logs:
    k, scale = v["shape"] + 1, v["scale"]
    return -k * np.log(x) - scale / x, -k / x + scale / x**2, k / x**2 - 2 * scale / x**3


def _student_logs(x: Array, df: float, location: float, scale: float) -> Logs:
    u = (x - location) / scale
    spread = df + u**2
    return (
        -0.5 * (df + 1) * np.log1p(u**2 / df),
        -(df + 1) * u / (scale * spread),
        -(df + 1) * (df - u**2) / (scale * spread) ** 2,
    )


FAMILIES: Mapping[str, Family] = {
    "normal": Family(
        ("mean", "sd"),
        ("sd",),
        lambda x, v: _normal_logs(x, v["mean"], v["sd"]),
        lambda x, v: ndtr((x - v["mean"]) / v["sd"]),
        lambda q, v: v["mean"] + v["sd"] * ndtri(q),
    ),
    "log-normal": Family(
        ("median", "sigma"),
        ("median", "sigma"),
        _log_normal_logs,
        lambda x, v: ndtr(np.log(x / v["median"]) / v["sigma"]),
        lambda q, v: v["median"] * np.exp(v["sigma"] * ndtri(q)),
        _everywhere_above_zero,
    ),
    "half-normal": Family(
        ("sd",),
        ("sd",),
        lambda x, v: _normal_logs(x, 0.0, v["sd"]),
        lambda x, v: 2 * ndtr(x / v["sd"]) - 1,
        lambda q, v: v["sd"] * ndtri(0.5 + 0.5 * q),
        _everywhere_above_zero,
    ),
    "uniform": Family(
        ("low", "high"),
        (),
        _uniform_logs,
        lambda x, v: (x - v["low"]) / (v["high"] - v["low"]),
        lambda q, v: v["low"] + q * (v["high"] - v["low"]),
        lambda v: (v["low"], v["high"]),
    ),
    "triangular": Family(
        ("low", "mode", "high"),
        (),
        _triangular_logs,
        _triangular_below,
        _triangular_quantile,
        lambda v: (v["low"], v["high"]),
    ),
    "beta": Family(
        ("alpha", "beta"),
        ("alpha", "beta"),
        _beta_logs,
        lambda x, v: betainc(v["alpha"], v["beta"], x),
        lambda q, v: betaincinv(v["alpha"], v["beta"], q),
        lambda _: (0.0, 1.0),
    ),
    "gamma": Family(
        ("shape", "scale"),
        ("shape", "scale"),
        _gamma_logs,
        lambda x, v: gammainc(v["shape"], x / v["scale"]),
        lambda q, v: v["scale"] * gammaincinv(v["shape"], q),
        _everywhere_above_zero,
    ),
    "inverse-gamma": Family(
        ("shape", "scale"),
        ("shape", "scale"),
        _inverse_gamma_logs,
        lambda x, v: gammaincc(v["shape"], v["scale"] / x),
        lambda q, v: v["scale"] / gammainccinv(v["shape"], q),
        _everywhere_above_zero,
    ),
    "exponential": Family(
        ("scale",),
        ("scale",),
        lambda x, v: _gamma_logs(x, {"shape": 1.0, "scale": v["scale"]}),
        lambda x, v: -np.expm1(-x / v["scale"]),
        lambda q, v: -v["scale"] * np.log1p(-q),
        _everywhere_above_zero,
    ),
    "student-t": Family(
        ("df", "location", "scale"),
        ("df", "scale"),
        lambda x, v: _student_logs(x, v["df"], v["location"], v["scale"]),
        lambda x, v: stdtr(v["df"], (x - v["location"]) / v["scale"]),
        lambda q, v: v["location"] + v["scale"] * stdtrit(v["df"], q),
    ),
    "cauchy": Family(
        ("location", "scale"),
        ("scale",),
        lambda x, v: _student_logs(x, 1.0, v["location"], v["scale"]),
        lambda x, v: 0.5 + np.arctan((x - v["location"]) / v["scale"]) / np.pi,
        lambda q, v: v["location"] + v["scale"] * np.tan(np.pi * (q - 0.5)),
    ),
    "half-cauchy": Family(
        ("scale",),
        ("scale",),
        lambda x, v: _student_logs(x, 1.0, 0.0, v["scale"]),
        lambda x, v: 2 * np.arctan(x / v["scale"]) / np.pi,
        lambda q, v: v["scale"] * np.tan(0.5 * np.pi * q),
        _everywhere_above_zero,
    ),
}
"""By the name that a study file says."""
