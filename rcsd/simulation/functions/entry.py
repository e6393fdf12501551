"""What is known of one function of models: how it is written, what it means, how it is computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rcsd.names import canonical
from rcsd.simulation.ir.expression import Expression, Points

Format = Literal["vensim", "xmile", "formula"]
"""Of a file; a formula calls functions by Vensim's names, or by those of the expression tree."""

_SIGNATURE = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_ ]*)\((?P<arguments>[^()]*)\)")
_MORE = "..."


@dataclass(frozen=True, slots=True)
class Signature:
    """A function as it is called.

    Attributes
    ----------
    text : str
        ``NAME(first, second[, third])``: what stands in brackets may be left out, ``...`` is any number more.
    name : str
        As the manual writes it.
    arguments : tuple of str
        Names of the arguments, without the dots.
    least : int
        How many it needs.
    most : int or None
        How many it takes; None for any number.
    """

    text: str
    name: str
    arguments: tuple[str, ...]
    least: int
    most: int | None

    def takes(self, n: int) -> bool:
        """Whether it can be called with so many arguments."""
        return self.least <= n and (self.most is None or n <= self.most)

    @property
    def count(self) -> str:
        """How many arguments it takes, in words."""
        if self.most is None:
            return f"{self.least} or more"
        return str(self.least) if self.most == self.least else f"{self.least} to {self.most}"


@lru_cache(maxsize=1024)
def signature(text: str) -> Signature:
    """Read a signature.

    Raises
    ------
    ValueError
        When the text is none.

    Examples
    --------
    >>> signature("DELAY1(input, delay time[, initial value])").count
    '2 to 3'
    """
    found = _SIGNATURE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no signature; write one such as 'RAMP(slope, start[, end])'")
    needed, _, optional = found["arguments"].partition("[")
    first, rest = (
        [part.strip() for part in text.rstrip("]").split(",") if part.strip()] for text in (needed, optional)
    )
    names = [name for name in (*first, *rest) if name != _MORE]
    least = sum(name != _MORE for name in first)
    return Signature(text, found["name"].strip(), tuple(names), least, None if _MORE in first else len(names))


@dataclass(frozen=True, slots=True)
class Formula:
    """Computed from other functions.

    Attributes
    ----------
    text : str
        In Vensim's words, over the names of the arguments, ``Time`` and ``TIME STEP``.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """In kernels, an operator of `rcsd.simulation.engine.operators`, which joins the arithmetic around it."""

    name: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """In kernels, a function over a whole block of runs: ``<name>_lanes`` of `rcsd.simulation.engine.lanes`."""

    name: str


@dataclass(frozen=True, slots=True)
class Block:
    """In kernels, a plain function of an array that holds the arguments of one run, however many they are."""

    function: Callable[[NDArray[np.float64]], float]


@dataclass(frozen=True, slots=True)
class Primitive:
    """Computed by the engines themselves, each in its own way.

    Attributes
    ----------
    numpy : callable
        What the interpreter calls: arrays, one value per run, to an array.
    kernel : Instruction, Lanes, Block, callable or None
        What the kernels use. A plain function of numbers is compiled and called run by run: Numba must be able to
        compile it, and the plain functions of the same module that it calls. None for a function that formulas of a
        study have and models do not.
    """

    numpy: Callable[..., NDArray[np.float64]]
    kernel: Instruction | Lanes | Block | Callable[..., float] | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Another way to write what the expression tree has a node for.

    Attributes
    ----------
    build : callable
        The arguments to the node.
    of_range : bool
        Whether the argument is the name of a subscript range, not a value.
    """

    build: Callable[..., Expression]
    of_range: bool = False


class Elements(Protocol):
    """What a function of arrays is told about its arguments, for one element of the left-hand side."""

    def value(self, argument: Expression) -> Expression:
        """Return an argument that is one number."""
        ...

    def along(self, array: Expression) -> tuple[list[Expression], int]:
        """Return an array over all of its last subscript, and which of these the left-hand side has, from 0 on."""
        ...

    def columns(self, array: Expression, beside: Expression) -> list[list[Expression]]:
        """Return, for each element of the last subscript of `beside`, the array from its last subscript on."""
        ...

    def stored(self, array: Expression) -> tuple[list[Expression], int]:
        """Return every element of a variable in its order, the last subscript fastest, and which is meant."""
        ...

    def marked(self, *arrays: Expression) -> list[tuple[Expression, ...]]:
        """Return the arrays side by side over the subscripts that are marked in them by ``!``."""
        ...

    def square(self, matrix: Expression) -> tuple[list[Expression], int, int]:
        """Return a matrix over its last two subscripts, row by row, and which row and column are meant."""
        ...


