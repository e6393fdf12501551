"""What a study takes from outside and does not estimate: drivers, and constants set by the data or the study file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.clock import IDENTITY, ONE, Clock, Span, ends_of


@dataclass(frozen=True, slots=True)
class DriverResult:
    """A series that drives the model from outside.

    Attributes
    ----------
    name, unit, years, values, flags
        The series, every cell of it; arrays of shape (n_cells,).
    table
        The model's lookup or data variable that it fills.
    process
        How a forecast goes on with it: "price" or "growth" (see `rcsd.study.file.schema.DrawnSection`); empty where it
        keeps its last value.
    clock, span
        What the periods are, and how long a cell stands for, ending with its period.
    """

    name: str
    unit: str
    years: NDArray[np.float64]
    values: NDArray[np.float64]
    flags: tuple[tuple[str, ...], ...]
    table: str
    process: str = ""
    clock: Clock = IDENTITY
    span: Span = ONE

    def known_at(self, origin: int) -> bool:
        """Whether every cell is there that has ended by a period."""
        last = float(self.years[-1])
        return last >= origin or not ends_of(self.clock, round(last) + 1, origin, self.span, [last])


@dataclass(frozen=True, slots=True)
class ConstantResult:
    """A constant that the study sets and does not estimate, for example an initial stock.

    `origin` says where the value is from: "population, 2000" (a cell of the data, with its `flags`) or "study".
    """

    name: str
    value: float
    unit: str
    source: str
    origin: str
    flags: tuple[str, ...] = ()
