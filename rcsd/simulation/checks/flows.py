"""What flows into and out of each stock, read off the equations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rcsd.names import canonical
from rcsd.simulation.ir import Definition, Model
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Name, Negative, Number, names_in

_INTEGRAL = "integ"


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a stock's rate of change.

    Attributes
    ----------
    factor : float
        What it is multiplied by: 1 for an inflow, -1 for an outflow.
    flow : Name or None
        The variable; None for anything else, such as a product.
    names : tuple of str
        All variables in it, in their canonical spelling.
    """

    factor: float
    flow: Name | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """What changes a stock, in one of its definitions.

    Attributes
    ----------
    stock : str
        The stock, as the file spells it.
    subscripts : tuple of str
        The elements that the definition covers.
    terms : tuple of Term
        The parts of its rate; none for a rate of zero.
    line : int or None
        Where it stands.
    cut : bool
        Whether the file keeps it from going below zero.
    """

    stock: str
    subscripts: tuple[str, ...]
    terms: tuple[Term, ...]
    line: int | None
    cut: bool = False


def balances(model: Model) -> Iterator[Balance]:
    """Yield what changes each stock, a definition each."""
    for each in model.definitions:
        content = each.content
        if isinstance(content, Call) and content.function == _INTEGRAL:
            rate, _, cut = content.arguments
            yield Balance(each.name, each.subscripts, tuple(terms(rate)), each.line, cut == Number(1.0))


def terms(expression: Expression, factor: float = 1.0) -> Iterator[Term]:
    """Take a sum apart, with numbers that multiply or divide a part in its factor.

    Examples
    --------
    >>> [(term.factor, term.flow.name) for term in terms(Arithmetic("-", Name("Births"), Name("Deaths")))]
    [(1.0, 'Births'), (-1.0, 'Deaths')]
    """
    match expression:
        case Arithmetic("+", left, right):
            yield from terms(left, factor)
            yield from terms(right, factor)
        case Arithmetic("-", left, right):
            yield from terms(left, factor)
            yield from terms(right, -factor)
        case Negative(operand):
            yield from terms(operand, -factor)
        case Arithmetic("*", Number(value), other) | Arithmetic("*", other, Number(value)):
            yield from terms(other, factor * value)
        case Arithmetic("/", other, Number(value)) if value:
            yield from terms(other, factor / value)
        case Number(value):
            if value:
                yield Term(factor * value, None, ())
        case Name():
            yield Term(factor, expression, (canonical(expression.name),))
        case _:
            yield Term(factor, None, tuple(dict.fromkeys(canonical(name.name) for name in names_in(expression))))


def content_names(definition: Definition) -> Iterator[str]:
    """Yield the name of every variable that a definition reads."""
    if isinstance(definition.content, Expression):
        yield from (name.name for name in names_in(definition.content))
