"""Points of tables, and a factor on all of them.

What a table gives is linear in the y of its points. So a point that a run moves adds its rise times a table that is 1
at this point and 0 at every other: a hat. A table that is read backwards is not linear, and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rcsd.names import canonical, element_form
from rcsd.simulation.ir.derived import FIXED, POINT, derived, name_of
from rcsd.simulation.ir.expression import Arithmetic, Expression, Lookup, Name, Number, Points, walk, with_children
from rcsd.simulation.ir.model import Model
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.passes.settable.naming import Asked, asked

_OF_X_ALONE = "x"
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class _Moved:
    hat: str
    input_name: Name
    y: float


class SetPoints:
    """What runs may change about tables.

    Parameters
    ----------
    wanted
        Names of inputs; those that are no points and no factors of tables are left to others.
    tables
        Points of every table; gets the hats.
    constants
        Of the system; gets the inputs, each with the value of the model.
    """

    def __init__(self, wanted: Iterable[str], tables: dict[str, Points], constants: dict[str, float]) -> None:
        self._tables = tables
        self._moved: dict[str, list[_Moved]] = {}
        self._factors: dict[str, Name] = {}
        for each in map(asked, wanted):
            if each.what == "point":
                self._move(each, constants)
            elif each.what == "element" and each.how == "factor":
                self._multiply(each, constants)

    def _move(self, each: Asked, constants: dict[str, float]) -> None:
        own = next(iter(_own(each.variable, self._tables)), None)
        place = None if own is None else place_of(self._tables[own], each.x)
        if own is None or place is None:
            return
        points = self._tables[own]
        hat, name = name_of(own, f"{POINT}{place}"), each.input_of(own.removesuffix("#table1"))
        if name in constants:
            return
        self._tables[hat] = replace(points, y=tuple(float(i == place) for i in range(len(points.x))))
        constants[name] = points.y[place]
        self._moved.setdefault(own, []).append(_Moved(hat, Name(name), points.y[place]))

    def _multiply(self, each: Asked, constants: dict[str, float]) -> None:
        form, hat = canonical(each.variable), name_of("", POINT)
        own = [
            name
            for name in self._tables
            if hat not in name and canonical(name.partition("[")[0].partition("#")[0]) == form
        ]
        if own:
            factor = Name(each.input_of(own[0].partition("[")[0].partition("#")[0]))
            constants[factor.name] = 1.0
            self._factors |= dict.fromkeys(own, factor)

    def within(self, expression: Expression) -> Expression:
        """Return an equation whose readings of tables follow what runs set."""
        if not self._moved and not self._factors:
            return expression
        expression = with_children(expression, self.within)
        if not isinstance(expression, Lookup) or not isinstance(expression.table, Name):
            return expression
        own, kind = self._parted(expression.table.name)
        moved, factor = self._moved.get(own, []), self._factors.get(own)
        if (not moved and factor is None) or kind == _OF_X_ALONE:
            return expression
        if kind == "inverse":
            raise Unsound(f"the table {own!r} is read backwards, so no run can set its points", certain=True)
        read: Expression = expression
        for each in moved:
            hat = each.hat
            if kind:
                hat = name_of(hat, kind)
                self._tables.setdefault(hat, derived(kind, self._tables[each.hat]))
            rise = Arithmetic("-", each.input_name, Number(each.y))
            reading = replace(expression, table=Name(hat))
            read = Arithmetic("+", read, Arithmetic("*", rise, reading))
        return read if factor is None else Arithmetic("*", factor, read)

    def require_unfixed(self) -> None:
        """Refuse a table of which something is worked out before any run.

        Raises
        ------
        Unsound
            With its name.
        """
        for own in (*self._moved, *self._factors):
            if name_of(own, FIXED) in self._tables:
                raise Unsound(f"{own!r} is summed up before any run, so no run can set its points", certain=True)

    def _parted(self, table: str) -> tuple[str, str]:
        """Part the name of a table from what was derived of it."""
        if table in self._moved or table in self._factors:
            return table, ""
        own, _, kind = table.rpartition("#")
        return own, kind


def place_of(points: Points, x: float) -> int | None:
    """Return which of the points of a table stands at an x; None where none does."""
    size = max(map(abs, points.x), default=0.0)
    return next((i for i, own in enumerate(points.x) if abs(own - x) <= _SAME * size), None)


def points_of(model: Model, variable: str) -> Points | None:
    """Return the points of a table of a model, or of an equation that looks a value up in points of its own.

    Of a table with subscripts, those of its first definition.
    """
    form = canonical(variable.partition("[")[0])
    for definition in model.definitions:
        if canonical(definition.name) != form:
            continue
        content = definition.content
        if isinstance(content, Points):
            return content
        if isinstance(content, Expression):
            inside = [node.table for node in walk(content) if isinstance(node, Lookup)]
            return next((table for table in inside if isinstance(table, Points)), None)
    return None


def _own(variable: str, tables: dict[str, Points]) -> list[str]:
    """Find the table of a variable: its own, or the first one within its equation."""
    form = element_form(variable)
    return [name for name in tables if element_form(name) == form] or [
        name for name in tables if name.endswith("#table1") and element_form(name.removesuffix("#table1")) == form
    ]
