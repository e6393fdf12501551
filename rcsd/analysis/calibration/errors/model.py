"""What a calibration asks of the errors of one series, whatever their kind."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.calibration.errors.coordinates import Coordinate

NoiseValues = tuple[float, ...]
"""Values of the coordinates of one series' errors, natural scale, in their order; empty where nothing is estimated."""


class ErrorModel(Protocol):
    """The errors of the cells of one series that count.

    What a model gives at these cells, shape (..., n_cells), is made `raw` once; everything else is worked out from that
    and from the values of the coordinates, shape (..., n_coordinates), natural scale.
    """

    @property
    def coordinates(self) -> tuple[Coordinate, ...]:
        """What is estimated of the errors, with priors."""

    @property
    def settles(self) -> bool:
        """Whether a fit estimates them with the parameters; else it takes the stated error for known."""

    @property
    def tells_misfit(self) -> bool:
        """Whether squared roots are 1 in the mean where the stated errors are right: more is a misfit of the model."""

    @property
    def estimates_size(self) -> bool:
        """Whether a standard error is estimated, which a fit makes too small by the parameters that it has used up."""

    def raw(self, simulated: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn simulated values into what all other methods take; NaN where an observation would be impossible."""

    def plain_roots(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Signed roots, to be squared and summed, where nothing is known of the errors but what is stated."""

    def roots(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Signed roots of the deviances (minus twice the log density, less its least), shape of `raw`."""

    def log_density(self, raw: NDArray[np.float64], noise: ArrayLike) -> NDArray[np.float64]:
        """Log density of the observations up to a constant, shape (...)."""

    def estimate(self, raw: NDArray[np.float64]) -> NoiseValues:
        """Find the most probable coordinates of cells (n_cells,), under their priors."""

    def best_log_density(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density of rows (n_rows, n_cells) and of their most probable coordinates, shape (n_rows,)."""

    def information(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Information on each coordinate at cells (n_cells,), that of its prior among it, shape (n_coordinates,)."""

    def standardised(
        self, slopes: NDArray[np.float64], raw: NDArray[np.float64], noise: NoiseValues | None
    ) -> NDArray[np.float64]:
        """Turn derivatives of `raw`, shape (n_parameters, n_cells), into rows whose squares are Fisher's information.

        Without a noise, with the stated error.
        """

    def innovations(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Return what is new in each cell, of unit scale and independent where the errors are as assumed."""

    def residuals(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Model less data, in units of the standard error: the stated one of a gap, else as given or estimated."""

    def scaled(
        self, observed: NDArray[np.float64], simulated: NDArray[np.float64], noise: NoiseValues
    ) -> NDArray[np.float64]:
        """Return the residuals of other cells of the series, in the same units; NaN where there is none."""

    def size(self, noise: NoiseValues) -> float:
        """Return the standard error, stated, given or estimated.

        That of counts is what they scatter beyond Poisson's, a share of the mean; NaN where nothing can be beyond.
        """

    def ordinary(self, noise: NoiseValues) -> float:
        """Return what innovations lie within of zero with 95 %."""

    def predict(
        self,
        raw: NDArray[np.float64],
        simulated: NDArray[np.float64],
        years: NDArray[np.float64],
        noise: NDArray[np.float64],
        *,
        rng: np.random.Generator,
    ) -> NDArray[np.float64]:
        """Draw what will be observed in years after the cells.

        Parameters
        ----------
        raw
            Of the cells, shape (n_draws, n_cells).
        simulated
            Shape (n_draws, n_years), NaN in the row of a run that failed.
        years
            Increasing, after the last cell, shape (n_years,).
        noise
            Shape (n_draws, n_coordinates).
        rng
            Draws the errors.
        """

    def replicate(
        self, simulated: NDArray[np.float64], noise: NDArray[np.float64], *, rng: np.random.Generator
    ) -> NDArray[np.float64]:
        """Draw what the cells could have been, had history run again, shape of `simulated` (n_draws, n_cells)."""
