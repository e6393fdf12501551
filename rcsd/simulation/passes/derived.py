"""Functions that read a table, or the series of a data variable, in another way than by its name."""

from __future__ import annotations

from collections.abc import Mapping

from rcsd.simulation.functions import FUNCTIONS, Tabular
from rcsd.simulation.ir.derived import FIXED, derived, name_of
from rcsd.simulation.ir.expression import Call, Expression, Lookup, Name, Points, with_children
from rcsd.simulation.ir.literal import literal
from rcsd.simulation.ir.unsound import Unsound


class Readings:
    """The tables of a model, and those made of them: a `rcsd.simulation.functions.Tables`.

    Parameters
    ----------
    tables : dict of str to Points
        Points of every table so far; gets what is derived.
    constants : mapping of str to float
        For what must be known before a run.
    structural : set of str
        Gets the constants that were needed for that.
    """

    def __init__(
        self,
        tables: dict[str, Points],
        constants: Mapping[str, float],
        structural: set[str],
    ) -> None:
        self._tables = tables
        self._constants = constants
        self._structural = structural

    def read(self, table: Expression, kind: str, argument: Expression) -> Expression:
        """Return a reading of what is derived from a table."""
        own = self._name(table)
        name = name_of(own, kind)
        if name not in self._tables:
            self._tables[name] = derived(kind, self._tables[own])
        return Lookup(Name(name), argument)

    def points(self, table: Expression) -> Points:
        """Return the points of a table, and mark it as one that no run can exchange."""
        own = self._name(table)
        self._tables[name_of(own, FIXED)] = self._tables[own]
        return self._tables[own]

    def number(self, argument: Expression, what: str) -> float:
        """Return what an argument is before any run."""
        value = literal(argument, self._constants, self._structural)
        if value is None:
            raise Unsound(f"{what} must be a number, or arithmetic on constants")
        return value

    def _name(self, table: Expression) -> str:
        name = table.name if isinstance(table, Name) else ""
        for own in (name, f"{name}#table1"):  # that of a data variable, which is read at the time
            if own in self._tables:
                return own
        raise Unsound("a function of tables or data needs the name of one as its first argument", variable=name or None)


def with_readings(expression: Expression, readings: Readings) -> Expression:
    """Write such functions as readings of tables; a data variable that stands in them is no need of its value."""
    function = FUNCTIONS.get(expression.function) if isinstance(expression, Call) else None
    if isinstance(expression, Call) and function is not None and isinstance(function.how, Tabular):
        table, *others = expression.arguments
        return function.how.build(readings, table, *(with_readings(other, readings) for other in others))
    return with_children(expression, lambda child: with_readings(child, readings))
