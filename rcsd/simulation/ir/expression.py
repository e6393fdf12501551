"""The expression tree: a dozen node types that every equation is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

ArithmeticOperator = Literal["+", "-", "*", "/", "^"]
ComparisonOperator = Literal["=", "<>", "<", "<=", ">", ">="]
Beyond = Literal["hold", "extrapolate"]
Between = Literal["linear", "previous", "next"]
Join = Literal["sum", "prod", "vmin", "vmax"]


@dataclass(frozen=True, slots=True)
class Number:
    """A literal; `value` may be NaN (Vensim's ``:NA:``)."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A variable; `subscripts` are dimensions or elements until they are resolved, then none."""

    name: str
    subscripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """The simulation time; `of_step` is that at the beginning of the step, which stays the same within it."""

    of_step: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers to a number."""

    operator: ArithmeticOperator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with its sign changed."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two numbers to a truth value."""

    operator: ComparisonOperator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Logical:
    """Two truth values to one."""

    operator: Literal["and", "or"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Not:
    """A truth value turned round."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """One of two numbers, by a truth value."""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """One of `rcsd.simulation.functions`, under its `key`; after lowering, one of its primitives."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A table: x strictly increasing, at least one point, and what holds between and beyond the points."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    between: Between = "linear"
    beyond: Beyond = "hold"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table read at `argument`: its points, or the variable that holds them."""

    table: Points | Name
    argument: Expression


@dataclass(frozen=True, slots=True)
class Reduction:
    """A sum, product, least or greatest over the elements of the dimensions marked in `operand` by ``!``."""

    operator: Join
    operand: Expression


@dataclass(frozen=True, slots=True)
class Joined:
    """A sum, product, least or greatest of terms, at least one: what a `Reduction` is resolved to.

    Neighbours are joined first, then neighbouring pairs, and so on; the last of an odd number waits. A sum rounds less
    than one from left to right, and all engines keep to this order, to the bit.
    """

    operator: Join
    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """`Joined` with `count` terms of one form, in the expression of a `rcsd.simulation.ir.family.Family`."""

    operator: Join
    term: Expression
    count: int


@dataclass(frozen=True, slots=True)
class Random:
    """A draw, anew in every step; `stream` tells the draws of a model apart."""

    distribution: Literal["uniform", "normal", "exponential"]
    arguments: tuple[Expression, ...]
    stream: int = 0


Expression: TypeAlias = (
    Number
    | Name
    | Time
    | Arithmetic
    | Negative
    | Comparison
    | Logical
    | Not
    | Conditional
    | Call
    | Lookup
    | Reduction
    | Joined
    | Repeated
    | Random
)
_TRUTHS = (Comparison, Logical, Not)


def is_truth(expression: Expression) -> bool:
    """Whether an expression gives a truth value rather than a number."""
    return isinstance(expression, _TRUTHS)


def children(expression: Expression) -> Sequence[Expression]:
    """Return the operands of a node, in order."""
    return _OPERANDS[type(expression)](expression)


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield a node and everything below it."""
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += children(node)[::-1]


def with_children(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """Return a node with its operands changed; the node itself where none changes."""
    operands = children(expression)
    if not operands:
        return expression
    changed = [change(operand) for operand in operands]
    for new, old in zip(changed, operands, strict=True):
        if new is not old:
            return _REMADE[type(expression)](expression, changed)
    return expression


def names_in(expression: Expression) -> Iterator[Name]:
    """Yield every reference to a variable, those that a lookup reads its points from included."""
    return (node for node in walk(expression) if isinstance(node, Name))


def _none(_: Any) -> tuple[Expression, ...]:
    return ()


def _pair(node: Any) -> tuple[Expression, ...]:
    return (node.left, node.right)


def _operand(node: Any) -> tuple[Expression, ...]:
    return (node.operand,)


def _arguments(node: Any) -> tuple[Expression, ...]:
    return node.arguments  # type: ignore[no-any-return]


# one entry a node: asking a dataclass for its fields takes ten times as long, and models have a million nodes
_OPERANDS: dict[type, Callable[[Any], tuple[Expression, ...]]] = {
    Number: _none,
    Name: _none,
    Time: _none,
    Arithmetic: _pair,
    Negative: _operand,
    Comparison: _pair,
    Logical: _pair,
    Not: _operand,
    Conditional: lambda node: (node.condition, node.then, node.otherwise),
    Call: _arguments,
    Lookup: lambda node: (node.argument,) if isinstance(node.table, Points) else (node.table, node.argument),
    Reduction: _operand,
    Joined: lambda node: node.terms,
    Repeated: lambda node: (node.term,),
    Random: _arguments,
}
_REMADE: dict[type, Callable[[Any, list[Any]], Expression]] = {
    Arithmetic: lambda node, new: Arithmetic(node.operator, *new),
    Negative: lambda node, new: Negative(*new),
    Comparison: lambda node, new: Comparison(node.operator, *new),
    Logical: lambda node, new: Logical(node.operator, *new),
    Not: lambda node, new: Not(*new),
    Conditional: lambda node, new: Conditional(*new),
    Call: lambda node, new: Call(node.function, tuple(new)),
    Lookup: lambda node, new: Lookup(node.table if len(new) == 1 else new[0], new[-1]),
    Reduction: lambda node, new: Reduction(node.operator, *new),
    Joined: lambda node, new: Joined(node.operator, tuple(new)),
    Repeated: lambda node, new: Repeated(node.operator, new[0], node.count),
    Random: lambda node, new: Random(node.distribution, tuple(new), node.stream),
}
