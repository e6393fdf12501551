"""Variables as PySD's XMILE reader holds them, with equations read by our grammar and their names looked up."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from lxml import etree
from pysd.translators.structures import abstract_expressions as ae
from pysd.translators.structures.abstract_model import AbstractComponent, AbstractElement, AbstractLookup
from pysd.translators.xmile.xmile_element import ControlElement, Element

from rcsd.names import canonical
from rcsd.simulation.reader.pysd_calls import Misread
from rcsd.simulation.reader.source import Fault
from rcsd.simulation.reader.xmile.equations.grammar import call, parse
from rcsd.simulation.reader.xmile.equations.nodes import Listed, Reference
from rcsd.simulation.reader.xmile.equations.place import ByElement, Place
from rcsd.simulation.reader.xmile.equations.reading import looked_up
from rcsd.simulation.reader.xmile.symbols import Symbol, Symbols
from rcsd.simulation.reader.xmile.tables import Table, table_of

_NS = "{*}"


def symbol_of(node: etree._Element) -> Symbol:
    """Return what references to a variable of the plain form have to know of it."""
    tables = {_subscripts(element): table for element in node.iterfind(f"{_NS}element") if (table := _table(element))}
    equations = any(element.find(f"{_NS}eqn") is not None for element in node.iterfind(f"{_NS}element"))
    dimensions = tuple(dim.get("name", "") for dim in node.iterfind(f"{_NS}dimensions/{_NS}dim"))
    same_as = node.get("same_as")
    return Symbol(
        node.get("name", ""),
        dimensions,
        tables,
        only_table=bool(tables) and not equations,
        same_as=None if same_as is None else canonical(same_as),
        scope=node.get("scope", ""),
        multiplier=node.get("multiplier", ""),
    )


class Variable(Element):  # type: ignore[misc]  # PySD publishes no types
    """A variable of the plain form.

    Parameters
    ----------
    node : element
        From `writing`.
    ns : dict
        The namespace, as PySD passes it on.
    symbols : Symbols
        Of its section.
    """

    def __init__(self, node: etree._Element, ns: dict[str, str], symbols: Symbols) -> None:
        super().__init__(node, ns, {name: list(d.elements) for name, d in symbols.dimensions.items()})
        self.symbols = symbols
        self.scope = node.get("scope", "")
        self.kind = etree.QName(node).localname
        self.non_negative = node.find(f"{_NS}non_negative") is not None
        self.limits = self._limits()
        found = symbols.find("", ("", self.name))
        self.symbol: Symbol = symbol_of(node) if found is None else found

    def _limits(self) -> tuple[float | None, float | None]:
        found = self.node.find(f"{_NS}range")
        ends = [None if found is None else found.get(key) for key in ("min", "max")]
        return (None if ends[0] is None else float(ends[0]), None if ends[1] is None else float(ends[1]))

    @property
    def flows(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of the inflows and of the outflows, as the stock writes them."""
        inflows, outflows = (
            tuple(each.text or "" for each in self.node.iterfind(f"{_NS}{tag}")) for tag in ("inflow", "outflow")
        )
        return inflows, outflows

    def parse(self, behaviors: Any = None) -> None:
        """Read every piece; one that asks for it, for each of its elements.

        Raises
        ------
        Misread
            Saying what cannot be read.
        """
        del behaviors  # the text before PySD has seen to them
        self.components: list[tuple[tuple[list[str], list[Any]], Any]] = []
        for element in self.node.iterfind(f"{_NS}element"):
            own = self._axes(_subscripts(element))
            try:
                pieces = list(self._read(element, own))
            except ByElement:
                each = itertools.product(*(self._members(subscript) for subscript in own))
                pieces = [piece for elements in each for piece in self._read(element, elements)]
            self.components += [((list(subscripts), []), ast) for subscripts, ast in pieces]
        if len(self.components) > 1 and self.kind == "aux":
            self.components = self._as_numbers() or self.components

    def _as_numbers(self) -> list[tuple[tuple[list[str], list[Any]], Any]] | None:
        """Return one piece for an array of which every element is a number; None for any other."""
        values = {tuple(subscripts): ast for (subscripts, _), ast in self.components}
        dimensions = [self.symbols.dimension(name) for name in self.symbol.dimensions]
        elements = [dimension.elements for dimension in dimensions if dimension is not None]
        cells = list(itertools.product(*elements)) if len(elements) == len(dimensions) else []
        numbers = [values.get(cell) for cell in cells]
        if len(values) != len(cells) or not all(isinstance(number, (int, float)) for number in numbers):
            return None
        array = np.array(numbers, dtype=np.float64).reshape([len(each) for each in elements])
        return [((list(self._axes(self.symbol.dimensions)), []), array)]

    def _axes(self, subscripts: tuple[str, ...]) -> tuple[str, ...]:
        """Tell two axes over one dimension apart."""
        axes: list[str] = []
        for i, subscript in enumerate(subscripts):
            is_range = self.symbols.dimension(subscript) is not None
            axes.append(self.symbols.alias(subscript, subscripts[: i + 1].count(subscript)) if is_range else subscript)
        return tuple(axes)

    def _members(self, subscript: str) -> tuple[str, ...]:
        dimension = self.symbols.dimension(subscript)
        return (subscript,) if dimension is None else dimension.elements

    def _read(self, element: etree._Element, subscripts: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        """Yield the pieces that one equation makes, each with its subscripts."""
        place = Place(self.symbols, self.scope, self.symbol, subscripts)
        table = _table(element)
        equation = element.findtext(f"{_NS}eqn")
        if equation is None:
            if table is not None:
                yield subscripts, table.abstract
            return
        node = parse(equation, place.known)
        values = list(self._listed(node, subscripts)) if isinstance(node, Listed) else [(subscripts, node)]
        for own, value in values:
            here = Place(self.symbols, self.scope, self.symbol, own)
            ast = looked_up(value, here)
            if (first := element.findtext(f"{_NS}init_eqn")) is not None and self.kind != "stock":
                ast = call("active_initial", ast, looked_up(parse(first, here.known), here))
            if table is not None:
                ast = ae.InlineLookupsStructure(ast, table.abstract)
            yield own, self._finished(ast, here)

    def _listed(self, node: Listed, subscripts: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        """Give each element of an array its value of a list, the last axis fastest."""
        elements = list(itertools.product(*(self._members(subscript) for subscript in subscripts)))
        if len(elements) != len(node.values):
            raise Misread(f"lists {len(node.values)} values for {len(elements)} elements")
        yield from zip(elements, node.values, strict=True)

    def _finished(self, ast: Any, place: Place) -> Any:
        """Make a stock of an initial value, and a flow never negative that says so."""
        if self.kind == "flow" and self.non_negative:
            return call("max", ast, 0.0)
        if self.kind != "stock":
            return ast
        inflows = [self._entering(name, place) for name in self.flows[0]]
        outflows = [self.flow(name, place) for name in self.flows[1]]
        return ae.IntegStructure(_balance(inflows, outflows), ast, self.non_negative)

    def flow(self, written: str, place: Place) -> Any:
        """Refer to a flow of the stock for the same elements; dots and blanks may stand in its name."""
        found = self.symbols.find(self.scope, (written.strip('"'),))
        path = ("", found.name) if found is not None else None
        return looked_up(Reference(path) if path else parse(_spelt(written), place.known), place)

    def _entering(self, written: str, place: Place) -> Any:
        """Refer to an inflow, in the unit of the stock."""
        flow = self.flow(written, place)
        found = self.symbols.find(self.scope, (written.strip('"'),))
        source = None if found is None else self.symbols.source(found)
        if source is None or not source.multiplier:
            return flow
        there = Place(self.symbols, source.scope, self.symbol, place.subscripts)
        return ae.ArithmeticStructure(["*"], (flow, looked_up(parse(source.multiplier, there.known), there)))

    def get_abstract_element(self) -> AbstractElement:
        """Return the variable as PySD's abstract model has it."""
        element = self._get_empty_abstract_element()
        for subscripts, ast in self.components:
            kind = AbstractLookup if isinstance(ast, ae.LookupsStructure) else AbstractComponent
            element.components.append(kind(subscripts=subscripts, ast=ast))
        return element


class Setting(ControlElement):  # type: ignore[misc]  # PySD publishes no types
    """INITIAL TIME and its like, read by our grammar."""

    def __init__(self, whole: ControlElement, symbols: Symbols) -> None:
        super().__init__(whole.name, whole.units, whole.documentation, whole.eqn)
        self._symbols = symbols

    def _smile_parser(self, expression: str) -> Any:
        place = Place(self._symbols)
        return looked_up(parse(expression, place.known), place)


def _balance(inflows: list[Any], outflows: list[Any]) -> Any:
    """Return the sum of the inflows less the outflows."""
    if not inflows and not outflows:
        return 0.0
    if not inflows:
        first = ae.ArithmeticStructure(["negative"], (outflows[0],))
        inflows, outflows = [first], outflows[1:]
    operators = ["+"] * (len(inflows) - 1) + ["-"] * len(outflows)
    return ae.ArithmeticStructure(operators, (*inflows, *outflows)) if operators else inflows[0]


def _spelt(name: str) -> str:
    """Write the name of a flow as one word, unless it is quoted or an expression."""
    bare = " ".join(name.split())
    return bare if set('"[(+-*/') & set(bare) else bare.replace(" ", "_")


def _subscripts(element: etree._Element) -> tuple[str, ...]:
    return tuple(sub.text or "" for sub in element.iterfind(f"{_NS}sub"))


def _table(element: etree._Element) -> Table | None:
    node = element.find(f"{_NS}gf")
    if node is None:
        return None
    plain = etree.fromstring(etree.tostring(node))
    for each in plain.iter():
        each.tag = etree.QName(each).localname
    table = table_of(plain, "")
    return None if isinstance(table, Fault) else table
