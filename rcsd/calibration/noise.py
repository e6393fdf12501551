"""How residuals scatter: a scale for each series, memory from year to year, heavier tails where a cell is doubtful.

The residual of a cell, in units of the stated error, is s times a stationary process of first order, rho times the
one before plus an innovation (Seber & Wild, Nonlinear Regression, 1989, ch. 6; rho to the power of the gap where years
are missing). Innovations are normal; those of flagged cells follow Student's t, so that one wild cell costs little
(Lange, Little & Taylor, J. Am. Stat. Assoc. 84, 1989).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

TAIL = 4.0
"""Degrees of freedom of flagged cells (Lange, Little & Taylor 1989: 4 serves well when it cannot be estimated)."""

SCALE_SD, MEMORY_SD = 0.5, 0.5
"""Priors, assumed: ln s is normal around 0 (the stated error is right within a factor 1.6), atanh rho around 0."""

_MOST = 5.0  # |ln s| and |atanh rho| beyond which nothing is looked for


@dataclass(frozen=True, slots=True)
class Noise:
    """Scatter of the residuals of one series.

    Attributes
    ----------
    scale
        s, a multiple of the stated error.
    memory
        rho, the autocorrelation from one year to the next, between -1 and 1.
    """

    scale: float = 1.0
    memory: float = 0.0


@dataclass(frozen=True, slots=True)
class Cells:
    """What the scatter of one series depends on.

    Attributes
    ----------
    years
        Shape (n,), increasing.
    doubtful
        Cells with Student's tails, shape (n,).
    """

    years: NDArray[np.float64]
    doubtful: NDArray[np.bool_]

    def innovations(
        self, raw: NDArray[np.float64], scale: ArrayLike, memory: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Take scale and memory out of residuals.

        Parameters
        ----------
        raw
            In units of the stated error, shape (..., n).
        scale, memory
            s and rho, scalars or shape (...).

        Returns
        -------
        (innovations, log_determinant)
            Of unit variance, shape (..., n); and the logarithm of the factor by which the step made densities
            smaller, shape (...).
        """
        s, rho = np.asarray(scale, dtype=np.float64), np.asarray(memory, dtype=np.float64)
        gaps = np.diff(self.years)
        kept = rho[..., np.newaxis] ** gaps
        spread = np.sqrt(1 - kept**2)
        found = raw / s[..., np.newaxis]
        found = np.concatenate([found[..., :1], (found[..., 1:] - kept * found[..., :-1]) / spread], axis=-1)
        return found, self.years.size * np.log(s) + np.sum(np.log(spread), axis=-1)

    def deviances(self, innovations: NDArray[np.float64]) -> NDArray[np.float64]:
        """Minus twice the log density of each innovation, less that of zero; shape (..., n)."""
        squares = innovations**2
        return np.where(self.doubtful, (TAIL + 1) * np.log1p(squares / TAIL), squares)

    def signed_roots(self, innovations: NDArray[np.float64]) -> NDArray[np.float64]:
        """Roots of the deviances with the signs of the innovations: what least squares may square and sum."""
        return np.asarray(np.sign(innovations) * np.sqrt(self.deviances(innovations)))

    def log_density(self, raw: NDArray[np.float64], scale: ArrayLike, memory: ArrayLike) -> NDArray[np.float64]:
        """Log density of residuals, up to a constant that depends on neither of them; shape (...)."""
        found, log_determinant = self.innovations(raw, scale, memory)
        return np.asarray(-0.5 * np.sum(self.deviances(found), axis=-1) - log_determinant)

    def estimate(self, raw: NDArray[np.float64]) -> Noise:
        """Find the most probable scale and memory of residuals (n,), under the priors of this module."""
        if raw.size == 0:
            return Noise()

        def cost(point: NDArray[np.float64]) -> float:
            return float(-self.log_density(raw, np.exp(point[0]), np.tanh(point[1])) - log_prior(point[0], point[1]))

        found = minimize(cost, np.zeros(2), method="L-BFGS-B", bounds=[(-_MOST, _MOST)] * 2)
        return Noise(float(np.exp(found.x[0])), float(np.tanh(found.x[1])))


def log_prior(log_scale: ArrayLike, atanh_memory: ArrayLike) -> NDArray[np.float64]:
    """Log density of the priors of ln s and atanh rho, up to a constant."""
    scale, memory = np.asarray(log_scale), np.asarray(atanh_memory)
    return np.asarray(-0.5 * (scale / SCALE_SD) ** 2 - 0.5 * (memory / MEMORY_SD) ** 2)
