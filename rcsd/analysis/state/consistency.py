"""What came that had not been foreseen, and whether it is as large and as white as the filter expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rcsd.analysis.calibration import Target, whiteness
from rcsd.analysis.state.correction import Correction, Matrix
from rcsd.analysis.state.result import Consistency, Innovations


@dataclass(slots=True, eq=False)
class Surprises:
    """Gathers innovations while a filter runs.

    Attributes
    ----------
    targets
        Of the filter.
    log_likelihood
        Of all data so far.
    """

    targets: tuple[Target, ...]
    log_likelihood: float = 0.0
    _squared: float = 0.0
    _n_cells: int = 0
    _by_target: dict[int, list[tuple[float, float, float]]] = field(default_factory=dict)

    def add(self, time: float, targets: Sequence[int], predicted: Matrix, correction: Correction) -> None:
        """Add the cells of a time: which targets they are of, and what the members predicted, (member, cell)."""
        self.log_likelihood += correction.log_likelihood
        self._squared += correction.squared
        self._n_cells += len(targets)
        standardised = correction.innovation / np.sqrt(np.diag(correction.covariance))
        for target, median, value in zip(targets, np.median(predicted, axis=0), standardised, strict=True):
            self._by_target.setdefault(target, []).append((time, float(median), float(value)))

    def innovations(self) -> tuple[Innovations, ...]:
        """Return those of every series that had a cell."""
        return tuple(self._of(i, rows) for i, rows in sorted(self._by_target.items()))

    def _of(self, i: int, rows: list[tuple[float, float, float]]) -> Innovations:
        target, (times, medians, standardised) = self.targets[i], np.array(rows).T
        test = whiteness(standardised)
        return Innovations(
            series=target.series.name,
            variable=target.variable,
            times=times,
            observed=target.observed,
            predicted=np.exp(medians) if target.kind == "relative" else medians,
            standardised=standardised,
            lag_one=test.lag_one,
            p_white=test.p_value,
        )

    def consistency(self) -> Consistency:
        """Compare the sum of the normalised innovations squared with chi-squared.

        References
        ----------
        Bar-Shalom, Li & Kirubarajan, Estimation with Applications to Tracking and Navigation, 2001, section 5.4.
        """
        from scipy.stats import chi2  # noqa: PLC0415 - slow to import, needed here alone

        below = float(chi2.cdf(self._squared, self._n_cells)) if self._n_cells else float("nan")
        return Consistency(self._squared, self._n_cells, 2 * min(below, 1 - below))
