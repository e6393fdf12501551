"""A posterior given by formulas, with draws of it that no sampler made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.posterior.marginals import Bell, Flat, Marginal

Array = NDArray[np.float64]


@dataclass(slots=True)
class Toy:
    """A density with a prior for each coordinate.

    Attributes
    ----------
    title, kind
        What it is, and which awkward shape it stands for.
    marginals
        Prior of each coordinate.
    log_likelihood
        Of points (n_points, n), shape (n_points,).
    exact
        Draws n independent points of the posterior, shape (n, n_coordinates); None where only a long run tells.
    """

    title: str
    kind: str
    marginals: tuple[Marginal, ...]
    log_likelihood: Callable[[Array], Array]
    exact: Callable[[int, np.random.Generator], Array] | None = None
    n_runs: int = field(default=0)
    n_failed: int = field(default=0)

    @property
    def names(self) -> tuple[str, ...]:
        """Coordinates by number."""
        return tuple(f"x{i + 1}" for i in range(len(self.marginals)))

    def __call__(self, points: Array) -> Array:
        """Log of prior times likelihood; -inf outside the bounds."""
        lower = np.array([each.lower for each in self.marginals])
        upper = np.array([each.upper for each in self.marginals])
        inside = np.all((points >= lower) & (points <= upper), axis=1)
        found = np.full(len(points), -np.inf)
        self.n_runs += int(inside.sum())
        if inside.any():
            kept = points[inside]
            logs = self.log_likelihood(kept) + self._log_prior(kept)
            self.n_failed += int(np.sum(~np.isfinite(logs)))
            found[inside] = np.where(np.isfinite(logs), logs, -np.inf)
        return found

    def _log_prior(self, points: Array) -> Array:
        """Bells count, flat priors are constant."""
        bells = [(i, each) for i, each in enumerate(self.marginals) if isinstance(each, Bell)]
        return np.asarray(
            sum((-0.5 * ((points[:, i] - b.centre) / b.sd) ** 2 for i, b in bells), np.zeros(len(points)))
        )


def box(n: int, lower: float, upper: float) -> tuple[Marginal, ...]:
    """Flat priors of n coordinates."""
    return (Flat(lower, upper),) * n
