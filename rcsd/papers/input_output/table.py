"""An input-output table: who buys what from whom, for what final use, at what value added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import TableError
from rcsd.papers.input_output.final_uses import NET, PURPOSES, Purpose, sign

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sector:
    """A row and column of a table; `region` is empty where the table has one region without a name."""

    code: str
    name: str
    region: str = ""

    @property
    def label(self) -> str:
        """Return what is unique in a table of several regions.

        Examples
        --------
        >>> Sector("sec02", "Coal mining", "Jilin").label, Sector("sec02", "Coal mining").label
        ('Jilin:sec02', 'sec02')
        """
        return f"{self.region}:{self.code}" if self.region else self.code


@dataclass(frozen=True, slots=True, eq=False)
class InputOutputTable:
    """A table of n sectors in money of one year; rows sell, columns buy.

    Attributes
    ----------
    title : str
        Which table it is.
    unit : str
        Of every figure.
    sectors : tuple of Sector, length n
        In the order of rows and columns; of several regions one block after the other.
    intermediate : NDArray, shape (n, n)
        Z: what the sector of the column buys from that of the row.
    final_uses : mapping of str to NDArray, shape (n,)
        As printed, in-flows positive; names are those of `PURPOSES`.
    value_added : mapping of str to NDArray, shape (n,)
        Its parts.
    output : NDArray, shape (n,)
        x: gross output, the sum of a row.
    total_input : NDArray, shape (n,)
        The sum of a column, equal to `output` in a table that balances.
    """

    title: str
    unit: str
    sectors: tuple[Sector, ...]
    intermediate: Values
    final_uses: Mapping[str, Values]
    value_added: Mapping[str, Values]
    output: Values
    total_input: Values

    def __post_init__(self) -> None:
        """Check shapes, and that output is above zero.

        Raises
        ------
        TableError
            Naming the sectors that produce nothing: their coefficients do not exist.
        """
        n = len(self.sectors)
        rows = [*self.final_uses.values(), *self.value_added.values(), self.output, self.total_input]
        if self.intermediate.shape != (n, n) or any(row.shape != (n,) for row in rows):
            raise TableError(f"the table has {n} sectors; give every row and column so many cells")
        if not all(np.isfinite(part).all() for part in (self.intermediate, *rows)):
            raise TableError("the table holds a cell that is no finite number: fill it or write 0")
        idle = [s.label for s, x in zip(self.sectors, self.output, strict=True) if x <= 0]
        if idle:
            raise TableError(
                f"{', '.join(idle)}: output must be above zero, or coefficients do not exist; put the sector together "
                "with another one"
            )

    def __len__(self) -> int:
        """Count the sectors."""
        return len(self.sectors)

    @property
    def regions(self) -> tuple[str, ...]:
        """Names of the regions in their order."""
        return tuple(dict.fromkeys(sector.region for sector in self.sectors))

    @property
    def total_value_added(self) -> Values:
        """Value added of each sector, shape (n,)."""
        return np.sum(list(self.value_added.values()), axis=0, dtype=np.float64) + np.zeros(len(self))

    @property
    def final_demand(self) -> Values:
        """Y: net final use, in-flows taken off, shape (n,)."""
        total = np.zeros(len(self))
        for name, values in self.final_uses.items():
            total += sign(name) * values
        return total

    def used_for(self, purpose: Purpose) -> Values:
        """Sum of the final uses of one purpose, shape (n,); a net out-flow is parted by its sign.

        Parameters
        ----------
        purpose : {"consumption", "formation", "outflow", "inflow", "error"}
            Which; in-flows are positive.
        """
        total = np.zeros(len(self))
        for name, values in self.final_uses.items():
            if name == NET and purpose in {"outflow", "inflow"}:
                total += np.maximum(values if purpose == "outflow" else -values, 0.0)
            elif name != NET and PURPOSES[name] == purpose:
                total += values
        return total

    def index_of(self, code: str, region: str | None = None) -> int:
        """Return where the sector of a code stands; in a table of several regions say which.

        Raises
        ------
        TableError
            When there is no such sector, or more than one.
        """
        found = [i for i, s in enumerate(self.sectors) if s.code == code and (region is None or s.region == region)]
        if len(found) != 1:
            what = "several sectors" if found else "no sector"
            raise TableError(f"the table has {what} {code!r}: name one of {', '.join(s.label for s in self.sectors)}")
        return found[0]
