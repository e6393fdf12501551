"""What the cities of a panel are called, and which class each belongs to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rcsd.analysis.series import observed_bytes
from rcsd.errors import SeriesError
from rcsd.files import is_file

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
    reader = csv.DictReader(io.StringIO(observed_bytes(path).decode("utf-8-sig"), newline=""))
    missing = [column for column in _REQUIRED if column not in (reader.fieldnames or ())]
    if missing:
        raise SeriesError(f"has no column {' and none '.join(map(repr, missing))}: add it to the header", path=path)
    found: dict[str, City] = {}
    for row in reader:
        city = row["city"].strip()
        if city in found:
            raise SeriesError(f"the city {city!r} stands here for the second time", path=path, line=reader.line_num)
        kind = (row["class"] or "").strip() or UNCLASSIFIED
        found[city] = City(city, (row.get("name") or city).strip(), kind, (row.get("province") or "").strip())
    return found


def cities_beside(table: Path) -> dict[str, City]:
    """Read the file of names and classes beside a panel's table; empty where there is none."""
    path = table.parent / FILE_NAME
    return read_cities(path) if is_file(path) else {}


def ordered_classes(kinds: Iterable[str]) -> tuple[str, ...]:
    """Put classes into the order of a city's life, others after them by name."""
    present = set(kinds)
    return (*(kind for kind in CLASSES if kind in present), *sorted(present - set(CLASSES)))
