"""The variables of a file -> XMILE in a plain form, which `file.XmileModelFile` has PySD parse.

Each variable stands alone: with its full name, its module, and every piece with its subscripts, equation and table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from rcsd.simulation.reader.xmile.parts import Part, Piece
from rcsd.simulation.reader.xmile.symbols import Dimension
from rcsd.simulation.reader.xmile.tables import Table

NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"


def written(
    parts: Iterable[Part],
    dimensions: Iterable[Dimension],
    controls: Mapping[str, str],
    unit: str,
    macros: Iterable[etree._Element],
) -> str:
    """Write a model.

    Parameters
    ----------
    parts : iterable of Part
        Its variables.
    dimensions : iterable of Dimension
        Its dimensions.
    controls : mapping of str to str
        Equations of INITIAL TIME, FINAL TIME and TIME STEP.
    unit : str
        Of time.
    macros : iterable of element
        From `macro_written`.
    """
    root = etree.Element("xmile", nsmap={None: NAMESPACE})
    specs = _under(root, "sim_specs", time_units=unit)
    for tag, name in (("start", "INITIAL TIME"), ("stop", "FINAL TIME"), ("dt", "TIME STEP")):
        _under(specs, tag, controls[name])
    listed = _under(root, "dimensions")
    for dimension in dimensions:
        dim = _under(listed, "dim", name=dimension.name, written=dimension.written)
        for element in dimension.elements:
            _under(dim, "elem", name=element)
    variables = _under(_under(root, "model"), "variables")
    for part in parts:
        _variable(variables, part)
    for macro in macros:
        root.append(macro)
    return str(etree.tostring(root, encoding="unicode"))


def macro_written(name: str, parameters: Mapping[str, str | None], parts: Iterable[Part]) -> etree._Element:
    """Write a macro: its parameters with what they are when left out, and its variables."""
    root = etree.Element(f"{{{NAMESPACE}}}macro", name=_clean(name))
    for parameter, default in parameters.items():
        node = _under(root, "parm", parameter)
        if default is not None:
            node.set("default", _clean(default))
    variables = _under(_under(root, "model"), "variables")
    for part in parts:
        _variable(variables, part)
    return root


def _variable(above: etree._Element, part: Part) -> None:
    node = _under(above, part.kind, name=part.name, scope=part.scope)
    if part.same_as is not None:
        node.set("same_as", _clean(part.same_as))
    if part.multiplier:
        node.set("multiplier", _clean(part.multiplier))
    _under(node, "units", part.unit)
    _under(node, "doc", part.documentation)
    limits = {key: repr(value) for key, value in zip(("min", "max"), part.limits, strict=True) if value is not None}
    if limits:
        _under(node, "range", **limits)
    dimensions = _under(node, "dimensions")
    for name in part.dimensions:
        _under(dimensions, "dim", name=name)
    for piece in part.pieces:
        _piece(node, piece)
    for tag, flows in (("inflow", part.inflows), ("outflow", part.outflows)):
        for flow in flows:
            _under(node, tag, flow)
    if part.non_negative:
        _under(node, "non_negative")


def _piece(above: etree._Element, piece: Piece) -> None:
    element = _under(above, "element")
    for subscript in piece.subscripts:
        _under(element, "sub", subscript)
    for tag, equation in (("eqn", piece.equation), ("init_eqn", piece.initial)):
        if equation:
            _under(element, tag, equation)
    if piece.table is not None:
        _table(element, piece.table)


def _table(above: etree._Element, table: Table) -> None:
    node = _under(above, "gf", type=table.kind)
    for tag, points in (("xpts", table.x), ("ypts", table.y)):
        _under(node, tag, ",".join(map(repr, points)))


def _under(above: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    node = etree.SubElement(above, f"{{{NAMESPACE}}}{tag}", {key: _clean(value) for key, value in attributes.items()})
    if text is not None:
        node.text = _clean(text)
    return node


def _clean(text: str) -> str:
    """Take out what XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\t\n\u00a0\u3000")
