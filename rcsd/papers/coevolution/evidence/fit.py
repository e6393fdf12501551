"""Maximum likelihood from many starts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rcsd.papers.coevolution.evidence.clocks import CONSTANT, clock
from rcsd.papers.coevolution.evidence.likelihood import Evidence

Floats = NDArray[np.float64]

_STEP = 1e-5
"""Of a difference, as a share of a parameter's range."""

_SEED = 1983
"""Of the starts: the year of Weidlich and Haag's book. Any other gives the same estimates (a test tries)."""

_CANDIDATES = 150
"""Points that are tried before the best of them are climbed from."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """The best point of a clock.

    Attributes
    ----------
    evidence : Evidence
        What was fitted.
    point : NDArray, shape (n_parameters,)
        In the order of `evidence.names`.
    log_likelihood : float
        At that point.
    spread : float
        By how much the second best climb ended below it; 0 when there was one only.
    """

    evidence: Evidence
    point: Floats
    log_likelihood: float
    spread: float

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * self.evidence.n_free - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion."""
        return float(np.log(self.evidence.n_data) * self.evidence.n_free - 2 * self.log_likelihood)

    def value(self, name: str) -> float:
        """Return one parameter; a standard deviation is no logarithm any more."""
        found = float(self.point[self.evidence.names.index(name)])
        return float(np.exp(found)) if name.endswith("sd") else found


def fit(
    evidence: Evidence,
    *,
    start: Floats | None = None,
    n_starts: int = 4,
    weights: Floats | None = None,
    held: dict[str, float] | None = None,
    seed: int = _SEED,
) -> Estimate:
    """Estimate all parameters of a clock.

    Parameters
    ----------
    evidence
        The data under the clock.
    start
        A point to climb from beside those that are drawn, shape (n_parameters,).
    n_starts
        How many of the drawn points are climbed from, the likeliest first.
    weights
        What each city counts, shape (n_cities,); all 1 when None.
    held
        Parameters that are held at a value.
    seed
        Of the drawn points.
    """
    bounds = evidence.bounds.copy()
    for name, value in (held or {}).items():
        bounds[evidence.names.index(name)] = value
    climb = _Climb(evidence, bounds, weights)
    starts = [] if start is None else [start]
    if n_starts or start is None:
        starts += climb.drawn(_errors(evidence, weights), n_starts, seed)
    ends = sorted((climb.climbed(each) for each in starts), key=lambda end: -end[1])
    spread = ends[0][1] - ends[1][1] if len(ends) > 1 else 0.0
    return Estimate(evidence, ends[0][0], ends[0][1], spread)


def _errors(evidence: Evidence, weights: Floats | None) -> Floats:
    """Return the errors to begin from: without a course the middle of things, with one those of no course at all."""
    if not evidence.clock.loaded:
        return np.tile([0.8, np.log(0.1), 0.8, np.log(0.1), 0.2], len(evidence.blocks))
    none = replace(evidence, clock=clock("walk" if evidence.clock.walk else CONSTANT))
    return none.split(fit(none, weights=weights).point)[0].ravel()


class _Climb:
    """A likelihood over the unit cube of its free parameters."""

    def __init__(self, evidence: Evidence, bounds: Floats, weights: Floats | None) -> None:
        self._evidence, self._weights = evidence, weights
        self._low, self._width = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
        self._free = np.flatnonzero(self._width > 0)

    def drawn(self, errors: Floats, n_starts: int, seed: int) -> list[Floats]:
        """Draw shapes and loadings over their ranges, and keep the likeliest, all with the same errors."""
        n_errors = 5 * len(self._evidence.blocks)
        rng = np.random.default_rng(seed)
        cube = rng.random((_CANDIDATES, self._low.size))
        loadings = slice(n_errors, n_errors + len(self._evidence.blocks) * self._evidence.clock.loaded)
        cube[:, loadings] = 0.5 + 0.1 * (cube[:, loadings] - 0.5)
        points = self._low + cube * self._width
        points[:, :n_errors] = errors
        if self._free.size and not (self._free < n_errors).all():
            order = np.argsort(-self._evidence.log_likelihood(points, weights=self._weights))
            return [points[i] for i in order[:n_starts]]
        return [points[0]]

    def climbed(self, start: Floats) -> tuple[Floats, float]:
        base = np.clip(start, self._low, self._low + self._width)
        u = ((base - self._low)[self._free]) / self._width[self._free]
        found = minimize(
            self._negative,
            np.clip(u, 0, 1),
            jac=True,
            method="L-BFGS-B",
            bounds=[(0, 1)] * u.size,
            options={"maxiter": 200, "ftol": 1e-8, "maxcor": 20},
        )
        return self._points(found.x[np.newaxis])[0], -float(found.fun)

    def _points(self, u: Floats) -> Floats:
        points = np.tile(self._low, (len(u), 1))
        points[:, self._free] += u * self._width[self._free]
        return points

    def _negative(self, u: Floats) -> tuple[float, Floats]:
        steps = np.where(u + _STEP <= 1, _STEP, -_STEP)
        rows = np.vstack([u, u + np.diag(steps)])
        values = -self._evidence.log_likelihood(self._points(rows), weights=self._weights)
        return float(values[0]), (values[1:] - values[0]) / steps
