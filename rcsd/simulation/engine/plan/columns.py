"""Where the members of a family find what differs between them: by a rule where there is one, else in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.plan.operations import Members

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Along:
    """Whole numbers, ``first + per_member * member + per_term * term``: themselves, or where they stand in a table."""

    first: int
    per_member: int
    per_term: int
    tabulated: bool


class Columns:
    """Gathers the data of the families of a kernel.

    Attributes
    ----------
    numbers : list of float
        Which the kernel finds before its tables.
    indices : list of int
        Which it finds after the places of its tables.
    rules : mapping of (str, str) to Along
        By key of the bundle and name of the column: of a block, its place; of a number, its index in `numbers`; of a
        table, twice its number; of a draw, its stream.
    """

    def __init__(self, tables: Mapping[str, int]) -> None:
        self._tables = tables
        self.numbers: list[float] = []
        self.indices: list[int] = []
        self.rules: dict[tuple[str, str], Along] = {}

    def add(self, members: Members, slots: Mapping[str, int]) -> None:
        """Add a bundle of families, whose names have these slots."""
        outputs = {name: np.array(names, dtype=object) for name, names in members.outputs.items()}
        for name, column in {**outputs, **members.columns}.items():
            self.rules[members.key, name] = self._rule(column, slots)

    def _rule(self, column: NDArray[Any], slots: Mapping[str, int]) -> Along:
        if column.dtype == np.float64:
            first = len(self.numbers)
            self.numbers += column.ravel().tolist()
            per_term = 1 if column.ndim > 1 else 0
            return Along(first, column.shape[1] if per_term else 1, per_term, tabulated=False)
        if column.dtype == np.int64:
            return self._whole(column)
        # the tables and the variables of a system have different names
        of: Callable[[str], int] = (
            (lambda name: 2 * self._tables[name])
            if column.flat[0] in self._tables
            else (lambda name: slots[name] * LANES)
        )
        return self._whole(np.array([of(name) for name in column.flat], dtype=np.int64).reshape(column.shape))

    def _whole(self, column: Integers) -> Along:
        grid = column.reshape(len(column), -1)
        per_member, per_term = _stride(grid[:, 0]), _stride(grid[0])
        rows, terms = np.indices(grid.shape)
        first = int(grid[0, 0])
        if (grid == first + per_member * rows + per_term * terms).all():
            return Along(first, per_member, per_term, tabulated=False)
        at = len(self.indices)
        if (grid == grid[0]).all():
            self.indices += grid[0].tolist()
            return Along(at, 0, 1, tabulated=True)
        self.indices += grid.ravel().tolist()
        return Along(at, grid.shape[1], int(grid.shape[1] > 1), tabulated=True)


def _stride(numbers: Integers) -> int:
    return int(numbers[1] - numbers[0]) if numbers.size > 1 else 0
