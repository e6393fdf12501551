"""Puts families beside one another whose members can be worked out in one go: fewer and longer loops compile faster.

Two families of as many members go together when each member of the one needs at most the same member of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

from rcsd.simulation.ir.expression import names_in, walk
from rcsd.simulation.ir.family import Family, Unit
from rcsd.simulation.ir.system import Equation

Bundle: TypeAlias = list[Family]

_LARGEST = 120
"""Nodes of expressions in a bundle, unless one family has more."""
_PLACING = 5  # what it weighs, in nodes, to find the places of one family


def bundled(units: Iterable[Unit]) -> list[Equation | Bundle]:
    """Bring units into an order, and those that go together into bundles.

    Parameters
    ----------
    units : iterable of Equation or Family
        Each after those that it needs. Without families the order stays as it is.
    """
    units = list(units)
    levels = _levels(units)
    order = sorted(range(len(units)), key=lambda i: (levels[i], _members(units[i])))
    result: list[Equation | Bundle] = []
    for (_, members), own in groupby(order, key=lambda i: (levels[i], _members(units[i]))):
        if members:
            result += _bundles([unit for i in own if isinstance(unit := units[i], Family)])
        else:
            result += [unit for i in own if isinstance(unit := units[i], Equation)]
    return result


def _members(unit: Unit) -> int:
    return len(unit.names) if isinstance(unit, Family) else 0


def _levels(units: list[Unit]) -> list[int]:
    """Count, on the longest way to each unit, the steps from a member to another member or to another kind of unit."""
    maker: dict[str, int] = {}
    levels: list[int] = []
    for i, unit in enumerate(units):
        level = 0
        for other, beside in _needs(unit, units, maker):
            level = max(level, levels[other] + (not beside))
        levels.append(level)
        maker |= dict.fromkeys(unit.names if isinstance(unit, Family) else (unit.name,), i)
    return levels


def _needs(unit: Unit, units: list[Unit], maker: dict[str, int]) -> Iterator[tuple[int, bool]]:
    """Yield which earlier units a unit needs, and whether that keeps them side by side."""
    columns = unit.columns if isinstance(unit, Family) else {}
    for name in {name.name: None for name in names_in(unit.expression)}:
        column = columns.get(name)
        if column is None:
            if name in maker:
                other = maker[name]
                yield other, isinstance(unit, Equation) and isinstance(units[other], Equation)
        elif column.dtype == object:
            for other in {maker[each]: None for each in column.flat if each in maker}:
                family = units[other]
                yield other, column.ndim == 1 and isinstance(family, Family) and family.names == tuple(column)


def _bundles(families: list[Family]) -> list[Bundle]:
    bundles: list[Bundle] = []
    size = _LARGEST
    for family in families:
        own = _PLACING + sum(1 for _ in walk(family.expression))
        if size + own > _LARGEST:
            bundles.append([])
            size = 0
        bundles[-1].append(family)
        size += own
    return bundles
