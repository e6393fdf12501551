"""What a filter assumes that the model leaves out: disturbances of stocks, and parameters that walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Kind
from rcsd.analysis.parameters import ParameterSpace
from rcsd.analysis.priors import FamilyOnSearch
from rcsd.errors import ParameterError
from rcsd.names import near_matches

Update = Literal["all", "named"]
"""Which stocks the data may correct: all that vary with what is observed, as the Kalman filter does, or those with a
disturbance of their own only."""


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Noise that a stock is given, independent from one interval to the next.

    Attributes
    ----------
    stock
        The model's stock.
    sd
        Standard deviation over one unit of time, at least 0; it grows with the root of the interval.
    kind
        "relative": of the stock's logarithm, and the filter works on logarithms of it; "absolute": of the stock.
    initial
        Standard deviation at the first time, on the same scale; 0 where the stock is known there.

    Raises
    ------
    ParameterError
        For a standard deviation below 0.
    """

    stock: str
    sd: float
    kind: Kind = "relative"
    initial: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no standard deviation."""
        for what, value in (("sd", self.sd), ("initial sd", self.initial)):
            _require_deviation(f"{what} of stock {self.stock!r}", value)


@dataclass(frozen=True, slots=True)
class Walk:
    """A parameter that changes slowly: on its search scale it goes on as ``m + memory (z - m) + sd e``.

    m is the value that a member began with; with memory 1 it is a random walk.

    Attributes
    ----------
    parameter
        Of the study's parameters; it stays within its bounds.
    sd
        Standard deviation of e over one unit of time, on the search scale.
    memory
        What is left after one unit of time of the distance from m, above 0 and at most 1.

    Raises
    ------
    ParameterError
        For a number out of range.
    """

    parameter: str
    sd: float
    memory: float = 1.0

    def __post_init__(self) -> None:
        """Refuse numbers out of range."""
        _require_deviation(f"sd of parameter {self.parameter!r}", self.sd)
        _require_memory(f"parameter {self.parameter!r}", self.memory)

    def spread(self, interval: float) -> float:
        """Return the sd of what is added over an interval; see `spread_over`."""
        return spread_over(self.sd, self.memory, interval)


@dataclass(frozen=True, slots=True)
class Gap:
    """What a series keeps differing from its variable by: ``memory b + sd e``, beside the error of each cell.

    It stands for a definition that is not the model's, or a structure that lasts; without it all that lasts is laid to
    stocks and parameters (bias estimation by an augmented state: Friedland, IEEE Trans. Autom. Control 14, 1969).

    Attributes
    ----------
    series
        Of a target.
    sd
        Standard deviation of e over one unit of time.
    kind
        That of the target: "relative", a difference of logarithms; "absolute", in the unit of the series.
    memory
        What is left of it after one unit of time, above 0 and at most 1.
    initial
        Standard deviation at the first time, where its mean is 0.

    Raises
    ------
    ParameterError
        For a number out of range.
    """

    series: str
    sd: float
    kind: Kind = "relative"
    memory: float = 1.0
    initial: float = 0.0

    def __post_init__(self) -> None:
        """Refuse numbers out of range."""
        for what, value in (("sd", self.sd), ("initial sd", self.initial)):
            _require_deviation(f"{what} of the gap of series {self.series!r}", value)
        _require_memory(f"gap of series {self.series!r}", self.memory)

    @property
    def name(self) -> str:
        """What it is called among the estimates."""
        return f"gap of {self.series}"

    def spread(self, interval: float) -> float:
        """Return the sd of what is added over an interval; see `spread_over`."""
        return spread_over(self.sd, self.memory, interval)


@dataclass(frozen=True, slots=True)
class Process:
    """What disturbs the model, and what the data may correct.

    Attributes
    ----------
    disturbances
        At most one per stock.
    walks
        At most one per parameter.
    space
        Scale and bounds of every parameter that walks or is corrected.
    estimated
        Parameters beside the walks that the data correct: those that the members differ in and that have not been
        fitted to the same data before.
    update
        Which stocks the data may correct.
    gaps
        At most one per series.
    inflation
        Factor on the distances of the members from their mean before each correction, at least 1 (Anderson & Anderson,
        Mon. Weather Rev. 127, 1999).

    Raises
    ------
    ParameterError
        For a stock, a parameter or a series named twice, a parameter that `space` does not have, or an inflation below
        1.
    """

    disturbances: tuple[Disturbance, ...]
    walks: tuple[Walk, ...] = ()
    space: ParameterSpace = field(default_factory=lambda: ParameterSpace(()))
    estimated: tuple[str, ...] = ()
    update: Update = "all"
    gaps: tuple[Gap, ...] = ()
    inflation: float = 1.0

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        _once([each.stock for each in self.disturbances], "stock")
        _once([each.parameter for each in self.walks], "parameter")
        _once([each.series for each in self.gaps], "series")
        for name in (*(each.parameter for each in self.walks), *self.estimated):
            if name not in self.space.names:
                hint = near_matches(name, self.space.names) or "add it to the parameters of the study"
                raise ParameterError(f"{name!r} is not among the parameters that vary; {hint}")
        if not (np.isfinite(self.inflation) and self.inflation >= 1):
            raise ParameterError(f"inflation is {self.inflation}: give a number of at least 1")

    @property
    def corrected(self) -> tuple[str, ...]:
        """Parameters that the data correct, in the order of the space."""
        named = {*(each.parameter for each in self.walks), *self.estimated}
        return tuple(name for name in self.space.names if name in named)

    def require_stocks(self, stocks: Sequence[str]) -> None:
        """Insist that every disturbed stock is one of the model.

        Raises
        ------
        ParameterError
            With the nearest names.
        """
        for each in self.disturbances:
            if each.stock not in stocks:
                seen = [stock for stock in stocks if "#" not in stock]
                hint = near_matches(each.stock, seen) or f"the stocks are {', '.join(seen) or 'none'}"
                raise ParameterError(f"{each.stock!r} is not a stock of the model; {hint}")

    def require_series(self, targets: Sequence[tuple[str, Kind]]) -> None:
        """Insist that every gap is that of a target, and of its kind.

        Raises
        ------
        ParameterError
            With the nearest names.
        """
        kinds = dict(targets)
        for each in self.gaps:
            if each.series not in kinds:
                hint = near_matches(each.series, list(kinds)) or f"the series are {', '.join(kinds)}"
                raise ParameterError(f"{each.series!r} is not a series that is observed; {hint}")
            if each.kind != kinds[each.series]:
                raise ParameterError(
                    f"the gap of series {each.series!r} is {each.kind}, the series {kinds[each.series]}: make them the "
                    "same"
                )


def prior_members(space: ParameterSpace, n: int, *, rng: np.random.Generator) -> dict[str, NDArray[np.float64]]:
    """Draw parameters from their priors, cut at the bounds; evenly on the search scale where there is none.

    Parameters
    ----------
    space
        Parameters, bounds and priors.
    n
        How many members.
    rng
        Decides the draws.

    Returns
    -------
    dict
        By parameter, natural scale, shape (n,).
    """
    from scipy.stats import truncnorm  # noqa: PLC0415 - slow to import, needed here alone

    found = {}
    for parameter in space.parameters:
        low, high = parameter.search_bounds
        prior = parameter.searched_prior
        if isinstance(prior, FamilyOnSearch):
            found[parameter.name] = prior.quantile(rng.random(n))
            continue
        if prior is None:
            z = rng.uniform(low, high, n)
        else:
            centre, sd = prior.centre, prior.sd
            z = truncnorm.rvs((low - centre) / sd, (high - centre) / sd, loc=centre, scale=sd, size=n, random_state=rng)
        found[parameter.name] = np.clip(parameter.from_search(z), parameter.lower, parameter.upper)
    return found


def spread_over(sd: float, memory: float, interval: float) -> float:
    """Return the sd of what an autoregression adds over an interval, such that two halves of it add up to the whole."""
    if memory == 1:
        return float(sd * np.sqrt(interval))
    kept = memory**2
    return float(sd * np.sqrt((1 - kept**interval) / (1 - kept)))


def _require_deviation(what: str, value: float) -> None:
    if not (np.isfinite(value) and value >= 0):
        raise ParameterError(f"the {what} is {value}: give a number of at least 0")


def _require_memory(what: str, value: float) -> None:
    if not 0 < value <= 1:
        raise ParameterError(f"the memory of {what} is {value}: give a number above 0 and at most 1")


def _once(names: Sequence[str], what: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ParameterError(f"the {what} {twice[0]!r} is named twice: keep one")
