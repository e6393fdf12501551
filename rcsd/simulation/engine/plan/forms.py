"""The form of an expression: what is left of it when its names and numbers are taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Joined,
    Logical,
    Lookup,
    Name,
    Number,
    Random,
    Repeated,
    Time,
    children,
    with_children,
)
from rcsd.simulation.ir.joining import written_out

# kernels multiply for these exponents, and call a function for others
_WRITTEN_EXPONENTS = (-1.0, 1.0, 2.0, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class Terms:
    """Leaves of each of the terms of a `Joined` that have one form."""

    leaves: list[list[Leaf]]


Leaf: TypeAlias = str | float | int | Terms
"""A name, a number, the number of a stream of draws, or a sum's."""
Place: TypeAlias = Expression | int | list["Place"]
"""What comes in the place of a leaf: an expression, a stream, or those of the leaves of a term."""


class Reader:
    """Reads the form of an expression and, in the same order, its leaves.

    Parameters
    ----------
    fixed : mapping of str to float
        Names that are numbers.
    fewest : float
        A `Joined` of fewer terms, or of terms of several forms, is written out.
    """

    def __init__(self, fixed: Mapping[str, float], fewest: float) -> None:
        self._fixed = fixed
        self._fewest = fewest
        self._parts: list[str] = []
        self._leaves: list[Leaf] = []

    def read(self, expression: Expression) -> tuple[str, list[Leaf]]:
        """Return form and leaves: equal forms have leaves that correspond."""
        outer = self._parts, self._leaves
        self._parts, self._leaves = [], []
        self._read(expression)
        form, leaves = "".join(self._parts), self._leaves
        self._parts, self._leaves = outer
        return form, leaves

    def _read(self, expression: Expression) -> None:
        match expression:
            case Name(name):
                self._leaf("c", self._fixed[name]) if name in self._fixed else self._leaf("n", name)
            case Number(value):
                self._leaf("c", float(value))
            case Arithmetic("^", base, exponent) if (power := self._written(exponent)) is not None:
                self._nodes(f"^{power}", (base,))
            case Lookup(Name(table), argument):
                self._leaves.append(table)
                self._nodes("look", (argument,))
            case Random(distribution, arguments, stream):
                self._leaves.append(int(stream))
                self._nodes(distribution, arguments)
            case Joined():
                self._joined(expression)
            case _:
                self._nodes(_label(expression), children(expression))

    def _leaf(self, kind: str, leaf: Leaf) -> None:
        self._parts.append(kind)
        self._leaves.append(leaf)

    def _nodes(self, label: str, operands: Iterable[Expression]) -> None:
        self._parts.append(f"({label} ")
        for operand in operands:
            self._read(operand)
        self._parts.append(")")

    def _joined(self, expression: Joined) -> None:
        if (form := self._common(expression)) is None:
            self._read(written_out(expression))
        else:
            self._parts.append(f"({expression.operator} of {len(expression.terms)} {form[0]})")
            self._leaves.append(Terms(form[1]))

    def _common(self, expression: Joined) -> tuple[str, list[list[Leaf]]] | None:
        """Return the form of the terms and their leaves; None when it is to be written out."""
        if len(expression.terms) < self._fewest:
            return None
        forms, leaves = zip(*map(self.read, expression.terms), strict=True)
        nested = any(isinstance(leaf, Terms) for leaf in leaves[0])
        return None if nested or len(set(forms)) > 1 else (forms[0], list(leaves))

    def _written(self, exponent: Expression) -> float | None:
        value = exponent.value if isinstance(exponent, Number) else None
        if isinstance(exponent, Name):
            value = self._fixed.get(exponent.name)
        return value if value in _WRITTEN_EXPONENTS else None

    def filled(self, expression: Expression, places: Iterator[Place]) -> Expression:  # noqa: PLR0911 - one line per node
        """Return an expression with other leaves, taken in the order in which `read` gives them."""

        def fill(part: Expression) -> Expression:
            return self.filled(part, places)

        match expression:
            case Name() | Number():
                return next(places)  # type: ignore[return-value]
            case Arithmetic("^", base, exponent) if (power := self._written(exponent)) is not None:
                return Arithmetic("^", fill(base), Number(power))
            case Lookup(Name(), argument):
                table = next(places)
                return Lookup(table, fill(argument))  # type: ignore[arg-type]
            case Random(distribution, arguments, _):
                stream = next(places)
                return Random(distribution, tuple(map(fill, arguments)), stream)  # type: ignore[arg-type]
            case Joined(operator, terms) if self._common(expression) is not None:
                inner: Iterator[Place] = iter(next(places))  # type: ignore[arg-type]
                return Repeated(operator, self.filled(terms[0], inner), len(terms))
            case Joined():
                return fill(written_out(expression))
            case _:
                return with_children(expression, fill)

    def spelt_out(self, expression: Expression) -> Expression:
        """Return an expression without any `Joined`."""
        if isinstance(expression, Joined):
            return self.spelt_out(written_out(expression))
        return with_children(expression, self.spelt_out)


def names_of(leaves: list[Leaf]) -> Iterator[str]:
    """Yield the names among leaves."""
    for leaf in leaves:
        if isinstance(leaf, str):
            yield leaf
        elif isinstance(leaf, Terms):
            for inner in leaf.leaves:
                yield from names_of(inner)


def _label(expression: Expression) -> str:
    kind = type(expression)
    return _LABELS.get(kind, _of_kind)(expression)


def _of_kind(expression: object) -> str:
    return type(expression).__name__


_LABELS: dict[type, Callable[..., str]] = {
    Arithmetic: lambda node: node.operator,
    Comparison: lambda node: node.operator,
    Logical: lambda node: node.operator,
    Call: lambda node: f"{node.function} {len(node.arguments)}",
    Time: lambda node: f"Time {node.of_step}",
}
