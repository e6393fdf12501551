"""Formulas of indicators over the names of series: a small grammar, read by descent and never handed to Python.

::

    sum     = product {("+" | "-") product}
    product = factor {("*" | "/") factor}
    factor  = ("+" | "-") factor | atom
    atom    = number | name | function "(" sum {"," sum} ")" | "(" sum ")"

The functions are those of `FUNCTIONS`. A formula is evaluated over whole years, cell by cell: what is missing, or
cannot be worked out, is NaN.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import IndicatorError
from rcsd.names import near_matches
from rcsd.papers.resilience.inputs.diversity import shannon
from rcsd.units import Unit

Floats = NDArray[np.float64]

FUNCTIONS = {
    "shannon": "Shannon index of its arguments, the parts of a whole (Peng and Ji, eqs 1-3)",
    "share": "the first argument over the sum of all",
    "change": "growth from the year before, as a share of that year's value",
}
"""Name and meaning."""

_LEAST = {"shannon": 2, "share": 2, "change": 1}
_MOST = {"change": 1}
_LONGEST, _DEEPEST = 500, 30
_TOKEN = re.compile(r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>[-+*/(),]))")


@dataclass(frozen=True, slots=True)
class Number:
    """A number without a unit."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A series."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus something."""

    of: Tree


@dataclass(frozen=True, slots=True)
class Binary:
    """Two things joined by one of ``+ - * /``."""

    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Call:
    """One of the functions."""

    function: str
    arguments: tuple[Tree, ...]


Tree = Number | Name | Negative | Binary | Call


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that has been read.

    Attributes
    ----------
    text
        As it was written.
    tree
        What it means.
    """

    text: str
    tree: Tree

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the series in it, in order of first appearance."""
        return tuple(dict.fromkeys(_names(self.tree)))

    def evaluate(self, series: Mapping[str, Floats]) -> Floats:
        """Work out the indicator.

        Parameters
        ----------
        series
            Every series of the formula, by name: arrays whose last axis is consecutive years and whose other axes,
            such as draws, agree or can be broadcast.

        Returns
        -------
        NDArray
            NaN where a cell is missing or the result is not finite, such as after a division by zero; also in the first
            year of a `change`.
        """
        with np.errstate(all="ignore"):
            found = np.asarray(_value(self.tree, series), dtype=np.float64)
        return np.where(np.isfinite(found), found, np.nan)

    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Work out the unit of the result from those of the series.

        Raises
        ------
        IndicatorError
            When two units are added, subtracted or made parts of one whole, and differ.
        """
        return _unit(self.tree, units)


