"""Read a file of structure optimisation, with its tables, into a task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rcsd.errors import StudyError, TableError
from rcsd.files import file_sha256, is_file
from rcsd.names import near_matches
from rcsd.papers.assets import ASSETS
from rcsd.papers.input_output import (
    InputOutputTable,
    SectorMapping,
    read_mapping,
    read_table,
    require_balanced,
    require_productive,
    technical_coefficients,
)
from rcsd.papers.structure import Bounds, CityAccount, Number, Settings, Task
from rcsd.papers.structure.file.schema import NumberSection, StructureFile, TableSection
from rcsd.tables import file_bytes, number, records, table_lines
from rcsd.toml.faults import Faults, checked
from rcsd.toml.lines import Keys
from rcsd.toml.source import read_toml

FOLDER = "structure"
FILE_NAME = "programme.toml"
OTHERS = "others"
"""The ceiling of sectors that have none of their own."""

_CITY_COLUMNS = ("city", "title", "year", "primary", "secondary", "tertiary", "mining", "unit", "source")


def load_structure(path: str | Path | None = None) -> Task:
    """Read a file of structure optimisation; that of rcsd if none is named.

    Every table must balance and be productive, and be covered by its mapping.

    Parameters
    ----------
    path : str or Path, optional
        A TOML file, or the folder that holds `programme.toml`.

    Raises
    ------
    StudyError
        Listing every fault of the file with its line.
    TableError
        For a table or a mapping, with file and line.
    """
    path = _default() if path is None else Path(path)
    if path.is_dir():
        path /= FILE_NAME
    if not is_file(path):
        raise StudyError("there is no such file of structure optimisation: correct the path", path=path)
    source = read_toml(path)
    file, faults = checked(source, StructureFile, "programme")
    return _Reader(path, file, faults, {each.name: digest for each, digest in source.sha256.items()}).task()


def _default() -> Path:
    folder = ASSETS.calibration
    if folder is None:
        raise StudyError("no data come with this copy of rcsd: name a file of structure optimisation")
    return folder / FOLDER / FILE_NAME


def _number(section: NumberSection) -> Number:
    return Number(section.value, section.unit, *section.range, section.source)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One pass over the file and those that it names; faults of the file are noted, then raised together."""

    path: Path
    file: StructureFile
    faults: Faults
    hashes: dict[str, str]

    def task(self) -> Task:
        """Read everything."""
        tables, mappings, years = [], [], []
        for region, section in self.file.tables.items():
            if section.year is None:
                self.faults.add(("tables", region, "year"), "is required: the year of the table")
        for year in self.file.history:
            if not year.isdecimal():
                self.faults.add(("history", year), f"is named by the year of its table, found {year!r}")
        self.faults.raise_if_any()
        for region, section in self.file.tables.items():
            table, mapping = self._table(("tables", region), section, region, section.year or 0)
            tables.append(table)
            mappings.append(mapping)
            years.append(section.year or 0)
        first = next(iter(self.file.tables))
        history = [
            (int(year), *self._table(("history", year), section, first, int(year)))
            for year, section in self.file.history.items()
        ]
        self._check(tables[0], mappings[0])
        settings = self._settings()
        self.faults.raise_if_any()
        return Task(
            title=self.file.title,
            documentation=self.file.documentation,
            tables=tuple(tables),
            mappings=tuple(mappings),
            years=tuple(years),
            settings=settings,
            broad={code: part for part, codes in self.file.broad.items() for code in codes},
            history=tuple(history),
            cities={} if self.file.cities is None else self._cities(self._beside(self.file.cities)),
            hashes=self.hashes,
        )

    def _beside(self, name: str) -> Path:
        """Path of a file that the programme names, hashed."""
        path = self.path.parent / name
        digest = file_sha256(path)
        if digest is not None:
            self.hashes[name] = digest
        return path

    def _table(
        self, keys: Keys, section: TableSection, region: str, year: int
    ) -> tuple[InputOutputTable, SectorMapping | None]:
        """Read a table and its mapping, and see to it that they can be used."""
        path = self._beside(section.file)
        if not is_file(path):
            raise StudyError(f"there is no table {path}: the path is relative to the programme", path=self.path)
        table = read_table(path, title=f"{region} {year}", unit=section.unit, region=region)
        try:
            require_balanced(table)
            require_productive(technical_coefficients(table), table.title)
        except TableError as error:
            raise TableError(str(error), path=path) from None
        if section.mapping is None:
            return table, None
        mapping = read_mapping(self._beside(section.mapping))
        mapping.require_fits(table)
        return table, mapping

    def _check(self, table: InputOutputTable, mapping: SectorMapping | None) -> None:
        """Note names of sectors that the table does not have, and bounds the wrong way round."""
        codes = mapping.names if mapping is not None else tuple(s.code for s in table.sectors)
        for keys, name in self._named():
            if name not in codes:
                hint = near_matches(name, codes) or f"there are {', '.join(codes)}"
                self.faults.add(keys, f"{name!r} is no sector; {hint}")
        pairs: dict[Keys, tuple[NumberSection, NumberSection]] = {
            ("growth",): (self.file.growth.lower, self.file.growth.upper)
        }
        for name, own in self.file.bounds.items():
            pairs["bounds", name] = (own.lower or self.file.growth.lower, own.upper or self.file.growth.upper)
        for keys, (low, high) in pairs.items():
            if low.value > high.value:
                self.faults.add(
                    keys,
                    f"least output, {low.value:g} times the actual, exceeds most output, {high.value:g}: swap them",
                )
        if OTHERS not in self.file.ceilings:
            self.faults.add(("ceilings",), f"has no {OTHERS!r}: the ceiling of sectors that have none of their own")
        if self.file.horizon.value <= 0:
            self.faults.add(("horizon",), "must be above zero")
        listed = [code for codes in self.file.broad.values() for code in codes]
        for code in codes if listed else ():
            if listed.count(code) != 1:
                self.faults.add(("broad",), f"names {code!r} {listed.count(code)} times: every sector has one part")

    def _named(self) -> Iterator[tuple[Keys, str]]:
        """Every place where the file names a sector."""
        file = self.file
        yield ("resource", "sector"), file.resource.sector
        if file.agriculture:
            yield ("agriculture",), file.agriculture
        for name in file.ceilings:
            if name != OTHERS:
                yield ("ceilings", name), name
        for name in file.bounds:
            yield ("bounds", name), name
        for part, codes in file.broad.items():
            for code in codes:
                yield ("broad", part), code

    def _settings(self) -> Settings:
        file = self.file
        others = file.ceilings.get(OTHERS)
        own = {name: _number(section) for name, section in file.ceilings.items() if name != OTHERS}
        bounds = {
            name: Bounds(
                None if section.lower is None else _number(section.lower),
                None if section.upper is None else _number(section.upper),
            )
            for name, section in file.bounds.items()
        }
        coefficients = file.resource.coefficients
        return Settings(
            resource=file.resource.name,
            resource_sector=file.resource.sector,
            agriculture=file.agriculture,
            horizon=_number(file.horizon),
            consumption=_number(file.demand.consumption),
            formation=_number(file.demand.formation),
            outflow=_number(file.demand.outflow),
            ceiling=_number(others) if others is not None else Number(1.0, "1", 1.0, 1.0, "assumed"),
            shrink=_number(file.growth.lower),
            grow=_number(file.growth.upper),
            limit=_number(file.limit),
            weight=_number(file.weight),
            ceilings=own,
            bounds=bounds,
            scope=file.scope,
            coefficients=None if coefficients is None else read_coefficients(self._beside(coefficients)),
            resource_unit=file.resource.unit,
        )

    def _cities(self, path: Path) -> dict[str, CityAccount]:
        """Read the cities' accounts."""
        found: dict[str, CityAccount] = {}
        for line, row in _rows(path, _CITY_COLUMNS):
            values = {name: _positive(path, line, name, row[name]) for name in _CITY_COLUMNS[2:7]}
            if values["mining"] > 1:
                raise TableError(
                    f"mining is a share of the secondary sector, 0 to 1, found {row['mining']}", path=path, line=line
                )
            found[row["city"]] = CityAccount(
                city=row["city"],
                title=row["title"],
                year=int(values["year"]),
                primary=values["primary"],
                secondary=values["secondary"],
                tertiary=values["tertiary"],
                mining=values["mining"],
                unit=row["unit"],
                source=row["source"],
            )
        return found


def read_coefficients(path: Path) -> dict[str, float]:
    """Read coefficients of a resource: a CSV with the columns sector, value, unit, source and if need be region.

    Returns
    -------
    dict of str to float
        By ``region:code``, or by code where no region is given.

    Raises
    ------
    TableError
        With the line of what cannot be read.
    """
    found: dict[str, float] = {}
    for line, row in _rows(path, ("sector", "value", "unit", "source")):
        region = row.get("region") or ""
        name = f"{region}:{row['sector']}" if region else row["sector"]
        if name in found:
            raise TableError(f"{name!r} stands here for the second time: keep one line", path=path, line=line)
        found[name] = _positive(path, line, "value", row["value"])
    return found


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read the rows of a CSV with their lines."""
    return records(path, table_lines(path, file_bytes(path, TableError), TableError), columns, TableError)


def _positive(path: Path, line: int, name: str, text: str) -> float:
    try:
        value = number(text)
    except ValueError:
        value = -1.0
    if value < 0:
        raise TableError(f"{name} must be a number that is not negative, found {text!r}", path=path, line=line)
    return value
