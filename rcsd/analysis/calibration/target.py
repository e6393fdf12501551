"""An observed series as a target: which cells count, how much, and on what scale the model misses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.course import PLAIN, GapCourse
from rcsd.analysis.calibration.noise import Cells
from rcsd.analysis.series import ObservedSeries
from rcsd.errors import ParameterError

Kind = Literal["relative", "absolute"]


@dataclass(frozen=True, slots=True)
class Target:
    """Cells of one series that a model variable should reproduce.

    Attributes
    ----------
    series
        The cells of the fit window and no others.
    variable
        The model's variable.
    error
        Assumed standard error of an observation: a fraction for "relative", in units of the series for "absolute".
    kind
        "relative" compares logarithms, ln(S/A)/error; "absolute" differences, (S - A)/error.
    weights
        One per cell, at least 0; a cell of weight 0 is dropped.
    anchor
        A year before all cells that count in which the model meets the series by construction; None without one.
    course
        How the gap between model and data goes on.
    jump
        Yearly change of the series, of its logarithm under "relative", beyond which the gap jumps for good; None where
        none does.

    Raises
    ------
    ParameterError
        For an error that is not positive, weights that do not match the series, or an observation that has no
        logarithm under "relative".
    """

    series: ObservedSeries
    variable: str
    error: float
    kind: Kind
    weights: NDArray[np.float64]
    anchor: float | None = None
    course: GapCourse = PLAIN
    jump: float | None = None

    def __post_init__(self) -> None:
        name = self.series.name
        if not (np.isfinite(self.error) and self.error > 0):
            raise ParameterError(f"error of series {name!r} is {self.error}: give a positive standard error")
        if self.weights.shape != self.series.values.shape:
            raise ParameterError(
                f"series {name!r} has {len(self.series.values)} cells and {len(self.weights)} weights: one each"
            )
        if not np.all(np.isfinite(self.weights) & (self.weights >= 0)):
            raise ParameterError(f"weights of series {name!r} must be finite and at least 0, found {self.weights}")
        if self.kind == "relative" and np.any(self.observed <= 0):
            raise ParameterError(
                f"series {name!r} has observations that are not positive: use kind 'absolute' or drop them by a flag"
            )

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Mask over the cells of the series: those that count."""
        return np.asarray(self.weights > 0)

    @property
    def years(self) -> NDArray[np.float64]:
        """Years of the cells that count, shape (n_kept,)."""
        return self.series.years[self.kept]

    @property
    def observed(self) -> NDArray[np.float64]:
        """Observations that count, shape (n_kept,)."""
        return self.series.values[self.kept]

    def residuals(self, simulated: NDArray[np.float64]) -> NDArray[np.float64]:
        """Residuals of simulated values at `years`, in units of the stated error, whatever the weights.

        Parameters
        ----------
        simulated
            Shape (..., n_kept).

        Returns
        -------
        numpy.ndarray
            The same shape; NaN where the simulated value has no residual (not finite, or not positive under
            "relative").
        """
        return scaled_residuals(self.observed, simulated, error=self.error, kind=self.kind)

    @property
    def cells(self) -> Cells:
        """What the scatter of its residuals depends on."""
        kept = self.kept
        return Cells(
            years=self.years,
            flagged=self.series.flagged[kept],
            anchor=self.anchor,
            course=self.course,
            weights=self.weights[kept],
            jumps=self._jumps[kept],
        )

    @property
    def _jumps(self) -> NDArray[np.bool_]:
        """Cells that lie too far from the one before that counts, or that the model meets by construction."""
        found = np.zeros(self.weights.shape, dtype=np.bool_)
        if self.jump is None:
            return found
        known = np.flatnonzero(self.kept | (self.series.years == self.anchor))
        values = self.series.values[known]
        level = np.log(values) if self.kind == "relative" else values
        found[known[1:]] = np.abs(np.diff(level)) > self.jump * np.diff(self.series.years[known])
        return found


def scaled_residuals(
    observed: NDArray[np.float64], simulated: NDArray[np.float64], *, error: float, kind: Kind
) -> NDArray[np.float64]:
    """Unweighted residuals in units of the assumed standard error; NaN where there is none.

    Examples
    --------
    >>> scaled_residuals(np.array([100.0]), np.array([110.0]), error=5.0, kind="absolute")
    array([2.])
    """
    if kind == "absolute":
        return np.asarray((simulated - observed) / error)
    ratio = simulated / np.where(observed > 0, observed, np.nan)
    usable = np.isfinite(ratio) & (ratio > 0)
    return np.where(usable, np.log(np.where(usable, ratio, 1.0)), np.nan) / error
