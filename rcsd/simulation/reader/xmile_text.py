"""An XMILE file split into definitions, rewritten to the dialect that PySD's reader takes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from lxml import etree

from rcsd.errors import ModelError
from rcsd.simulation.ir import Method
from rcsd.simulation.reader.source import Entry, Fault, SourceText, model_error

_TAGS = ("stock", "flow", "aux", "gf")
_KINDS_OF_STOCK = ("conveyor", "queue", "oven")
_CONTROL = {"start": "INITIAL TIME", "stop": "FINAL TIME", "dt": "TIME STEP"}
_METHODS: dict[str, Method] = {
    "euler": "euler",
    "rk2": "rk2",
    "rk4": "rk4",
    "rk45": "rk4",
    "gear": "rk4",
}
_LOOKUP_CALL = re.compile(r'\bLOOKUP\s*\(\s*(?P<name>"[^"]+"|[^\W\d]\w*)\s*,', re.IGNORECASE)


def read_xmile_text(path: Path, text: str) -> SourceText:
    """Split the text of an XMILE file into definitions, as a `TextReader` does.

    In the `parseable` text the names of flows have underscores, those of a subscripted stock its
    subscripts, ``LOOKUP(table, x)`` is ``table(x)``, a variable that
    is only a graphical function is a ``gf`` element and a table with explicit points has no axis scale: the same
    meaning, in the words that PySD knows. XML that is not well formed, another root or namespace, or a missing part is
    a ModelError.
    """
    root = _root(path, text)
    namespace = etree.QName(root).namespace
    find = {"x": namespace or ""}
    _require_parts(path, root, find)
    nodes = [node for tag in _TAGS for node in root.iterfind(f".//x:variables/x:{tag}", find)]
    nodes.sort(key=lambda node: node.sourceline or 0)
    faults = [
        Fault(node.sourceline, None, f"a <{_tag(node)}> has no name attribute")
        for node in nodes
        if not node.get("name")
    ]
    faults += [
        Fault(
            node.sourceline,
            node.get("name"),
            f"is a {kind}, which PySD would run as a plain stock: write it as a delay",
        )
        for node in nodes
        for kind in _KINDS_OF_STOCK
        if node.find(f"x:{kind}", find) is not None
    ]
    if faults:
        raise model_error(path, faults)
    entries = [_entry(node, find) for node in nodes]
    entries += _control_entries(root, find)
    specs = root.find("x:sim_specs", find)
    source = SourceText(
        path=path,
        format="xmile",
        entries=tuple(entries),
        method=_method(path, specs),
        save_step=_save_step(path, specs),
        parseable="",
    )
    for node in nodes:
        _rewrite(node, find)
    parseable = etree.tostring(root, encoding="unicode")
    macros = tuple(name for node in root.iterfind(".//x:macro", find) if (name := node.get("name")))
    return replace(source, parseable=parseable, macros=macros)


def _root(path: Path, text: str) -> etree._Element:
    try:
        # a declared encoding would contradict the decoded text; entities could read other files
        parser = etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8")
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ModelError(f"the file is not well-formed XML: {error.msg}", path=path, line=error.lineno) from error
    name = etree.QName(root)
    if name.localname != "xmile" or None not in root.nsmap:
        raise ModelError(
            f"the file begins with <{name.localname}>; an XMILE file begins with "
            '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">',
            path=path,
            line=root.sourceline,
        )
    return root


def _require_parts(path: Path, root: etree._Element, find: dict[str, str]) -> None:
    faults = [
        Fault(root.sourceline, None, f"the file has no <{part}>; add it under <{above}>")
        for above, part, where in (
            ("xmile", "sim_specs", "x:sim_specs"),
            ("sim_specs", "start", "x:sim_specs/x:start"),
            ("sim_specs", "stop", "x:sim_specs/x:stop"),
            ("sim_specs", "dt", "x:sim_specs/x:dt"),
            ("model", "variables", "x:model/x:variables"),
        )
        if root.find(where, find) is None
    ]
    if faults:
        raise model_error(path, faults)


def _tag(node: etree._Element) -> str:
    return str(etree.QName(node).localname)


def _text(node: etree._Element, where: str, find: dict[str, str]) -> str:
    return " ".join((node.findtext(where, "", find) or "").split())


def _entry(node: etree._Element, find: dict[str, str]) -> Entry:
    name = node.get("name", "").replace("\\n", " ")
    equation = _text(node, "x:eqn", find)
    if _tag(node) == "stock":
        inflows = [_spelt(flow.text) for flow in node.iterfind("x:inflow", find)]
        outflows = [_spelt(flow.text) for flow in node.iterfind("x:outflow", find)]
        rate = " + ".join(inflows) + "".join(f" - {flow}" for flow in outflows)
        equation = f"INTEG({rate.strip() or '0'}, {equation})"
    elif node.find("x:gf", find) is not None or _tag(node) == "gf":
        equation = f"GRAPH({equation})" if equation else "GRAPH"
    return Entry(name, node.sourceline or 1, name, equation)


def _control_entries(root: etree._Element, find: dict[str, str]) -> list[Entry]:
    entries = []
    for tag, name in _CONTROL.items():
        node = root.find(f"x:sim_specs/x:{tag}", find)
        if node is not None:
            entries.append(Entry(name, node.sourceline or 1, name, (node.text or "").strip()))
    return entries


def _spelt(name: str | None) -> str:
    """Write a name as one word, unless it is quoted."""
    bare = " ".join((name or "").split())
    return bare if bare.startswith('"') else bare.replace(" ", "_")


def _rewrite(node: etree._Element, find: dict[str, str]) -> None:
    ranges = [name for dim in node.iterfind("x:dimensions/x:dim", find) if (name := dim.get("name"))]
    for tag in ("x:inflow", "x:outflow"):
        for flow in node.iterfind(tag, find):
            # XMILE names the flow alone: each element of the stock has the flow's element of that name
            flow.text = _spelt(flow.text) + (f"[{', '.join(map(_spelt, ranges))}]" if ranges else "")
    for equation in node.iterfind(".//x:eqn", find):
        equation.text = _LOOKUP_CALL.sub(r"\g<name>(", equation.text or "")
    for points in node.iterfind(".//x:xpts", find):
        # given both, PySD spreads the points evenly over the scale of the axis
        for scale in points.getparent().findall("x:xscale", find):
            points.getparent().remove(scale)
    table = node.find("x:gf", find)
    if _tag(node) in ("aux", "flow") and table is not None and not _text(node, "x:eqn", find):
        # the variable is its table: move the points up and rename the element
        for child in list(table):
            node.append(child)
        node.attrib.update({key: value for key, value in table.attrib.items() if key != "name"})
        node.remove(table)
        for equation in node.findall("x:eqn", find):
            node.remove(equation)
        node.tag = f"{{{find['x']}}}gf"


def _method(path: Path, specs: etree._Element) -> Method:
    word = specs.get("method", "euler").split(",")[0].strip().lower()
    if word not in _METHODS:
        raise ModelError(
            f"integration method {word!r} is unknown; use one of {', '.join(_METHODS)}",
            path=path,
            line=specs.sourceline,
        )
    return _METHODS[word]


def _save_step(path: Path, specs: etree._Element) -> float | None:
    for key, value in specs.attrib.items():
        if etree.QName(key).localname in ("save_interval", "save_step"):
            try:
                return float(value)
            except ValueError as error:
                raise ModelError(
                    f"the save interval {value!r} is not a number", path=path, line=specs.sourceline
                ) from error
    return None
