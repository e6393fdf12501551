"""Equations of one form, such as those of the elements of an array, kept as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from numpy.typing import NDArray

from rcsd.simulation.ir.expression import Expression, names_in
from rcsd.simulation.ir.system import Equation


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Equations that differ in their names and numbers only; none of them needs another one of them.

    Attributes
    ----------
    names : tuple of str
        What its members give a value to.
    expression : Expression
        The right-hand side of all: a `Name` (of a variable or a table) that is a key of `columns` stands for another
        name or number in every member; any other is common to all.
    columns : mapping of str to NDArray, shape (member,) or (member, term)
        Names, as objects, or numbers; one for each term where it stands in a
        `rcsd.simulation.ir.expression.Repeated`. Those of a `rcsd.simulation.ir.expression.Random` are the numbers
        of the streams, under `stream_column`.
    """

    names: tuple[str, ...]
    expression: Expression
    columns: Mapping[str, NDArray[Any]]

    @property
    def sources(self) -> Iterator[str]:
        """Every name that some member reads, those of tables included; one may come more than once."""
        for name in dict.fromkeys(name.name for name in names_in(self.expression)):
            column = self.columns.get(name)
            if column is None:
                yield name
            elif column.dtype == object:
                yield from column.flat


Unit: TypeAlias = Equation | Family
"""What engines evaluate at once."""


def stream_column(stream: int) -> str:
    """Return the key of `Family.columns` for the draw that has this number in its expression."""
    return f"~stream {stream}"
