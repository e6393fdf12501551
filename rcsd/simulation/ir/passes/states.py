"""Expands what remembers (integrals, delays, smooths, trends...) into the stocks and memories that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Conditional,
    Expression,
    Name,
    Number,
    Stateful,
    with_children,
)
from rcsd.simulation.ir.passes.evaluate import literal
from rcsd.simulation.ir.system import Equation, Memory, Pipe, Stock
from rcsd.simulation.ir.unsound import Unsound

_LARGEST_ORDER = 1000


@dataclass(slots=True)
class Expansion:
    """What the equations of a model remember.

    Attributes
    ----------
    stocks, memories, pipes : list
        With expressions that are not lowered yet.
    first : dict of str to Expression
        Initial value of each stock, memory and pipe, and of everything that INITIAL keeps.
    in_start : dict of str to Expression
        What a name stands for at the initial time only (ACTIVE INITIAL).
    hidden : list of Equation
        Auxiliaries that the file does not name.
    structural : set of str
        Constants on which the number of stocks hangs.
    """

    stocks: list[Stock] = field(default_factory=list)
    memories: list[Memory] = field(default_factory=list)
    pipes: list[Pipe] = field(default_factory=list)
    first: dict[str, Expression] = field(default_factory=dict)
    in_start: dict[str, Expression] = field(default_factory=dict)
    hidden: list[Equation] = field(default_factory=list)
    structural: set[str] = field(default_factory=set)


class Expander:
    """Takes the stateful parts out of one equation after the other.

    Parameters
    ----------
    constants : mapping of str to float
        For the orders of delays and smooths.
    """

    def __init__(self, constants: Mapping[str, float]) -> None:
        self._constants = constants
        self._count = 0
        self._owner = ""
        self.result = Expansion()

    def equation(self, name: str, expression: Expression) -> Equation | None:
        """Return what is left of an equation; None when its variable is a stock itself."""
        self._owner, self._count = name, 0
        if isinstance(expression, Stateful) and expression.kind in ("integ", "non-negative integ"):
            rate, initial = (self._without(part) for part in expression.arguments)
            self._stock(name, rate, initial, non_negative=expression.kind != "integ")
            return None
        return Equation(name, self._without(expression))

    def _without(self, expression: Expression) -> Expression:
        if not isinstance(expression, Stateful):
            return with_children(expression, self._without)
        arguments = tuple(self._without(part) for part in expression.arguments)
        return _EXPANSIONS[expression.kind](self, *arguments)

    def _name(self, what: str) -> str:
        self._count += 1
        return f"{self._owner}#{what}{self._count}"

    def _stock(self, name: str, rate: Expression, initial: Expression, *, non_negative: bool = False) -> Name:
        self.result.stocks.append(Stock(name, rate, non_negative))
        self.result.first[name] = initial
        return Name(name)

    def _integ(self, rate: Expression, initial: Expression) -> Expression:
        return self._stock(self._name("integ"), rate, initial)

    def _non_negative_integ(self, rate: Expression, initial: Expression) -> Expression:
        return self._stock(self._name("integ"), rate, initial, non_negative=True)

    def _hidden(self, what: str, expression: Expression) -> Expression:
        """Name a part that is used more than once."""
        if isinstance(expression, (Name, Number)):
            return expression
        name = self._name(what)
        self.result.hidden.append(Equation(name, expression))
        return Name(name)

    def _memory(self, what: str, initial: Expression) -> Name:
        name = self._name(what)
        self.result.first[name] = initial
        return Name(name)

    def _order(self, order: Expression) -> int:
        value = literal(order, self._constants, self.result.structural)
        if value is None or not 1 <= value <= _LARGEST_ORDER:
            raise Unsound(f"the order of a delay or smooth must be a constant from 1 to {_LARGEST_ORDER}")
        return int(value)

    def _initial(self, expression: Expression) -> Expression:
        return self._memory("initial", expression)

    def _active_initial(self, expression: Expression, initial: Expression) -> Expression:
        name = self._name("active")
        self.result.hidden.append(Equation(name, expression))
        self.result.in_start[name] = initial
        return Name(name)

    def _smooth(self, entering: Expression, time: Expression, initial: Expression, order: Expression) -> Expression:
        n = self._order(order)
        target, pace = self._hidden("smooth input", entering), self._hidden("smooth time", time)
        for _ in range(n):
            name = self._name("smooth")
            gap = Arithmetic("-", target, Name(name))
            rate = Arithmetic("/", Arithmetic("*", gap, Number(float(n))), pace)
            target = self._stock(name, rate, initial)
        return target

    def _delay(self, entering: Expression, time: Expression, initial: Expression, order: Expression) -> Expression:
        n = self._order(order)
        flow, pace = entering, self._hidden("delay time", time)
        for _ in range(n):
            name = self._name("delay")
            leaving = self._hidden("outflow", Arithmetic("/", Name(name), pace))
            rate = Arithmetic("*", Arithmetic("-", flow, leaving), Number(float(n)))
            self._stock(name, rate, Arithmetic("*", initial, pace))
            flow = leaving
        return flow

    def _delay_n(self, entering: Expression, time: Expression, initial: Expression, order: Expression) -> Expression:
        n = self._order(order)
        if isinstance(time, Number) or (isinstance(time, Name) and time.name in self._constants):
            return self._delay(entering, time, initial, order)
        pace = self._hidden("delay time", time)
        paces = [self._memory("pace", pace) for _ in range(n)]
        for memory, following in zip(paces, [pace, *paces], strict=False):
            self.result.memories.append(Memory(memory.name, following))
        flow: Expression = entering
        stage = Name("")
        for own in [pace, *paces[:-1]]:
            stage = Name(self._name("delay"))
            leaving = self._hidden("outflow", Arithmetic("/", stage, own))
            rate = Arithmetic("*", Arithmetic("-", flow, leaving), Number(float(n)))
            self._stock(stage.name, rate, Arithmetic("*", initial, pace))
            flow = leaving
        return Arithmetic("/", stage, paces[0])

    def _delay_fixed(self, entering: Expression, time: Expression, initial: Expression) -> Expression:
        name = self._name("fixed delay")
        self.result.pipes.append(Pipe(name, entering, time, initial))
        self.result.first[name] = initial
        return Name(name)

    def _trend(self, entering: Expression, time: Expression, initial: Expression) -> Expression:
        x, pace = self._hidden("trend input", entering), self._hidden("trend time", time)
        name = self._name("average")
        first = Arithmetic("/", x, Arithmetic("+", Number(1.0), Arithmetic("*", initial, pace)))
        average = self._stock(name, Arithmetic("/", Arithmetic("-", x, Name(name)), pace), first)
        scale = Arithmetic("*", pace, Call("abs", (average,)))
        return Call("zidz", (Arithmetic("-", x, average), scale))

    def _forecast(self, entering: Expression, time: Expression, horizon: Expression, initial: Expression) -> Expression:
        x, pace = self._hidden("forecast input", entering), self._hidden("forecast time", time)
        name = self._name("average")
        first = Arithmetic("/", x, Arithmetic("+", Number(1.0), initial))
        average = self._stock(name, Arithmetic("/", Arithmetic("-", x, Name(name)), pace), first)
        trend = Call("zidz", (Arithmetic("-", x, average), Arithmetic("*", pace, average)))
        return Arithmetic("*", x, Arithmetic("+", Number(1.0), Arithmetic("*", trend, horizon)))

    def _sample(self, condition: Expression, value: Expression, initial: Expression) -> Expression:
        memory = self._memory("sample", initial)
        sampled = self._hidden("sampled", Conditional(condition, value, memory))
        self.result.memories.append(Memory(memory.name, sampled))
        return sampled


_EXPANSIONS: dict[str, Callable[..., Expression]] = {
    "integ": Expander._integ,
    "non-negative integ": Expander._non_negative_integ,
    "initial": Expander._initial,
    "active initial": Expander._active_initial,
    "smooth": Expander._smooth,
    "delay": Expander._delay,
    "delay n": Expander._delay_n,
    "delay fixed": Expander._delay_fixed,
    "trend": Expander._trend,
    "forecast": Expander._forecast,
    "sample if true": Expander._sample,
}
