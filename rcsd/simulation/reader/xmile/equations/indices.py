"""Elements of an array: named, or chosen by a number that is computed while the model runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pysd.translators.structures import abstract_expressions as ae

from rcsd.simulation.reader.expressions import value_of
from rcsd.simulation.reader.pysd_calls import Misread
from rcsd.simulation.reader.xmile.equations.grammar import call
from rcsd.simulation.reader.xmile.symbols import Dimension, Symbol

_MOST_CHOICES = 1000


def folded(expression: Any) -> float | None:
    """Return the number that an expression is; None when it is worked out in the run."""
    return value_of(expression)


def element(symbol: Symbol, subscripts: tuple[str, ...]) -> Any:
    """Refer to one element, or to a slice, of an array."""
    return ae.ReferenceStructure(symbol.reference, ae.SubscriptsReferenceStructure(list(subscripts)))


def chosen(symbol: Symbol, dimensions: Sequence[Dimension], subscripts: tuple[Any, ...]) -> Any:
    """Refer to an array whose subscripts may be expressions.

    Parameters
    ----------
    symbol : Symbol
        The array.
    dimensions : sequence of Dimension
        Of its axes.
    subscripts : tuple
        Names, or expressions for the number of an element. Zero is the value of an element that does not exist.

    Raises
    ------
    Misread
        When there would be too many choices to write out.
    """
    axis = next((i for i, subscript in enumerate(subscripts) if not isinstance(subscript, str)), None)
    if axis is None:
        return element(symbol, subscripts)
    index, elements = subscripts[axis], dimensions[axis].elements
    if isinstance(index, float):
        return 0.0
    if len(elements) > _MOST_CHOICES:
        raise Misread(f"computes a subscript of {symbol.name!r} with {len(elements)} elements; {_MOST_CHOICES} at most")
    result: Any = 0.0
    for number in range(len(elements), 0, -1):
        here = chosen(symbol, dimensions, (*subscripts[:axis], elements[number - 1], *subscripts[axis + 1 :]))
        from_here = ae.LogicStructure([">="], (index, float(number)))
        before_next = ae.LogicStructure(["<"], (index, float(number + 1)))
        result = call("if_then_else", ae.LogicStructure([":AND:"], (from_here, before_next)), here, result)
    return result
