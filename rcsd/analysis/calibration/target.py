"""An observed series as a target: which cells count, how much, and on what scale the model misses them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.course import PLAIN, GapCourse
from rcsd.analysis.calibration.errors.kinds import LOGARITHMS, PLAIN_SPREAD, Kind, Spread, errors_of, require_possible
from rcsd.analysis.calibration.errors.model import ErrorModel
from rcsd.analysis.calibration.noise import Cells
from rcsd.analysis.series import ObservedSeries
from rcsd.errors import ParameterError


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
        Assumed standard error of an observation: a fraction where logarithms are compared and for counts, else in units
        of the series. None where it is estimated and nothing is stated.
    kind
        "relative" compares logarithms, ln(S/A)/error, "absolute" differences, (S - A)/error, and both let the gap go on
        as `course` says; the others are `rcsd.analysis.calibration.errors.kinds`.
    weights
        One per cell, at least 0; a cell of weight 0 is dropped.
    anchor
        A year before all cells that count in which the model meets the series by construction; None without one.
    course
        How the gap between model and data goes on.
    jump
        Yearly change of the series, of its logarithm under "relative", beyond which the gap jumps for good; None where
        none does.
    spread
        What is given and what is estimated of the errors, and by how much the series counts.

    Raises
    ------
    ParameterError
        For an error that is not positive, weights that do not match the series, or an observation that the kind has no
        place for.
    """

    series: ObservedSeries
    variable: str
    error: float | None
    kind: Kind
    weights: NDArray[np.float64]
    anchor: float | None = None
    course: GapCourse = PLAIN
    jump: float | None = None
    spread: Spread = PLAIN_SPREAD

    def __post_init__(self) -> None:
        name = self.series.name
        if self.weights.shape != self.series.values.shape:
            raise ParameterError(
                f"series {name!r} has {len(self.series.values)} cells and {len(self.weights)} weights: one each"
            )
        if not np.all(np.isfinite(self.weights) & (self.weights >= 0)):
            raise ParameterError(f"weights of series {name!r} must be finite and at least 0, found {self.weights}")
        require_possible(name, self.observed, self.kind, self.error, self.spread)

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

    @property
    def stated(self) -> float:
        """The stated error.

        Raises
        ------
        ParameterError
            Where there is none.
        """
        if self.error is None:
            raise ParameterError(f"series {self.series.name!r} states no error: give one", field="error")
        return self.error

    @property
    def errors(self) -> ErrorModel:
        """How its cells scatter around the model."""
        return errors_of(self.cells, self.observed, self.kind, self.error, self.spread)

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
            power=self.spread.weight,
        )

    @property
    def _jumps(self) -> NDArray[np.bool_]:
        """Cells that lie too far from the one before that counts, or that the model meets by construction."""
        found = np.zeros(self.weights.shape, dtype=np.bool_)
        if self.jump is None:
            return found
        known = np.flatnonzero(self.kept | (self.series.years == self.anchor))
        values = self.series.values[known]
        level = np.log(values) if self.kind in LOGARITHMS else values
        found[known[1:]] = np.abs(np.diff(level)) > self.jump * np.diff(self.series.years[known])
        return found
