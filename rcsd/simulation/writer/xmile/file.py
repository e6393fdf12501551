"""A whole XMILE file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from rcsd.names import canonical
from rcsd.simulation.ir.model import TimeAxis
from rcsd.simulation.ir.ranges import Ranges
from rcsd.simulation.reader.script.extras import Extras
from rcsd.simulation.writer.names import number, spelt
from rcsd.simulation.writer.xmile.parts import Part
from rcsd.simulation.writer.xmile.variables import variable
from rcsd.simulation.writer.xmile.xml import Node, node

_NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"
_ISEE = "http://iseesystems.com/XMILE"
_METHODS = {"euler": "Euler", "rk2": "RK2", "rk4": "RK4"}


def file_text(
    name: str,
    axis: TimeAxis,
    dimensions: Mapping[str, Sequence[str]],
    macros: Iterable[Node],
    parts: Iterable[Part],
    extras: Extras,
    views: Iterable[Node] = (),
) -> str:
    """Write a file.

    Parameters
    ----------
    name : str
        Of the model.
    axis : TimeAxis
        When it runs.
    dimensions : mapping of str to sequence of str
        Elements of each.
    macros : iterable of Node
        In order.
    parts : iterable of Part
        Its variables, in order.
    extras : Extras
        Groups, and words for one unit.
    views : iterable of Node
        Its sheets.
    """
    sheets = tuple(views)
    root = node(
        "xmile",
        _header(name),
        _specs(axis),
        _units(extras.equivalences),
        _dimensions(dimensions),
        *macros,
        node(
            "model",
            node("variables", *map(variable, parts), *(_group(group.name, group.members) for group in extras.groups)),
            node("views", *sheets) if sheets else None,
        ),
        version="1.0",
        xmlns=_NAMESPACE,
        xmlns__isee=_ISEE,
    )
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "\n".join(root.lines()) + "\n"


def _header(name: str) -> Node:
    return node("header", node("name", name), node("vendor", "rcsd"), node("product", "rcsd", version="1.0", lang="en"))


def _specs(axis: TimeAxis) -> Node:
    return node(
        "sim_specs",
        node("start", number(axis.start, "xmile")),
        node("stop", number(axis.stop, "xmile")),
        node("dt", number(axis.step, "xmile")),
        method=_METHODS[axis.method],
        time_units=axis.unit or None,
        isee__save_interval=number(axis.save_step, "xmile"),
    )


def _units(equivalences: Iterable[Sequence[str]]) -> Node | None:
    listed = [
        node("unit", *(node("alias", other) for other in others), name=first)
        for first, *others in equivalences
        if others
    ]
    return node("model_units", *listed) if listed else None


def _dimensions(dimensions: Mapping[str, Sequence[str]]) -> Node | None:
    listed = [
        node("dim", *(node("elem", name=element) for element in elements), name=name)
        for name, elements in dimensions.items()
    ]
    return node("dimensions", *listed) if listed else None


def _group(name: str, members: Iterable[str]) -> Node:
    return node("group", *(node("entity", name=spelt(member, "xmile")) for member in members), name=name)


def members_of(ranges: Ranges, used: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the dimensions of a model with all their elements.

    A second name of a range is left out unless a variable is over it: the sums that it was made for have stars.

    Parameters
    ----------
    ranges : Ranges
        Of the model.
    used : collection of str
        Canonical names of the dimensions of its variables.
    """
    found: dict[str, tuple[str, ...]] = {}
    known: set[tuple[str, ...]] = set()
    for name in ranges.elements:
        members = ranges.members(name)
        forms = tuple(map(canonical, members))
        if forms not in known or canonical(name) in used:
            found[name] = members
        known.add(forms)
    return found
