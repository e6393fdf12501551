"""What a time step and its like are computed from: numbers, constants, functions of them, cells of a spreadsheet."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from pysd.translators.structures.abstract_expressions import (
    ArithmeticStructure,
    CallStructure,
    GameStructure,
    GetConstantsStructure,
    InitialStructure,
)

from rcsd.simulation.reader.expressions import value_of
from rcsd.simulation.reader.external import Unreadable, constants
from rcsd.simulation.reader.source import SourceText

_FUNCTIONS: dict[str, Callable[..., float]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "integer": math.trunc,
    "int": math.floor,
}


def axis_value(ast: Any, source: SourceText, lookup: Callable[[str], float | None]) -> float | None:
    """Work out what the time axis depends on.

    Parameters
    ----------
    ast : abstract expression
        Of a control variable, or of a constant behind it.
    source : SourceText
        For the folder of spreadsheets.
    lookup : callable
        Gives the value of a name, or None.

    Returns
    -------
    float or None
        None when it holds anything else.
    """
    if isinstance(ast, GetConstantsStructure):
        return _cell(ast, source)
    if isinstance(ast, (GameStructure, InitialStructure)):
        return axis_value(next(iter(vars(ast).values())), source, lookup)
    if not isinstance(ast, (CallStructure, ArithmeticStructure)):
        return value_of(ast, lookup)
    values = [axis_value(part, source, lookup) for part in ast.arguments]
    if not values or None in values:
        return None
    if isinstance(ast, ArithmeticStructure):
        return value_of(ArithmeticStructure(ast.operators, tuple(values)))
    function = _FUNCTIONS.get(ast.function.reference)
    return None if function is None else float(function(*values))


def _cell(ast: Any, source: SourceText) -> float | None:
    try:
        return float(constants(ast, {}, source.path.parent))
    except (Unreadable, TypeError):
        return None
