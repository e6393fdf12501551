"""How residuals scatter: a scale for each series, memory from year to year, heavier tails where a cell is doubtful.

The residual of a year, in units of the stated error, follows a process (Seber & Wild, Nonlinear Regression, 1989,
ch. 6) with memory rho, a momentum and further parts that are assumed, and innovations of scale s: see
`rcsd.analysis.calibration.course`.
A stock-and-flow model that begins with the observed value of a series is right in that year by construction, and its
errors of growth add up from there: the process begins at zero in that year, the anchor. A series without an anchor
begins with the stationary spread. Innovations follow Student's t, since statistics jump now and then, with heavier
tails where a cell is flagged, so that one wild cell costs little (Lange, Little & Taylor, J. Am. Stat. Assoc. 84,
1989).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit, stdtrit

from rcsd.analysis.calibration.course import PLAIN, Followed, GapCourse, follow

FREEDOM, FREEDOM_FLAGGED = 4.0, 2.0
"""Degrees of freedom, assumed: 4 serves well where it cannot be estimated (Lange, Little & Taylor 1989), 2 has no
variance any more."""

SCALE_SD = 0.5
"""Prior of ln s, assumed: normal around 0; the stated error is right for a year's innovation within a factor 1.6."""

SCALE_FACTOR = float(np.exp(SCALE_SD))
"""By which the stated error may be off, one standard deviation of the prior of s."""

ORDINARY = float(stdtrit(FREEDOM, 0.975))
"""Innovations of cells without a flag lie within this of zero with 95 %."""

_MEMORY_STEP = 1e-3  # of a difference by logit rho
_MOST = 6.0  # of ln s, and of logit rho around its prior, beyond which nothing is looked for


