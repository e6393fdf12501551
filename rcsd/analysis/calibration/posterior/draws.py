"""Draws of parameters and noise, and a widened Laplace approximation to draw them from without a chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.posterior.density import LogPosterior
from rcsd.analysis.calibration.posterior.mode import Mode
from rcsd.analysis.parameters import on_scale
from rcsd.errors import CalibrationError

_FREEDOM = 5.0  # of the t distribution: heavier tails than the posterior's
_PER_DRAW = 4  # points weighted for each that is kept
_ATTEMPTS = 50


@dataclass(frozen=True, slots=True)
class Draws:
    """Parameters and noise, drawn together.

    Attributes
    ----------
    names
        The parameters.
    values
        Natural scale, shape (n_draws, n_parameters).
    noise
        By target, what is estimated of its errors, natural scale, shape (n_draws, n_coordinates).
    noise_names
        By target, what that is called: "scale", "memory".
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    noise: tuple[NDArray[np.float64], ...]
    noise_names: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, density: LogPosterior, points: NDArray[np.float64]) -> Draws:
        """Name the coordinates of points of a density, shape (n_draws, n)."""
        z, noise = density.split(points)
        space = density.problem.space
        names = tuple(tuple(each.name for each in errors.coordinates) for errors in density.problem.errors)
        return cls(space.names, space.from_search(z), noise, names)

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.values)

    def noise_columns(self, series: Sequence[str]) -> dict[str, NDArray[np.float64]]:
        """Name what is estimated of the errors of each series: "scale of population", shape (n_draws,) each.

        All that come first among the names of their series are first, as in a point of the density.
        """
        most = max((len(names) for names in self.noise_names), default=0)
        return {
            f"{names[j]} of {name}": values[:, j]
            for j in range(most)
            for name, names, values in zip(series, self.noise_names, self.noise, strict=True)
            if j < len(names)
        }

    def on_search_scales(self, scales: Mapping[str, str]) -> NDArray[np.float64]:
        """Give the parameters on the scales that they are searched on, by name, shape (n_draws, n_parameters)."""
        return np.column_stack([on_scale(self.values[:, i], scales[name]) for i, name in enumerate(self.names)])

    def correlations(self, scales: Mapping[str, str]) -> NDArray[np.float64]:
        """Correlate the parameters on these scales, shape (n_parameters, n_parameters)."""
        n = len(self.names)
        return np.asarray(np.corrcoef(self.on_search_scales(scales), rowvar=False)).reshape((n, n))

    @property
    def inputs(self) -> dict[str, NDArray[np.float64]]:
        """What a simulator takes to run all of them."""
        return {name: self.values[:, i] for i, name in enumerate(self.names)}


@dataclass(frozen=True, slots=True)
class Approximation:
    """A multivariate t distribution with the mode and the covariance of a posterior."""

    mean: NDArray[np.float64]
    root: NDArray[np.float64]

    def draw(self, n: int, random: np.random.RandomState | np.random.Generator) -> NDArray[np.float64]:
        """Draw points, shape (n, n_coordinates)."""
        normal = random.standard_normal((n, self.mean.size))
        stretch = np.sqrt(random.chisquare(_FREEDOM, (n, 1)) / _FREEDOM)
        return np.asarray(self.mean + normal / stretch @ self.root.T)

    def log_density(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density up to a constant, shape (n,)."""
        standard = np.linalg.solve(self.root, (points - self.mean).T)
        return np.asarray(-0.5 * (_FREEDOM + self.mean.size) * np.log1p(np.sum(standard**2, axis=0) / _FREEDOM))


def approximation(mode: Mode) -> Approximation:
    """Approximate a posterior near its mode.

    Raises
    ------
    CalibrationError
        When the mode is flat in some direction.
    """
    if mode.covariance is None:
        raise CalibrationError(
            "the posterior is flat in some direction at its mode: give a prior to those parameters whose profiles are "
            "open, or a narrower one, or estimate fewer"
        )
    return Approximation(mode.point, np.asarray(np.linalg.cholesky(mode.covariance), dtype=np.float64))


def weighted_points(
    density: LogPosterior, proposal: Approximation, n: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw different points of the approximation, without replacement, with importance weights.

    Sampling-importance-resampling without replacement (Gelman et al., Bayesian Data Analysis, 3rd ed., section 10.4).

    Parameters
    ----------
    density
        What should be drawn from; its run counts grow.
    proposal
        What is drawn from.
    n
        How many points.
    rng
        Decides the draws.

    Returns
    -------
    NDArray, shape (n, n_coordinates)

    Raises
    ------
    CalibrationError
        When hardly any point near the mode has a density.
    """
    points, logs = np.empty((0, density.n)), np.empty(0)
    for _ in range(_ATTEMPTS):
        tried = proposal.draw(_PER_DRAW * n, rng)
        found = density(tried)
        usable = np.isfinite(found)
        points = np.concatenate([points, tried[usable]])
        logs = np.concatenate([logs, (found - proposal.log_density(tried))[usable]])
        if len(points) >= _PER_DRAW * n:
            weights = np.exp(logs - logs.max()) + np.finfo(float).tiny
            return points[rng.choice(len(points), n, replace=False, p=weights / np.sum(weights))]
    raise CalibrationError("hardly any run near the mode of the posterior ends well: look at the bounds")


def laplace_draws(mode: Mode, n: int, rng: np.random.Generator) -> tuple[Draws, int]:
    """Draw from a posterior by its approximation, without a chain; returns the draws and the runs spent.

    Raises
    ------
    CalibrationError
        As `approximation` and `weighted_points`.
    """
    density = LogPosterior(mode.problem)
    points = weighted_points(density, approximation(mode), n, rng)
    return Draws.of(density, points), density.n_runs
