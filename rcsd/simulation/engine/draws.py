"""Random numbers that are a function of seed, run, stream and step, so that chunks and threads change nothing.

Each number is the SplitMix64 output (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195) of a key mixed from
seed, stream and step, at the position of the run. The interpreter and the kernels call the same compiled functions:
equal bits by construction.

The distributions are those of PySD's ``random_uniform``, ``random_normal`` and ``random_exponential``
(`pysd/builders/python/python_functions.py`), truncated by inverting the distribution function.
"""

from __future__ import annotations

import math

import numpy as np

from rcsd.simulation.engine.lanes.block import Vector
from rcsd.simulation.engine.lanes.compiled import lane_function

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_ONE, _S27, _S30, _S31, _S12 = (np.uint64(n) for n in (1, 27, 30, 31, 12))
_GRID = 2.0**-52
_CENTRE, _FAR = 0.425, 5.0  # where the quantile changes from one fit to the next
_ROOT_HALF = math.sqrt(0.5)

# Wichura (1988), algorithm AS 241 (PPND16): the normal quantile to 1e-16.
Fit = tuple[tuple[float, float, float, float], tuple[float, float, float, float]]
_A: Fit = (
    (3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4),
    (4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
)
_B: Fit = (
    (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3),
    (2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3),
)
_C: Fit = (
    (1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0),
    (1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
)
_D: Fit = (
    (1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1),
    (1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
)
_E: Fit = (
    (6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1),
    (2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7),
)
_F: Fit = (
    (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2),
    (7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15),
)


@lane_function
def _mix(z: np.uint64) -> np.uint64:
    z = (z ^ (z >> _S30)) * _FIRST
    z = (z ^ (z >> _S27)) * _SECOND
    return np.uint64(z ^ (z >> _S31))


@lane_function
def draw_key(seed: np.uint64, stream: int, step: int) -> np.uint64:
    """Mix what all runs have in common into the key of one draw."""
    key = _mix(np.uint64(seed) + _GOLDEN)
    key = _mix(key ^ (np.uint64(stream) * _GOLDEN + _ONE))
    return _mix(key ^ (np.uint64(step) * _GOLDEN + _ONE))


@lane_function
def unit_draw(key: np.uint64, run: int) -> float:
    """Return a number above 0 and below 1, on a grid of 2**-52 shifted by half a cell."""
    # mixed twice: two keys that happen to lie on one SplitMix64 sequence share no values
    key = np.uint64(key)  # from Python it comes as an int, which may be taken for a signed one
    bits = _mix(_mix(key + _GOLDEN * (np.uint64(run) + _ONE)) ^ key)
    return float(((bits >> _S12) + 0.5) * _GRID)


# Each of the functions below finds its arguments in blocks of n from ``w[first]`` on, in the order of Vensim's
# function, and fills the block after them; the first value is that of the run numbered `run`.


@lane_function
def uniform_draws(w: Vector, first: int, n: int, key: np.uint64, run: int) -> None:
    """Draw between two limits."""
    for j in range(first, first + n):
        low, high = w[j], w[j + n]
        w[j + 2 * n] = low + (high - low) * unit_draw(key, run + j - first)


@lane_function
def exponential_draws(w: Vector, first: int, n: int, key: np.uint64, run: int) -> None:
    """Draw ``start + stretch * Exp(1)`` cut at the upper limit; start is the larger of lower limit and shift."""
    for j in range(first, first + n):
        low, high, shift, stretch = w[j], w[j + n], w[j + 2 * n], w[j + 3 * n]
        start = low if low > shift else shift
        if stretch == 0.0:
            w[j + 4 * n] = start
        else:
            mass = math.expm1(-(high - start) / stretch)
            w[j + 4 * n] = start - stretch * math.log1p(mass * unit_draw(key, run + j - first))


@lane_function
def normal_draws(w: Vector, first: int, n: int, key: np.uint64, run: int) -> None:
    """Draw from a normal distribution truncated to two limits; the mean where the deviation is zero."""
    for j in range(first, first + n):
        low, high, mean, deviation = w[j], w[j + n], w[j + 2 * n], w[j + 3 * n]
        if deviation == 0.0:
            w[j + 4 * n] = mean
            continue
        left, right = (low - mean) / deviation, (high - mean) / deviation
        # the lower tail keeps its digits, the upper one is a difference from 1: mirror what lies above the mean
        mirrored = left > 0.0
        if mirrored:
            left, right = -right, -left
        below = 0.5 * math.erfc(-left * _ROOT_HALF)
        within = 0.5 * math.erfc(-right * _ROOT_HALF) - below
        z = normal_quantile(below + within * unit_draw(key, run + j - first))
        z = left if z < left else z
        z = right if z > right else z
        w[j + 4 * n] = mean + deviation * (-z if mirrored else z)


@lane_function
def _ratio(x: float, top: Fit, bottom: Fit) -> float:
    (a, b, c, d), (e, f, g, h) = top
    above = ((((((h * x + g) * x + f) * x + e) * x + d) * x + c) * x + b) * x + a
    (a, b, c, d), (e, f, g, h) = bottom
    return above / (((((((h * x + g) * x + f) * x + e) * x + d) * x + c) * x + b) * x + a)


@lane_function
def normal_quantile(p: float) -> float:
    """Invert the normal distribution function: Wichura's AS 241, relative error about 1e-16."""
    q = p - 0.5
    if abs(q) <= _CENTRE:
        return q * _ratio(0.180625 - q * q, _A, _B)
    r = math.sqrt(-math.log(p if q < 0.0 else 1.0 - p))
    tail = _ratio(r - 1.6, _C, _D) if r <= _FAR else _ratio(r - _FAR, _E, _F)
    return -tail if q < 0.0 else tail
