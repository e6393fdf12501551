"""The models of an XMILE file -> views."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from rcsd.names import canonical
from rcsd.simulation.reader.xmile.document import document
from rcsd.simulation.views.link import Link, Pipe
from rcsd.simulation.views.naming import Trouble, plain
from rcsd.simulation.views.view import View
from rcsd.simulation.views.xmile.joints import Ends, from_clock, link_of, pipe_of
from rcsd.simulation.views.xmile.shapes import Shapes
from rcsd.simulation.views.xmile.styles import Sheet, rules_of, style_of

_SHOWN = ("stock_flow", "", "normal")
"""Types of views that show the model; others are of its interface."""


def xmile_views(path: Path, text: str) -> tuple[tuple[View, ...], tuple[Trouble, ...]]:
    """Read the views of an XMILE file.

    Parameters
    ----------
    path : Path
        The user's file, for messages.
    text : str
        Its content.

    Returns
    -------
    (views, troubles)
        Those of the model, then of its modules, without what cannot be read, which is told.

    Raises
    ------
    ModelError
        When the file is no XMILE.
    """
    root, notes = document(path, text)
    outer = rules_of(root, {})
    views: list[View] = []
    troubles: list[Trouble] = [_place(path, note) for note in notes]
    for model in root.iterfind("model"):
        kinds, ends = _kinds(model), _ends(model)
        module = plain(model.get("name", ""))
        for holder in model.iterfind("views"):
            rules = rules_of(holder, outer)
            for node in holder.iterfind("view"):
                if (node.get("type") or node.get("view_type") or "").casefold() in _SHOWN:
                    name = node.get("name") or _name(module, len(views) + 1)
                    views.append(_view(node, name, module, Shapes(kinds), ends, rules_of(node, rules), troubles))
    return tuple(view for view in views if view.elements), tuple(troubles)


def _place(path: Path, note: str) -> Trouble:
    """Take a note on faulty XML, which begins with its place, apart."""
    line, _, why = note.removeprefix(f"{path.name}:").partition(": ")
    return (int(line), why) if line.isdigit() else (0, note)


def _name(module: str, number: int) -> str:
    return module or f"View {number}"


def _kinds(model: etree._Element) -> dict[str, str]:
    return {
        canonical(plain(node.get("name", ""))): str(node.tag)
        for node in model.iterfind("variables/*")
        if isinstance(node.tag, str)
    }


def _ends(model: etree._Element) -> Ends:
    source: dict[str, str] = {}
    target: dict[str, str] = {}
    for stock in model.iterfind("variables/stock"):
        name = canonical(plain(stock.get("name", "")))
        for tag, ends in (("outflow", source), ("inflow", target)):
            for flow in stock.iterfind(tag):
                ends.setdefault(canonical(plain(flow.text or "")), name)
    flows = list(model.iterfind("variables/flow"))
    one_way = {canonical(plain(flow.get("name", ""))) for flow in flows if flow.find("non_negative") is not None}
    all_flows = {canonical(plain(flow.get("name", ""))) for flow in flows}
    return Ends(source, target, frozenset(all_flows - one_way) if one_way else frozenset())


def _view(
    node: etree._Element,
    name: str,
    module: str,
    shapes: Shapes,
    ends: Ends,
    rules: Sheet,
    troubles: list[Trouble],
) -> View:
    pipes: list[Pipe] = []
    links: list[Link] = []
    objects = [child for child in node if isinstance(child.tag, str)]
    for child in objects:
        try:
            shapes.read(child, rules)
        except ValueError as error:
            troubles.append((child.sourceline or 0, f"<{child.tag}>: {error}"))
    for child in objects:
        try:
            if child.tag == "flow" and canonical(plain(child.get("name", ""))) in shapes.named:
                pipes.append(pipe_of(child, shapes, ends, rules))
            elif child.tag == "connector" and not from_clock(child):
                links.append(link_of(child, shapes, rules))
        except ValueError as error:
            troubles.append((child.sourceline or 0, f"<{child.tag}>: {error}"))
    return View(
        name,
        tuple(shapes.elements),
        tuple(links),
        tuple(pipes),
        notation="stella",
        module=module,
        style=style_of(rules.get("", {})),
    )
