"""A population of points that goes from what is known before to the posterior, by degrees.

Sequential Monte Carlo (Del Moral, Doucet & Jasra, J. R. Stat. Soc. B 68, 2006): the density goes from a mixture around
the modes and the prior to the posterior in steps that leave half of the population effective; after each the points
are drawn anew by their weights and moved. Points that the modes know nothing of come in through the prior's part, and
the weights settle how much each mode is worth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from rcsd.analysis.calibration.posterior.sampler.mixture import Mixture, fit_mixture
from rcsd.analysis.calibration.posterior.sampler.moves import differences
from rcsd.analysis.calibration.posterior.sampler.standard import Standardised
from rcsd.errors import CalibrationError

_EFFECTIVE = 0.5  # share of the population that a step leaves
_LEAST_MOVES, _MOST_MOVES, _MOVED = 4, 16, 2.0  # moves of a stage: until each point has been accepted twice or so
_ATTEMPTS = 20


def populate(
    target: Standardised, start: Mixture, size: int, rng: np.random.Generator, *, runs: int
) -> NDArray[np.float64]:
    """Bring a population to a posterior.

    Parameters
    ----------
    target
        The posterior; its run counts grow.
    start
        Around the modes, with a part for the prior.
    size
        How many points.
    rng
        Decides all.
    runs
        Model runs after which the population stays where it is on the way.

    Returns
    -------
    NDArray, shape (size, n)
        Deviates.

    Raises
    ------
    CalibrationError
        When hardly any point that is tried has a density.
    """
    points, logs = _begin(target, start, size, rng)
    base = start.log_density(points)
    heat, before = 0.0, target.density.n_runs
    while heat < 1 and target.density.n_runs - before < runs:
        step = _step(logs - base, 1 - heat)
        heat = 1.0 if step >= 1 - heat else heat + step
        weights = np.exp(step * (logs - base) - logsumexp(step * (logs - base)))
        kept = _resampled(weights, rng)
        points, logs, base = points[kept], logs[kept], base[kept]
        points, logs, base = _moved(target, start, heat, (points, logs, base), rng)
    return points


def _begin(
    target: Standardised, start: Mixture, size: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw points that run."""
    points, logs = np.empty((0, target.n)), np.empty(0)
    for _ in range(_ATTEMPTS):
        tried = start.draw(size, rng)
        found = target(tried)
        usable = np.isfinite(found)
        points, logs = np.concatenate([points, tried[usable]]), np.concatenate([logs, found[usable]])
        if len(points) >= size:
            return points[:size], logs[:size]
    raise CalibrationError("hardly any run near the mode of the posterior ends well: look at the bounds")


def _step(gain: NDArray[np.float64], left: float) -> float:
    """How far the exponent may rise so that a share of the population stays effective."""

    def effective(step: float) -> float:
        logs = step * gain
        return float(np.exp(2 * logsumexp(logs) - logsumexp(2 * logs)) / gain.size - _EFFECTIVE)

    if effective(left) >= 0:
        return left
    from scipy.optimize import brentq  # noqa: PLC0415 - slow to import, needed here alone

    return float(brentq(effective, 0.0, left, xtol=1e-12, rtol=1e-6))


def _resampled(weights: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int_]:
    """Choose points by weight, evenly spaced over the cumulated weights."""
    places = (np.arange(weights.size) + rng.uniform()) / weights.size
    return np.asarray(np.minimum(np.searchsorted(np.cumsum(weights), places), weights.size - 1))


def _moved(
    target: Standardised,
    start: Mixture,
    heat: float,
    state: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Move every point at one exponent, by jumps and differences in turn."""
    points, logs, base = (each.copy() for each in state)
    accepted = 0.0
    for k in range(_MOST_MOVES):
        if k % 2 == 0:
            jump = fit_mixture(points, rng)
            tried = jump.draw(len(points), rng)
            factor = jump.log_density(points) - jump.log_density(tried)
        else:
            tried, factor = differences(points, points, rng), np.zeros(len(points))
        found, under = target(tried), start.log_density(tried)
        rise = heat * (found - logs) + (1 - heat) * (under - base) + factor
        taken = np.log(rng.uniform(size=len(points))) < rise
        points[taken], logs[taken], base[taken] = tried[taken], found[taken], under[taken]
        accepted += float(np.mean(taken))
        if k + 1 >= _LEAST_MOVES and accepted >= _MOVED:
            break
    return points, logs, base
