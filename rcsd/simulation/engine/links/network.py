"""A system as a network: what each of its values is worked out from, within a step and from step to step."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from rcsd.simulation.engine.plan.phases import entering_of, next_of, rate_of
from rcsd.simulation.engine.plan.rolling import rolled
from rcsd.simulation.ir.expression import Expression, Name, Random, names_in, with_children
from rcsd.simulation.ir.order import circles
from rcsd.simulation.ir.system import Equation, System

CarriedKind = Literal["stock", "memory", "pipe"]


@dataclass(frozen=True, slots=True)
class Carried:
    """A value that lasts from step to step.

    Attributes
    ----------
    name : str
        Of the value.
    feed : str
        What it is made of when a step ends: the net flow of a stock, what follows in a memory, what enters a pipe.
    kind : {"stock", "memory", "pipe"}
        A pipe gives its feed out later than in the next step.
    is_cut : bool
        Whether it is a stock that is cut at zero.
    """

    name: str
    feed: str
    kind: CarriedKind
    is_cut: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """What moves in a system, and from what.

    Attributes
    ----------
    system : System
        Its random draws are equations of their own.
    expressions : mapping of str to Expression
        Of every node that is worked out in a step, the feeds of what is carried among them.
    sources : mapping of str to tuple of str
        Nodes in each expression that may move in a run; each once.
    carried : mapping of str to Carried
        By name.
    visible : frozenset of str
        Nodes that the model's file names; all others are parts of delays, smooths and the like, or feeds.
    """

    system: System
    expressions: Mapping[str, Expression]
    sources: Mapping[str, tuple[str, ...]]
    carried: Mapping[str, Carried]
    visible: frozenset[str]

    def into(self, node: str) -> tuple[str, ...]:
        """Return the nodes that a link leads from to this one."""
        carried = self.carried.get(node)
        return self.sources.get(node, ()) if carried is None else (carried.feed,)

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every node, in the order of the system."""
        return (*self.carried, *self.expressions)

    def circles(self) -> list[list[str]]:
        """Return the sets of nodes that move one another."""
        needs = {node: self.into(node) for node in self.nodes}
        return [each for each in circles(needs) if len(each) > 1 or each[0] in needs[each[0]]]


def network_of(system: System) -> Network:
    """Read the network off a system."""
    system = _with_draws_named(system)
    ends = [Equation(rate_of(stock.name), stock.rate) for stock in system.stocks]
    ends += [Equation(next_of(memory.name), memory.following) for memory in system.memories]
    ends += [Equation(entering_of(pipe.name), pipe.entering) for pipe in system.pipes]
    equations = [*_spelt((*system.steps, *ends), system), *_spelt(system.reports, system)]
    expressions = {each.name: each.expression for each in equations}
    carried = {each.name: each for each in _carried(system)}
    moving = {*expressions, *carried}
    sources = {
        name: tuple(dict.fromkeys(part.name for part in names_in(expression) if part.name in moving))
        for name, expression in expressions.items()
    }
    return Network(system, expressions, sources, carried, frozenset(system.outputs))


def read_by(expression: Expression, system: System) -> tuple[str, ...]:
    """Name what an expression reads, tables and fixed numbers left out."""
    names = dict.fromkeys(part.name for part in names_in(expression))
    return tuple(name for name in names if name not in system.tables and name not in system.fixed)


def _spelt(equations: Iterable[Equation], system: System) -> list[Equation]:
    units = rolled(equations, system.fixed, smallest=math.inf)
    return [unit for unit in units if isinstance(unit, Equation)]


def _carried(system: System) -> Iterator[Carried]:
    for stock in system.stocks:
        yield Carried(stock.name, rate_of(stock.name), "stock", stock.non_negative)
    for memory in system.memories:
        yield Carried(memory.name, next_of(memory.name), "memory")
    for pipe in system.pipes:
        yield Carried(pipe.name, entering_of(pipe.name), "pipe")


def _with_draws_named(system: System) -> System:
    """Give every random draw a name, so that its value of an earlier step can be held like any other."""
    names: dict[Random, str] = {}
    made: list[Equation] = []

    def named(expression: Expression) -> Expression:
        expression = with_children(expression, named)
        if not isinstance(expression, Random):
            return expression
        if expression not in names:
            names[expression] = f"~draw {len(names) + 1}"
            made.append(Equation(names[expression], expression))
        return Name(names[expression])

    steps: list[Equation] = []
    for equation in system.steps:
        left = Equation(equation.name, named(equation.expression))
        steps += [*made, left]
        made.clear()
    stocks = tuple(replace(stock, rate=named(stock.rate)) for stock in system.stocks)
    memories = tuple(replace(memory, following=named(memory.following)) for memory in system.memories)
    pipes = tuple(replace(pipe, entering=named(pipe.entering)) for pipe in system.pipes)
    if not names:
        return system
    return replace(system, steps=(*steps, *made), stocks=stocks, memories=memories, pipes=pipes)
