"""Splits equations into operations: arithmetic that fuses into loops, and calls that read and write whole blocks."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.plan.bundling import Bundle, bundled
from rcsd.simulation.engine.plan.notation import notation, one_line
from rcsd.simulation.engine.plan.operations import (
    Apply,
    Assign,
    Draw,
    Fold,
    Gather,
    Members,
    Operation,
    Read,
    read_from_outside,
)
from rcsd.simulation.engine.plan.sharing import with_shared_logarithms
from rcsd.simulation.engine.scalars import block_of, lanes_of
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Expression,
    Lookup,
    Name,
    Number,
    Random,
    Repeated,
    is_truth,
    with_children,
)
from rcsd.simulation.ir.family import Family, Unit
from rcsd.simulation.ir.system import Equation

_WHOLE_POWERS = {1.0: 1, 2.0: 2, 3.0: 3, 4.0: 4}
_DEEPEST = 12  # levels of one expression: Python's parser has a limit, and short lines can be read


class Splitter:
    """Turns the equations of one phase into operations, in their order.

    What is computed twice by a call is computed once. Names that it makes up start with a ``~``.

    Parameters
    ----------
    fixed : mapping of str to float
        Constants that no run can set: they become literals.
    phase : str
        Part of every name that it makes up.
    literals : dict of str to float
        Receives each number that a call needs as a block.
    numbers : collection of str
        Names of what is a number and no block.
    """

    def __init__(
        self, fixed: Mapping[str, float], phase: str, literals: dict[str, float], numbers: Collection[str] = ()
    ) -> None:
        self.operations: list[Operation] = []
        self._fixed = fixed
        self._phase = phase
        self._literals = literals
        self._numbers = numbers
        self._known: dict[tuple[object, ...], str] = {}
        self._made = 0

    def equation(self, name: str, expression: Expression, shown: str = "") -> None:
        """Append the operations that give `name` its value; a comment shows it as `shown`."""
        comment = f"{one_line(shown or name)} = {notation(expression)}"
        self._assign(name, self._arithmetic(self._literal(expression)), comment)

    def _assign(self, name: str, expression: Expression, comment: str = "") -> None:
        self.operations.append(Assign(name, expression, comment))

    def _literal(self, expression: Expression) -> Expression:
        if isinstance(expression, Lookup):  # its name is that of a table
            return Lookup(expression.table, self._literal(expression.argument))
        if isinstance(expression, Name) and expression.name in self._fixed:
            return Number(self._fixed[expression.name])
        return with_children(expression, self._literal)

    def _arithmetic(self, expression: Expression) -> Expression:
        """Take the calls out of an expression, and cut off what is too deep."""
        return self._cut(self._without_calls(expression))[0]

    def _without_calls(self, expression: Expression) -> Expression:  # noqa: PLR0911 - one line per node
        match expression:
            case Lookup(Name() as table, argument):
                source = self._block(self._without_calls(argument))
                return self._once(("lookup", table.name, source), "read")
            case Call(function, arguments) if (lanes := lanes_of(function)) is not None:
                sources = tuple(self._block(self._without_calls(argument)) for argument in arguments)
                return self._once((lanes, *sources), "apply")
            case Call(function, arguments) if (block := block_of(function)) is not None:
                return self._gather(block, arguments)
            case Random():
                return self._draw(expression)
            case Repeated():
                return self._fold(expression)
            case Arithmetic("^", base, exponent):
                return self._power(self._without_calls(base), self._without_calls(exponent))
            case _:
                return with_children(expression, self._without_calls)

    def _power(self, base: Expression, exponent: Expression) -> Expression:
        if isinstance(exponent, Number):
            if exponent.value == -1.0:
                return Arithmetic("/", Number(1.0), base)
            times = _WHOLE_POWERS.get(exponent.value)
            if times is not None:
                factor = base if times == 1 or isinstance(base, (Name, Number)) else Name(self._register(base))
                product = factor
                for _ in range(times - 1):
                    product = Arithmetic("*", product, factor)
                return product
        return self._once(("power", self._block(base), self._block(exponent)), "apply")

    def _once(self, what: tuple[str, ...], kind: str) -> Name:
        if what not in self._known:
            target = self._name()
            self._known[what] = target
            if kind == "read":
                self.operations.append(Read(target, what[1], what[2:]))
            else:
                self.operations.append(Apply(target, what[0], what[1:]))
        return Name(self._known[what])

    def _gather(self, function: str, arguments: Iterable[Expression]) -> Name:
        key = ("gather", function, *map(repr, arguments))
        if key not in self._known:
            sources = self._copies(arguments)
            self._known[key] = self._name()
            self.operations.append(Gather(self._known[key], function, sources))
        return Name(self._known[key])

    def _copies(self, arguments: Iterable[Expression]) -> tuple[str, ...]:
        parts = [self._arithmetic(argument) for argument in arguments]
        sources = tuple(self._name() for _ in parts)
        for source, part in zip(sources, parts, strict=True):
            self._assign(source, part)
        return sources

    def _draw(self, random: Random) -> Name:
        sources = self._copies(random.arguments)
        target = self._name()
        self.operations.append(Draw(target, random.distribution, random.stream, sources))
        return Name(target)

    def _fold(self, repeated: Repeated) -> Name:
        target, term = self._name(), self._name()
        inner = Splitter({}, f"{target[1:]}.", self._literals, self._numbers)
        inner._assign(term, inner._arithmetic(repeated.term))
        body = tuple(with_shared_logarithms(inner.operations))
        self.operations.append(Fold(target, repeated.operator, repeated.count, term, body))
        return Name(target)

    def _block(self, expression: Expression) -> str:
        """Name something that a call can read."""
        if isinstance(expression, Name) and expression.name not in self._numbers:
            return expression.name
        if isinstance(expression, Number):
            name = f"~{expression.value!r}"
            self._literals[name] = expression.value
            return name
        return self._register(expression)

    def _register(self, expression: Expression) -> str:
        key = ("arithmetic", repr(expression))  # equal expressions may differ in the sign of a zero
        if key not in self._known:
            name = self._name()
            self._assign(name, self._cut(expression)[0])
            self._known[key] = name
        return self._known[key]

    def _cut(self, expression: Expression) -> tuple[Expression, int]:
        deepest = 0

        def cut(child: Expression) -> Expression:
            nonlocal deepest
            part, depth = self._cut(child)
            if depth >= _DEEPEST and not is_truth(part):
                part, depth = Name(self._register(part)), 1
            deepest = max(deepest, depth)
            return part

        return with_children(expression, cut), deepest + 1

    def _name(self) -> str:
        self._made += 1
        return f"~{self._phase}{self._made}"


def split(units: Iterable[Unit], fixed: Mapping[str, float], phase: str, literals: dict[str, float]) -> list[Operation]:
    """Split the equations and families of a phase; see `Splitter`."""
    splitter = Splitter(fixed, phase, literals)
    for i, unit in enumerate(bundled(units)):
        if isinstance(unit, Equation):
            splitter.equation(unit.name, unit.expression)
        else:
            splitter.operations.append(_members(unit, f"{phase}.{i}", literals))
    return list(with_shared_logarithms(splitter.operations))


def _members(bundle: Bundle, key: str, literals: dict[str, float]) -> Members:
    common = _Common()
    outputs: dict[str, tuple[str, ...]] = {}
    expressions = []
    for family in bundle:
        expressions.append(common.expression(family))
        outputs[common.output(family)] = family.names
    splitter = Splitter({}, f"{key}.", literals, common.numbers)
    for (name, names), expression in zip(outputs.items(), expressions, strict=True):
        splitter.equation(name, expression, names[0])
    body = tuple(with_shared_logarithms(splitter.operations))
    sources: dict[str, None] = {}
    for name in read_from_outside(body):
        if name not in common.numbers:
            column = common.columns.get(name)
            sources |= dict.fromkeys([name] if column is None else column.flat)
    return Members(key, len(bundle[0].names), outputs, common.columns, body, tuple(sources))


class _Common:
    """Brings the columns of several families under common names: those of one content under one."""

    def __init__(self) -> None:
        self.columns: dict[str, NDArray[Any]] = {}
        self.numbers: set[str] = set()
        self._known: dict[Hashable, str] = {}
        self._outputs = 0

    def output(self, family: Family) -> str:
        """Name what the members of a family give a value to; others that read all of it read that."""
        self._outputs += 1
        name = f"~{_base(family.names[0])}"
        name = f"{name}[*{self._outputs}]"
        self._known[_content(np.array(family.names, dtype=object))] = name
        return name

    def expression(self, family: Family) -> Expression:
        """Return the expression of a family under the common names."""
        names = {name: self._name(name, column) for name, column in family.columns.items()}

        def renamed(part: Expression) -> Expression:
            if isinstance(part, Name):
                return Name(names.get(part.name, part.name))
            return with_children(part, renamed)

        return renamed(family.expression)

    def _name(self, name: str, column: NDArray[Any]) -> str:
        if column.dtype == np.int64:  # the number of the first stream, which no other draw has
            self.columns[name] = column
            return name
        content = _content(column)
        if content not in self._known:
            self._known[content] = f"{_base(name)}[*{len(self._known) + 1}]"
            self.columns[self._known[content]] = column
            if column.dtype != object:
                self.numbers.add(self._known[content])
        return self._known[content]


def _content(column: NDArray[Any]) -> Hashable:
    bits = column if column.dtype == object else column.view(np.int64)
    return column.dtype, column.shape, tuple(bits.flat)


def _base(name: str) -> str:
    return name.partition("[")[0]
