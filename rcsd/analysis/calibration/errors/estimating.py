"""What errors have in common whose coordinates a fit estimates with the parameters: where these are most probable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.calibration.errors.model import NoiseValues
from rcsd.analysis.calibration.errors.settling import coordinate_density, curvatures, settle

if TYPE_CHECKING:
    from rcsd.analysis.calibration.errors.coordinates import Coordinate


class Estimating:
    """Estimates the coordinates of errors from their log density; the kinds derive from it."""

    __slots__ = ()

    if TYPE_CHECKING:
        coordinates: tuple[Coordinate, ...]

    def log_density(self, raw: NDArray[np.float64], noise: ArrayLike) -> NDArray[np.float64]:
        """Log density of the observations."""
        raise NotImplementedError

    def roots(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Signed roots of the deviances."""
        raise NotImplementedError

    @property
    def settles(self) -> bool:
        """Whether anything is estimated."""
        return bool(self.coordinates)

    @property
    def start(self) -> NoiseValues:
        """Values to begin with."""
        return tuple(each.start for each in self.coordinates)

    def plain_roots(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """With the values to begin with."""
        return self.roots(raw, self.start)

    def estimate(self, raw: NDArray[np.float64]) -> NoiseValues:
        """Most probable values of what is estimated."""
        at, _ = self._settled(raw[np.newaxis, :])
        return tuple(float(each.natural(z)) for each, z in zip(self.coordinates, at[0], strict=True))

    def best_log_density(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density at the most probable values of each row."""
        return self._settled(raw)[1]

    def information(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Observed, from second differences."""
        return curvatures(self, raw, noise)

    def _settled(self, raw: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return settle(coordinate_density(self, raw), self.coordinates, len(raw))
