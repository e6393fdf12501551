"""Rolls equations of one form up into families, so that what it costs to compile them grows with forms.

What arrays mean is settled before, scalar by scalar: mappings, exceptions and elements defined by themselves need no
thought here. The elements of an array that have one form become one family. Where some depend on others of the family,
directly or around a circle of families, they are parted by how far they are from the beginning of the chain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.plan.forms import Leaf, Place, Reader, Terms, names_of
from rcsd.simulation.ir.expression import Name, Number
from rcsd.simulation.ir.family import Family, Unit, stream_column
from rcsd.simulation.ir.order import circles, ordered
from rcsd.simulation.ir.system import Equation

_FEWEST_TERMS = 16  # of a sum that is a loop: it compiles as long as so many terms written out
_ELEMENTS = re.compile(r"\[[^\]]*\]")


def rolled(equations: Iterable[Equation], fixed: Mapping[str, float], *, smallest: float) -> list[Unit]:
    """Roll up equations.

    Parameters
    ----------
    equations : iterable of Equation
        Each after those that it needs.
    fixed : mapping of str to float
        Constants that are numbers.
    smallest : float
        Equations of a family, and terms of a sum that is kept if that is more than a few; infinite for equations one
        by one.

    Returns
    -------
    list of Equation or Family
        In an order in which they can be evaluated; without any `rcsd.simulation.ir.expression.Joined`. Equations of
        which none can be rolled up keep their order.
    """
    reader = Reader(fixed, max(smallest, _FEWEST_TERMS))
    rows = [_row(equation, reader) for equation in equations]
    first = {row.equation.name: i for i, row in enumerate(rows)}
    groups = _groups(rows, lambda row: (_ELEMENTS.sub("[]", row.equation.name), row.form), smallest)
    if len(groups) < len(rows):
        groups = _parted(groups, smallest)
    return [_unit(group, reader, smallest) for group in _in_order(groups, first)]


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """An equation as its form and what fills it."""

    equation: Equation
    form: str
    leaves: list[Leaf]
    needs: tuple[str, ...]


def _row(equation: Equation, reader: Reader) -> _Row:
    form, leaves = reader.read(equation.expression)
    return _Row(equation, form, leaves, tuple(dict.fromkeys(names_of(leaves))))


def _groups(rows: Iterable[_Row], key: Callable[[_Row], Hashable], smallest: float) -> list[list[_Row]]:
    found: dict[Hashable, list[_Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    result: list[list[_Row]] = []
    for members in found.values():
        result += [members] if len(members) >= smallest else [[row] for row in members]
    return result


def _needs(groups: list[list[_Row]]) -> dict[int, tuple[int, ...]]:
    """Which groups each group needs, in the order in which its equations name them."""
    maker = {row.equation.name: i for i, group in enumerate(groups) for row in group}
    return {
        i: tuple(dict.fromkeys(maker[name] for row in group for name in row.needs if name in maker))
        for i, group in enumerate(groups)
    }


def _parted(groups: list[list[_Row]], smallest: float) -> list[list[_Row]]:
    """Part the groups that need one another by the length of the chain within their circle."""
    result = []
    for circle in circles(_needs(groups)):
        rows = [row for i in circle for row in groups[i]]
        inside = {row.equation.name for row in rows}
        if len(rows) == 1 or not any(name in inside for row in rows for name in row.needs):
            result += [groups[i] for i in circle]
            continue
        depth = _depths(rows, inside)
        for i in circle:
            result += _groups(groups[i], lambda row: depth[row.equation.name], smallest)  # noqa: B023 - used at once
    return result


def _depths(rows: list[_Row], inside: set[str]) -> dict[str, int]:
    needs = {row.equation.name: tuple(name for name in row.needs if name in inside) for row in rows}
    depth: dict[str, int] = {}
    for name in ordered(needs, needs, during="in a family"):
        depth[name] = max((depth[other] + 1 for other in needs[name]), default=0)
    return depth


def _in_order(groups: list[list[_Row]], first: Mapping[str, int]) -> Iterator[list[_Row]]:
    groups.sort(key=lambda group: first[group[0].equation.name])
    return (groups[i] for i in ordered(range(len(groups)), _needs(groups), during="in families"))


def _unit(group: list[_Row], reader: Reader, smallest: float) -> Unit:
    if len(group) < smallest and not any(isinstance(leaf, Terms) for leaf in group[0].leaves):
        (row,) = group
        return Equation(row.equation.name, reader.spelt_out(row.equation.expression))
    columns = _Columns(len(group))
    places = iter([columns.place(leaves) for leaves in zip(*(row.leaves for row in group), strict=True)])
    expression = reader.filled(group[0].equation.expression, places)
    return Family(tuple(row.equation.name for row in group), expression, columns.made)


class _Columns:
    """Makes columns of what differs between the members of a family."""

    def __init__(self, members: int) -> None:
        self.made: dict[str, NDArray[Any]] = {}
        self._known: dict[Hashable, Name] = {}
        self._members = members

    def place(self, leaves: tuple[Leaf, ...]) -> Place:
        """Return what stands for leaves that correspond, one of each member."""
        if not isinstance(leaves[0], Terms):
            return self._place(_array(leaves, (self._members,)))
        terms = [leaf.leaves for leaf in leaves if isinstance(leaf, Terms)]
        shape = self._members, len(terms[0])
        n_leaves = len(terms[0][0])
        return [self._place(_array([t[i] for member in terms for t in member], shape)) for i in range(n_leaves)]

    def _place(self, column: NDArray[Any]) -> Place:
        bits = column.view(np.int64) if column.dtype == np.float64 else column
        first = column.flat[0]
        if (bits == bits.flat[0]).all():
            return _common(first)
        if column.ndim > 1 and (bits == bits[:, :1]).all():
            column, bits = column[:, 0], bits[:, 0]
        if column.dtype == np.int64:
            self.made[stream_column(int(first))] = column
            return int(first)
        key = bits.dtype, column.shape, tuple(bits.flat)
        if key not in self._known:
            base = _ELEMENTS.sub("", first) if isinstance(first, str) else "number"
            self._known[key] = Name(f"{base}[*{len(self.made) + 1}]")
            self.made[self._known[key].name] = column
        return self._known[key]


def _common(leaf: Any) -> Place:
    if isinstance(leaf, str):
        return Name(leaf)
    return int(leaf) if isinstance(leaf, np.integer) else Number(float(leaf))


def _array(leaves: Any, shape: tuple[int, ...]) -> NDArray[Any]:
    kind = {str: object, float: np.float64, int: np.int64}[type(leaves[0])]
    return np.array(leaves, dtype=kind).reshape(shape)
