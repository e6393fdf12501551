"""How a function of models can be computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.ir.expression import Expression, Points


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

    def whole(self, array: Expression) -> list[Expression]:
        """Return an array over its marked subscripts, a bare variable over all that it has."""
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


@dataclass(frozen=True, slots=True)
class Refused:
    """Computed by no engine, PySD neither.

    Attributes
    ----------
    remedy : str
        What to write instead.
    """

    remedy: str


How: TypeAlias = Formula | Primitive | Node | Resolved | Tabular | Stateful | Refused
