"""One variable of a file: its equations, its graphical functions, what flows in and out."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from lxml import etree

from rcsd.names import canonical
from rcsd.simulation.reader.source import Fault
from rcsd.simulation.reader.xmile.equations.tokens import without_comments
from rcsd.simulation.reader.xmile.symbols import Dimension
from rcsd.simulation.reader.xmile.tables import Table, table_of

Kind = Literal["stock", "flow", "aux"]
TAGS = ("stock", "flow", "aux", "gf")
_INDEX = re.compile(r"[0-9]{1,9}")
_MOST_ELEMENTS = 1_000_000
_KINDS_OF_STOCK = ("conveyor", "queue", "oven")


@dataclass(frozen=True, slots=True)
class Piece:
    """A variable, or the elements of it that one equation defines.

    Attributes
    ----------
    subscripts : tuple of str
        A dimension or an element for each axis.
    equation : str
        Without comments; empty when the piece is a table.
    initial : str
        Its equation at the initial time, if that is another.
    table : Table or None
        The graphical function that the value of the equation goes through.
    """

    subscripts: tuple[str, ...]
    equation: str
    initial: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A variable as the file has it, in the place that its module gives it.

    Attributes
    ----------
    kind : {"stock", "flow", "aux"}
        What it is.
    name : str
        With its module.
    scope : str
        The module; empty in the main model.
    line : int
        Where it stands.
    dimensions : tuple of str
        In order.
    pieces : tuple of Piece
        At least one.
    inflows, outflows : tuple of str
        As the stock names them.
    non_negative : bool
        Whether a flow is never negative, or a stock keeps its outflows from taking more than there is.
    unit, documentation : str
        As in the file.
    limits : tuple of float or None
        Least and greatest value that make sense.
    same_as : str or None
        Name of the variable that it is connected to.
    multiplier : str
        Of a flow, what turns its unit into that of the stock that it flows into.
    """

    kind: Kind
    name: str
    scope: str
    line: int
    dimensions: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()
    non_negative: bool = False
    unit: str = ""
    documentation: str = ""
    limits: tuple[float | None, float | None] = (None, None)
    same_as: str | None = None
    multiplier: str = ""


