"""Formulas of indicators over the names of series: read as equations of models are, worked out cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import IndicatorError
from rcsd.papers.resilience.inputs.functions import FUNCTIONS
from rcsd.simulation.engine.interpreter import evaluate
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Name, Negative, Number, names_in, walk
from rcsd.simulation.reader.formula import expression_of
from rcsd.simulation.reader.translation import Untaken
from rcsd.units import Unit

Floats = NDArray[np.float64]
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that has been read.

    Attributes
    ----------
    text
        As it was written.
    expression
        What it means.
    """

    text: str
    expression: Expression

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the series in it, in order of first appearance."""
        return tuple(dict.fromkeys(name.name for name in names_in(self.expression)))

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
        found = evaluate(self.expression, {name: series[name] for name in self.series}, FUNCTIONS)
        return np.where(np.isfinite(found), found, np.nan)

    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Work out the unit of the result from those of the series.

        Raises
        ------
        IndicatorError
            When two units are added, subtracted or made parts of one whole, and differ.
        """
        return _unit(self.expression, units)


def parse_formula(text: str) -> Formula:
    """Read a formula.

    Raises
    ------
    IndicatorError
        Saying what is wrong, and in which column if that is known.

    Examples
    --------
    >>> formula = parse_formula("share(coal, rest) * 100")
    >>> formula.series
    ('coal', 'rest')
    >>> formula.evaluate({"coal": np.array([1.0, 3.0]), "rest": np.array([1.0, 1.0])}).tolist()
    [50.0, 75.0]
    """
    try:
        expression = expression_of(text, functions=FUNCTIONS)
    except Untaken as error:
        raise _refused(text, str(error)) from error
    if not all(map(_has_unit, walk(expression))):
        raise _refused(text, "compares, or raises to a power")
    return Formula(text, expression)


def _refused(text: str, why: str) -> IndicatorError:
    rule = f"a formula may hold names of series, numbers, + - * / ( ) and {', '.join(FUNCTIONS.names)}"
    return IndicatorError(f"the formula `{text[:_SHOWN]}` {why} ({rule})")


def _has_unit(node: Expression) -> bool:
    """Whether `_unit` knows the unit of what this node makes."""
    return isinstance(node, Number | Name | Negative | Call) or (isinstance(node, Arithmetic) and node.operator != "^")


def _unit(expression: Expression, units: Mapping[str, Unit]) -> Unit:
    match expression:
        case Name(name):
            return units[name]
        case Negative(of):
            return _unit(of, units)
        case Arithmetic(sign, left, right):
            one, other = _unit(left, units), _unit(right, units)
            if sign in {"*", "/"}:
                return one * other if sign == "*" else one / other
            return _same([one, other], f"{sign!r} joins")
        case Call(function, arguments):
            _same([_unit(each, units) for each in arguments], f"{function} takes")
    return Unit()


def _same(found: list[Unit], what: str) -> Unit:
    if any(unit != found[0] for unit in found):
        listed = " and ".join(dict.fromkeys(repr(str(unit)) for unit in found))
        raise IndicatorError(f"{what} things of different units, {listed}: give it things of one unit")
    return found[0]