class Noise(NamedTuple):
    """Scatter of the residuals of one series.

    Attributes
    ----------
    scale
        s, the spread of a year's innovation, a multiple of the stated error.
    memory
        rho, what is left of a residual after a year when nothing else comes, between 0 and 1.
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
    flagged
        Cells with heavier tails, shape (n,).
    anchor
        A year before the first in which the model meets the series by construction; None without one.
    course
        How the gap between model and data goes on.
    weights
        Shape (n,), above 0 and up to 1; all 1 when None. A cell of less weight has an error of observation besides, of
        the variance 1/weight - 1 in units of an innovation's.
    jumps
        Cells in whose year the gap jumps for good, shape (n,); none when None.
    power
        By how much the log density of the series counts.
    """

    years: NDArray[np.float64]
    flagged: NDArray[np.bool_]
    anchor: float | None = None
    course: GapCourse = PLAIN
    weights: NDArray[np.float64] | None = None
    jumps: NDArray[np.bool_] | None = None
    power: float = 1.0

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
            Of unit scale, shape (..., n); and the logarithm of the factor by which the step made densities
            smaller, shape (...).
        """
        s = np.asarray(scale, dtype=np.float64)
        followed = self.follow(raw, memory)
        if not followed.surprises:
            return raw, np.zeros(s.shape)
        spreads = np.sqrt(np.stack(np.broadcast_arrays(*followed.variances), axis=-1))
        # a jump has no surprise, and so nothing to say of the scale
        log_determinant = (self.years.size - self._jumps.sum()) * np.log(s) + np.sum(np.log(spreads), axis=-1)
        innovations = np.stack(np.broadcast_arrays(*followed.surprises), axis=-1) / spreads / s[..., np.newaxis]
        return innovations, log_determinant

    def follow(self, raw: NDArray[np.float64], memory: ArrayLike) -> Followed:
        """Go through residuals (..., n) as `rcsd.analysis.calibration.course.follow` does."""
        return follow(
            list(np.moveaxis(raw, -1, 0)),
            self.years,
            self._errors,
            self._jumps,
            course=self.course,
            anchor=self.anchor,
            memory=np.asarray(memory, dtype=np.float64)[()],
        )

    @property
    def _errors(self) -> NDArray[np.float64]:
        """Variance of each cell's error of observation, in units of an innovation's."""
        doubt = np.zeros(self.years.size) if self.weights is None else 1 / self.weights - 1
        return np.asarray(self.course.observation**2 + doubt)

    @property
    def _jumps(self) -> NDArray[np.bool_]:
        return np.zeros(self.years.size, dtype=bool) if self.jumps is None else self.jumps

    def deviances(self, innovations: NDArray[np.float64]) -> NDArray[np.float64]:
        """Minus twice the log density of each innovation, as it counts, less that of zero; shape (..., n)."""
        freedom = np.where(self.flagged, FREEDOM_FLAGGED, FREEDOM)
        return np.asarray(self.power * ((freedom + 1) * np.log1p(innovations**2 / freedom)))

    def signed_roots(self, innovations: NDArray[np.float64]) -> NDArray[np.float64]:
        """Roots of the deviances with the signs of the innovations: what least squares may square and sum."""
        return np.asarray(np.sign(innovations) * np.sqrt(self.deviances(innovations)))

    def log_density(self, raw: NDArray[np.float64], scale: ArrayLike, memory: ArrayLike) -> NDArray[np.float64]:
        """Log density of residuals, up to a constant that depends on neither of them; shape (...)."""
        found, log_determinant = self.innovations(raw, scale, memory)
        return np.asarray(-0.5 * np.sum(self.deviances(found), axis=-1) - self.power * log_determinant)

    def information(self, innovations: NDArray[np.float64]) -> NDArray[np.float64]:
        """Fisher's information on the place of each innovation, shape (..., n): below 1, since tails are heavy."""
        freedom = np.where(self.flagged, FREEDOM_FLAGGED, FREEDOM)
        return np.broadcast_to(self.power * ((freedom + 1) / (freedom + 3)), innovations.shape)

    def noise_information(self, raw: NDArray[np.float64], noise: Noise) -> tuple[float, float]:
        """Fisher's information on ln s and on logit rho at residuals (n,), that of their priors among it."""
        freedom = np.where(self.flagged, FREEDOM_FLAGGED, FREEDOM)
        memory, step = logit(noise.memory), np.array([1.0, -1.0]) * _MEMORY_STEP
        moved = self.innovations(np.stack([raw, raw]), np.full(2, noise.scale), expit(memory + step))[0]
        slope = (moved[0] - moved[1]) / (2 * _MEMORY_STEP)
        return (
            float(self.power * np.sum(np.where(self._jumps, 0.0, 2 * freedom / (freedom + 3))) + SCALE_SD**-2),
            float(np.sum(self.information(slope) * slope**2) + self.course.memory_sd**-2),
        )

    def best_log_density(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density of residuals (n_rows, n) with the most probable noise of each row and its prior, shape (n_rows,).

        Found on a grid and by a parabola through its best point along either axis: to some thousandths.
        """
        scales = np.linspace(-2.5, 2.5, 41)
        memories = logit(self.course.memory) + self.course.memory_sd * np.linspace(-5.0, 5.0, 41)
        at = np.stack([axis.ravel() for axis in np.meshgrid(scales, memories, indexing="ij")])
        rows = np.broadcast_to(raw[:, np.newaxis, :], (len(raw), at.shape[1], raw.shape[1]))
        logs = self.log_density(rows, np.exp(at[0]), expit(at[1])) + self.log_prior(at[0], at[1])
        grid = logs.reshape(len(raw), scales.size, memories.size)
        best = np.argmax(grid.reshape(len(raw), -1), axis=1)
        i, k, row = best // memories.size, best % memories.size, np.arange(len(raw))
        found = grid[row, i, k]
        for low, high in (
            (grid[row, np.maximum(i - 1, 0), k], grid[row, np.minimum(i + 1, scales.size - 1), k]),
            (grid[row, i, np.maximum(k - 1, 0)], grid[row, i, np.minimum(k + 1, memories.size - 1)]),
        ):
            bend = 2 * grid[row, i, k] - low - high
            found = found + np.where(bend > 0, (high - low) ** 2 / (8 * np.where(bend > 0, bend, 1)), 0.0)
        return np.asarray(found)

    def estimate(self, raw: NDArray[np.float64]) -> Noise:
        """Find the most probable scale and memory of residuals (n,), under the priors of this module."""
        from scipy.optimize import minimize  # noqa: PLC0415 - slow to import, needed here alone

        if raw.size == 0:
            return Noise()

        def cost(point: NDArray[np.float64]) -> float:
            return float(-self.log_density(raw, np.exp(point[0]), expit(point[1])) - self.log_prior(point[0], point[1]))

        centre = float(logit(self.course.memory))
        bounds = [(-_MOST, _MOST), (centre - _MOST, centre + _MOST)]
        found = minimize(cost, np.array([0.0, centre]), method="L-BFGS-B", bounds=bounds)
        return Noise(float(np.exp(found.x[0])), float(expit(found.x[1])))

    def log_prior(self, log_scale: ArrayLike, logit_memory: ArrayLike) -> NDArray[np.float64]:
        """Log density of the priors of ln s and logit rho, up to a constant."""
        scale = np.asarray(log_scale) / SCALE_SD
        memory = (np.asarray(logit_memory) - logit(self.course.memory)) / self.course.memory_sd
        return np.asarray(-0.5 * scale**2 - 0.5 * memory**2)
