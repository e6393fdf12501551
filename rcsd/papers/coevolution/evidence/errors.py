"""What a course leaves of a proxy: first-order autoregression and white noise, with levels that nobody knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WALK = 1 - 1e-5
"""Memory of what is called a random walk: levels are free, so that its likelihood is that of the yearly changes."""


def levels(years: Floats, steps: Collection[float] = ()) -> Floats:
    """Return the columns of the free levels, shape (n_years, n_levels): one to the first step, one from each step on.

    Levels that hold in none of the years are left out.
    """
    held = np.searchsorted(np.sort(np.array(list(steps), dtype=np.float64)), years, side="right")
    return np.asarray(held[:, np.newaxis] == np.unique(held), dtype=np.float64)


def covariance(first: Floats, second: Floats, memory: float, sd: float, noise: float) -> Floats:
    """Return the covariance of an autoregression plus white noise between two sets of years.

    Parameters
    ----------
    first, second
        Years, shapes (n,) and (m,).
    memory
        Correlation of neighbouring years, in [0, 1).
    sd
        Standard deviation of an innovation.
    noise
        Variance of the white noise over that of an innovation.

    Returns
    -------
    NDArray, shape (n, m)
        sd^2 [memory^|s - t| / (1 - memory^2) + noise (s = t)].
    """
    apart = np.abs(first[:, np.newaxis] - second[np.newaxis, :])
    return np.asarray(sd**2 * (memory**apart / (1 - memory**2) + noise * (apart == 0)))


@dataclass(frozen=True, slots=True, eq=False)
class Contrasts:
    """Series with the same years under a normal density, each with free levels, which are integrated out.

    Attributes
    ----------
    series : NDArray, shape (n_series, n_years)
        What was observed.
    design : NDArray, shape (n_series, n_years, n_levels)
        Columns of each one's levels; of zeros where it has fewer than another.
    """

    series: Floats
    design: Floats

    def log_density(self, variance: Floats, paths: Floats) -> Floats:
        """Return the log density of every series around every path, shape (n_series, n_paths).

        That of contrasts (Harville 1974): with V the variance, shape (n_years, n_years), and Z the levels, the square
        is r'Pr, P = V^-1 - V^-1 Z (Z'V^-1 Z)^-1 Z'V^-1.

        Parameters
        ----------
        variance
            Of every series.
        paths
            Shape (n_paths, n_years).
        """
        inverse = np.linalg.inv(variance)
        absent = np.asarray(~self.design.astype(np.bool_).any(axis=1))
        padding = absent[:, :, np.newaxis] * np.eye(absent.shape[1])
        weighted = inverse @ self.design
        transposed = self.design.transpose(0, 2, 1)
        information, plain = transposed @ weighted + padding, transposed @ self.design + padding
        apart = self.series[:, np.newaxis, :] - paths
        levels_of = apart @ weighted
        square = ((apart @ inverse) * apart).sum(axis=2)
        square -= (levels_of * np.linalg.solve(information, levels_of.transpose(0, 2, 1)).transpose(0, 2, 1)).sum(
            axis=2
        )
        n_contrasts = self.series.shape[1] - (~absent).sum(axis=1)
        logs = np.linalg.slogdet(variance)[1] + np.linalg.slogdet(information)[1] - np.linalg.slogdet(plain)[1]
        return np.asarray(-0.5 * (square + (logs + n_contrasts * np.log(2 * np.pi))[:, np.newaxis]))


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """How later years follow from earlier ones by the best linear unbiased rule.

    Attributes
    ----------
    matrix : NDArray, shape (n_later, n_years)
        Means of the later residuals are this times the earlier.
    covariance : NDArray, shape (n_later, n_later)
        Of the errors, the unknown levels included.
    """

    matrix: Floats
    covariance: Floats


def prediction(
    years: Floats, later: Floats, steps: Collection[float], memory: float, sd: float, noise: float
) -> Prediction:
    """Return the rule for an autoregression with noise and free levels (universal kriging)."""
    design = levels(np.concatenate([years, later]), steps)
    known, asked = design[: years.size], design[years.size :]
    inverse = np.linalg.inv(covariance(years, years, memory, sd, noise))
    across = covariance(later, years, memory, sd, noise)
    weighted = known.T @ inverse
    information = np.linalg.inv(weighted @ known)
    gap = asked - across @ inverse @ known
    matrix = across @ inverse + gap @ information @ weighted
    spread = covariance(later, later, memory, sd, noise) - across @ inverse @ across.T + gap @ information @ gap.T
    return Prediction(matrix, spread)
