"""Where two expressions differ: the smallest parts of one that stand in place of parts of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Joined,
    Logical,
    Lookup,
    Name,
    Negative,
    Number,
    Points,
    Random,
    Reduction,
    Time,
    children,
)

Content = Expression | Points
FormOf = Callable[[Expression], int]
_Terms = list[tuple[int, Expression]]
_SUM, _PRODUCT = ("+", "-"), ("*", "/")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of one expression and what stands in its place in another.

    Attributes
    ----------
    old, new : Expression, Points or None
        None for a term or factor that only the other has.
    of : {"", "term", "factor", "divisor", "limit"}
        What of a sum or a product was added or taken out; or that of a stock which never falls below zero.
    """

    old: Content | None
    new: Content | None
    of: str = ""


def parts(old: Content, new: Content, old_form: FormOf, new_form: FormOf) -> Iterator[Part]:
    """Yield where two expressions differ.

    Parameters
    ----------
    old, new : Expression or Points
        What defines two variables, or elements of them.
    old_form, new_form : callable
        Forms of parts of either, from one `rcsd.analysis.difference.structure.form.Forms`.
    """
    if isinstance(old, Points) or isinstance(new, Points):
        if old != new:
            yield Part(old, new)
        return
    yield from _Walk(old_form, new_form).through(old, new)


@dataclass(frozen=True, slots=True)
class _Walk:
    old_form: FormOf
    new_form: FormOf

    def through(self, old: Expression, new: Expression) -> Iterator[Part]:
        """Yield the parts that differ, from left to right."""
        if self.old_form(old) == self.new_form(new):
            return
        if _is_chain(old, _SUM) or _is_chain(new, _SUM):  # what is no sum is one of a single term
            yield from self._chains(old, new, _terms(old, _SUM), _terms(new, _SUM), "term")
        elif _is_chain(old, _PRODUCT) or _is_chain(new, _PRODUCT):
            yield from self._chains(old, new, _terms(old, _PRODUCT), _terms(new, _PRODUCT), "factor")
        elif isinstance(old, Lookup) and isinstance(new, Lookup):
            yield from self._lookups(old, new)
        elif isinstance(old, Call) and isinstance(new, Call) and old.function == new.function == "integ":
            yield from self._stocks(old, new)
        elif _head(old) == _head(new) and len(children(old)) == len(children(new)) > 0:
            for a, b in zip(children(old), children(new), strict=True):
                yield from self.through(a, b)
        else:
            yield Part(old, new)

    def _lookups(self, old: Lookup, new: Lookup) -> Iterator[Part]:
        if isinstance(old.table, Points) and isinstance(new.table, Points):
            if old.table != new.table:
                yield Part(old.table, new.table)
            yield from self.through(old.argument, new.argument)
        elif isinstance(old.table, Name) and isinstance(new.table, Name):
            yield from self.through(old.table, new.table)
            yield from self.through(old.argument, new.argument)
        else:
            yield Part(old, new)

    def _stocks(self, old: Call, new: Call) -> Iterator[Part]:
        for a, b in zip(old.arguments[:2], new.arguments[:2], strict=True):
            yield from self.through(a, b)
        kept = [each.arguments[2:] == (Number(1.0),) for each in (old, new)]
        if kept[0] != kept[1]:
            yield Part(old if kept[0] else None, new if kept[1] else None, "limit")

    def _chains(self, old: Expression, new: Expression, gone: _Terms, come: _Terms, of: str) -> Iterator[Part]:
        """Yield what differs between two sums or products, whatever the order of their terms."""
        n_terms = max(len(gone), len(come))
        forms = [(sign, self.new_form(term)) for sign, term in come]
        left: _Terms = []
        for sign, term in gone:
            if (key := (sign, self.old_form(term))) in forms:
                at = forms.index(key)
                del forms[at], come[at]
            else:
                left.append((sign, term))
        if len(left) == len(come) == 1 and left[0][0] == come[0][0]:
            yield from self.through(left[0][1], come[0][1])
        elif len(left) + len(come) < n_terms:
            yield from (Part(_with_sign(each, of), None, _said(each, of)) for each in left)
            yield from (Part(None, _with_sign(each, of), _said(each, of)) for each in come)
        else:
            yield Part(old, new)


def _is_chain(expression: Expression, operators: tuple[str, str]) -> bool:
    if operators == _SUM and isinstance(expression, Joined):
        return expression.operator == "sum"
    return isinstance(expression, Arithmetic) and expression.operator in operators


def _terms(expression: Expression, operators: tuple[str, str]) -> _Terms:
    """List the terms of a sum, or the factors of a product, each with 1, or -1 where it is taken off."""
    found: _Terms = []
    waiting: _Terms = [(1, expression)]
    while waiting:
        sign, node = waiting.pop()
        if isinstance(node, Arithmetic) and node.operator in operators:
            waiting += [(-sign if node.operator == operators[1] else sign, node.right), (sign, node.left)]
        elif isinstance(node, Joined) and operators == _SUM and node.operator == "sum":
            waiting += [(sign, term) for term in reversed(node.terms)]
        elif isinstance(node, Negative) and operators == _SUM:
            waiting.append((-sign, node.operand))
        else:
            found.append((sign, node))
    return found


def _with_sign(term: tuple[int, Expression], of: str) -> Expression:
    return Negative(term[1]) if of == "term" and term[0] < 0 else term[1]


def _said(term: tuple[int, Expression], of: str) -> str:
    return "divisor" if of == "factor" and term[0] < 0 else of


def _head(node: Expression) -> Sequence[object]:
    """Return what two nodes have in common whose operands can be compared one by one."""
    match node:
        case Call(function, _):
            return "call", function
        case Arithmetic(operator) | Comparison(operator) | Logical(operator):
            return type(node).__name__, operator
        case Reduction(operator) | Joined(operator):
            return type(node).__name__, operator
        case Random(distribution):
            return "random", distribution
        case Name() | Number() | Time():
            return ("leaf", id(node))
        case _:
            return (type(node).__name__,)
