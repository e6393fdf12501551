"""A `Script` of a Vensim file -> the parts of an XMILE file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Call, Expression, Lookup, Name, Points, walk
from rcsd.simulation.ir.file.script import OUTSIDE, Script
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.writer.arrays import Arrays, Piece
from rcsd.simulation.writer.beside import Beside
from rcsd.simulation.writer.faults import Findings
from rcsd.simulation.writer.formula import Unsayable, formula
from rcsd.simulation.writer.names import bare
from rcsd.simulation.writer.rewording import Rewording
from rcsd.simulation.writer.rewording.patterns import sampled
from rcsd.simulation.writer.tables import called_by_name, one_way, read_by, ways_in
from rcsd.simulation.writer.xmile.parts import Equation, Part, Tag
from rcsd.simulation.writer.xmile.stocks import Flows, flows_of, initial_of, is_stock

_ALONE = {"integ": "level", "sinteg": "level", "sample if true": "sampled", "active initial": "active"}
"""Calls that are a whole variable in XMILE, and what a variable for one is named after its owner."""


class Assembly:
    """The parts of an XMILE file.

    Parameters
    ----------
    script : Script
        Of a Vensim file.
    findings : Findings
        Gets what XMILE cannot say.

    Attributes
    ----------
    arrays : Arrays
        With the dimensions of every variable.
    """

    def __init__(self, script: Script, findings: Findings) -> None:
        self._script = script
        self._findings = findings
        self._reworded = Rewording("xmile", script.model.time)
        self._ways = ways_in(script.definitions)
        definitions = list(self._apart(script.definitions))
        self._grouped: dict[str, list[Definition]] = {}
        for definition in definitions:
            self._grouped.setdefault(canonical(definition.name), []).append(definition)
        self.arrays = Arrays(definitions, script.model.ranges)

    def _apart(self, definitions: Sequence[Definition]) -> Iterator[Definition]:
        """Give what XMILE takes as a whole variable only, a stock for one, a variable of its own."""
        names = {canonical(definition.name) for definition in definitions}
        for definition in definitions:
            if not isinstance(definition.content, Expression):
                yield definition
                continue
            with self._findings.at(definition):
                beside = Beside(definition, names, _ALONE, self._script.model.ranges, plain_tables=False)
                whole = beside.whole(definition.content)
                yield from beside.made
                yield replace(definition, content=whole)

    def parts(self) -> list[Part]:
        """Return the variables in the order of the file; the net flow of a stock follows it."""
        stocks = {form: own for form, own in self._grouped.items() if is_stock(own)}
        plain = {form for form, own in self._grouped.items() if form not in stocks and not _is_table(own)}
        flows = flows_of(stocks, self.arrays.dimensions, plain, self._grouped.keys())
        tags = {canonical(name) for each in flows.values() for name in (*each.inflows, *each.outflows)}
        parts = []
        for form, definitions in self._grouped.items():
            variable = self._script.model.get(definitions[0].name)
            own = flows.get(form)
            if own is not None and own.net:
                self.arrays.dimensions[canonical(own.net[0].name)] = self.arrays.dimensions[form]
            initial = definitions if own is None else [*map(initial_of, definitions)]
            tag: Tag = "stock" if own is not None else "flow" if form in tags else "aux"
            parts.append(self._part(Part(tag, bare(definitions[0].name), ()), initial, variable, own))
            if own is not None and own.net:
                parts.append(self._net(own.net, variable))
        if "GAME" in self._reworded.dropped:
            self._findings.note("GAME has no counterpart: its argument is written, which a game cannot change")
        return parts

    def _part(self, part: Part, own: Sequence[Definition], variable: Variable | None, flows: Flows | None) -> Part:
        equations = [equation for definition in own for equation in self.equations(definition)]
        if all(equation.elements for equation in equations):
            equations.sort(key=lambda equation: self.arrays.place(own[0].name, equation.elements))
        whole = replace(part, equations=tuple(equations), dimensions=self.arrays.dimensions[canonical(own[0].name)])
        if flows is not None:
            whole = replace(whole, inflows=tuple(map(bare, flows.inflows)), outflows=tuple(map(bare, flows.outflows)))
        if variable is None:
            return whole
        return replace(whole, unit=variable.unit, documentation=variable.documentation, limits=variable.limits)

    def _net(self, pieces: Sequence[Definition], stock: Variable | None) -> Part:
        """Write the net flow of a stock, in its unit by that of time."""
        unit, time = (stock.unit if stock else ""), self._script.model.time.unit
        rate = f"{unit}/{time}" if unit and time and "/" not in unit else ""
        name = pieces[0].name
        self._findings.note(f"the rate of {stock.name if stock else name!r} is a flow of its own now: {name!r}")
        return self._part(Part("flow", name, (), unit=rate), pieces, None, None)

    def equations(self, definition: Definition) -> list[Equation]:
        """Write one definition: an equation for all, or one for each element."""
        with self._findings.at(definition):
            prepared = self._prepared(definition)
            return [self._equation(piece, definition) for piece in self.arrays.pieces(prepared)]
        return []

    def _prepared(self, definition: Definition) -> Definition:
        """Have tables read by their names, and refuse what no later step could tell."""
        content = definition.content
        if content is None:
            raise Unsayable(
                "is a data variable whose series comes from outside the file, which XMILE has no form for; give it "
                "a table over Time"
            )
        if isinstance(content, Points):
            return replace(definition, content=read_by(content, one_way(self._ways, definition.name)))
        if not isinstance(content, Expression):
            return definition
        for node in walk(content):
            if isinstance(node, Name) and node.name.endswith(OUTSIDE):
                raise Unsayable(f"uses {node.name} of the model within a macro; give it to the macro as an argument")
        return replace(definition, content=called_by_name(content))

    def _equation(self, piece: Piece, definition: Definition) -> Equation:
        elements = piece.elements or ()

        def text(expression: Expression) -> str:
            return formula(self._reworded(expression, definition), "xmile", strict=True)

        match piece.content:
            case Points():
                return Equation(elements, "", table=piece.content)
            case Lookup(Points() as points, argument):
                return Equation(elements, text(argument), table=points)
            case Call("active initial", (content, first)):
                return Equation(elements, text(content), initial=text(first))
            case Call("sample if true", (condition, content, first)):
                own = Name(definition.name, piece.elements or definition.subscripts)
                return Equation(elements, text(sampled(condition, content, first, own)))
        assert piece.content is not None
        return Equation(elements, text(piece.content))


def _is_table(definitions: Sequence[Definition]) -> bool:
    return any(isinstance(definition.content, Points) for definition in definitions)
