"""The unit of an expression, from the units of the variables in it, and where these do not fit together.

A bare number in a sum, a comparison or a choice has the unit of what it stands beside, since models write ``1 - share``
and ``MAX(x, 0)``; in a product it has none. What is found wrong counts as unknown afterwards: one mistake, one finding.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, MutableMapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from rcsd.names import canonical
from rcsd.simulation.dimensions.conflict import Conflict, Kind
from rcsd.simulation.dimensions.parts import alike, role, terms
from rcsd.simulation.dimensions.rule import TIME, rule_of
from rcsd.simulation.dimensions.unknowns import Unknowns, bases
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir import CONTROLS
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Joined,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Points,
    Reduction,
    Repeated,
    Time,
    children,
)
from rcsd.simulation.ir.literal import literal
from rcsd.simulation.ir.ranges import MARK
from rcsd.units import Unit

Found: TypeAlias = Unit | None
"""The unit of an expression; None for bare numbers, which have any."""
_NONE = Unit()
_STOCKS = ("integ", "sinteg")
_FINEST = 1000  # of an exponent


class Inference:
    """Works out units.

    Parameters
    ----------
    units : mapping of str to Unit or None
        Of the variables, by canonical name.
    time : Unit
        Of time.
    unknowns : Unknowns
        What is found out about units that are not known.
    tell : callable
        Is given each conflict.
    tell_reading : callable
        Is given each reading of a table, and the unit that it is read at.
    """

    def __init__(
        self,
        units: MutableMapping[str, Found],
        time: Unit,
        unknowns: Unknowns,
        tell: Callable[[Conflict], None],
        tell_reading: Callable[[Lookup, Found], None],
    ) -> None:
        self._units, self._time, self._unknowns, self._tell = units, time, unknowns, tell
        self._tell_reading = tell_reading
        self._told = 0
        self._lost: set[str] = set()

    def define(self, content: Expression, unit: Unit) -> None:
        """Hold an equation against the unit of its variable."""
        if isinstance(content, Call) and content.function in _STOCKS:
            rate, initial, *_ = content.arguments
            self._alike(terms(rate), "flow", rate, unit / self._time, "flow")
            self.check(initial, unit, "initial")
        else:
            self.check(content, unit, "equation")

    def check(self, expression: Expression, expected: Unit, kind: Kind, role: str = "") -> Found:
        """Hold an expression against a unit, and tell of the smallest part of it that does not fit."""
        if isinstance(expression, Negative):
            return self.check(expression.operand, expected, kind, role)
        if (parts := alike(expression)) is not None:
            self._condition(expression)
            return self._alike(*parts, expression, expected, kind, role)
        before = self._told
        found = self.unit(expression)
        if self._told == before:
            self._agree(expression, found, expected, kind, role=role)
        return found

    def unit(self, expression: Expression) -> Found:
        """Return the unit of an expression."""
        if (parts := alike(expression)) is not None:
            self._condition(expression)
            return self._alike(*parts, expression)
        return _UNITS[type(expression)](self, expression)

    def _condition(self, expression: Expression) -> None:
        if isinstance(expression, Conditional):
            self.unit(expression.condition)

    def _number(self, _: Number) -> Found:
        return None

    def _at(self, _: Time) -> Found:
        return self._time

    def _name(self, node: Name) -> Found:
        return self._of_name(node.name)

    def _negative(self, node: Negative) -> Found:
        return self.unit(node.operand)

    def _arithmetic(self, node: Arithmetic) -> Found:
        if node.operator == "^":
            return self._power(node.left, node.right)
        return _product(self.unit(node.left), self.unit(node.right), -1 if node.operator == "/" else 1)

    def _truth(self, node: Comparison | Logical | Not) -> Found:
        if isinstance(node, Comparison):
            self._alike((node.left, node.right), "comparison", node)
        else:
            for operand in children(node):
                self.unit(operand)
        return _NONE

    def _lookup(self, node: Lookup) -> Found:
        self._tell_reading(node, self.unit(node.argument))
        return self._unknowns.fresh() if isinstance(node.table, Points) else self._of_name(node.table.name)

    def _joined(self, node: Reduction | Repeated | Joined) -> Found:
        found = {self.unit(operand) for operand in children(node)}
        if node.operator == "prod" and not found <= {None, _NONE}:
            return self._unknowns.fresh()  # a power that depends on how many elements there are
        return next((unit for unit in found if unit is not None), None)

    def _of_name(self, name: str) -> Found:
        form = canonical(name.removesuffix(MARK))
        if form in CONTROLS:
            return self._time
        if form in self._lost:
            return self._unknowns.fresh()
        if form not in self._units:  # an element, or what the reader has made
            self._units[form] = self._unknowns.fresh(lasts=True)
        return self._units[form]

    def _power(self, base: Expression, exponent: Expression) -> Found:
        found = self.unit(base)
        self.check(exponent, _NONE, "exponent")
        value = literal(exponent, {}, set())
        if found is None:
            return None if value is not None else _NONE
        if value is not None and math.isfinite(value):
            return found ** Fraction(value).limit_denominator(_FINEST)
        if not self._unknowns.reduced(found).powers:
            return _NONE
        if self._unknowns.is_known(found):
            self._conflict(Conflict("power", base, found, _NONE, other=exponent))
        return self._unknowns.fresh()

    def _called(self, call: Call) -> Found:
        function, arguments = call.function, call.arguments
        entry = FUNCTIONS.get(function)
        if entry is None or not entry.dimension:
            for argument in arguments:
                self.unit(argument)
            return None if function == "subscript" else self._unknowns.fresh()
        before = self._told
        rule = rule_of(entry.dimension)
        letters: dict[str, Unit] = {TIME: self._time}
        for i, argument in enumerate(arguments):
            pattern = rule.argument(i)
            if pattern is None:
                self.unit(argument)
            else:
                self.check(argument, self._made(pattern, letters), "argument", role(entry, i))
        return self._unknowns.fresh() if self._told > before else self._value_of(rule.value, letters)

    def _made(self, pattern: Unit, letters: dict[str, Unit]) -> Unit:
        """Put units in the place of the letters of a rule."""
        whole = _NONE
        for base, power in pattern.powers:
            if base not in letters:
                letters[base] = self._unknowns.fresh()
            whole *= letters[base] ** power
        return whole

    def _value_of(self, pattern: Unit | None, letters: dict[str, Unit]) -> Found:
        """Return the unit that a rule gives; letters that met bare numbers alone stand for none, or all for any."""
        if pattern is None:
            return None
        whole = self._unknowns.reduced(self._made(pattern, letters))
        own = {base for letter, unit in letters.items() if letter != TIME for base, _ in unit.powers}
        if not own & set(bases(whole)):
            return whole
        used = [letters[base] for base in bases(pattern) if base != TIME]
        if all(self._unknowns.reduced(unit) == unit for unit in used):
            return None
        for base in own & set(bases(whole)):
            self._unknowns.equate(Unit(((base, Fraction(1)),)), _NONE)
        return self._unknowns.reduced(whole)

    def _alike(
        self,
        parts: Sequence[Expression],
        kind: Kind,
        whole: Expression,
        expected: Found = None,
        outer: Kind = "term",
        role: str = "",
    ) -> Found:
        """Hold parts against one another, and against the unit that the whole should have."""
        before = self._told
        found = [(part, unit) for part in parts if (unit := self.unit(part)) is not None]
        if not found:
            return None
        if expected is None or not self._unknowns.is_known(expected):
            usual, reference = self._usual(found)
            for part, unit in found:
                self._agree(part, unit, reference, kind, other=usual)
            if self._told > before:
                return self._unknowns.fresh()
            if expected is not None:
                self._agree(whole, reference, expected, outer, role=role)
            return reference
        units = {self._unknowns.reduced(unit) for _, unit in found}
        if len(found) > 1 and len(units) == 1:
            self._agree(whole, units.pop(), expected, outer, role=role)
            return expected
        if self._unknowns.reduced(expected) not in units and all(map(self._unknowns.is_known, units)):
            found = found[:1]  # none of them fits: one finding, not one for each
        for part, unit in found:
            self._agree(part, unit, expected, kind if len(parts) > 1 else outer, role=role)
        return expected

    def _usual(self, found: Sequence[tuple[Expression, Unit]]) -> tuple[Expression, Unit]:
        """Return the part whose unit most of them have, the first of those if they are as many."""
        known = [(part, self._unknowns.reduced(unit)) for part, unit in found if self._unknowns.is_known(unit)]
        if not known:
            return found[0]
        most, _ = Counter(unit for _, unit in known).most_common(1)[0]
        return next((part, unit) for part, unit in known if unit == most)

    def _agree(
        self,
        part: Expression,
        found: Found,
        expected: Unit,
        kind: Kind,
        *,
        other: Expression | None = None,
        role: str = "",
    ) -> None:
        if found is None or self._unknowns.equate(found, expected):
            return
        rests_on = tuple(self._unknowns.owners(found, expected).items())
        one, two = self._unknowns.reduced(found), self._unknowns.reduced(expected)
        self._conflict(Conflict(kind, part, one, two, other=other, role=role, rests_on=rests_on))

    def _conflict(self, conflict: Conflict) -> None:
        self._told += 1
        self._lost |= {canonical(name) for name, _ in conflict.rests_on}
        self._tell(conflict)


def _product(left: Found, right: Found, sign: int) -> Found:
    if left is None and right is None:
        return None
    return (left or _NONE) * (right or _NONE) ** sign


_UNITS: dict[type, Callable[[Inference, Any], Found]] = {
    Number: Inference._number,
    Time: Inference._at,
    Name: Inference._name,
    Negative: Inference._negative,
    Arithmetic: Inference._arithmetic,
    Comparison: Inference._truth,
    Logical: Inference._truth,
    Not: Inference._truth,
    Lookup: Inference._lookup,
    Reduction: Inference._joined,
    Repeated: Inference._joined,
    Joined: Inference._joined,
    Call: Inference._called,
}
