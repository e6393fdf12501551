"""Takes out of the time loop what it would work out anew in every step: parts of equations that depend on constants."""

from __future__ import annotations

from collections.abc import Iterable

from rcsd.simulation.ir.expression import (
    Expression,
    Name,
    Number,
    Random,
    Time,
    is_truth,
    names_in,
    walk,
    with_children,
)
from rcsd.simulation.ir.system import System

NamedExpression = tuple[str, Expression]


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
        self._taken: dict[str, NamedExpression] = {}

    @property
    def taken(self) -> list[NamedExpression]:
        """What has been taken out, under which names."""
        return list(self._taken.values())

    def rest(self, equations: Iterable[NamedExpression]) -> list[NamedExpression]:
        """Return equations of the loop without what can be taken out of them."""
        return [(name, self._without(expression)) for name, expression in equations]

    def _without(self, expression: Expression) -> Expression:
        if not self._is_settled(expression):
            return with_children(expression, self._without)
        if isinstance(expression, (Name, Number)):
            return expression
        if is_truth(expression):  # there are variables for numbers only
            return with_children(expression, self._without)
        key = repr(expression)  # equal expressions may differ in the sign of a zero
        if key not in self._taken:
            self._taken[key] = (f"~settled{len(self._taken) + 1}", expression)
        return Name(self._taken[key][0])

    def _is_settled(self, expression: Expression) -> bool:
        """Whether it depends on what a run sets; what depends on literals alone is folded, here or by the compiler."""
        if any(isinstance(node, (Time, Random)) for node in walk(expression)):
            return False
        names = {name.name for name in names_in(expression)} - self._literal
        return bool(names) and names <= self._settled
