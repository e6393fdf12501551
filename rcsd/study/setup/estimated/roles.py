"""What a constant is in a model: to be estimated, or a switch, a date, a conversion of units, an initial value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Name,
    Points,
    Time,
    walk,
)
from rcsd.simulation.ir.file.limits import limits_of
from rcsd.simulation.ir.model import CONTROLS, Variable
from rcsd.study.setup.matching.words import words_of

_TIMES = frozenset({"start", "end", "interval", "width", "first time", "last time"})
"""Arguments of functions of inputs that are times of the axis."""
_AT_TIMES = ("step", "ramp", "pulse", "endless ramp")
"""What functions with such arguments are called, or begin with."""
_SWITCHES = frozenset(
    "switch flag toggle policy scenario test activate enable onoff mode choice option".split()  # noqa: SIM905 - a list of words
)
_CONVERSIONS = (7, 12, 24, 30, 52, 60, 100, 360, 365, 365.25, 366, 1000, 1440, 3600, 8760, 1e4, 1e6, 1e8, 1e9, 1e12)
_OF_TIME = frozenset(["second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade"])
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Roles:
    """What is known of the constants of a model.

    Attributes
    ----------
    left_out : mapping of str to str
        By constant that is not to be estimated: why.
    initial_of : mapping of str to str
        By constant that is, alone, the initial value of a stock: the stock.
    own_start : tuple of str
        Stocks without subscripts whose initial value is a number in their own equation.
    arrays_with_own_start : tuple of str
        The same of stocks with subscripts.
    """

    left_out: Mapping[str, str]
    initial_of: Mapping[str, str]
    own_start: tuple[str, ...]
    arrays_with_own_start: tuple[str, ...] = ()


def roles_of(model: Model) -> Roles:
    """Say what the constants of a model are."""
    spelt = {canonical(name): name for name in model.constants}
    spelt |= {canonical(each.name): each.name for each in model if each.kind == "constant" and each.subscripts}
    compared, timed, dated = _used_as(model)
    left_out: dict[str, str] = {}
    for form, name in spelt.items():
        why = _why_not(model, model[name], form in compared, form in timed, form in dated)
        if why:
            left_out[name] = why
    initial_of: dict[str, str] = {}
    own_start: list[str] = []
    for stock, first in _initial_values(model, arrays=False):
        if isinstance(first, Name) and canonical(first.name) in spelt:
            initial_of.setdefault(spelt[canonical(first.name)], stock)
        elif not _names_in(first):
            own_start.append(stock)
    first_values: dict[str, list[Expression]] = {}
    for stock, first in _initial_values(model, arrays=True):
        first_values.setdefault(stock, []).append(first)
    arrays = [stock for stock, some in first_values.items() if not any(_names_in(first) for first in some)]
    return Roles(left_out, initial_of, tuple(own_start), tuple(arrays))


def _names_in(expression: Expression) -> bool:
    return any(isinstance(node, Name) for node in walk(expression))


def _why_not(  # noqa: PLR0911 - a reason each
    model: Model, variable: Variable, compared: bool, timed: bool, dated: bool
) -> str:
    """Say why a constant is not to be estimated; empty where it can be."""
    value, words = variable.value, set(words_of(variable.name))
    if variable.name in model.clock or canonical(variable.name) in CONTROLS:
        return "part of the time axis"
    if dated or timed or _is_date(model, variable):
        return "a time at which something happens"
    whole = value is not None and float(value).is_integer()
    if whole and (words & _SWITCHES or (compared and value in (0.0, 1.0))):
        return "a switch"
    if _is_conversion(variable, words):
        return "a conversion of units"
    if compared and whole and not variable.unit.strip():
        return "a choice between cases"
    if value == 0.0 and limits_of(variable) is None:
        return "zero, so that no range can be guessed"
    return ""


def _is_date(model: Model, variable: Variable) -> bool:
    """Whether a constant is in the unit of time and lies on an axis of calendar years."""
    axis, value = model.time, variable.value
    calendar = axis.start > 1000  # noqa: PLR2004 - no duration is so long
    return calendar and value is not None and axis.start - 200 <= value <= axis.stop + 200


def _is_conversion(variable: Variable, words: set[str]) -> bool:
    """Whether a constant turns one unit into another: a well-known number with such a unit or name, or a one."""
    value = variable.value
    above, slash, below = variable.unit.casefold().partition("/")
    of_times = bool(slash) and all(set(words_of(part)) <= _OF_TIME for part in (above, below))
    named = "per" in variable.name.casefold().replace("_", " ").split() or "conversion" in words or "convert" in words
    if value in _CONVERSIONS and (of_times or named):
        return True
    if "conversion" in words:
        return True
    ones = {"unit", "one", "dimensionless"}
    return value == 1.0 and bool(words & ones) and len(words) <= _PAIR + 1


def _used_as(model: Model) -> tuple[set[str], set[str], set[str]]:
    """Find constants in conditions, as times of inputs, and in sums or comparisons with the time."""
    compared: set[str] = set()
    timed: set[str] = set()
    dated: set[str] = set()
    for content in _equations(model):
        for node in walk(content):
            match node:
                case Comparison(_, left, right):
                    sides = [side.name for side in (left, right) if isinstance(side, Name)]
                    into = dated if isinstance(left, Time) or isinstance(right, Time) else compared
                    into |= set(map(canonical, sides))
                case Conditional(Name(name), _, _):
                    compared.add(canonical(name))
                case Arithmetic("-", Time(), Name(name)):
                    dated.add(canonical(name))
                case Call(function, arguments) if function.startswith(_AT_TIMES):
                    timed |= set(_times_in(function, arguments))
                case _:
                    pass
    return compared, timed, dated


def _times_in(function: str, arguments: tuple[Expression, ...]) -> Iterator[str]:
    """Yield what stands, alone or in a sum, where a function takes a time."""
    known = FUNCTIONS.get(function)
    names = () if known is None else known.arguments
    for name, argument in zip(names, arguments, strict=False):
        if name in _TIMES:
            yield from (canonical(node.name) for node in walk(argument) if isinstance(node, Name))


def _equations(model: Model) -> Iterator[Expression]:
    for definition in model.definitions:
        content = definition.content
        if content is not None and not isinstance(content, Points | np.ndarray):
            yield content


def _initial_values(model: Model, *, arrays: bool) -> Iterator[tuple[str, Expression]]:
    """Yield the stocks with or without subscripts, each with the expression that it, or a part of it, begins with."""
    stocks = {each.name for each in model if each.kind == "stock" and bool(each.subscripts) == arrays}
    spelt = {canonical(name): name for name in stocks}
    for definition in model.definitions:
        content, name = definition.content, spelt.get(canonical(definition.name))
        if name is not None and isinstance(content, Call) and content.function == "integ":
            yield name, content.arguments[1]
