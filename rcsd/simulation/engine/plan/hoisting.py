"""Takes out of the time loop what it would work out anew in every step: parts of equations that depend on constants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.ir.expression import (
    Expression,
    Name,
    Number,
    Random,
    Repeated,
    Time,
    is_truth,
    names_in,
    walk,
    with_children,
)
from rcsd.simulation.ir.family import Family, Unit
from rcsd.simulation.ir.system import Equation, System

Columns = Mapping[str, NDArray[Any]]


class Hoister:
    """Replaces what does not change within a run by names, and gives those to the equations before the loop.

    The same operations on the same numbers, so every bit stays. Names that it makes up start with a ``~``.

    Parameters
    ----------
    system : System
        Whose constants and statics are settled before the first step.
    """

    def __init__(self, system: System) -> None:
        self._literal = system.fixed.keys() | system.tables.keys()
        self._settled = system.constants.keys() | {equation.name for equation in system.statics}
        self._taken: dict[str, Equation] = {}
        self._families: list[Family] = []
        self._common: dict[str, Equation] = {}
        self._made = 0

    @property
    def taken(self) -> list[Unit]:
        """What has been taken out, under which names."""
        return [*self._taken.values(), *self._families]

    def rest(self, units: Iterable[Unit]) -> list[Unit]:
        """Return equations of the loop without what can be taken out of them.

        What is the same in all members of a family stands before it, as an equation of its own.
        """
        self._common = {}
        result: list[Unit] = []
        for unit in units:
            n_common = len(self._common)
            rest = self._rest_of(unit)
            result += [*list(self._common.values())[n_common:], rest]
        return result

    def _rest_of(self, unit: Unit) -> Unit:
        if isinstance(unit, Equation):
            return Equation(unit.name, self._without(unit.expression))
        within = _Members(self, unit)
        expression = within.without(unit.expression)
        self._families += within.taken.values()
        return replace(unit, expression=expression, columns={**unit.columns, **within.columns})

    def _without(self, expression: Expression) -> Expression:
        if not self.is_settled(expression):
            return with_children(expression, self._without)
        if isinstance(expression, (Name, Number)):
            return expression
        if is_truth(expression):  # there are variables for numbers only
            return with_children(expression, self._without)
        return self.kept(expression)

    def kept(self, expression: Expression) -> Name:
        """Take an expression of single variables out."""
        key = repr(expression)  # equal expressions may differ in the sign of a zero
        if key not in self._taken:
            self._taken[key] = Equation(self.new_name(), expression)
        return Name(self._taken[key].name)

    def common(self, expression: Expression) -> Name:
        """Take what all members of a family have in common out of it."""
        key = repr(expression)
        if key not in self._common:
            self._common[key] = Equation(self.new_name("common"), expression)
        return Name(self._common[key].name)

    def new_name(self, kind: str = "settled") -> str:
        """Make up a name."""
        self._made += 1
        return f"~{kind}{self._made}"

    def is_settled(self, expression: Expression, columns: Columns | None = None) -> bool:
        """Whether it depends on what a run sets; what depends on literals alone is folded, here or by the compiler."""
        if any(isinstance(node, (Time, Random)) for node in walk(expression)):
            return False
        names: set[str] = set()
        numbers = False
        for name in {name.name for name in names_in(expression)}:
            column = columns.get(name) if columns else None
            if column is None:
                names.add(name)
            elif column.dtype == object:
                names.update(column.flat)
            else:
                numbers = True  # data, which the compiler does not see
        names -= self._literal
        return (numbers or bool(names)) and names <= self._settled


class _Members:
    """What can be taken out of the members of one family."""

    def __init__(self, hoister: Hoister, family: Family) -> None:
        self._hoister = hoister
        self._family = family
        self.taken: dict[str, Family] = {}
        self.columns: dict[str, NDArray[Any]] = {}

    def without(self, expression: Expression) -> Expression:
        """Return what is left of an expression of the family."""
        if isinstance(expression, (Name, Number)):
            return expression
        if not self._hoister.is_settled(expression, self._family.columns):
            if self._is_common(expression):
                return self._hoister.common(expression)
            # the terms of a sum would need as many blocks as there are terms and members
            return expression if isinstance(expression, Repeated) else with_children(expression, self.without)
        if is_truth(expression):
            return with_children(expression, self.without)
        own = {name.name for name in names_in(expression)} & self._family.columns.keys()
        if not own and not isinstance(expression, Repeated):
            return self._hoister.kept(expression)
        return self._kept(expression, own)

    def _is_common(self, expression: Expression) -> bool:
        if is_truth(expression) or isinstance(expression, Time):
            return False
        nodes = list(walk(expression))
        if any(isinstance(node, (Random, Repeated)) for node in nodes):
            return False
        names = {node.name for node in nodes if isinstance(node, Name)}
        moves = bool(names) or any(isinstance(node, Time) for node in nodes)
        return moves and not names & self._family.columns.keys()

    def _kept(self, expression: Expression, own: Iterable[str]) -> Name:
        key = repr(expression)
        if key not in self.taken:
            name = self._hoister.new_name()
            names = tuple(f"{name}[{i}]" for i in range(len(self._family.names)))
            columns = {each: self._family.columns[each] for each in sorted(own)}
            self.taken[key] = Family(names, expression, columns)
            self.columns[f"{name}[*]"] = np.array(names, dtype=object)
        return Name(f"{self.taken[key].names[0].partition('[')[0]}[*]")
