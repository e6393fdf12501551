"""Kinds of errors by name, and the model of the errors of one series that a name and its settings make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.errors.coordinates import Coordinate, Correlation, LogGamma, LogNormal
from rcsd.analysis.calibration.errors.counts import CountErrors
from rcsd.analysis.calibration.errors.gap import GapErrors
from rcsd.analysis.calibration.errors.located import LocatedErrors
from rcsd.analysis.calibration.errors.model import ErrorModel
from rcsd.analysis.calibration.noise import FREEDOM, SCALE_SD, Cells
from rcsd.errors import ParameterError

Kind = Literal[
    "relative", "absolute", "normal", "log-normal", "student-t", "log-student-t", "poisson", "negative-binomial"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
GAPS: frozenset[Kind] = frozenset({"relative", "absolute"})
"""Kinds whose residuals go on as the gap between model and data does; they need a stated error."""

LOGARITHMS: frozenset[Kind] = frozenset({"relative", "log-normal", "log-student-t"})
"""Kinds that compare logarithms."""

COUNTS: frozenset[Kind] = frozenset({"poisson", "negative-binomial"})
"""Kinds of whole numbers."""

HEAVY: frozenset[Kind] = frozenset({"student-t", "log-student-t"})
"""Kinds with degrees of freedom."""

UNKNOWN_SD, UNKNOWN_SPAN = 3.0, 9.0
"""Prior of the logarithm of an error that nothing is stated of: normal around that of the spread of the series itself
with this standard deviation, cut at this distance. Ten cells without an error at all move it by 2 %."""

DISPERSION_RATE = 1.0
"""Of the exponential prior of the dispersion of counts where no error is stated: assumed."""

_FREEDOM_SHAPE, _FREEDOM_RATE = 2.0, 0.1
"""Gamma prior of estimated degrees of freedom (Juárez & Steel, J. Bus. Econ. Stat. 28, 2010)."""

_WHOLE = 1e-6  # share of a count by which it may be off a whole number, as a change of unit leaves it


@dataclass(frozen=True, slots=True)
class Spread:
    """What is known, and what is estimated, of the errors of a series; the kinds of `GAPS` know `weight` alone.

    Attributes
    ----------
    scale
        "estimated", the stated error being right within a factor 1.6 (one standard deviation), or "given": the stated
        error is it.
    autocorrelation
        From one period to the next, between -1 and 1, or "estimated".
    freedom
        Degrees of freedom of Student's t, or "estimated".
    weight
        By how much the log density of the series counts.

    Raises
    ------
    ParameterError
        For a number outside its range.
    """

    scale: Literal["given", "estimated"] = "estimated"
    autocorrelation: float | Literal["estimated"] = 0.0
    freedom: float | Literal["estimated"] = FREEDOM
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Check every number."""
        if self.autocorrelation != "estimated" and not -1 < self.autocorrelation < 1:
            raise ParameterError(
                f'autocorrelation is {self.autocorrelation:g}: it lies between -1 and 1, or write "estimated"',
                field="autocorrelation",
            )
        if self.freedom != "estimated" and not (np.isfinite(self.freedom) and self.freedom > 0):
            raise ParameterError(
                f'freedom is {self.freedom:g}: degrees of freedom are positive, or write "estimated"', field="freedom"
            )
        if not (np.isfinite(self.weight) and self.weight > 0):
            raise ParameterError(f"weight is {self.weight:g}: give a positive number", field="weight")


PLAIN_SPREAD = Spread()
"""The spread of a series of which a study says nothing."""