def parse_formula(text: str) -> Formula:
    """Read a formula.

    Raises
    ------
    IndicatorError
        Naming the column, what stands there and what may.

    Examples
    --------
    >>> formula = parse_formula("share(coal, rest) * 100")
    >>> formula.series
    ('coal', 'rest')
    >>> formula.evaluate({"coal": np.array([1.0, 3.0]), "rest": np.array([1.0, 1.0])}).tolist()
    [50.0, 75.0]
    """
    if len(text) > _LONGEST:
        raise IndicatorError(
            f"the formula has {len(text)} letters, more than {_LONGEST}: make a series of a part of it"
        )
    reader = _Reader(text, list(_tokens(text)))
    tree = reader.sum(0)
    reader.expect_end()
    return Formula(text, tree)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield kind, text and one-based column."""
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            column = at + len(text[at:]) - len(text[at:].lstrip())
            raise IndicatorError(
                f"column {column + 1} of the formula `{text}`: {text[column]!r} has no meaning here; a formula is of "
                f"names of series, numbers, + - * / ( ) and the functions {', '.join(FUNCTIONS)}"
            )
        kind = str(found.lastgroup)
        yield kind, found[kind], found.start(kind) + 1
        at = found.end()


@dataclass(slots=True)
class _Reader:
    """Descends through the tokens."""

    text: str
    tokens: list[tuple[str, str, int]]
    at: int = 0

    def next(self) -> tuple[str, str, int]:
        if self.at < len(self.tokens):
            return self.tokens[self.at]
        return "end", "", len(self.text) + 1

    def takes(self, *signs: str) -> str:
        """Take one of the signs if it is the next token, empty otherwise."""
        kind, found, _ = self.next()
        if kind == "sign" and found in signs:
            self.at += 1
            return found
        return ""

    def fail(self, wanted: str) -> IndicatorError:
        kind, found, column = self.next()
        what = "the formula ends" if kind == "end" else f"{found!r} stands"
        return IndicatorError(f"column {column} of the formula `{self.text}`: {what} where {wanted} should be")

    def expect(self, sign: str) -> None:
        if not self.takes(sign):
            raise self.fail(f"{sign!r}")

    def expect_end(self) -> None:
        if self.next()[0] != "end":
            raise self.fail("an operator (+ - * /) or the end")

    def sum(self, depth: int) -> Tree:
        tree = self.product(depth)
        while sign := self.takes("+", "-"):
            tree = Binary(sign, tree, self.product(depth))
        return tree

    def product(self, depth: int) -> Tree:
        tree = self.factor(depth)
        while sign := self.takes("*", "/"):
            tree = Binary(sign, tree, self.factor(depth))
        return tree

    def factor(self, depth: int) -> Tree:
        if depth > _DEEPEST:
            raise IndicatorError(f"the formula is nested more than {_DEEPEST} deep: make a series of a part of it")
        if sign := self.takes("+", "-"):
            inner = self.factor(depth + 1)
            return Negative(inner) if sign == "-" else inner
        return self.atom(depth)

    def atom(self, depth: int) -> Tree:
        kind, found, _ = self.next()
        if kind == "number":
            self.at += 1
            return self._number(found)
        if kind == "name":
            self.at += 1
            return self.call(found, depth) if self.takes("(") else Name(found)
        if self.takes("("):
            tree = self.sum(depth + 1)
            self.expect(")")
            return tree
        raise self.fail("a series, a number or a bracket")

    def _number(self, found: str) -> Number:
        value = float(found)
        if not np.isfinite(value):
            raise IndicatorError(f"the number {found} of the formula `{self.text}` is too large")
        return Number(value)

    def call(self, function: str, depth: int) -> Call:
        if function not in FUNCTIONS:
            hint = near_matches(function, FUNCTIONS) or f"there are {', '.join(FUNCTIONS)}"
            raise IndicatorError(f"the formula `{self.text}` calls a function {function!r}, which there is not; {hint}")
        arguments = [self.sum(depth + 1)]
        while self.takes(","):
            arguments.append(self.sum(depth + 1))
        self.expect(")")
        least, most = _LEAST[function], _MOST.get(function)
        if len(arguments) < least or (most is not None and len(arguments) > most):
            wanted = f"{least} argument{'s or more' if most is None else ''}"
            raise IndicatorError(
                f"the formula `{self.text}` gives {function} {len(arguments)} argument(s); it takes {wanted}: "
                f"{FUNCTIONS[function]}"
            )
        return Call(function, tuple(arguments))


def _names(tree: Tree) -> Iterator[str]:
    match tree:
        case Name(name):
            yield name
        case Negative(of):
            yield from _names(of)
        case Binary(_, left, right):
            yield from _names(left)
            yield from _names(right)
        case Call(_, arguments):
            for each in arguments:
                yield from _names(each)


def _value(tree: Tree, series: Mapping[str, Floats]) -> Floats | float:
    match tree:
        case Number(value):
            return value
        case Name(name):
            return series[name]
        case Negative(of):
            return -_value(of, series)
        case Binary(sign, left, right):
            return _joined(sign, np.asarray(_value(left, series)), np.asarray(_value(right, series)))
        case Call(function, arguments):
            return _called(function, [np.asarray(_value(each, series)) for each in arguments])


def _joined(sign: str, left: Floats, right: Floats) -> Floats:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    return left * right if sign == "*" else left / right


def _called(function: str, arguments: list[Floats]) -> Floats:
    if function == "change":
        (x,) = arguments
        growth = np.full(x.shape, np.nan)
        if x.ndim:
            growth[..., 1:] = x[..., 1:] / x[..., :-1] - 1
        return growth
    parts = np.stack(np.broadcast_arrays(*arguments), axis=-1)
    parts = np.where(parts >= 0, parts, np.nan)  # a part of a whole cannot be negative
    if function == "shannon":
        return shannon(np.where(np.isfinite(parts), parts, np.nan))
    return np.asarray(parts[..., 0] / parts.sum(axis=-1))


def _unit(tree: Tree, units: Mapping[str, Unit]) -> Unit:
    match tree:
        case Number():
            return Unit()
        case Name(name):
            return units[name]
        case Negative(of):
            return _unit(of, units)
        case Binary(sign, left, right):
            one, other = _unit(left, units), _unit(right, units)
            if sign in {"*", "/"}:
                return one * other if sign == "*" else one / other
            return _same([one, other], f"{sign!r} joins")
        case Call("change", (argument,)):
            _unit(argument, units)
        case Call(function, arguments):
            _same([_unit(each, units) for each in arguments], f"{function} takes")
    return Unit()


def _same(found: list[Unit], what: str) -> Unit:
    if any(unit != found[0] for unit in found):
        listed = " and ".join(dict.fromkeys(repr(str(unit)) for unit in found))
        raise IndicatorError(f"{what} things of different units, {listed}: give it things of one unit")
    return found[0]
