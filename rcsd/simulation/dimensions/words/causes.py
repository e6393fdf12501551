"""What is likely to be wrong when two units do not fit, from how they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from rcsd.simulation.dimensions.conflict import Conflict
from rcsd.simulation.dimensions.naming.alike import are_alike, pairs, variants
from rcsd.simulation.dimensions.naming.book import UnitBook
from rcsd.simulation.dimensions.naming.builtin import TIMES
from rcsd.simulation.ir.expression import Arithmetic, Expression, Negative, Number, names_in, walk
from rcsd.units import Unit

_NONE = Unit()
_FEW = 2
"""Constants that are named."""
_PURE = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0)
"""Numbers that are seldom constants with a unit."""


@dataclass(frozen=True, slots=True)
class Case:
    """A conflict and what surrounds it.

    Attributes
    ----------
    conflict : Conflict
        What does not fit.
    content : Expression or other
        The whole equation.
    unit_of : callable
        Name of a variable to its unit, None if it is not known.
    time : Unit
        Of time.
    book : UnitBook
        Writes units.
    format : {"vensim", "xmile"}
        Of the file.
    constants, unused : tuple of str
        Names of the model's constants, and of those of them that no equation uses.
    """

    conflict: Conflict
    content: Any
    unit_of: Callable[[str], Unit | None]
    time: Unit
    book: UnitBook
    format: Literal["vensim", "xmile"]
    constants: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def ratio(self) -> Unit:
        """What there is too much of."""
        return self.conflict.found / self.conflict.expected

    def spelt(self, unit: Unit) -> str:
        """Write a unit."""
        return self.book.spelt(unit)

    @property
    def known(self) -> Iterator[tuple[str, Unit]]:
        """Names in the part at fault, in order, with their units, where these are known and not none."""
        for name in dict.fromkeys(each.name for each in names_in(self.conflict.part)):
            unit = self.unit_of(name)
            if unit is not None and unit != _NONE:
                yield name, unit


def likely_cause(case: Case) -> str:
    """Name the likely cause as a remedy; a variable that no equation uses may be what was left out."""
    cause = next(cause for ask in _QUESTIONS if (cause := ask(case)) is not None)
    left_out = [name for name in case.unused if case.unit_of(name) in (case.ratio, _NONE / case.ratio)]
    if not 0 < len(left_out) <= _FEW or repr(left_out[0]) in cause:
        return cause
    return f"{cause}; no equation uses {' and '.join(map(repr, left_out))}, which may be what is left out"


def _not_stated(case: Case) -> str | None:
    if not case.conflict.rests_on:
        return None
    names = " and ".join(repr(name) for name, _ in case.conflict.rests_on[:2])
    return f"state the unit of {names}: no unit makes all equations fit"


def _of_a_power(case: Case) -> str | None:
    if case.conflict.kind == "power":
        return f"divide the base by a reference in {case.spelt(case.conflict.found)}, so that it has no unit"
    if case.conflict.kind == "exponent":
        return f"divide the exponent by a reference in {case.spelt(case.conflict.found)}"
    return None


def _variants(case: Case) -> str | None:
    same = list(variants(case.ratio))
    if not same:
        return None
    told = "; ".join(_as_synonyms(case, *pair) for pair in same)
    return f"two names of one unit are two units until the model says so: {told}"


def _two_names(case: Case) -> str | None:
    matched = pairs(case.ratio)
    if matched is None or not all(are_alike(a, b) for a, b in matched):
        return None
    told = " and ".join(f"{_name(case, a)!r} and {_name(case, b)!r}" for a, b in matched)
    return f"{told} may be one unit, spelt in two ways"


def _as_synonyms(case: Case, a: str, b: str) -> str:
    one, other = _name(case, a), _name(case, b)
    if case.format == "vensim":
        return f"add the synonyms {one},{other} (a line 22:{one},{other} of the settings)"
    return f"add <unit name={one!r}> with <alias>{other}</alias> to <model_units>"


def _name(case: Case, base: str) -> str:
    return case.spelt(Unit(((base, case.ratio.powers[0][1] ** 0),)))


def _two_times(case: Case) -> str | None:
    matched = pairs(case.ratio)
    if matched is None or not all({a, b} <= TIMES for a, b in matched):
        return None
    a, b = (_name(case, each) for each in matched[0])
    return f"{a} and {b} are two units: a constant in {a}/{b} or {b}/{a} is missing"


def _inverse(case: Case) -> str | None:
    if case.conflict.found * case.conflict.expected != _NONE:
        return None
    return "the units are each other's inverse: * and / may be exchanged, or the unit stands upside down"


def _turned(case: Case) -> str | None:
    """Find a variable that multiplies where it should divide, or the other way round."""
    for name, unit in case.known:
        if case.ratio == unit**2:
            return f"{name!r} in {case.spelt(unit)} multiplies; it may have to divide"
        if case.ratio == unit**-2:
            return f"{name!r} in {case.spelt(unit)} divides; it may have to multiply"
    return None


def _sum_for_product(case: Case) -> str | None:
    """Find a sum that stands where a product or ratio of the same terms would fit."""
    conflict = case.conflict
    if conflict.kind != "term":
        return None
    for node in walk(case.content) if isinstance(case.content, Expression) else ():
        if not (isinstance(node, Arithmetic) and node.operator in "+-" and conflict.part in (node.left, node.right)):
            continue
        a, b = (_unit(case, each) for each in (node.left, node.right))
        if a is None or b is None:
            continue
        wanted = conflict.expected if conflict.other is None else None
        if wanted in (a * b, a / b):
            sign = "*" if a * b == wanted else "/"
            return f"{node.operator} may stand for {sign}: with it the units would fit"
    return None


def _unit(case: Case, expression: Expression) -> Unit | None:
    """Return the unit of a name, or of the part at fault."""
    if expression == case.conflict.part:
        return case.conflict.found
    names = list(names_in(expression))
    return case.unit_of(names[0].name) if len(names) == 1 and expression == names[0] else None


def _bare_number(case: Case) -> str | None:
    other = case.conflict.other
    sides = [(case.conflict.part, _NONE / case.ratio), *([] if other is None else [(other, case.ratio)])]
    found = next(((number, unit**sign) for side, unit in sides for number, sign in _factors(side)), None)
    if found is None:
        return None
    number, unit = found[0], case.spelt(found[1])
    return f"the number {number:g} has no unit: if it stands for a constant in {unit}, make it one"


def _factors(expression: Expression, sign: int = 1) -> Iterator[tuple[float, int]]:
    """Yield bare numbers that multiply (1) or divide (-1) the whole and may stand for a constant."""
    match expression:
        case Negative(operand):
            yield from _factors(operand, sign)
        case Arithmetic("*" | "/", left, right):
            for side, turn in ((left, 1), (right, -1 if expression.operator == "/" else 1)):
                if isinstance(side, Number) and abs(side.value) not in _PURE:
                    yield side.value, sign * turn
                yield from _factors(side, sign * turn)


def _time_missing(case: Case) -> str | None:
    time = case.spelt(case.time)
    if case.time == _NONE or case.ratio not in (case.time, _NONE / case.time):
        return None
    if case.ratio == case.time:
        if case.conflict.kind == "flow":
            return f"a flow is a rate: the time unit is missing; divide by a time, or write its unit with /{time}"
        return f"the time unit is missing: divide by a time, or multiply by a rate in 1/{time}"
    return f"there is one /{time} too many: multiply by a time, or a rate is taken for a level"


def _one_factor(case: Case) -> str | None:
    for name, unit in case.known:
        if case.ratio == unit:
            return f"off by one factor of {name!r} ({case.spelt(unit)}): it stands once too often, or its unit is wrong"
        if case.ratio == _NONE / unit:
            return (
                f"off by one factor of {name!r} ({case.spelt(unit)}): it stands once too seldom, or its unit is wrong"
            )
    return None


def _no_unit(case: Case) -> str | None:
    if case.conflict.found == _NONE:
        return f"the part has no unit: a factor in {case.spelt(case.conflict.expected)} is missing{_such_as(case)}"
    if case.conflict.expected == _NONE:
        return f"no unit is wanted: divide by a reference in {case.spelt(case.conflict.found)}"
    return None


def _general(case: Case) -> str:
    factor = case.spelt(_NONE / case.ratio)
    return f"off by one factor in {factor}: it is missing{_such_as(case)}, or one of the units is wrong"


def _such_as(case: Case) -> str:
    """Name the constants that would be the factor, if there are few."""
    fitting = [name for name in case.constants if case.unit_of(name) == _NONE / case.ratio]
    return f", such as {' or '.join(map(repr, fitting))}" if 0 < len(fitting) <= _FEW else ""


_QUESTIONS: tuple[Callable[[Case], str | None], ...] = (
    _variants,
    _not_stated,
    _of_a_power,
    _two_names,
    _two_times,
    _inverse,
    _turned,
    _sum_for_product,
    _bare_number,
    _time_missing,
    _one_factor,
    _no_unit,
    _general,
)
