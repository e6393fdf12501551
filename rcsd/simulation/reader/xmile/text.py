"""An XMILE file split into definitions, with its modules put together and written in the plain form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from rcsd.names import canonical
from rcsd.simulation.ir import UnitNames
from rcsd.simulation.reader.source import Entry, Fault, SourceText, model_error
from rcsd.simulation.reader.xmile.document import document
from rcsd.simulation.reader.xmile.equations.calls import READ_HERE
from rcsd.simulation.reader.xmile.modules import Assembly
from rcsd.simulation.reader.xmile.parts import TAGS, Part, PartReader, Piece, named
from rcsd.simulation.reader.xmile.settings import settings_of
from rcsd.simulation.reader.xmile.symbols import Dimension, by_name
from rcsd.simulation.reader.xmile.writing import macro_written, written

_SIZE = re.compile(r"[0-9]{1,9}")
_MOST_ELEMENTS = 100_000


def read_xmile_text(path: Path, text: str) -> SourceText:
    """Split the text of an XMILE file into definitions, as a `TextReader` does.

    The `parseable` text is the plain form of `writing`: modules are written out, and what the file leaves to defaults
    is said. Another kind of XML, and whatever makes no model, is a ModelError.
    """
    root, notes = document(path, text)
    settings = settings_of(path, root)
    faults: list[Fault] = []
    dimensions = _dimensions(root, faults)
    reader = PartReader(by_name(dimensions), faults)
    assembly = Assembly(path, root, reader)
    parts = assembly.parts()
    if root.find("model") is None:
        faults.append(Fault(root.sourceline, None, "the file has no <model>; add it under <xmile>"))
    macros = [_Macro(node, faults) for node in root.iterfind("macro")]
    # a conveyor and its like work out their outflows themselves
    whole = [part for part in parts if part.kind != "flow" or not reader.other_stocks]
    faults += [fault for part in whole for fault in _incomplete(part)]
    if faults:
        raise model_error(path, faults)
    own = [macro for macro in macros if macro.name]
    return SourceText(
        path=path,
        format="xmile",
        entries=(*(entry for part in parts for entry in _entries(part)), *settings.entries),
        method=settings.method,
        save_step=settings.save_step,
        parseable=written(parts, dimensions, settings.values, settings.unit, [macro.written for macro in own]),
        macros=tuple(macro.name for macro in own),
        inner=tuple(entry for macro in own for part in macro.parts for entry in _entries(part)),
        functions=READ_HERE,
        notes=(*notes, *settings.notes, *assembly.notes),
        unit_names=tuple(_unit_names(root)),
    )


def _unit_names(root: etree._Element) -> Iterator[UnitNames]:
    """Yield the units that a file defines; an equation of 1 or none makes a unit of its own."""
    for node in root.iterfind("model_units/unit"):
        names = (named(node), *(" ".join((alias.text or "").split()) for alias in node.iterfind("alias")))
        equation = " ".join((node.findtext("eqn") or "").split())
        if names := tuple(name for name in names if name):
            yield UnitNames(names, equation)


def _dimensions(root: etree._Element, faults: list[Fault]) -> list[Dimension]:
    """Read the dimensions; one without named elements has a size, and its elements are numbers."""
    found = []
    for node in root.iterfind("dimensions/dim"):
        name = named(node)
        elements = tuple(" ".join(elem.get("name", "").replace("\\n", " ").split()) for elem in node.iterfind("elem"))
        size = node.get("size", "")
        if not elements and _SIZE.fullmatch(size) and int(size) <= _MOST_ELEMENTS:
            elements = tuple(str(i) for i in range(1, int(size) + 1))
        if not name or not elements or not all(elements):
            what = f"the dimension {name!r}" if name else "a dimension without a name"
            message = f"{what} has no elements; give <elem name=...> or a size up to {_MOST_ELEMENTS}"
            faults.append(Fault(node.sourceline, None, message))
        elif len(set(map(canonical, elements))) < len(elements):
            faults.append(Fault(node.sourceline, None, f"the dimension {name!r} has an element twice; take one out"))
        else:
            found.append(Dimension(name, elements))
    # an element that is called like a dimension would stand for all of that
    taken = {canonical(element) for dimension in found for element in dimension.elements}
    return [Dimension(f"{d.name} dimension", d.elements, d.name) if canonical(d.name) in taken else d for d in found]


def _incomplete(part: Part) -> list[Fault]:
    """List the pieces of a variable that have neither an equation nor a table."""
    what = "has no initial value" if part.kind == "stock" else "has no equation"
    faults = []
    for piece in part.pieces:
        if not piece.equation and (piece.table is None or part.kind == "stock"):
            where = f" for [{', '.join(piece.subscripts)}]" if piece.subscripts else ""
            faults.append(Fault(part.line, part.name, f"{what}{where}; write one"))
    return faults


def _entries(part: Part) -> list[Entry]:
    return [Entry(part.name, part.line, part.name, _equation(part, piece)) for piece in part.pieces]


def _equation(part: Part, piece: Piece) -> str:
    """Write an equation as people read it in Vensim, so that they can compare."""
    equation = piece.equation
    if part.kind == "stock":
        rate = " + ".join(map(_spelt, part.inflows)) + "".join(f" - {_spelt(flow)}" for flow in part.outflows)
        listed = "," in re.sub(r"\([^()]*\)", "", equation)
        return f"INTEG({rate.strip() or '0'}, {f'({equation})' if listed else equation})"
    if piece.table is not None:
        return f"GRAPH({equation})" if equation else "GRAPH"
    return equation


def _spelt(name: str) -> str:
    """Write a name as one word, unless it is quoted."""
    return name if '"' in name else name.replace(" ", "_")


class _Macro:
    """A macro of the file: its name, its variables, and the plain form of it."""

    def __init__(self, node: etree._Element, faults: list[Fault]) -> None:
        self.name = named(node)
        self._parameters = {" ".join((parm.text or "").split()): parm.get("default") for parm in node.iterfind("parm")}
        # a file saves values for trying a macro out under the names of its parameters
        outside = {canonical(name) for name in (*self._parameters, self.name)}
        own = [
            each for tag in TAGS for each in node.iterfind(f"variables/{tag}") if canonical(named(each)) not in outside
        ]
        equation = " ".join("".join(each.itertext()) for each in node.findall("eqn")[:1])
        if not self.name or not equation.strip():
            faults.append(Fault(node.sourceline, self.name or None, "is a macro without a name or without an <eqn>"))
        if node.find("sim_specs") is not None:
            message = "is a macro that runs a simulation of its own: write its equations into the model"
            faults.append(Fault(node.sourceline, self.name, message))
        reader = PartReader({}, faults)
        result = reader.read(_aux(self.name, equation, node.sourceline), "", False)
        self.parts = (result, *(reader.read(each, "", False) for each in own))
        faults += [fault for part in self.parts for fault in _incomplete(part)]

    @property
    def written(self) -> etree._Element:
        return macro_written(self.name, self._parameters, self.parts)


def _aux(name: str, equation: str, line: int | None) -> etree._Element:
    node = etree.Element("aux", name=name)
    etree.SubElement(node, "eqn").text = equation
    node.sourceline = line
    return node
