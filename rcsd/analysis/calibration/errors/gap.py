"""Errors that go on from year to year as the gap between model and data does: what "relative" and "absolute" mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.calibration.course import State, draw_course
from rcsd.analysis.calibration.errors.coordinates import Coordinate, LogitMemory, LogNormal
from rcsd.analysis.calibration.errors.model import NoiseValues
from rcsd.analysis.calibration.errors.scaling import scaled_residuals
from rcsd.analysis.calibration.noise import FREEDOM, ORDINARY, SCALE_SD, Cells, Noise


@dataclass(frozen=True, slots=True)
class GapErrors:
    """The course of a gap (`rcsd.analysis.calibration.noise`); its raw values are residuals in stated errors.

    Attributes
    ----------
    cells
        Years, weights and course of the cells that count.
    observed
        Shape (n_cells,).
    error
        The stated standard error: of the logarithm where `relative`, else in units of the series.
    relative
        Whether logarithms are compared.
    """

    cells: Cells
    observed: NDArray[np.float64]
    error: float
    relative: bool

    @property
    def coordinates(self) -> tuple[Coordinate, ...]:
        """Scale, a multiple of the stated error, and memory."""
        course = self.cells.course
        return LogNormal("scale", 1.0, SCALE_SD), LogitMemory("memory", course.memory, course.memory_sd)

    @property
    def settles(self) -> bool:
        """A fit takes the stated errors for known."""
        return False

    @property
    def tells_misfit(self) -> bool:
        """The stated errors may be too small."""
        return True

    @property
    def estimates_size(self) -> bool:
        """Not in a fit."""
        return False

    def raw(self, simulated: NDArray[np.float64]) -> NDArray[np.float64]:
        """Residuals in units of the stated error."""
        return scaled_residuals(self.observed, simulated, error=self.error, relative=self.relative)

    def plain_roots(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Independent and normal, with the stated error."""
        return self._plain_weights * raw

    def roots(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Roots of the deviances of innovations."""
        return self.cells.signed_roots(self.innovations(raw, noise))

    def log_density(self, raw: NDArray[np.float64], noise: ArrayLike) -> NDArray[np.float64]:
        """Log density up to a constant."""
        values = np.asarray(noise, dtype=np.float64)
        return self.cells.log_density(raw, values[..., 0], values[..., 1])

    def estimate(self, raw: NDArray[np.float64]) -> NoiseValues:
        """Most probable scale and memory."""
        return self.cells.estimate(raw)

    def best_log_density(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density with the most probable scale and memory of each row."""
        return self.cells.best_log_density(raw)

    def information(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Fisher's, on ln scale and logit memory."""
        return np.array(self.cells.noise_information(raw, Noise(*noise)))

    def standardised(
        self, slopes: NDArray[np.float64], raw: NDArray[np.float64], noise: NoiseValues | None
    ) -> NDArray[np.float64]:
        """Innovations are linear in residuals, so those of the slopes are the slopes of innovations."""
        del raw
        if noise is None:
            return self._plain_weights * slopes
        scale, memory = (np.full(len(slopes), value) for value in noise)
        each = self.cells.innovations(slopes, scale, memory)[0]
        return np.asarray(each * np.sqrt(self.cells.information(each)))

    def innovations(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Return what is new in each year, in units of its scale."""
        return self.cells.innovations(raw, noise[0], noise[1])[0]

    def residuals(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """In units of the stated error, whatever has been estimated."""
        del noise
        return raw

    def scaled(
        self, observed: NDArray[np.float64], simulated: NDArray[np.float64], noise: NoiseValues
    ) -> NDArray[np.float64]:
        """In units of the stated error."""
        del noise
        return scaled_residuals(observed, simulated, error=self.error, relative=self.relative)

    def size(self, noise: NoiseValues) -> float:
        """Return the stated error."""
        del noise
        return self.error

    def ordinary(self, noise: NoiseValues) -> float:
        """Return that of a cell without a flag."""
        del noise
        return ORDINARY

    def predict(
        self,
        raw: NDArray[np.float64],
        simulated: NDArray[np.float64],
        years: NDArray[np.float64],
        noise: NDArray[np.float64],
        *,
        rng: np.random.Generator,
    ) -> NDArray[np.float64]:
        """Go on from gap and momentum of the last cell."""
        last, at = self.cells.follow(raw, noise[:, 1]).last, float(self.cells.years[-1])
        return self._observed(simulated, self._drawn(last, at, years, noise, rng))

    def replicate(
        self, simulated: NDArray[np.float64], noise: NDArray[np.float64], *, rng: np.random.Generator
    ) -> NDArray[np.float64]:
        """Begin anew at the anchor, or with the stationary spread."""
        cells = self.cells
        if cells.anchor is None:
            begin, at = State.stationary(cells.course, noise[:, 1]), float(cells.years[0]) - 1
        else:
            begin, at = State.at_anchor(), cells.anchor
        return self._observed(simulated, self._drawn(begin, at, cells.years, noise, rng))

    def _drawn(
        self, state: State, at: float, years: NDArray[np.float64], noise: NDArray[np.float64], rng: np.random.Generator
    ) -> NDArray[np.float64]:
        course = self.cells.course
        return draw_course(state, at, years, noise[:, 0], noise[:, 1], FREEDOM, course=course, rng=rng)

    def _observed(self, simulated: NDArray[np.float64], residuals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn runs and residuals, in units of the stated error, into observations."""
        if self.relative:
            return np.asarray(simulated * np.exp(-self.error * residuals))
        return np.asarray(simulated - self.error * residuals)

    @property
    def _plain_weights(self) -> NDArray[np.float64]:
        """Roots of the weights of cells, and of the series."""
        cells = self.cells
        each = np.ones(cells.years.size) if cells.weights is None else cells.weights
        return np.asarray(np.sqrt(each) * np.sqrt(cells.power))
