"""Which combinations of the pair's parameters the likelihood fixes, by their profiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.coevolution.equations.path_kernel import preference_paths
from rcsd.papers.coevolution.evidence.fit import Estimate, fit

Floats = NDArray[np.float64]

CUT = 3.841
"""Fall of twice the log likelihood within which a value is not rejected at 5 % (one parameter, Wilks 1938)."""

DYNAMICS = ("nu", "beta", "omega", "alpha0", "lambda")
"""Parameters of the pair's equations."""

_LONGEST, _INTERVAL = 80.0, 0.25
"""Years over which a path is followed, and between its values."""

_POINTS = 9
"""Values of a profile over a parameter's range."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The best log likelihood with one parameter held.

    Attributes
    ----------
    name : str
        The parameter.
    values, falls : NDArray, shape (n_values,)
        Where it was held, and by how much twice the log likelihood is below that of the estimate.
    points : NDArray, shape (n_values, n_parameters)
        The estimates there.
    low, high : float
        Ends of the interval that is not rejected, NaN where it reaches the end of the range.
    """

    name: str
    values: Floats
    falls: Floats
    points: Floats
    low: float
    high: float

    @property
    def open(self) -> str:
        """At which ends of the range nothing is rejected: "", "left", "right" or "both"."""
        ends = np.isnan(self.low), np.isnan(self.high)
        return {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "both"}[ends]


@dataclass(frozen=True, slots=True)
class Combination:
    """How far a combination of the pair's parameters ranges over what the data do not reject.

    `low` and `high` are its least and largest value over the points of all profiles that are within the cut. An age at
    which x crosses zero is that of a path followed for 80 years, and 80 where it does not.
    """

    name: str
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """The largest over the least value: near 1 for what is fixed; infinite where that is not positive."""
        return float("inf") if self.low <= 0 else self.high / self.low


def combinations(estimate: Estimate, profiles: Sequence[Profile]) -> tuple[Combination, ...]:
    """Return what the points within the cut have in common, and what they differ in.

    Curvature at the estimate would be no guide: the likelihood is a bent valley, along which parameters make up for
    each other over their whole ranges.

    Parameters
    ----------
    estimate
        Of a clock of the pair.
    profiles
        Of its dynamics.
    """
    names = estimate.evidence.names
    points = np.vstack([estimate.point, *(each.points[each.falls <= CUT] for each in profiles)])
    nu, beta, omega, alpha0, lam = (points[:, names.index(name)] for name in DYNAMICS)
    rows = np.column_stack([nu, beta, omega, alpha0, lam])
    paths = preference_paths(np.ascontiguousarray(rows), round(_LONGEST / _INTERVAL), _INTERVAL)
    crossed = np.where((paths > 0).any(axis=1), (paths > 0).argmax(axis=1) * _INTERVAL, _LONGEST)
    found = {
        **dict(zip(DYNAMICS, rows.T, strict=True)),
        "alpha0 lambda": alpha0 * lam,
        "omega alpha0 lambda": omega * alpha0 * lam,
        "nu omega alpha0 lambda": nu * omega * alpha0 * lam,
        "age at which x crosses 0": crossed,
        "highest x": paths.max(axis=1),
    }
    return tuple(Combination(name, float(values.min()), float(values.max())) for name, values in found.items())


def profile(estimate: Estimate, name: str, *, note: Callable[[], None] = lambda: None) -> Profile:
    """Hold one parameter at values over its range and estimate the others, from the middle outwards."""
    evidence = estimate.evidence
    index = evidence.names.index(name)
    values = np.linspace(evidence.bounds[index, 0], evidence.bounds[index, 1], _POINTS)
    heights, points = np.full(values.size, np.nan), np.tile(estimate.point, (values.size, 1))
    nearest = int(np.argmin(np.abs(values - estimate.point[index])))
    for side in (range(nearest, values.size), range(nearest - 1, -1, -1)):
        start = estimate.point
        for k in side:
            found = fit(evidence, start=start, n_starts=0, held={name: float(values[k])})
            heights[k], points[k], start = found.log_likelihood, found.point, found.point
            note()
    best = max(estimate.log_likelihood, float(heights.max()))
    falls = 2 * (best - heights)
    own = float(estimate.point[index]), 2 * (best - estimate.log_likelihood)
    return Profile(name, values, falls, points, *_interval(values, falls, own))


def _interval(values: Floats, falls: Floats, own: tuple[float, float]) -> tuple[float, float]:
    """Return where the falls cross the cut, between straight lines; NaN at an end of the range that lies inside."""
    x, y = np.append(values, own[0]), np.append(falls, own[1])
    order = np.argsort(x)
    x, y = x[order], y[order]
    inside = np.flatnonzero(y <= CUT)
    first, last = int(inside[0]), int(inside[-1])
    low = np.nan if first == 0 else float(np.interp(-CUT, [-y[first - 1], -y[first]], [x[first - 1], x[first]]))
    high = np.nan if last == x.size - 1 else float(np.interp(CUT, [y[last], y[last + 1]], [x[last], x[last + 1]]))
    return low, high
