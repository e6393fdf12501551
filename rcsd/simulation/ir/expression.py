"""The expression tree: a dozen node types that every equation is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias

ArithmeticOperator = Literal["+", "-", "*", "/", "^"]
ComparisonOperator = Literal["=", "<>", "<", "<=", ">", ">="]
Beyond = Literal["hold", "extrapolate"]
Between = Literal["linear", "previous", "next"]


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

    operator: Literal["sum", "prod", "vmin", "vmax"]
    operand: Expression


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
    | Random
)
_TRUTHS = (Comparison, Logical, Not)


def is_truth(expression: Expression) -> bool:
    """Whether an expression gives a truth value rather than a number."""
    return isinstance(expression, _TRUTHS)


def children(expression: Expression) -> Iterator[Expression]:
    """Yield the operands of a node, in order."""
    for field in fields(expression):
        value = getattr(expression, field.name)
        if isinstance(value, Expression):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Expression))


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield a node and everything below it."""
    yield expression
    for child in children(expression):
        yield from walk(child)


def with_children(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """Return a node with its operands changed; the node itself where none changes."""
    changes: dict[str, object] = {}
    for field in fields(expression):
        value = getattr(expression, field.name)
        if isinstance(value, Expression):
            new: object = change(value)
            if new is not value:
                changes[field.name] = new
        elif isinstance(value, tuple) and any(isinstance(part, Expression) for part in value):
            changes[field.name] = tuple(change(part) if isinstance(part, Expression) else part for part in value)
    return replace(expression, **changes) if changes else expression  # type: ignore[arg-type]


def names_in(expression: Expression) -> Iterator[Name]:
    """Yield every reference to a variable, those that a lookup reads its points from included."""
    return (node for node in walk(expression) if isinstance(node, Name))