@dataclass(frozen=True, slots=True)
class Resolved:
    """Works over the elements of arrays: it becomes an expression when subscripts are resolved.

    Attributes
    ----------
    build : callable
        `Elements` and the arguments as they stand in the equation, to the expression for one element.
    """

    build: Callable[..., Expression]


class Tables(Protocol):
    """What a function of tables is given to read them by."""

    def read(self, table: Expression, kind: str, argument: Expression) -> Expression:
        """Return a reading of what `rcsd.simulation.ir.derived` makes of a table."""
        ...

    def points(self, table: Expression) -> Points:
        """Return the points of a table for good: no run can have others."""
        ...

    def number(self, argument: Expression, what: str) -> float:
        """Return what an argument is before any run; `what` says what it is, for the message."""
        ...


@dataclass(frozen=True, slots=True)
class Tabular:
    """Reads a table, or the series of a data variable, in another way than by its name.

    Attributes
    ----------
    build : callable
        `Tables`, the table and the other arguments, to the expression that stands for the call.
    """

    build: Callable[..., Expression]


@dataclass(frozen=True, slots=True)
class Stateful:
    """Remembers: it is made of stocks, hidden variables and values that last a step.

    Attributes
    ----------
    expand : callable
        A `rcsd.simulation.ir.expansion.Expansion`, to which it adds these, and the arguments, to the expression that
        stands for the call. The arguments are those of the call, or the fields of PySD's structure in their order.
    """

    expand: Callable[..., Expression]


How: TypeAlias = Formula | Primitive | Node | Resolved | Tabular | Stateful


@dataclass(frozen=True, slots=True)
class Function:
    """One function of models.

    Attributes
    ----------
    meaning : str
        One line.
    how : Formula, Primitive, Node, Resolved, Tabular, Stateful or None
        How it is computed; None when PySD alone can do it.
    vensim, xmile : str or tuple of str
        How it is called in either format, each a signature; a formula has the names of the first one's arguments.
        Without either it is a part of other functions.
    pysd : str or tuple of str
        What PySD's abstract model calls it, if that is not the name in the file; a signature, if the order of the
        arguments is another there.
    name : str
        What the expression tree calls it; the first name in a file if it is not given.
    random : bool
        Whether it draws a number, anew in every step.
    example : (str, float) or None
        A call and its value, known from elsewhere: all engines are held to it. Every function whose value follows from
        its arguments alone has one.
    """

    meaning: str
    how: How | None
    vensim: str | tuple[str, ...] = ()
    xmile: str | tuple[str, ...] = ()
    pysd: str | tuple[str, ...] = ()
    name: str = ""
    random: bool = False
    example: tuple[str, float] | None = None

    def signatures(self, format: Format) -> tuple[Signature, ...]:
        """Return how it is called in a format; empty when the format has no such function."""
        texts = {"vensim": self.vensim, "xmile": self.xmile, "formula": ()}[format]
        return tuple(signature(text) for text in _several(texts))

    @property
    def every_signature(self) -> tuple[Signature, ...]:
        """How it is called in any format."""
        return self.signatures("vensim") + self.signatures("xmile")

    @property
    def key(self) -> str:
        """What the expression tree calls it."""
        return self.name or canonical(self.every_signature[0].name)

    def pysd_names(self, format: Format) -> tuple[str, ...]:
        """Return what PySD's abstract model of a file of this format calls it; nothing if the format lacks it."""
        if format == "formula":
            return (self.key,)
        if not self.signatures(format):
            return ()
        given = _several(self.pysd) or tuple(each.name for each in self.signatures(format))
        return tuple(dict.fromkeys(canonical(name.partition("(")[0]) for name in given))

    @property
    def arguments(self) -> tuple[str, ...]:
        """Names of the arguments in the order in which the expression tree has them."""
        reordered = [signature(text) for text in _several(self.pysd) if "(" in text]
        known = (*reordered, *self.every_signature)
        return known[0].arguments if known else ()


def _several(texts: str | tuple[str, ...]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else texts
