"""How an input on demand is named: "initial: Prey", "all: Rate", "factor: Rate", "point: Effect(2.5)"..."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rcsd.names import canonical, point_named

INITIAL = "initial"
_DELAY = re.compile(r"delay time(?: (\d+))?")
What = Literal["element", "initial", "point", "delay time"]
How = Literal["alone", "all", "factor"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a name asks for.

    Attributes
    ----------
    name
        As it was written.
    variable
        Whose part is meant, with an element in brackets where one is named.
    what
        An element of a constant (or, with a factor, a table), an initial value, a point of a table, a delay's time.
    how
        One of them alone, all elements set to one value, or all multiplied by one factor.
    x
        Of the point.
    number
        Which of the delays of an equation, from 1; 0 where the name does not say.
    """

    name: str
    variable: str
    what: What = "element"
    how: How = "alone"
    x: float = 0.0
    number: int = 0

    @property
    def base(self) -> str:
        """The variable without an element."""
        return self.variable.partition("[")[0].strip()

    def input_of(self, variable: str) -> str:
        """Name the input with the model's own spelling of the variable."""
        prefix = "" if self.how == "alone" else f"{self.how}: "
        if self.what == "point":
            return f"{prefix}point: {variable}({self.x:.12g})"
        if self.what == "element":
            return f"{prefix}{variable}"
        number = f" {self.number}" if self.number else ""
        return f"{prefix}{self.what}{number}: {variable}"


def asked(name: str) -> Asked:
    """Read a name.

    Examples
    --------
    >>> asked("factor: initial: Wood").how
    'factor'
    >>> asked("Point: Effect( 2.50 )").x
    2.5
    >>> asked("delay time 2: Deliveries").number
    2
    """
    how: How = "alone"
    rest = name
    first, colon, after = name.partition(":")
    if colon and after.strip():
        if canonical(first) == "all":
            how, rest = "all", after
        elif canonical(first) == "factor":
            how, rest = "factor", after
    first, colon, after = rest.partition(":")
    kind, after = canonical(first) if colon else "", after.strip()
    if kind == INITIAL and after:
        return Asked(name, after, "initial", how)
    point = point_named(after) if kind == "point" else None
    if point is not None:
        return Asked(name, point[0], "point", how, x=point[1])
    delay = _DELAY.fullmatch(kind)
    if delay is not None and after:
        return Asked(name, after, "delay time", how, number=int(delay[1] or 0))
    return Asked(name, rest.strip(), how=how)


def stock_named(name: str) -> str | None:
    """Return the stock whose initial value is meant by a name, such as "initial: Population"; None for another name.

    Examples
    --------
    >>> stock_named("Initial: Population[north]")
    'Population[north]'
    >>> stock_named("Initial Population")
    """
    found = asked(name)
    return found.variable if found.what == INITIAL and found.how == "alone" else None


def initial_of(stock: str) -> str:
    """Return the name of the input that sets the initial value of a stock."""
    return f"{INITIAL}: {stock}"
