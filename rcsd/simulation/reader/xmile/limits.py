"""Non-negative stocks: their outflows take no more than there is (XMILE 1.0, section 4.2).

An outflow is the lesser of its equation and what the stock holds for one step, with what flows in and without what
the outflows listed before it take: Stella's ``MIN(stock/DT + inflows, outflow)``. The receiving stock gets what has
left, so that no material comes from nothing. Of an inflow that may run backwards the same holds the other way round.
Under Runge-Kutta methods the limits hold at every stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pysd.translators.structures import abstract_expressions as ae

from rcsd.names import canonical
from rcsd.simulation.reader.xmile.components import Variable
from rcsd.simulation.reader.xmile.equations.grammar import call
from rcsd.simulation.reader.xmile.symbols import Symbol, Symbols

_PAST = (
    ae.DelayStructure,
    ae.DelayNStructure,
    ae.DelayFixedStructure,
    ae.SmoothStructure,
    ae.SmoothNStructure,
    ae.TrendStructure,
    ae.ForecastStructure,
)
"""What takes its first field in and gives it out later."""
_REMEMBERED = {"previous", "history", "init"}


def limit(variables: Iterable[Variable], symbols: Symbols) -> tuple[tuple[str, str], ...]:
    """Put the limits into the equations of flows.

    Parameters
    ----------
    variables : iterable of Variable
        Parsed; changed in place.
    symbols : Symbols
        Of their section.

    Returns
    -------
    tuple of (str, str)
        A stock, and a note on a flow that could not be counted, since it depends on the limited one itself.
    """
    named = {canonical(variable.name): variable for variable in variables}
    limits = _Limits(named, symbols)
    for stock in named.values():
        if stock.kind == "stock" and stock.non_negative:
            limits.keep(stock)
    return tuple(limits.notes)


class _Limits:
    def __init__(self, named: dict[str, Variable], symbols: Symbols) -> None:
        self._named = named
        self._symbols = symbols
        self._needs = {name: _names(variable) for name, variable in named.items()}
        self.notes: list[tuple[str, str]] = []

    def keep(self, stock: Variable) -> None:
        """Keep a stock from going below zero."""
        inflows, outflows = ([self._flow(stock, name) for name in names] for names in stock.flows)
        fit = [
            each for each in (*inflows, *outflows) if each is not None and _axes(stock.symbol, each.symbol) is not None
        ]
        if len(fit) < len(inflows) + len(outflows) or any(each.symbol.multiplier for each in fit):
            note = "its outflows are not limited, since not all its flows are variables of the same elements and unit"
            self.notes.append((stock.name, note))
            return
        drawn: list[Variable] = []
        for flow in fit[: len(inflows)]:
            if not flow.non_negative:
                self._bound(stock, flow, drawn, [], backwards=True)
            drawn.append(flow)
        taken: list[Variable] = []
        for flow in self._served(stock, fit[len(inflows) :]):
            self._bound(stock, flow, drawn, taken, backwards=False)
            taken.append(flow)

    def _served(self, stock: Variable, outflows: list[Variable]) -> Iterator[Variable]:
        """Yield outflows in the order of their listing, but one that another depends on before that."""
        waiting = list(outflows)
        while waiting:
            free = (
                flow
                for flow in waiting
                if not any(self._depends(canonical(flow.name), canonical(o.name)) for o in waiting if o is not flow)
            )
            following = next(free, waiting[0])
            if following is not waiting[0]:
                note = f"{following.name!r} is served before {waiting[0].name!r}, which depends on it"
                self.notes.append((stock.name, note))
            waiting.remove(following)
            yield following

    def _flow(self, stock: Variable, written: str) -> Variable | None:
        """Return the flow that a stock names; one of another module where it is connected to that."""
        symbol = self._symbols.find(stock.scope, (written.strip('"'),)) or self._symbols.find(
            stock.scope, tuple(part.strip('"') for part in written.split("."))
        )
        return None if symbol is None else self._named.get(canonical(self._symbols.source(symbol).name))

    def _bound(
        self, stock: Variable, flow: Variable, inflows: list[Variable], taken: list[Variable], *, backwards: bool
    ) -> None:
        """Keep one flow within what the stock holds for a step."""
        counted = []
        for each in [*inflows, *taken]:
            if each is flow or self._depends(canonical(each.name), canonical(flow.name)):
                verb = "flows in" if each in inflows else "flows out before it"
                note = f"its limit on {flow.name!r} does not count {each.name!r}, which {verb} and depends on it"
                self.notes.append((stock.name, note))
                continue
            counted.append(each)
        components = []
        for (subscripts, exceptions), ast in flow.components:
            own = [_at(each.symbol, subscripts, flow.symbol) for each in counted]
            there = ae.ArithmeticStructure(
                ["/"], (_at(stock.symbol, subscripts, flow.symbol), ae.ReferenceStructure("time_step", None))
            )
            signs = ["+" if each in inflows else "-" for each in counted]
            holds = ae.ArithmeticStructure(signs, (there, *own)) if own else there
            most = call("max", holds, 0.0)
            if backwards:
                ast = call("max", ast, ae.ArithmeticStructure(["negative"], (most,)))  # noqa: PLW2901
            else:
                ast = call("min", ast, most)  # noqa: PLW2901
            components.append(((subscripts, exceptions), ast))
        flow.components = components
        self._needs[canonical(flow.name)] |= {canonical(each.name) for each in counted}

    def _depends(self, name: str, other: str) -> bool:
        """Whether a variable needs another within the same step."""
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            here = waiting.pop()
            if here == other:
                return True
            if here not in seen and here in self._named and self._named[here].kind != "stock":
                seen.add(here)
                waiting += self._needs[here]
        return False


def _axes(symbol: Symbol, flow: Symbol) -> list[int] | None:
    """Say which axis of a flow each axis of another variable is; None when they are not the same."""
    own, others = ([canonical(name) for name in each.dimensions] for each in (symbol, flow))
    if own == others:
        return list(range(len(own)))
    return [others.index(name) for name in own] if sorted(own) == sorted(set(others)) else None


def _at(symbol: Symbol, subscripts: list[str], flow: Symbol) -> Any:
    """Refer to a variable for the elements of a piece of a flow."""
    axes = _axes(symbol, flow) or []
    inside = ae.SubscriptsReferenceStructure([subscripts[axis] for axis in axes]) if axes else None
    return ae.ReferenceStructure(symbol.reference, inside)


def _names(variable: Variable) -> set[str]:
    """Return the names that the equations of a variable need within the same step."""
    return {canonical(name) for _, ast in variable.components for name in _current(ast)}


def _current(ast: Any) -> Iterator[str]:
    if isinstance(ast, ae.ReferenceStructure):
        yield ast.reference
    elif isinstance(ast, ae.InitialStructure):
        return
    elif isinstance(ast, ae.CallStructure):
        if ast.function.reference not in _REMEMBERED:
            yield from _current(ast.arguments)
    elif isinstance(ast, tuple):
        for part in ast:
            yield from _current(part)
    elif is_dataclass(ast):
        for field in fields(ast)[isinstance(ast, _PAST) :]:
            yield from _current(getattr(ast, field.name))
