"""A `Script` of an XMILE file -> the definitions of a Vensim file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Call, Expression, Lookup, Name, Points, with_children
from rcsd.simulation.ir.script import Script
from rcsd.simulation.writer.faults import Findings
from rcsd.simulation.writer.formula import Unsayable
from rcsd.simulation.writer.names import bare
from rcsd.simulation.writer.rewording import Rewording
from rcsd.simulation.writer.rewording.to_vensim import ALONE
from rcsd.simulation.writer.tables import Way, called_by_way, plain, way_of


class Assembly:
    """The definitions of a Vensim file.

    Parameters
    ----------
    script : Script
        Of an XMILE file.
    findings : Findings
        Gets what Vensim cannot say.
    """

    def __init__(self, script: Script, findings: Findings) -> None:
        self._definitions = script.definitions
        self._findings = findings
        self._reworded = Rewording("vensim", script.model.time)
        self._names = {canonical(definition.name) for definition in script.definitions}
        self._ways: dict[str, Way] = {}

    def definitions(self) -> list[Definition]:
        """Return the definitions in the order of the file; what one needs beside it stands before it."""
        for definition in self._definitions:
            if isinstance(definition.content, Points):
                with self._findings.at(definition):
                    self._table(definition)
        found: list[Definition] = []
        for definition in self._definitions:
            with self._findings.at(definition):
                found += self._written(definition)
        return found

    def _table(self, definition: Definition) -> None:
        """Note in which way a table is read."""
        assert isinstance(definition.content, Points)
        way = way_of(definition.content)
        known = self._ways.setdefault(canonical(definition.name), way)
        if known != way:
            raise Unsayable("has elements whose tables are read in several ways; make a table of each")

    def _written(self, definition: Definition) -> Iterator[Definition]:
        content = definition.content
        if isinstance(content, Points):
            yield replace(definition, content=plain(content))
        elif isinstance(content, Expression):
            whole = self._reworded(called_by_way(content, self._ways))
            beside = _Beside(definition, self._names)
            changed = beside.whole(whole)
            yield from beside.made
            yield replace(definition, content=changed)
        else:
            yield definition


class _Beside:
    """Makes the variables that an equation needs beside its own."""

    def __init__(self, owner: Definition, names: set[str]) -> None:
        self._owner = owner
        self._names = names
        self.made: list[Definition] = []

    def whole(self, expression: Expression) -> Expression:
        """Return an equation; what it calls may stand alone in it."""
        match expression:
            case Call(function, _) if function in ALONE:
                return with_children(expression, self._part)
            case Lookup(Points() as points, argument) if way_of(points) == "":
                return Lookup(points, self._part(argument))
        return self._part(expression)

    def _part(self, expression: Expression) -> Expression:
        inside = with_children(expression, self._part)
        match inside:
            case Call(function, _) if function in ALONE:
                return self._variable(ALONE[function], inside)
            case Lookup(Points() as points, argument):
                way = way_of(points)
                table = self._variable("table", plain(points))
                return Lookup(table, argument) if way == "" else Call(way, (table, argument))
        return inside

    def _variable(self, what: str, content: Expression | Points) -> Name:
        name = f"{bare(self._owner.name)} {what}"
        i = 1
        while canonical(name) in self._names:
            i += 1
            name = f"{bare(self._owner.name)} {what} {i}"
        self._names.add(canonical(name))
        self.made.append(replace(self._owner, name=name, content=content))
        return Name(name, self._owner.subscripts)
