"""Expressions of a system as JavaScript: numbers are doubles, names are places in one array."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from rcsd.simulation.engine.javascript.numbers import number
from rcsd.simulation.engine.javascript.translation import script_name, translated
from rcsd.simulation.functions import FUNCTIONS, Block, Instruction, Lanes
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Random,
    Repeated,
    Time,
)
from rcsd.simulation.ir.family import stream_column

# A space before what might begin a tag.
_COMPARISONS = {"=": "===", "<>": "!==", "<": " < ", "<=": " <= ", ">": " > ", ">=": " >= "}
_LOGICAL = {"and": "&&", "or": "||"}
_INSTRUCTIONS = {
    "magnitude": "Math.abs",
    "minimum": "R.minimum",
    "maximum": "R.maximum",
    "floor": "Math.floor",
    "nearest": "R.nearest",
    "truncate": "Math.trunc",
    "root": "Math.sqrt",
}
_LANES = {
    "arcsin": "Math.asin",
    "arccos": "Math.acos",
    "arctan": "Math.atan",
}


@dataclass(slots=True)
class Writer:
    """Writes the expressions of a system.

    Attributes
    ----------
    slots : mapping of str to int
        Place of each name.
    fixed : mapping of str to float
        Names that are numbers.
    tables : mapping of str to int
        Number of each table.
    functions : dict of str to str
        Functions that the expressions so far call, by name.
    columns : list of str
        What the members of families read, as typed arrays.
    """

    slots: Mapping[str, int]
    fixed: Mapping[str, float]
    tables: Mapping[str, int]
    functions: dict[str, str] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    _family: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    _terms: int = 0  # of the sum that is written

    def of_family(self, expression: Expression, columns: Mapping[str, NDArray[Any]]) -> str:
        """Write the expression that all members of a family share, of member number `i`."""
        self._family = columns
        try:
            return self.value(expression)
        finally:
            self._family = {}

    def value(self, node: Expression) -> str:  # noqa: C901, PLR0911, PLR0912 - one line per node
        """Write a number, or a truth value."""
        match node:
            case Number(value):
                return number(value)
            case Name(name):
                return self._name(name)
            case Time(of_step):
                return "c.begun" if of_step else "c.time"
            case Arithmetic("^", left, right):
                return f"R.power({self.value(left)},{self.value(right)})"
            case Arithmetic(operator, left, right):
                return f"({self.value(left)}{operator}{self.value(right)})"
            case Negative(operand):
                return f"(-{self.value(operand)})"
            case Comparison(operator, left, right):
                return f"({self.value(left)}{_COMPARISONS[operator]}{self.value(right)})"
            case Logical(operator, left, right):
                return f"({self.value(left)}{_LOGICAL[operator]}{self.value(right)})"
            case Not(operand):
                return f"(!{self.value(operand)})"
            case Conditional(condition, then, otherwise):
                return f"({self.value(condition)}?{self.value(then)}:{self.value(otherwise)})"
            case Call(function, arguments):
                return self._call(function, [*map(self.value, arguments)])
            case Lookup(Name(table), argument):
                return f"R.look(c,{self._table(table)},{self.value(argument)})"
            case Repeated(operator, term, count):
                self._terms = count
                try:
                    return f"R.join.{operator}({count},k=>{self.value(term)})"
                finally:
                    self._terms = 0
            case Random(distribution, arguments, stream):
                column = self._family.get(stream_column(stream))
                own = number(stream) if column is None else self._read(column)
                return f"R.draw.{distribution}(c,{','.join([own, *map(self.value, arguments)])})"
        raise NotImplementedError(f"{type(node).__name__} is no part of a system")

    def _name(self, name: str) -> str:
        column = self._family.get(name)
        if column is None:
            return number(self.fixed[name]) if name in self.fixed else f"v[{self.slots[name]}]"
        if column.dtype != object:
            return self._read(column)
        return f"v[{self._read(column, lambda each: self.slots[each])}]"

    def _table(self, table: str) -> str:
        column = self._family.get(table)
        return str(self.tables[table]) if column is None else self._read(column, lambda each: self.tables[each])

    def _read(self, column: NDArray[Any], place: Callable[[str], int] | None = None) -> str:
        """Keep a column, and write how member `i`, in a sum its term `k`, reads it."""
        values = [each if place is None else place(each) for each in column.reshape(-1)]
        kind = "Float64Array" if place is None else "Int32Array"
        written = f"{kind}.of({','.join(map(number, values))})"
        if written not in self.columns:
            self.columns.append(written)
        at = "i" if column.ndim == 1 else f"i*{column.shape[1]}+k"
        return f"q{self.columns.index(written)}[{at}]"

    def _call(self, function: str, arguments: list[str]) -> str:
        kernel = FUNCTIONS.primitive(function).kernel
        match kernel:
            case Instruction(name):
                return f"{_INSTRUCTIONS[name]}({','.join(arguments)})"
            case Lanes(name):
                return f"{_LANES.get(name, f'Math.{name}')}({','.join(arguments)})"
            case Block(plain):
                self.functions |= translated(plain)
                return f"{script_name(plain)}([{','.join(arguments)}])"
            case None:
                raise NotImplementedError(f"{function!r} is no function of models")
        self.functions |= translated(kernel)
        return f"{script_name(kernel)}({','.join(arguments)})"
