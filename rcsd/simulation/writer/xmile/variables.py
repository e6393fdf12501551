"""Parts -> the elements of an XMILE file."""

from __future__ import annotations

import numpy as np

from rcsd.simulation.ir.expression import Points
from rcsd.simulation.writer.names import number, spelt
from rcsd.simulation.writer.xmile.parts import Equation, Part
from rcsd.simulation.writer.xmile.xml import Node, node


def variable(part: Part) -> Node:
    """Write a variable."""
    whole = [equation for equation in part.equations if not equation.elements]
    single = whole[0] if whole else None
    return node(
        part.tag,
        node("doc", part.documentation) if part.documentation else None,
        node("dimensions", *(node("dim", name=name) for name in part.dimensions)) if part.dimensions else None,
        *(_content(single) if single is not None else ()),
        *(_element(equation) for equation in part.equations if equation.elements),
        *(node("inflow", spelt(name, "xmile")) for name in part.inflows),
        *(node("outflow", spelt(name, "xmile")) for name in part.outflows),
        node("units", part.unit) if part.unit else None,
        _range(part.limits),
        name=part.name,
    )


def _content(equation: Equation) -> tuple[Node | None, ...]:
    return (
        node("eqn", equation.text) if equation.text else None,
        node("init_eqn", equation.initial) if equation.initial else None,
        None if equation.table is None else graphical(equation.table),
    )


def _element(equation: Equation) -> Node:
    return node("element", *_content(equation), subscript=",".join(equation.elements))


def graphical(points: Points) -> Node:
    """Write a graphical function: evenly spaced x by their ends, others one by one.

    Examples
    --------
    >>> print(*map(str.strip, graphical(Points((0.0, 1.0, 2.0), (5.0, 6.0, 9.0))).lines()), sep="")
    <gf><xscale min="0" max="2"/><yscale min="5" max="9"/><ypts>5,6,9</ypts></gf>
    """
    kind = {("previous", "hold"): "discrete", ("linear", "extrapolate"): "extrapolate"}
    even = len(points.x) > 1 and tuple(np.linspace(points.x[0], points.x[-1], len(points.x)).tolist()) == points.x
    return node(
        "gf",
        node("xscale", min=_number(points.x[0]), max=_number(points.x[-1])) if even else None,
        node("yscale", min=_number(min(points.y)), max=_number(max(points.y))),
        None if even else node("xpts", ",".join(map(_number, points.x))),
        node("ypts", ",".join(map(_number, points.y))),
        type=kind.get((points.between, points.beyond)),
    )


def _number(value: float) -> str:
    return number(value, "xmile")


def _range(limits: tuple[float | None, float | None]) -> Node | None:
    least, greatest = (None if each is None else _number(each) for each in limits)
    return None if least is None and greatest is None else node("range", min=least, max=greatest)
