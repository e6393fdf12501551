"""Other points in the tables of a system, and in what is derived from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from numpy.typing import ArrayLike

from rcsd.errors import ParameterError
from rcsd.names import canonical
from rcsd.simulation.ir.derived import FIXED, POINT, derived_beside, name_of
from rcsd.simulation.ir.expression import Points
from rcsd.simulation.ir.system import System
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulator import table_points


def replaced_points(system: System, tables: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> dict[str, Points]:
    """Return the points of the tables of a system that are others now: those given, and what is derived from them.

    Raises
    ------
    ParameterError
        For an unknown table, points that make no table, or a table whose points are part of the structure.
    """
    found: dict[str, Points] = {}
    for name, (x, y) in tables.items():
        table, points = _exchanged(system, name, x, y)
        if any(other.startswith(name_of(table, POINT)) for other in system.tables):
            raise ParameterError(f"{name!r} gets other points, and a run may set one of its own: do one of the two")
        if name_of(table, FIXED) in system.tables and system.tables[table] != points:
            raise ParameterError(
                f"the points of {name!r} are part of the structure, since a function such as GET DATA MEAN sums them "
                "up: give them when the simulator is made"
            )
        try:
            found |= {table: points, **derived_beside(system.tables, table, points)}
        except Unsound as error:
            raise ParameterError(f"{name!r}: {error.message}") from error
    return found


def _exchanged(system: System, name: str, x: ArrayLike, y: ArrayLike) -> tuple[str, Points]:
    """Name of a table in the system, and its points with new x and y."""
    # the table inside an equation WITH LOOKUP goes by the name of the variable
    known = {canonical(other.partition("#")[0]): other for other in reversed(list(system.tables))}
    table = known.get(canonical(name))
    if table is None:
        have = ", ".join(repr(other.partition("#")[0]) for other in system.tables)
        raise ParameterError(
            f"{name!r} is not a table or data variable of {system.name}; the model has "
            f"{have or 'none: write the driver as a table'}"
        )
    xs, ys = table_points(name, x, y)
    return table, replace(system.tables[table], x=tuple(xs.tolist()), y=tuple(ys.tolist()))
