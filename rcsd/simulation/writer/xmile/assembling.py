"""A `Script` of a Vensim file -> the parts of an XMILE file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Call, Expression, Lookup, Name, Points, walk
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.ir.script import OUTSIDE, Script
from rcsd.simulation.writer.arrays import Arrays, Piece
from rcsd.simulation.writer.faults import Findings
from rcsd.simulation.writer.formula import Unsayable, formula
from rcsd.simulation.writer.names import bare
from rcsd.simulation.writer.rewording import Rewording
from rcsd.simulation.writer.rewording.patterns import sampled
from rcsd.simulation.writer.tables import called_by_name, one_way, read_by, ways_in
from rcsd.simulation.writer.xmile.parts import Equation, Part, Tag
from rcsd.simulation.writer.xmile.stocks import Flows, flows_of, initial_of, is_stock


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
        self._grouped: dict[str, list[Definition]] = {}
        for definition in script.definitions:
            self._grouped.setdefault(canonical(definition.name), []).append(definition)
        self.arrays = Arrays(script.definitions, script.model.ranges)

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
            if isinstance(node, Call) and node.function in ("integ", "sinteg"):
                raise Unsayable("has a stock within an equation; give the stock a variable of its own")
            if isinstance(node, Name) and node.name.endswith(OUTSIDE):
                raise Unsayable(f"uses {node.name} of the model within a macro; give it to the macro as an argument")
        return replace(definition, content=called_by_name(content))

    def _equation(self, piece: Piece, definition: Definition) -> Equation:
        elements = piece.elements or ()
        match piece.content:
            case Points():
                return Equation(elements, "", table=piece.content)
            case Lookup(Points() as points, argument):
                return Equation(elements, self._text(argument), table=points)
            case Call("active initial", (content, first)):
                return Equation(elements, self._text(content), initial=self._text(first))
            case Call("sample if true", (condition, content, first)):
                return Equation(elements, self._text(sampled(condition, content, first)))
        assert piece.content is not None
        return Equation(elements, self._text(piece.content))

    def _text(self, expression: Expression) -> str:
        return formula(self._reworded(expression), "xmile", strict=True)


def _is_table(definitions: Sequence[Definition]) -> bool:
    return any(isinstance(definition.content, Points) for definition in definitions)
