"""Expressions as NumPy computes them: made ready once, evaluated at every step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.tables import EachItsOwn, look_up
from rcsd.simulation.functions import FUNCTIONS, Instruction, Lanes, Primitive, Registry
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Join,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Random,
    Repeated,
    Time,
    names_in,
    walk,
)
from rcsd.simulation.ir.family import stream_column

Values = NDArray[np.float64]
Truths = NDArray[np.bool_]

_ARITHMETIC: dict[str, Callable[..., Values]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}
_COMPARISONS: dict[str, Callable[..., Truths]] = {
    "=": np.equal,
    "<>": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}
_LOGICAL: dict[str, Callable[..., Truths]] = {"and": np.logical_and, "or": np.logical_or}
_AT_ONCE = 2**22  # numbers that the terms of a sum may take


@dataclass(slots=True)
class Moment:
    """What an expression may ask for when it is evaluated.

    Attributes
    ----------
    values : NDArray, shape (slot, run), or list of NDArray
        Of all variables.
    tables, flat
        Rows of `rcsd.simulation.engine.tables.table_row`, by name and one after the other.
    seed, first_run
        Of draws.
    time, begun, step
        Now; when the step began, which differs within a Runge-Kutta step; and which it is.
    members : slice
        Those of a family that are evaluated.
    """

    values: Any
    tables: Mapping[str, Values]
    flat: Values
    seed: np.uint64
    first_run: int
    time: float = 0.0
    begun: float = 0.0
    step: int = 0
    members: slice = field(default_factory=lambda: slice(None))


NumberAt: TypeAlias = Callable[[Moment], Values]
TruthAt: TypeAlias = Callable[[Moment], Truths]


class Evaluator:
    """Makes functions of expressions: their results are shaped (run,), (member, run) or (member, term, run).

    Parameters
    ----------
    slots : mapping of str to int
        Row of each name in `Moment.values`.
    fixed : mapping of str to float
        Names that are numbers.
    n_runs : int
        How many runs there are.
    tables : mapping of str to (start, size), optional
        Place of each table in `Moment.flat`, and its number of points.
    columns : mapping of str to NDArray, optional
        Of a family.
    functions : Registry, optional
        Where primitives are found.
    """

    def __init__(
        self,
        slots: Mapping[str, int],
        fixed: Mapping[str, float],
        n_runs: int,
        tables: Mapping[str, tuple[int, int]] | None = None,
        columns: Mapping[str, NDArray[Any]] | None = None,
        functions: Registry = FUNCTIONS,
    ) -> None:
        self._slots = slots
        self._fixed = fixed
        self._n_runs = n_runs
        self._tables = tables or {}
        self._columns = columns or {}
        self._functions = functions
        self._within = 0  # terms of the sum that is made ready

    def number(self, expression: Expression) -> NumberAt:  # noqa: C901, PLR0911 - one line per node
        """Return the function that evaluates a number."""
        match expression:
            case Number(value):
                return self._constant(value)
            case Name(name):
                return self._name(name)
            case Time(of_step):
                n_runs = self._n_runs
                return lambda moment: np.full(n_runs, moment.begun if of_step else moment.time)
            case Arithmetic(operator, left, right):
                return _two(_ARITHMETIC[operator], self.number(left), self.number(right))
            case Negative(operand):
                return _one(np.negative, self.number(operand))
            case Conditional(condition, then, otherwise):
                parts = self.truth(condition), self.number(then), self.number(otherwise)
                return lambda moment: np.where(*(part(moment) for part in parts))
            case Call(function, arguments):
                return _call(self._functions.primitive(function), [*map(self.number, arguments)])
            case Lookup(Name(table), argument):
                return self._lookup(table, self.number(argument))
            case Repeated(operator, term, count):
                return self._joined(operator, term, count)
            case Random():
                return self._draw(expression)
        raise NotImplementedError(f"{type(expression).__name__} is not a number in a system")

    def truth(self, expression: Expression) -> TruthAt:
        """Return the function that evaluates a truth value."""
        match expression:
            case Comparison(operator, left, right):
                return _two(_COMPARISONS[operator], self.number(left), self.number(right))
            case Logical(operator, left, right):
                return _two(_LOGICAL[operator], self.truth(left), self.truth(right))
            case Not(operand):
                return _one(np.logical_not, self.truth(operand))
        raise NotImplementedError(f"{type(expression).__name__} is not a truth value in a system")

    def _constant(self, value: float) -> NumberAt:
        values = np.full(self._n_runs, value)
        return lambda moment: values

    def _name(self, name: str) -> NumberAt:
        column = self._columns.get(name)
        if column is not None:
            return self._column(column)
        if name in self._fixed:
            return self._constant(self._fixed[name])
        slot = self._slots[name]
        return lambda moment: moment.values[slot]

    def _column(self, column: NDArray[Any]) -> NumberAt:
        """Return what reads a column: shaped (member, run), within a sum (member, term, run)."""
        if column.dtype != object:
            numbers = self._aligned(column)[..., np.newaxis]
            numbers = np.broadcast_to(numbers, (*numbers.shape[:-1], self._n_runs))
            return lambda moment: numbers[moment.members]
        rows = np.array([self._slots[name] for name in column.flat], dtype=np.intp).reshape(column.shape)
        if rows.ndim > 1 and (rows == rows[:1]).all():  # the same terms in all members
            own = as_slice(rows[0])
            return lambda moment: moment.values[own][np.newaxis]
        if rows.ndim > 1 or self._within:
            rows = self._aligned(rows)
            return lambda moment: moment.values[rows[moment.members]]
        along = as_slice(rows)
        return lambda moment: moment.values[along][moment.members]

    def _aligned(self, column: NDArray[Any]) -> NDArray[Any]:
        """Give a column of members an axis for the terms of the sum that it stands in."""
        return column[:, np.newaxis] if self._within and column.ndim == 1 else column

    def _joined(self, operator: Join, term: Expression, count: int) -> NumberAt:
        self._within = count
        each, n_runs = self.number(term), self._n_runs
        self._within = 0
        parts = [slice(None)]
        if self._differs(term):
            at_once = max(1, _AT_ONCE // max(1, count * n_runs))
            n_members = max(len(column) for column in self._columns.values())
            parts = [slice(i, i + at_once) for i in range(0, n_members, at_once)]
        join = _JOINS[operator]

        def evaluate(moment: Moment) -> Values:
            found = []
            for moment.members in parts:
                terms = each(moment)
                shape = np.broadcast_shapes(terms.shape, (1, count, n_runs))
                found.append(_two_by_two(join, np.broadcast_to(terms, shape)))
            moment.members = slice(None)
            return found[0] if len(found) == 1 else np.concatenate(found)

        return evaluate

    def _differs(self, term: Expression) -> bool:
        """Whether a term is another in every member of the family."""
        if any(isinstance(node, Random) for node in walk(term)):
            return True
        columns = [self._columns[name.name] for name in names_in(term) if name.name in self._columns]
        return any(column.ndim == 1 or (column != column[:1]).any() for column in columns)

    def _lookup(self, table: str, argument: NumberAt) -> NumberAt:
        column = self._columns.get(table)
        if column is None:
            return lambda moment: look_up(moment.tables[table], argument(moment))
        places = np.array([self._tables[name] for name in column.flat], dtype=np.int64)
        starts, sizes = (self._aligned(part.reshape(column.shape))[..., np.newaxis] for part in places.T)
        each = EachItsOwn(starts, sizes)
        return lambda moment: each.read(moment.flat, moment.members, argument(moment))

    def _draw(self, random: Random) -> NumberAt:
        arguments, n_runs = [*map(self.number, random.arguments)], self._n_runs
        column = self._columns.get(stream_column(random.stream))
        streams = np.array(random.stream) if column is None else self._aligned(column)
        from rcsd.simulation.engine import draws  # noqa: PLC0415 - the compiler is slow to import

        draw = getattr(draws, f"{random.distribution}_draws")

        def evaluate(moment: Moment) -> Values:
            own = streams[moment.members] if streams.ndim else streams
            given = [argument(moment) for argument in arguments]
            shape = np.broadcast_shapes((*own.shape, n_runs), *(each.shape for each in given))
            given = [np.broadcast_to(each, shape) for each in given]
            own, result = np.broadcast_to(own, shape[:-1]), np.empty(shape)
            for i in np.ndindex(own.shape):
                w = np.concatenate([*(each[i] for each in given), np.empty(n_runs)])
                key = np.uint64(draws.draw_key(moment.seed, int(own[i]), moment.step))
                draw(w, 0, n_runs, key, moment.first_run)
                result[i] = w[len(given) * n_runs :]
            return result

        return evaluate


def as_slice(rows: NDArray[np.intp]) -> slice | NDArray[np.intp]:
    """Return rows that follow one another as a slice: reading them copies nothing."""
    if rows.size and (np.diff(rows) == 1).all():
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _one(function: Callable[..., Any], operand: Callable[[Moment], Any]) -> Callable[[Moment], Any]:
    return lambda moment: function(operand(moment))


def _two(
    function: Callable[..., Any], left: Callable[[Moment], Any], right: Callable[[Moment], Any]
) -> Callable[[Moment], Any]:
    return lambda moment: function(left(moment), right(moment))


def _call(primitive: Primitive, arguments: list[NumberAt]) -> NumberAt:
    """Return a call; a primitive gets arguments of one shape, and of one axis if its kernel sees one run at a time."""
    function = primitive.numpy
    any_axes = primitive.kernel is None or isinstance(primitive.kernel, Instruction | Lanes)
    if len(arguments) == 1 and any_axes:
        return _one(function, arguments[0])

    def evaluate(moment: Moment) -> Values:
        given = [argument(moment) for argument in arguments]
        shape = np.broadcast_shapes(*(each.shape for each in given))
        if any(each.shape != shape for each in given):
            given = [np.broadcast_to(each, shape) for each in given]
        if any_axes or len(shape) <= 1:
            return function(*given)
        return np.asarray(function(*(each.reshape(-1) for each in given))).reshape(shape)

    return evaluate


def _two_by_two(join: Callable[..., Values], terms: Values) -> Values:
    """Join along the axis of the terms, in the order of `rcsd.simulation.ir.joining.two_by_two`."""
    while (n := terms.shape[1]) > 1:
        pairs = join(terms[:, 0 : n - 1 : 2], terms[:, 1:n:2])
        terms = np.concatenate([pairs, terms[:, -1:]], axis=1) if n % 2 else pairs
    return terms[:, 0]


def _primitive(name: str) -> Callable[..., Values]:
    return FUNCTIONS.primitive(name).numpy


def _joins() -> Iterator[tuple[Join, Callable[..., Values]]]:
    yield "sum", np.add
    yield "prod", np.multiply
    yield "vmin", _primitive("min")
    yield "vmax", _primitive("max")


_JOINS = dict(_joins())
