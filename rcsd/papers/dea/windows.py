"""The windows that travel with the package: which table, which columns, and what they are called."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rcsd.errors import ParameterError
from rcsd.papers.assets import ASSETS
from rcsd.papers.dea.method.data import Roles

FOLDER = "dea"


@dataclass(frozen=True, slots=True)
class Window:
    """What is compared, and its words for people.

    Attributes
    ----------
    title, documentation : str
        Heading, and what a reader has to know of the figures.
    table : Path
        CSV file of the units.
    roles : Roles
        Which column is what.
    group : str
        Column of classes of units, such as those of a city's life; empty for none.
    group_order : tuple of str
        Classes in the order in which they are shown; others follow as they come.
    labels, units : mapping of str to str
        Of columns; a column without a label goes by its name.
    """

    title: str
    table: Path
    roles: Roles
    documentation: str = ""
    group: str = ""
    group_order: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def label(self, column: str) -> str:
        """Words for a column."""
        return self.labels.get(column, column)


def window(name: str) -> Window:
    """Read one of the package's own windows, "four_cities" or "panel".

    Raises
    ------
    ParameterError
        When this installation has none of that name.
    """
    folder = ASSETS.calibration
    path = None if folder is None else folder / FOLDER / "windows.toml"
    if path is None or not path.is_file():
        raise ParameterError("this installation has no tables of cities: name a table of your own", field="table")
    document = tomllib.loads(path.read_text("utf-8"))
    if name not in document:
        raise ParameterError(f"there is no window {name!r}: choose four_cities or panel", field="window")
    entry = document[name]
    return Window(
        title=entry["title"],
        table=path.parent / entry["table"],
        roles=Roles(tuple(entry["inputs"]), tuple(entry["outputs"]), (), entry["unit"], entry["period"]),
        documentation=entry["documentation"],
        group=entry.get("group", ""),
        group_order=tuple(entry.get("group_order", ())),
        labels=document["labels"],
        units=document["units"],
    )