def require_possible(name: str, observed: NDArray[np.float64], kind: Kind, error: float | None, spread: Spread) -> None:
    """Refuse what a kind cannot be: an observation that it has no place for, an error that is missing or too much.

    Raises
    ------
    ParameterError
        That says what to write.
    """
    if kind not in KINDS:
        raise ParameterError(f"series {name!r} has the kind {kind!r}: there are {', '.join(KINDS)}", field="kind")
    if error is not None and not (np.isfinite(error) and error > 0):
        raise ParameterError(f"error of series {name!r} is {error}: give a positive standard error", field="error")
    if error is None and (kind in GAPS or (spread.scale == "given" and kind != "poisson")):
        raise ParameterError(
            f"series {name!r} has no error: give one, or a kind that estimates it, such as "
            f'"{"log-normal" if kind in LOGARITHMS else "normal"}" with scale = "estimated"',
            field="error",
        )
    if error is not None and kind == "poisson":
        raise ParameterError(
            f"series {name!r} has an error, but the scatter of Poisson's counts follows from their mean: leave the "
            'error out, or write kind = "negative-binomial"',
            field="error",
        )
    if kind in LOGARITHMS and np.any(observed <= 0):
        raise ParameterError(
            f"series {name!r} has observations that are not positive: use kind 'absolute' or drop them by a flag",
            field="kind",
        )
    if kind in COUNTS:
        wrong = (observed < 0) | (np.abs(observed - np.rint(observed)) > _WHOLE * np.maximum(1.0, np.abs(observed)))
        if np.any(wrong):
            raise ParameterError(
                f"series {name!r} has the observation {observed[wrong][0]:g}, which is no count: counts are whole "
                'numbers of 0 or more; give the series in single units, or another kind, such as "log-normal"',
                field="kind",
            )


def errors_of(
    cells: Cells, observed: NDArray[np.float64], kind: Kind, error: float | None, spread: Spread
) -> ErrorModel:
    """Make the model of a kind; what is not possible has been refused by `require_possible`."""
    weights = np.ones(observed.size) if cells.weights is None else cells.weights
    if kind in GAPS:
        return GapErrors(cells, observed, 1.0 if error is None else error, kind in LOGARITHMS)
    if kind in COUNTS:
        dispersion = 0.0 if kind == "poisson" else _dispersion(error, spread)
        return CountErrors(cells.years, np.rint(observed), dispersion, weights, spread.weight)
    logarithm = kind in LOGARITHMS
    return LocatedErrors(
        years=cells.years,
        observed=observed,
        logarithm=logarithm,
        error=_error(error, spread, np.log(observed) if logarithm else observed),
        autocorrelation=Correlation() if spread.autocorrelation == "estimated" else float(spread.autocorrelation),
        freedom=_freedom(spread) if kind in HEAVY else float("inf"),
        weights=weights,
        power=spread.weight,
    )


def spread_of(values: NDArray[np.float64]) -> float:
    """Return a first guess of an error of which nothing is stated: the standard deviation of the series itself."""
    deviation = float(np.std(values)) if values.size else 0.0
    size = float(np.max(np.abs(values), initial=0.0))
    return deviation if deviation > 1e-9 * size else size or 1.0


def _error(error: float | None, spread: Spread, level: NDArray[np.float64]) -> float | Coordinate:
    if error is None:
        return LogNormal("error", spread_of(level), UNKNOWN_SD, UNKNOWN_SPAN)
    return float(error) if spread.scale == "given" else LogNormal("error", error, SCALE_SD, UNKNOWN_SPAN)


def _dispersion(error: float | None, spread: Spread) -> float | Coordinate:
    """Return the square of the stated error of counts: their relative standard deviation beyond that of counting."""
    if error is None:
        return LogGamma("dispersion", 1.0, DISPERSION_RATE, 0.1, 1e-6, 1e3)
    given = error**2
    return given if spread.scale == "given" else LogNormal("dispersion", given, 2 * SCALE_SD, UNKNOWN_SPAN)


def _freedom(spread: Spread) -> float | Coordinate:
    if spread.freedom == "estimated":
        return LogGamma("freedom", _FREEDOM_SHAPE, _FREEDOM_RATE, FREEDOM, 1.0, 200.0)
    return float(spread.freedom)
