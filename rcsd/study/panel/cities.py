"""What the cities of a panel are called, and which class each belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rcsd.errors import SeriesError
from rcsd.files import is_file
from rcsd.tables import file_bytes, records, table_lines

FILE_NAME = "cities.csv"
CLASSES = ("growing", "mature", "declining", "regenerating")
"""Of the State Council's list of 2013, in the order of a city's life."""

UNCLASSIFIED = "unclassified"
_REQUIRED = ("city", "class")


@dataclass(frozen=True, slots=True)
class City:
    """One city; `name` is for people, `kind` its class, `province` empty where it is not known."""

    city: str
    name: str
    kind: str = UNCLASSIFIED
    province: str = ""


def read_cities(path: Path) -> dict[str, City]:
    """Read names and classes: a CSV with the columns city and class, and if known name and province.

    Raises
    ------
    SeriesError
        Naming the line of a city that stands twice, or the column that is missing.
    """
    lines = table_lines(path, file_bytes(path, SeriesError), SeriesError)
    found: dict[str, City] = {}
    for line, row in records(path, lines, _REQUIRED, SeriesError):
        city = row["city"]
        if city in found:
            raise SeriesError(f"the city {city!r} stands here for the second time", path=path, line=line)
        found[city] = City(city, row.get("name") or city, row["class"] or UNCLASSIFIED, row.get("province", ""))
    return found


def cities_beside(table: Path) -> dict[str, City]:
    """Read the file of names and classes beside a panel's table; empty where there is none."""
    path = table.parent / FILE_NAME
    return read_cities(path) if is_file(path) else {}


def ordered_classes(kinds: Iterable[str]) -> tuple[str, ...]:
    """Put classes into the order of a city's life, others after them by name."""
    present = set(kinds)
    return (*(kind for kind in CLASSES if kind in present), *sorted(present - set(CLASSES)))
