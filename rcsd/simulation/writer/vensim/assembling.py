"""A `Script` of an XMILE file -> the definitions of a Vensim file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Expression, Points
from rcsd.simulation.ir.file.script import Script
from rcsd.simulation.writer.beside import Beside
from rcsd.simulation.writer.faults import Findings
from rcsd.simulation.writer.formula import Unsayable
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
        self._ranges = script.model.ranges
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
            whole = self._reworded(called_by_way(content, self._ways), definition)
            beside = Beside(definition, self._names, ALONE, self._ranges, plain_tables=True)
            changed = beside.whole(whole)
            yield from beside.made
            yield replace(definition, content=changed)
        else:
            yield definition
