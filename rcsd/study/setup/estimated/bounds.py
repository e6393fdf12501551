"""Within which bounds a constant or an initial value is searched, from what the model says or by a stated factor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from rcsd.analysis.parameters import Parameter
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.file.limits import limits_of
from rcsd.simulation.ir.model import Variable
from rcsd.study.setup.matching.words import words_of

FACTOR = 5.0
"""How far a positive constant without a documented range may lie from the model's value, either way."""
FROM_ZERO = 50.0
"""How far below the model's value the search begins where the model states a range from zero on."""
START_FACTOR = 3.0
"""The same for an initial value that the data show."""
FAR, NEARBY = 100.0, 3.0
"""How much further than its bounds a first trial fit looks for a constant, whose unit the table may not share, and for
an initial value that the data show."""
WIDER = 10.0
"""By how much a bound that was assumed gives way."""
_ROOM, _ROOMY = 0.05, 1.3
"""Share of a search interval, or factor, that must be left between a trial estimate and a bound."""
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
    is_assumed : bool
        Whether the bounds are a factor that was assumed, and may give way.
    most : float
        No upper bound lies above it, as no share is above 1.
    far : float
        How much further out the first trial fit looks.
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
    is_assumed: bool = True
    most: float = np.inf
    far: float = FAR

    @property
    def parameter(self) -> Parameter:
        """The same as a calibration takes it."""
        return Parameter(
            self.name,
            self.lower,
            self.upper,
            self.unit,
            self.source,
            self.scale,
            start=min(max(self.value if self.start is None else self.start, self.lower), self.upper),
        )

    def started(self, value: float) -> Bounded:
        """Return the same with another first value, four digits, within the bounds."""
        return replace(self, start=min(max(_rounded(value), self.lower), self.upper))

    def around(self, value: float | None) -> Bounded:
        """Return the same with a first value, and with bounds that leave it room."""
        if value is None:
            return self
        low, high = sorted((value / FACTOR, value * FACTOR))
        room = _ROOM * (self.upper - self.lower) if self.scale == "linear" else 0.0
        below = value < (self.lower + room if self.scale == "linear" else self.lower * _ROOMY)
        above = value > (self.upper - room if self.scale == "linear" else self.upper / _ROOMY)
        lower = min(self.lower, _rounded(low)) if below else self.lower
        upper = max(self.upper, min(_rounded(high), self.most)) if above else self.upper
        if (lower, upper) == (self.lower, self.upper) or not lower <= value <= upper:
            return self.started(value)
        words = f"{self.source}; widened, for a trial fit ended at {value:.4g}"
        return replace(self, lower=lower, upper=upper, scale=_scale(lower, upper), source=words).started(value)

    def widened(self, *, below: bool, above: bool, factor: float = WIDER) -> Bounded:
        """Return the same with bounds further out on the sides where trial fits end at them."""
        low = self.lower / factor if self.lower > 0 else self.lower * factor
        high = self.upper * factor if self.upper > 0 else self.upper / factor
        lower = _rounded(low) if below else self.lower
        upper = min(_rounded(high), self.most) if above else self.upper
        return replace(self, lower=lower, upper=upper, scale=_scale(lower, upper))


def of_constant(model: Model, variable: Variable) -> Bounded | None:
    """Bound a scalar constant; None where nothing says how."""
    value = variable.value
    if value is None or not np.isfinite(value):
        return None
    low, high, source = _documented(variable, value)
    stated_above = np.isfinite(high)
    if value:
        low, high = _guessed(variable, value, low, high)
    low = _of_time(model, variable, value, low)
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
        is_assumed=source.startswith("assumed"),
        most=1.0 if _is_share(variable, value) else high if stated_above else np.inf,
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
        name,
        variable.unit,
        at,
        lower,
        upper,
        _scale(lower, upper),
        f"assumed: {words}",
        variable.documentation,
        start=None if seen is None else _rounded(at),
        far=FAR if seen is None else NEARBY,
    )


def _documented(variable: Variable, value: float) -> tuple[float, float, str]:
    """Take the range that the model states, where its own value lies inside and the range is a range."""
    stated = limits_of(variable)
    if stated is None:
        return -np.inf, np.inf, f"assumed: a factor of {FACTOR:g} around the model's {value:.4g}"
    low, high = stated
    if not low <= value <= high or low == high or (value == high and low == 0):
        within = "ends with" if value == high else "does not hold"
        words = f"the stated range, {low:g} to {high:g}, {within} the model's own value"
        return -np.inf, np.inf, f"assumed: a factor of {FACTOR:g} around the model's {value:.4g}; {words}"
    if np.isfinite(low) and np.isfinite(high):
        said = f"range that the model states, {low:g} to {high:g}"
        if low == 0 < value and not _is_share(variable, value):
            least = min(value, high) / FROM_ZERO
            return least, high, f"{said}; from {least:.3g} on, for the search is by the logarithm"
        return low, high, said
    side = f"not {'below' if np.isfinite(low) else 'above'} {low if np.isfinite(low) else high:g}, as the model states"
    return low, high, f"assumed: a factor of {FACTOR:g} around the model's {value:.4g}, {side}"


def _guessed(variable: Variable, value: float, low: float, high: float) -> tuple[float, float]:
    """Put a factor in the place of an open side, and narrow a stated range that is endlessly wide."""
    near, far = sorted((value / FACTOR, value * FACTOR))
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    if _is_share(variable, value):
        far = min(far, 1.0)
    return max(low, near), min(high, far)


def _is_share(variable: Variable, value: float) -> bool:
    """Whether a constant is a share of something: between 0 and 1 and without a unit, or so named."""
    if not 0 < value < 1:
        return False
    return variable.unit.strip().casefold() in _SHARES and bool({"share", "probability"} & set(words_of(variable.name)))


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
