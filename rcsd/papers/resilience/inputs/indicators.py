"""What an assessment consists of: systems of indicators, and the cities and years they are taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rcsd.papers.resilience.index.normalisation import Direction
from rcsd.papers.resilience.inputs.formula import Formula

Later = Literal["model", "hold", "trend"]
"""How an indicator goes on after the data: computed from forecast series, held at the mean of its last years, or along
the straight line through them."""


@dataclass(frozen=True, slots=True)
class System:
    """One system of the index, such as A1."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a system.

    Attributes
    ----------
    code, name, system
        The system by its code.
    formula
        Over the series of the data; None for an indicator that cannot be had.
    direction
        Which values are the better ones.
    unit, source
        Of the indicator; which table, page or text asks for it.
    later
        How it goes on after the data.
    missing
        Why it cannot be had; empty for one that can.
    """

    code: str
    name: str
    system: str
    formula: Formula | None
    direction: Direction
    unit: str
    source: str
    later: Later = "hold"
    missing: str = ""


@dataclass(frozen=True, slots=True)
class LaterYears:
    """The years after the data.

    Attributes
    ----------
    last
        Up to which the index is forecast.
    summary
        First and last of the years that tables average.
    hold_years
        Last years with a value that an indicator is held at, or trended along.
    """

    last: int
    summary: tuple[int, int]
    hold_years: int


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """An indicator file.

    Attributes
    ----------
    path
        The file.
    title, documentation
        What is assessed.
    first, last
        Years assessed.
    data
        The series.
    cities
        Names for people, by the names of the data.
    systems, indicators
        In the order of the file; the indicators that cannot be had among them.
    flags
        What each flag of the data does to a cell.
    later
        The years after the data.
    studies
        By city: name or path of the study that forecasts its series.
    claims
        A file of what others say of the same cities; None without one.
    sha256
        Of the files as they were read, by path.
    """

    path: Path
    title: str
    documentation: str
    first: int
    last: int
    data: Path
    cities: Mapping[str, str]
    systems: tuple[System, ...]
    indicators: tuple[Indicator, ...]
    flags: Mapping[str, Literal["keep", "drop"]]
    later: LaterYears
    studies: Mapping[str, str]
    claims: Path | None
    sha256: Mapping[Path, str]

    @property
    def present(self) -> tuple[Indicator, ...]:
        """The indicators that can be had."""
        return tuple(each for each in self.indicators if each.formula is not None)

    @property
    def missing(self) -> tuple[Indicator, ...]:
        """Those that cannot."""
        return tuple(each for each in self.indicators if each.formula is None)

    def members(self, system: str) -> tuple[int, ...]:
        """Places of a system's indicators among those present."""
        return tuple(i for i, each in enumerate(self.present) if each.system == system)

    def listed(self, system: str) -> int:
        """How many indicators a system has, missing ones among them."""
        return sum(each.system == system for each in self.indicators)
