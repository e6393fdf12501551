"""Which group each sector of a table belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rcsd.errors import TableError
from rcsd.names import near_matches
from rcsd.papers.input_output.table import InputOutputTable
from rcsd.tables import file_bytes, raise_faults, records, table_lines

_REQUIRED = ("code", "group")


@dataclass(frozen=True, slots=True)
class SectorMapping:
    """Groups in the order in which they first stand in the file, and the group of every code.

    Attributes
    ----------
    groups : mapping of str to str
        Group by code.
    lines : mapping of str to int
        Line of the file by code; empty for a mapping that comes from no file.
    path : Path or None
        The file.
    """

    groups: Mapping[str, str]
    lines: Mapping[str, int]
    path: Path | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the groups, each once."""
        return tuple(dict.fromkeys(self.groups.values()))

    def require_fits(self, table: InputOutputTable) -> None:
        """See to it that the mapping names every sector of a table and no other.

        Raises
        ------
        TableError
            Listing all codes that are wrong, with their lines.
        """
        codes = dict.fromkeys(sector.code for sector in table.sectors)
        faults = [
            (self.lines.get(code, 0), f"the table has no sector {code!r}; {_hint(code, codes)}")
            for code in self.groups
            if code not in codes
        ]
        last = max(self.lines.values(), default=0)
        faults += [
            (last, f"sector {code!r} has no group: add a line for it") for code in codes if code not in self.groups
        ]
        raise_faults(self.path, faults, "mapping", TableError)


def _hint(code: str, codes: Mapping[str, None]) -> str:
    return near_matches(code, codes) or f"it has {', '.join(codes)}"


def read_mapping(path: Path) -> SectorMapping:
    """Read a CSV with the columns code and group; others are left alone.

    Raises
    ------
    TableError
        Listing every fault with its line.
    """
    rows = records(
        path, table_lines(path, file_bytes(path, TableError), TableError), _REQUIRED, TableError, what="mapping"
    )
    groups: dict[str, str] = {}
    lines: dict[str, int] = {}
    faults: list[tuple[int, str]] = []
    for line, row in rows:
        code, group = (row[column] for column in _REQUIRED)
        if not code or not group:
            faults.append((line, "code and group must both be given"))
        elif code in groups:
            faults.append((line, f"sector {code!r} stands here for the second time: keep one line"))
        else:
            groups[code], lines[code] = group, line
    raise_faults(path, faults, "mapping", TableError)
    if not groups:
        raise TableError("the mapping has no rows: write a line code,group for every sector", path=path)
    return SectorMapping(groups, lines, path)
