"""Check `drawn`: a flow that a view draws into or out of a stock stands in the stock's equation so."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Mapping, Sequence

from rcsd.errors import RcsdWarning
from rcsd.names import canonical
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.checks.flows import Balance, balances
from rcsd.simulation.ir import Model
from rcsd.simulation.views import Box, Element, Point, View, read_views

_BESIDE = 1.0
"""Pixels between the end of a pipe and the box of its stock."""


def pipe_findings(model: Model) -> Iterator[Finding]:
    """Compare the pipes of a model's views with its equations.

    A flow that is drawn at a stock and is missing in its equation is a dropped flow; one with the other sign runs
    backwards; one with a factor enters or leaves in part, which a pipe does not do. Nothing is said of a model without
    views, or of what stands in the equations and in no view.
    """
    finder = Finder("drawn", model)
    known: dict[str, list[Balance]] = {}
    for balance in balances(model):
        known.setdefault(canonical(balance.stock), []).append(balance)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RcsdWarning)  # of a diagram that can be read in part: no fault of a model
        views = read_views(model.path, [each.name for each in model if each.kind == "stock"])
    for flow, stock, sign in dict.fromkeys(
        end for view in views for end in _ends(view, by_place=model.format == "xmile")
    ):
        if flow in model and canonical(stock) in known:
            yield from _at_stock(finder, flow, stock, sign, known)


def _ends(view: View, *, by_place: bool) -> Iterator[tuple[str, str, float]]:
    """Yield each end of a pipe at a stock: flow, stock, and 1 where the pipe runs into it, -1 where out, 0 for either.

    A sketch says what a pipe joins, and a pipe with heads at both ends has no direction. An XMILE view has nothing but
    points, the first where the flow comes from: what lies there is what it is drawn at.
    """
    if view.module:
        return
    names = {element.id: element.name for element in view.elements}
    names |= {element.valve: element.name for element in view.elements if element.valve is not None and element.name}
    stocks = [element for element in view.elements if element.kind == "stock"]
    for pipe in view.pipes:
        flow = names.get(pipe.valve, "")
        if by_place:
            ends = _stock_at(pipe.points[0], stocks), _stock_at(pipe.points[-1], stocks)
        else:
            source, target = ("" if end is None else names.get(end, "") for end in (pipe.source, pipe.target))
            ends = source, target
        has_direction = by_place or not pipe.both_ways
        for stock, sign in zip(ends, (-1.0, 1.0) if has_direction else (0.0, 0.0), strict=True):
            if flow and stock and ends[0] != ends[1]:
                yield flow, stock, sign


def _stock_at(point: Point, stocks: Sequence[Element]) -> str:
    """Name the stock that a point lies in or beside; empty where there is none."""
    here = Box.around(point, 0.0, 0.0)
    near = [stock for stock in stocks if stock.box.grown(_BESIDE).holds(here)]
    near.sort(key=lambda stock: math.hypot(stock.centre.x - point.x, stock.centre.y - point.y))
    return near[0].name if near else ""


def _at_stock(
    finder: Finder, flow: str, stock: str, sign: float, known: Mapping[str, list[Balance]]
) -> Iterator[Finding]:
    """Look for a flow in the equation of a stock."""
    own, form = known[canonical(stock)], canonical(flow)
    where = {1.0: "into", -1.0: "out of"}.get(sign, "at")
    found = [term for balance in own for term in balance.terms if form in term.names]
    word = "leaves" if sign < 0 else "enters"
    operator = {1.0: "+", -1.0: "-"}.get(sign, "+ or -")
    if not found:
        yield finder.at(
            own[0].stock,
            "warning",
            f"the view draws the flow {flow!r} {where} this stock, whose equation does not have it",
            f"put {operator} {flow} into the equation, or take the pipe out of the view",
            line=own[0].line,
        )
    elif all(term.flow is not None and not math.isclose(abs(term.factor), 1.0) for term in found):
        share = abs(found[0].factor)
        yield finder.at(
            own[0].stock,
            "warning",
            f"the view draws the flow {flow!r} {where} this stock, whose equation has {share:g} times as much of it",
            f"let the equation have {operator} {flow}, and put the factor into the equation of the flow",
            line=own[0].line,
        )
    elif all(term.factor * sign < 0 for term in found):
        yield finder.at(
            own[0].stock,
            "warning",
            f"the view draws the flow {flow!r} {where} this stock, whose equation has it with the other sign",
            f"let the equation have it with {operator}, as it {word} the stock",
            line=own[0].line,
        )
