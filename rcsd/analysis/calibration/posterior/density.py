"""The posterior density of parameters and noise together, for many points at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from rcsd.analysis.calibration.noise import Noise
from rcsd.analysis.calibration.problem import Problem


@dataclass(slots=True)
class LogPosterior:
    """Log density of a problem's parameters, and of the scale and memory of each series' residuals.

    A point holds the parameters on the search scale, then ln s of every target, then logit rho of every target. The
    problem's own `noise` plays no part.

    Attributes
    ----------
    problem
        What is fitted; its priors are densities on the search scale, cut at the bounds.
    n_runs, n_failed
        Model runs so far, and those that failed: their density is zero.
    """

    problem: Problem
    n_runs: int = 0
    n_failed: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """What the coordinates are."""
        series = [target.series.name for target in self.problem.targets]
        scales = [f"ln scale of {name}" for name in series]
        return (*self.problem.space.names, *scales, *(f"logit memory of {name}" for name in series))

    @property
    def n(self) -> int:
        """How many coordinates a point has."""
        return self.problem.space.n + 2 * len(self.problem.targets)

    def point(self, natural: NDArray[np.float64], noise: tuple[Noise, ...]) -> NDArray[np.float64]:
        """Return the point of an estimate, natural scale (n_parameters,), and a noise."""
        scales = [np.log(each.scale) for each in noise]
        return np.concatenate([self.problem.space.to_search(natural), scales, logit([each.memory for each in noise])])

    def split(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Part points (..., n) into search values (..., n_parameters), scales and memories (..., n_targets)."""
        n, m = self.problem.space.n, len(self.problem.targets)
        return points[..., :n], np.exp(points[..., n : n + m]), expit(points[..., n + m :])

    def __call__(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density, up to a constant, of points (n_points, n), shape (n_points,); -inf outside the bounds."""
        problem, n = self.problem, self.problem.space.n
        found = np.full(len(points), -np.inf)
        z = points[:, :n]
        inside = np.flatnonzero(np.all((z >= problem.space.lower) & (z <= problem.space.upper), axis=1))
        if inside.size == 0:
            return found
        misfit = problem.misfit(z[inside])
        self.n_runs += inside.size
        self.n_failed += int(np.sum(~misfit.ok))
        ended, rows = inside[misfit.ok], np.flatnonzero(misfit.ok)
        _, scales, memories = self.split(points[ended])
        total = -0.5 * np.sum(problem.space.prior_residuals(z[ended]) ** 2, axis=-1)
        for i, (cells, raw) in enumerate(zip(problem.cells, misfit.residuals, strict=True)):
            total = total + cells.log_density(raw[rows], scales[:, i], memories[:, i])
            total = total + cells.log_prior(np.log(scales[:, i]), logit(memories[:, i]))
        found[ended] = np.where(np.isfinite(total), total, -np.inf)  # a memory that rounds to 1 has no spread
        return found
