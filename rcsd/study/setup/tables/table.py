"""What was understood of somebody's table: its columns, and an account of what was read and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.shown import in_one_line
from rcsd.study.setup.tables.times import Times


@dataclass(frozen=True, slots=True, eq=False)
class TableColumn:
    """One quantity of a table, over time.

    Attributes
    ----------
    name : str
        Heading without its unit, in the spelling of the file.
    unit : str
        As the file has it, such as ``yi yuan`` or ``万人``; empty where it says none.
    times : Times
        n times, strictly increasing: those with a value.
    values : NDArray, shape (n,)
        Finite numbers, in `unit`.
    group : str
        Of what the quantity is, in a table with a further key, such as the name of a city; else empty.
    place : str
        Where it stands, for messages: ``column C``, ``row 5``, ``column C of sheet 'Data'``.
    """

    name: str
    unit: str
    times: Times
    values: NDArray[np.float64]
    group: str = ""
    place: str = ""

    def __len__(self) -> int:
        """Count the values."""
        return int(self.values.size)

    def __repr__(self) -> str:
        within = f"{self.times.labels[0]} to {self.times.labels[-1]}" if len(self) else "no value"
        return in_one_line("TableColumn", self.name, self.unit or "no unit", within, f"{len(self)} values")


@dataclass(frozen=True, slots=True, eq=False)
class DataTable:
    """A table as it was understood.

    Attributes
    ----------
    path : Path
        The file.
    columns : tuple of TableColumn
        In the order of the file; at least one, none of them empty.
    understood : tuple of str
        Sentences: encoding, separator, decimal mark, where headings, units and times stand.
    left_out : tuple of str
        Sentences: rows and columns that are no data, and why.
    doubts : tuple of str
        Choices that might be wrong, each with what would settle it.
    """

    path: Path
    columns: tuple[TableColumn, ...]
    understood: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of a further key, such as cities, in the order of the file; ``("",)`` where there is none."""
        return tuple(dict.fromkeys(column.group for column in self.columns))

    def of_group(self, group: str) -> tuple[TableColumn, ...]:
        """Columns of one group."""
        return tuple(column for column in self.columns if column.group == group)

    @property
    def account(self) -> str:
        """All sentences, one per line."""
        parts = [*self.understood, *(f"Left out: {each}" for each in self.left_out)]
        return "\n".join([*parts, *(f"In doubt: {each}" for each in self.doubts)])

    def __repr__(self) -> str:
        return in_one_line("DataTable", self.path.name, f"{len(self.columns)} columns", f"{len(self.doubts)} doubts")
