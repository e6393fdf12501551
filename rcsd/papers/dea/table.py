"""A table of units in a CSV file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rcsd.errors import ParameterError, SeriesError
from rcsd.files import sha256
from rcsd.papers.dea.method.data import DeaData, Roles, build, period_of
from rcsd.tables import file_bytes, length_fault, raise_faults, table_lines


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A CSV file as it was read.

    Attributes
    ----------
    path : Path
        The file.
    columns : mapping of str to tuple of str
        Cells under each heading.
    lines : tuple of int
        Line of the file of each row.
    sha256 : str
        Of the file's bytes.
    """

    path: Path
    columns: Mapping[str, tuple[str, ...]]
    lines: tuple[int, ...]
    sha256: str

    def data(self, roles: Roles) -> DeaData:
        """Take the columns that the roles name; the first column names the units if no role does.

        Raises
        ------
        ParameterError
            When the names of columns break a rule.
        SeriesError
            One error that lists every fault of the numbers with its line.
        """
        first = next(iter(self.columns))
        named = Roles(roles.inputs, roles.outputs, roles.undesirable, roles.unit or first, roles.period)
        try:
            named.check(tuple(self.columns))
        except ParameterError as error:
            raise ParameterError(f"{self.path}: {error}", field=error.field) from None
        periods = [] if named.period is None else [period_of(cell) for cell in self.columns[named.period]]
        return build(
            [cell.strip() for cell in self.columns[named.unit or first]],
            periods,
            {name: list(self.columns[name]) for name in named.numbers},
            named,
            [f"{self.path}:{line}" for line in self.lines],
        )


def read_table(path: str | Path) -> Table:
    """Read a CSV file with a header, one row per unit or a unit in a period.

    Raises
    ------
    SeriesError
        When it cannot be read, is no CSV in UTF-8, has a heading twice, or rows of another length than the header.
    """
    path = Path(path)
    content = file_bytes(path, SeriesError)
    rows = table_lines(path, content, SeriesError)
    if len(rows) < 2:  # noqa: PLR2004 - a header and a row
        raise SeriesError(
            "the table has no rows: its first line names the columns, each other one is a unit", path=path
        )
    (line, header), body = rows[0], rows[1:]
    names = [cell.strip() for cell in header]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SeriesError(f"the heading {twice[0]!r} stands twice: give each column its own", path=path, line=line)
    faults = [(at, fault) for at, row in body if (fault := length_fault(row, len(names)))]
    raise_faults(path, faults, "table", SeriesError)
    columns = {name: tuple(row[k] for _, row in body) for k, name in enumerate(names)}
    return Table(path, columns, tuple(line for line, _ in body), sha256(content))
