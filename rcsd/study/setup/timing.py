"""How the times of a table go with the time of a model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import StudyError
from rcsd.simulation.ir import TimeAxis
from rcsd.study.setup.tables import TableColumn, Times


@dataclass(frozen=True, slots=True)
class StudyTime:
    """The clock of a proposed study.

    Attributes
    ----------
    section : dict
        Content of ``[time]``; empty where a period is one unit of the model's time.
    shift : float
        What is added to plain numbers of the table.
    why : str
        In a sentence.
    doubts : tuple of str
        What might be wrong.
    """

    section: dict[str, Any] = field(default_factory=dict)
    shift: float = 0.0
    why: str = ""
    doubts: tuple[str, ...] = ()

    def labels(self, times: Times) -> tuple[str, ...]:
        """Return times as the data file has them."""
        return tuple(f"{position + self.shift:.10g}" for position in times.positions)

    def periods(self, times: Times) -> NDArray[np.int_]:
        """Return the periods of times by the study's clock, shape (n,)."""
        return np.round(times.positions + self.shift).astype(np.int_)

    def reach(self, axis: TimeAxis) -> tuple[float, float]:
        """Return the first and the last period that a model reaches."""
        return float(np.ceil(axis.start - 1e-6)), float(np.floor(axis.stop + 1e-6))

    def to_model(self, periods: NDArray[np.int_]) -> NDArray[np.float64]:
        """Return the model's time at periods."""
        return periods.astype(np.float64)

    def written(self, period: int) -> int | float | str:
        """Return a period as the study file has it."""
        return period


def study_time(columns: tuple[TableColumn, ...], axis: TimeAxis) -> StudyTime:
    """Find out how the times of columns go with a model's axis."""
    positions = np.unique(np.concatenate([column.times.positions for column in columns]))
    if not np.allclose(positions, np.round(positions)):
        raise StudyError("times between whole numbers are not read yet")
    inside = positions[(positions >= axis.start) & (positions <= axis.stop)]
    if inside.size:
        return StudyTime(why="the table's times are the model's")
    return StudyTime(shift=axis.start - float(positions[0]), why="the model starts with the first row of the table")
