"""What the equations of a model remember, gathered while functions such as delays are taken out of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Name, Number
from rcsd.simulation.ir.literal import literal
from rcsd.simulation.ir.system import Equation, Memory, Pipe, Stock
from rcsd.simulation.ir.unsound import Excessive, Unsound

_LARGEST_ORDER = 1000
SLACK = 1e-6
"""Of a number of steps or stages: what a division leaves a little short of a whole number is that number."""


@dataclass(slots=True)
class Expansion:
    """Stocks, memories and pipes, and the methods by which a function adds its own.

    Attributes
    ----------
    constants : mapping of str to float
        For the orders of delays and smooths.
    step : float
        TIME STEP.
    owner : str
        Whose equation is taken apart; hidden names begin with it.
    stocks, memories, pipes : list
        With expressions that are not lowered yet.
    first : dict of str to Expression
        Initial value of each stock, memory and pipe, and of everything that INITIAL keeps.
    in_start : dict of str to Expression
        What a name stands for at the initial time only (ACTIVE INITIAL).
    hidden : list of Equation
        Auxiliaries that the file does not name.
    alone : bool
        Whether a function is all of its owner's equation, so that its owner's name is its own last value.
    structural : set of str
        Constants on which the number of stocks hangs.
    doubts : list of str
        Delays that are negative or shorter than a step.
    """

    constants: Mapping[str, float]
    step: float
    owner: str = ""
    alone: bool = False
    stocks: list[Stock] = field(default_factory=list)
    memories: list[Memory] = field(default_factory=list)
    pipes: list[Pipe] = field(default_factory=list)
    first: dict[str, Expression] = field(default_factory=dict)
    in_start: dict[str, Expression] = field(default_factory=dict)
    hidden: list[Equation] = field(default_factory=list)
    structural: set[str] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)
    _count: int = 0

    def begin(self, owner: str) -> None:
        """Go on to the equation of another variable."""
        self.owner, self._count = owner, 0

    def name(self, what: str) -> str:
        """Make up a name."""
        self._count += 1
        return f"{self.owner}#{what}{self._count}"

    def stock(self, name: str, rate: Expression, initial: Expression, *, non_negative: bool = False) -> Name:
        """Add a stock."""
        self.stocks.append(Stock(name, rate, non_negative))
        self.first[name] = initial
        return Name(name)

    def memory(self, what: str, initial: Expression) -> Name:
        """Add a value that stays as it is at the start, until `follow` says what becomes of it."""
        name = self.name(what)
        self.first[name] = initial
        return Name(name)

    def follow(self, memory: Name, following: Expression) -> None:
        """Say what a memory becomes when a step ends."""
        self.memories.append(Memory(memory.name, following))

    def pipe(self, what: str, entering: Expression, delay: Expression, initial: Expression) -> Name:
        """Add a fixed delay."""
        self._doubt(f"{what} time", delay)
        name = self.name(what)
        self.pipes.append(Pipe(name, entering, delay, initial))
        self.first[name] = initial
        return Name(name)

    def part(self, what: str, expression: Expression) -> Expression:
        """Name a part that is used more than once."""
        if what.endswith(" time"):
            self._doubt(what, expression)
        if isinstance(expression, (Name, Number)):
            return expression
        return self.variable(what, expression)

    def variable(self, what: str, expression: Expression, initial: Expression | None = None) -> Name:
        """Add a variable; `initial` is its equation at the initial time, if that is another."""
        name = self.name(what)
        self.hidden.append(Equation(name, expression))
        if initial is not None:
            self.in_start[name] = initial
        return Name(name)

    def counted(self) -> Name:
        """Add how many steps have been made since the start."""
        steps = self.memory("steps", Number(0.0))
        self.follow(steps, Arithmetic("+", steps, Number(1.0)))
        return steps

    def _doubt(self, what: str, time: Expression) -> None:
        """Note a time that is known beforehand and makes no sense."""
        value = literal(time, self.constants, set())
        if value is not None and (value < 0 or 0 < value < self.step * (1 - SLACK)):
            why = "is negative" if value < 0 else f"is shorter than the time step {self.step:g}"
            self.doubts.append(f"{self.owner!r}: the {what} {value:g} {why}; check it, or shorten the step")

    def is_constant(self, expression: Expression) -> bool:
        """Whether it is a number or a constant's name."""
        return isinstance(expression, Number) or (isinstance(expression, Name) and expression.name in self.constants)

    def order(self, order: Expression) -> int:
        """Work out how many stocks a delay or smooth has; a fraction is cut off.

        Raises
        ------
        Unsound
            When that is no constant in range.
        Excessive
            When it is beyond the range.
        """
        value = literal(order, self.constants, self.structural)
        if value is not None and value > _LARGEST_ORDER:
            message = f"{value:g} is no order of a delay or smooth; the greatest is {_LARGEST_ORDER:,}: lower it"
            raise Excessive(message, certain=True)
        if value is None or not value >= 1:
            raise Unsound(
                f"the order of a delay or smooth must be a constant from 1 to {_LARGEST_ORDER:,}: give it a constant"
            )
        return int(value + SLACK)

    def stages(self, order: Expression, time: Expression) -> tuple[int, Expression]:
        """Work out how many stocks a delay of any order has at most, and how many of them a run uses.

        A delay too short for its order, shorter than a time step per stock, has a lower one (Vensim's manual).

        Parameters
        ----------
        order : Expression
            As the file has it.
        time : Expression
            The delay time; what it is at the initial time counts.

        Returns
        -------
        (most, used)
            `used` is a number, or a name that has the same value in the whole of a run.

        Raises
        ------
        Unsound
            As `order` does.
        """
        n = self.order(order)
        known = literal(time, {}, set())
        if n == 1:
            return n, Number(1.0)
        if known is not None:
            n = max(1, min(n, int(known / self.step + SLACK)))
            return n, Number(float(n))
        fitting = Call("trunc", (Arithmetic("+", Arithmetic("/", time, Number(self.step)), Number(SLACK)),))
        used = Call("max", (Number(1.0), Call("min", (Number(float(n)), fitting))))
        return n, self.memory("order", used)
