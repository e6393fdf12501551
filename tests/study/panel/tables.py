"""Parts of the panel's table, as tables of their own."""

import csv
from collections.abc import Iterable
from pathlib import Path

from tests.places import CALIBRATION

FOLDER = CALIBRATION / "panel"
STUDY, CITIES = FOLDER / "panel.toml", FOLDER / "cities.csv"
WHOLE, WITHOUT_INDUSTRY = ("hegang", "qitaihe", "suqian", "huaibei", "zaozhuang"), "daqing"


def rows_of(cities: Iterable[str]) -> list[list[str]]:
    """Return the header, the common rows and those of some cities."""
    with (FOLDER / "observed.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [rows[0], *(row for row in rows[1:] if row[0] in {"*", *cities})]


def write_rows(path: Path, rows: Iterable[list[str]]) -> Path:
    """Write rows as a table of a panel."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
