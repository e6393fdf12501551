"""The posterior density of parameters and noise together, for many points at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.errors.coordinates import Coordinate
from rcsd.analysis.calibration.errors.model import NoiseValues
from rcsd.analysis.calibration.posterior.marginals import Marginal, of_coordinate, of_parameter
from rcsd.analysis.calibration.problem import Problem


class Density(Protocol):
    """What a sampler samples: coordinates with a name and a prior each, and a log density that knows both.

    Attributes
    ----------
    n_runs, n_failed
        Model runs so far, and those that failed: their density is zero.
    """

    n_runs: int
    n_failed: int

    @property
    def names(self) -> tuple[str, ...]:
        """What the coordinates are."""
        ...

    @property
    def marginals(self) -> tuple[Marginal, ...]:
        """Prior of each coordinate, independent of the others."""
        ...

    def __call__(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log of prior times likelihood, up to a constant, of points (n_points, n), shape (n_points,)."""
        ...


@dataclass(slots=True)
class LogPosterior:
    """Log density of a problem's parameters, and of what is estimated of the errors of each series.

    A point holds the parameters on the search scale, then the first coordinate of every target's errors that has one,
    then the second, and so on: ln scale and logit memory for the kinds "relative" and "absolute". The problem's own
    `noise` plays no part.

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
        noise = (f"{each.label} of {self.problem.targets[i].series.name}" for i, _, each in self._places())
        return (*self.problem.space.names, *noise)

    @property
    def marginals(self) -> tuple[Marginal, ...]:
        """Prior of each coordinate: of the parameters, then of what is estimated of the errors."""
        parameters = map(of_parameter, self.problem.space.parameters)
        return (*parameters, *(of_coordinate(each) for _, _, each in self._places()))

    @property
    def n(self) -> int:
        """How many coordinates a point has."""
        return self.problem.space.n + sum(len(errors.coordinates) for errors in self.problem.errors)

    @property
    def lower(self) -> NDArray[np.float64]:
        """Least values of a point, shape (n,); minus infinity where there is no bound."""
        return np.concatenate([self.problem.space.lower, [each.lower for _, _, each in self._places()]])

    @property
    def upper(self) -> NDArray[np.float64]:
        """Largest values of a point, shape (n,); infinity where there is no bound."""
        return np.concatenate([self.problem.space.upper, [each.upper for _, _, each in self._places()]])

    def draw_noise(self, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw what follows the parameters in a point from its prior, shape (n, n_noise)."""
        drawn = [each.draw(n, rng) for _, _, each in self._places()]
        return np.column_stack(drawn) if drawn else np.empty((n, 0))

    def point(self, natural: NDArray[np.float64], noise: tuple[NoiseValues, ...]) -> NDArray[np.float64]:
        """Return the point of an estimate, natural scale (n_parameters,), and a noise."""
        values = [float(each.coordinate(noise[i][j])) for i, j, each in self._places()]
        return np.concatenate([self.problem.space.to_search(natural), values])

    def split(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], tuple[NDArray[np.float64], ...]]:
        """Part points (..., n) into search values (..., n_parameters) and, by target, noise (..., n_coordinates)."""
        n = self.problem.space.n
        noise = tuple(np.empty((*points.shape[:-1], len(errors.coordinates))) for errors in self.problem.errors)
        for at, (i, j, each) in enumerate(self._places()):
            noise[i][..., j] = each.natural(points[..., n + at])
        return points[..., :n], noise

    def gather(self, by_target: tuple[NDArray[np.float64], ...]) -> NDArray[np.float64]:
        """Put what belongs to the coordinates of each target, shape (n_coordinates,), in the order of a point."""
        return np.array([by_target[i][j] for i, j, _ in self._places()], dtype=np.float64)

    def __call__(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density, up to a constant, of points (n_points, n), shape (n_points,); -inf outside the bounds."""
        problem, n = self.problem, self.problem.space.n
        found = np.full(len(points), -np.inf)
        z = points[:, :n]
        inside = np.flatnonzero(np.all((points >= self.lower) & (points <= self.upper), axis=1))
        if inside.size == 0:
            return found
        misfit = problem.misfit(z[inside])
        self.n_runs += inside.size
        self.n_failed += int(np.sum(~misfit.ok))
        ended, rows = inside[misfit.ok], np.flatnonzero(misfit.ok)
        _, noise = self.split(points[ended])
        total = -0.5 * np.sum(problem.space.prior_residuals(z[ended]) ** 2, axis=-1)
        for errors, raw, values in zip(problem.errors, misfit.raw, noise, strict=True):
            total = total + errors.log_density(raw[rows], values)
            if errors.coordinates:
                total = total + sum(each.log_prior(values[:, j]) for j, each in enumerate(errors.coordinates))
        found[ended] = np.where(np.isfinite(total), total, -np.inf)  # a memory that rounds to 1 has no spread
        return found

    def _places(self) -> list[tuple[int, int, Coordinate]]:
        """Target, number within it, and coordinate, in the order of a point."""
        each = [
            (i, j, coordinate)
            for i, errors in enumerate(self.problem.errors)
            for j, coordinate in enumerate(errors.coordinates)
        ]
        return sorted(each, key=lambda place: (place[1], place[0]))