@dataclass(slots=True)
class PartReader:
    """Reads variables; gathers what is wrong with them.

    Attributes
    ----------
    dimensions : mapping of str to Dimension
        By canonical name.
    faults : list of Fault
        What has been found.
    other_stocks : bool
        Whether there was a conveyor, a queue or an oven.
    """

    dimensions: Mapping[str, Dimension]
    faults: list[Fault] = field(default_factory=list)
    other_stocks: bool = False

    def read(self, node: etree._Element, scope: str, non_negative: bool) -> Part:
        """Read a variable of a module; `non_negative` is what holds when the file does not say for this one."""
        own = named(node)
        name = f"{scope}.{own}" if scope else own
        for stock in _KINDS_OF_STOCK:
            if node.find(stock) is not None:
                self.other_stocks = True
                self._fault(node, name, f"is a {stock}, which PySD would run as a plain stock: write it as a delay")
        if canonical(own) == "time":
            self._fault(node, name, "has the name of the simulation time; rename it")
        dimensions = self._dimensions(node, name)
        if (count := math.prod(len(dimension.elements) for dimension in dimensions)) > _MOST_ELEMENTS:
            self._fault(node, name, f"has {count} elements; {_MOST_ELEMENTS} at most")
            dimensions = []
        kind: Kind = "stock" if node.tag == "stock" else "flow" if node.tag == "flow" else "aux"
        return Part(
            kind=kind,
            name=name,
            scope=scope,
            line=node.sourceline or 1,
            dimensions=tuple(dimension.name for dimension in dimensions),
            pieces=self._pieces(node, name, dimensions),
            inflows=_texts(node, "inflow"),
            outflows=_texts(node, "outflow"),
            non_negative=is_non_negative(node, non_negative) if kind != "aux" else False,
            unit=_text(node, "units"),
            documentation=_text(node, "doc"),
            limits=_limits(node),
            multiplier=_equation(node.find("multiplier")) if kind == "flow" else "",
        )

    def _fault(self, node: etree._Element, name: str, message: str) -> None:
        self.faults.append(Fault(node.sourceline, name, message))

    def _dimensions(self, node: etree._Element, name: str) -> list[Dimension]:
        """Return the dimensions of a variable; where it names none, those that have all the elements it uses."""
        found = []
        for dim in node.iterfind("dimensions/dim"):
            dimension = self.dimensions.get(canonical(dim.get("name", "")))
            if dimension is None:
                self._fault(
                    dim, name, f"has the dimension {dim.get('name', '')!r}, which is not defined under <dimensions>"
                )
            else:
                found.append(dimension)
        elements = [_subscripts(element) for element in node.iterfind("element")]
        if found or not elements or len({len(own) for own in elements}) > 1:
            return found
        for axis in zip(*elements, strict=True):
            dimension = next((d for d in self.dimensions.values() if all(d.element(e) for e in axis)), None)
            if dimension is None:
                self._fault(node, name, f"has equations for {', '.join(axis)}, but no <dimensions>")
                return []
            found.append(dimension)
        return found

    def _pieces(self, node: etree._Element, name: str, dimensions: list[Dimension]) -> tuple[Piece, ...]:
        table = node if node.tag == "gf" else node.find("gf")
        general = None if table is None else self._table(table, name)
        names = tuple(dimension.name for dimension in dimensions)
        equations = [_equation(eqn) for eqn in node.iterfind("eqn")]
        initial = _equation(node.find("init_eqn"))
        if len(equations) > 1 and dimensions and len(equations) == len(dimensions[0].elements):
            return tuple(
                Piece((element, *names[1:]), equation, initial, general)
                for element, equation in zip(dimensions[0].elements, equations, strict=True)
            )
        whole = Piece(names, equations[0] if equations else "", initial, general)
        pieces = [self._element(element, name, dimensions, general) for element in node.iterfind("element")]
        if not pieces:
            return (whole,)
        if not whole.equation:
            return tuple(pieces)
        # an element may have a graphical function alone: the one equation of the array goes through it
        pieces = [
            each if each.equation else replace(each, equation=whole.equation, initial=each.initial or initial)
            for each in pieces
        ]
        given = {tuple(map(canonical, piece.subscripts)) for piece in pieces}
        others = itertools.product(*(dimension.elements for dimension in dimensions))
        rest = [Piece(e, whole.equation, initial, general) for e in others if tuple(map(canonical, e)) not in given]
        return (*pieces, *rest)

    def _element(self, node: etree._Element, name: str, dimensions: list[Dimension], general: Table | None) -> Piece:
        given = _subscripts(node)
        spelt = [_element(dimension, own) for dimension, own in zip(dimensions, given, strict=False)]
        if len(given) != len(dimensions) or None in spelt:
            inside = " x ".join(dimension.name for dimension in dimensions)
            self._fault(
                node, name, f"has an equation for [{', '.join(given)}], which is no element of {inside or 'it'}"
            )
        table = node.find("gf")
        own = general if table is None else self._table(table, name)
        subscripts = tuple(element or "" for element in spelt)
        return Piece(subscripts, _equation(node.find("eqn")), _equation(node.find("init_eqn")), own)

    def _table(self, node: etree._Element, name: str) -> Table | None:
        table = table_of(node, name)
        if isinstance(table, Fault):
            self.faults.append(table)
            return None
        return table


def named(node: etree._Element) -> str:
    """Return the name of an element, on one line and with single blanks."""
    name = node.get("name", "").replace("\\n", " ").replace("\\r", " ").replace("\u00a0", " ")
    name = " ".join(name.split())
    return name[1:-1] if len(name) > 2 and name[0] == name[-1] == '"' else name  # noqa: PLR2004


def is_non_negative(node: etree._Element, otherwise: bool) -> bool:
    """Whether an element holds <non_negative/>, which may say false."""
    found = node.find("non_negative")
    return otherwise if found is None else "false" not in (found.text or "").lower()


def _texts(node: etree._Element, tag: str) -> tuple[str, ...]:
    return tuple(" ".join((each.text or "").split()) for each in node.iterfind(tag))


def _text(node: etree._Element, tag: str) -> str:
    found = node.find(tag)
    return "" if found is None else " ".join("".join(found.itertext()).split())


def _equation(node: etree._Element | None) -> str:
    return "" if node is None else " ".join(without_comments("".join(node.itertext())).split())


def _subscripts(node: etree._Element) -> tuple[str, ...]:
    return tuple(part.strip().strip('"') for part in node.get("subscript", "").split(","))


def _element(dimension: Dimension, written: str) -> str | None:
    """Return an element by its name, or by its number."""
    found = dimension.element(written)
    if found is None and _INDEX.fullmatch(written) and 1 <= int(written) <= len(dimension.elements):
        return dimension.elements[int(written) - 1]
    return found


def _limits(node: etree._Element) -> tuple[float | None, float | None]:
    found = node.find("range")
    least, most = (None, None) if found is None else (_number(found.get("min")), _number(found.get("max")))
    return least, most


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None
