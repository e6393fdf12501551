"""Tables as people have them, read into columns with a name, a unit, times and values."""

from rcsd.study.setup.tables.reading import read_table
from rcsd.study.setup.tables.table import DataTable, TableColumn
from rcsd.study.setup.tables.times import TimeKind, Times

__all__ = ["DataTable", "TableColumn", "TimeKind", "Times", "read_table"]
