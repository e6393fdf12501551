"""Variables that an equation needs beside its own: for calls that a language takes as whole equations only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Call, Expression, Lookup, Name, Points, with_children
from rcsd.simulation.ir.ranges import Ranges
from rcsd.simulation.writer.names import bare
from rcsd.simulation.writer.tables import plain, way_of


class Beside:
    """Makes the variables that one equation needs.

    Parameters
    ----------
    owner : Definition
        The equation.
    names : set of str
        Canonical names that are taken; gets those of new variables.
    alone : mapping of str to str
        Keys of functions whose calls stand alone, and what a variable for one is named after its owner.
    ranges : Ranges
        Of the model: what an equation for one element needs is no array.
    plain_tables : bool
        Whether tables are interpolated only, so that any other is read by a function.

    Attributes
    ----------
    made : list of Definition
        The new variables, each before what uses it.
    """

    def __init__(
        self, owner: Definition, names: set[str], alone: Mapping[str, str], ranges: Ranges, *, plain_tables: bool
    ) -> None:
        is_array = any(map(ranges.is_range, owner.subscripts))
        self._owner = owner if is_array else replace(owner, subscripts=(), exceptions=())
        self._called = " ".join((bare(owner.name), *(() if is_array else owner.subscripts)))
        self._names = names
        self._alone = alone
        self._plain_tables = plain_tables
        self.made: list[Definition] = []
        self._known: dict[Expression | Points, Name] = {}

    def whole(self, expression: Expression) -> Expression:
        """Return the equation; what it calls may stand alone in it.

        Raises
        ------
        Unsayable
            For a table that cannot be read as it is.
        """
        match expression:
            case Call(function, _) if function in self._alone:
                return with_children(expression, self._part)
            case Lookup(Points() as points, argument) if not self._plain_tables or way_of(points) == "":
                return Lookup(points, self._part(argument))
        return self._part(expression)

    def _part(self, expression: Expression) -> Expression:
        inside = with_children(expression, self._part)
        match inside:
            case Call(function, _) if function in self._alone:
                return self._variable(self._alone[function], inside)
            case Lookup(Points() as points, argument):
                way = way_of(points) if self._plain_tables else ""
                table = self._variable("table", plain(points) if self._plain_tables else points)
                return Lookup(table, argument) if way == "" else Call(way, (table, argument))
        return inside

    def _variable(self, what: str, content: Expression | Points) -> Name:
        if content in self._known:
            return self._known[content]
        name, i = f"{self._called} {what}", 1
        while canonical(name) in self._names:
            i += 1
            name = f"{self._called} {what} {i}"
        self._names.add(canonical(name))
        self.made.append(replace(self._owner, name=name, content=content))
        self._known[content] = Name(name, self._owner.subscripts)
        return self._known[content]
