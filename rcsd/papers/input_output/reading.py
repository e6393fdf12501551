"""Read a table from a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from rcsd.errors import TableError
from rcsd.names import near_matches
from rcsd.papers.input_output.final_uses import PURPOSES
from rcsd.papers.input_output.table import InputOutputTable, Sector, Values
from rcsd.tables import Line, file_bytes, number, raise_faults, table_lines

OUTPUT, INPUT = "output", "input"
_HEADS = (["code", "name"], ["region", "code", "name"])
_LAYOUT = "its header is code,name (region,code,name for several regions), the sectors, the final uses, output"


def read_table(path: str | Path, *, title: str = "", unit: str = "10^4 yuan", region: str = "") -> InputOutputTable:
    """Read a table.

    The header is ``code,name``, or ``region,code,name`` for several regions, then the code of every sector
    (``region:code`` for several), the final uses and ``output``. A row follows for every sector in the same order,
    then one for each part of value added, and last ``input``. An empty cell is 0; in-flows are written without minus.

    Parameters
    ----------
    path : str or Path
        A CSV file in UTF-8.
    title : str
        Name of the table; the file's if left out.
    unit : str
        Of its figures.
    region : str
        Name of the one region of a table without a column for it.

    Raises
    ------
    TableError
        Listing every fault with its line.
    """
    path = Path(path)
    lines = table_lines(path, file_bytes(path, TableError), TableError)
    rows = [(line, [cell.strip() for cell in row]) for line, row in lines]
    if not rows:
        raise TableError(f"the table is empty: {_LAYOUT}", path=path)
    return _Reading(path, rows).table(title or path.stem, unit, region)


@dataclass(slots=True)
class _Reading:
    """One pass over a file; faults are gathered and raised together."""

    path: Path
    rows: Sequence[Line]
    faults: list[tuple[int, str]] = field(default_factory=list)

    def table(self, title: str, unit: str, region: str) -> InputOutputTable:
        """Build the table."""
        head, labels, uses = self._header()
        n, width = len(labels), len(head)
        sectors = self._sectors(width, labels, region)
        values = np.array(
            [self._numbers(line, row[width:], labels + uses + [OUTPUT]) for line, row in self.rows[1 : n + 1]]
        )
        below = self._below(width, labels)
        raise_faults(self.path, self.faults, "table", TableError)
        total_input = below.pop(INPUT)
        try:
            return InputOutputTable(
                title=title,
                unit=unit,
                sectors=sectors,
                intermediate=values[:, :n],
                final_uses={name: values[:, n + i] for i, name in enumerate(uses)},
                value_added=below,
                output=values[:, -1],
                total_input=total_input,
            )
        except TableError as error:
            raise TableError(str(error), path=self.path) from None

    def _header(self) -> tuple[list[str], list[str], list[str]]:
        """Part the header into what stands before the sectors, the sectors, and the final uses."""
        line, header = self.rows[0]
        head = next((known for known in _HEADS if header[: len(known)] == known), None)
        if head is None or header[-1] != OUTPUT:
            raise TableError(f"the header cannot be read: {_LAYOUT}", path=self.path, line=line)
        self._require_names(len(head))
        between = header[len(head) : -1]
        own = {self._label(len(head), row) for _, row in self.rows[1:]}
        labels = [name for name in between if name in own]
        uses = [name for name in between if name not in own]
        for name in uses:
            if name not in PURPOSES:
                hint = near_matches(name, [*PURPOSES, *own]) or f"final uses are {', '.join(PURPOSES)}"
                self.faults.append((line, f"column {name!r} is neither a sector with a row nor a final use; {hint}"))
        for name in {name for name in between if between.count(name) > 1}:
            self.faults.append((line, f"column {name!r} stands twice: keep one"))
        if between != labels + uses:
            self.faults.append((line, "the sectors come first and the final uses after them: reorder the columns"))
        if not labels:
            self.faults.append((line, "there is no sector that has both a column and a row: add them"))
        raise_faults(self.path, self.faults, "table", TableError)
        return head, labels, uses

    @staticmethod
    def _label(width: int, row: list[str]) -> str:
        """Name a row as its column is named."""
        return ":".join(row[: width - 1])

    def _require_names(self, width: int) -> None:
        """Refuse a row that ends before its name does: an unclosed quotation mark cuts a table so."""
        faults = [
            (line, f"{len(row)} cells instead of the {len(self.rows[0][1])} of the header")
            for line, row in self.rows[1:]
            if len(row) < width
        ]
        raise_faults(self.path, faults, "table", TableError)

    def _sectors(self, width: int, labels: Sequence[str], region: str) -> tuple[Sector, ...]:
        sectors = []
        for (line, row), label in zip(self.rows[1:], labels, strict=False):
            if self._label(width, row) != label:
                self.faults.append(
                    (
                        line,
                        f"row {self._label(width, row)!r} stands where {label!r} is expected: rows follow the columns",
                    )
                )
            sectors.append(Sector(row[width - 2], row[width - 1], row[0] if width > len(_HEADS[0]) else region))
        if len(sectors) < len(labels):
            self.faults.append((self.rows[-1][0], f"there are {len(labels)} sectors and {len(sectors)} rows"))
        return tuple(sectors)

    def _below(self, width: int, labels: Sequence[str]) -> dict[str, Values]:
        """Read the parts of value added, and the total input."""
        found: dict[str, Values] = {}
        for line, row in self.rows[1 + len(labels) :]:
            name = row[width - 2]
            if name in found:
                self.faults.append((line, f"row {name!r} stands here for the second time: keep one"))
            found[name] = self._numbers(line, row[width : width + len(labels)], labels)
        if INPUT not in found or len(found) == 1:
            self.faults.append(
                (self.rows[-1][0], "after the sectors stand one or more rows of value added, and then the row 'input'")
            )
            found.setdefault(INPUT, np.zeros(len(labels)))
        return found

    def _numbers(self, line: int, cells: Sequence[str], names: Sequence[str]) -> Values:
        """Read cells; one that is no number is a fault and reads as 0."""
        if len(cells) != len(names):
            self.faults.append(
                (line, f"the row has {len(cells)} figures under {len(names)} columns: give each one cell")
            )
        values = np.zeros(len(names))
        for i, (cell, name) in enumerate(zip(cells, names, strict=False)):
            try:
                values[i] = number(cell or "0")
            except ValueError as words:
                self.faults.append((line, f"column {name!r}: {words}"))
        return values
