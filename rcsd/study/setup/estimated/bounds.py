"""Within which bounds a constant or an initial value is searched, from what the model says or by a stated factor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from rcsd.simulation.ir import Model
from rcsd.simulation.ir.file.limits import limits_of
from rcsd.simulation.ir.model import Variable

FACTOR = 5.0
"""How far a positive constant without a documented range may lie from the model's value, either way."""
START_FACTOR = 2.0
"""The same for an initial value that the data show."""
_DECADE = 20.0
"""Ratio of two positive bounds from which on the search is by the logarithm."""
_DIGITS = 4
_SHARES = frozenset({"", "dmnl", "dimensionless", "1", "fraction", "share", "percent of one"})

Scale = Literal["linear", "log"]


@dataclass(frozen=True, slots=True)
class Bounded:
    """What could be estimated, and where it is looked for.

    Attributes
    ----------
    name : str
        As a study file names it: a constant, or ``initial: Stock``.
    unit : str
        Of the model.
    value : float
        The model's own, or what the data show.
    lower, upper : float
        Bounds, around `value`.
    scale : str
        Of the search.
    source : str
        Where the bounds come from, for the study file.
    documentation : str
        The model's words.
    start : float or None
        First value to try, where it is not the model's own.
    """

    name: str
    unit: str
    value: float
    lower: float
    upper: float
    scale: Scale
    source: str
    documentation: str = ""
    start: float | None = None

    def narrowed(self, factor: float) -> Bounded:
        """Return the same with bounds no further than a factor from the value, where both have one sign."""
        low, high = sorted((self.value / factor, self.value * factor))
        lower, upper = max(self.lower, _rounded(low)), min(self.upper, _rounded(high))
        if self.value == 0 or not lower < upper:
            return self
        words = f"{self.source}; cut to a factor of {factor:g}, beyond which runs of the model fail"
        return replace(self, lower=lower, upper=upper, scale=_scale(lower, upper), source=words)


def of_constant(model: Model, variable: Variable) -> Bounded | None:
    """Bound a scalar constant; None where nothing says how."""
    value = variable.value
    if value is None or not np.isfinite(value):
        return None
    low, high, source = _documented(variable, value)
    low, high = (_guessed(variable, value, low, high)) if value else (low, high)
    low, high = _of_time(model, variable, value, low), high
    if not (np.isfinite(low) and np.isfinite(high) and low < high and low <= value <= high):
        return None
    lower, upper = _rounded(low), _rounded(high)
    return Bounded(
        variable.name,
        variable.unit,
        value,
        lower,
        upper,
        _scale(lower, upper),
        source,
        variable.documentation,
    )


def of_first(name: str, variable: Variable, value: float, *, seen: float | None, limits: Variable) -> Bounded | None:
    """Bound an initial value.

    Parameters
    ----------
    name
        As a study file names it.
    variable
        The stock, or the constant that it begins with.
    value
        The model's own.
    seen
        First observed value, where the data begin with the model; None where they do not show it.
    limits
        The stock, whose stated range holds.
    """
    at = value if seen is None else seen
    if not np.isfinite(at) or at == 0:
        return None
    factor = FACTOR if seen is None else START_FACTOR
    low, high = sorted((at / factor, at * factor))
    stated = limits_of(limits)
    if stated is not None and stated[0] < at < stated[1]:
        low, high = max(low, stated[0]), min(high, stated[1])
    words = f"{'model' if seen is None else 'first observed'} value {at:.4g}, and a factor of {factor:g} either way"
    lower, upper = _rounded(low), _rounded(high)
    if not lower < at < upper:
        return None
    return Bounded(
        name, variable.unit, at, lower, upper, _scale(lower, upper), f"assumed: {words}", variable.documentation
    )


def _documented(variable: Variable, value: float) -> tuple[float, float, str]:
    """Take the range that the model states, where its own value lies inside and the range is a range."""
    stated = limits_of(variable)
    if stated is None:
        return -np.inf, np.inf, f"assumed: a factor of {FACTOR:g} around the model's {value:.4g}"
    low, high = stated
    if not low <= value <= high or low == high:
        words = f"the stated range, {low:g} to {high:g}, does not hold the model's own value"
        return -np.inf, np.inf, f"assumed: a factor of {FACTOR:g} around the model's {value:.4g}; {words}"
    if np.isfinite(low) and np.isfinite(high):
        return low, high, f"range that the model states, {low:g} to {high:g}"
    side = f"not {'below' if np.isfinite(low) else 'above'} {low if np.isfinite(low) else high:g}, as the model states"
    return low, high, f"assumed: a factor of {FACTOR:g} around the model's {value:.4g}, {side}"


def _guessed(variable: Variable, value: float, low: float, high: float) -> tuple[float, float]:
    """Put a factor in the place of an open side, and narrow a stated range that is endlessly wide."""
    near, far = sorted((value / FACTOR, value * FACTOR))
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    is_share = 0 < value < 1 and variable.unit.strip().casefold() in _SHARES
    if is_share:
        far = min(far, 1.0)
    return max(low, near), min(high, far)


def _of_time(model: Model, variable: Variable, value: float, low: float) -> float:
    """Keep a duration above two steps of the model: a shorter one cannot be integrated."""
    unit = variable.unit.strip().casefold().rstrip("s")
    if unit and unit == model.time.unit.strip().casefold().rstrip("s") and value > 2 * model.time.step:
        return max(low, 2 * model.time.step)
    return low


def _scale(lower: float, upper: float) -> Scale:
    return "log" if lower > 0 and upper / lower >= _DECADE else "linear"


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
