"""From an indicator file to a checked set of indicators and their series, or one error that lists all faults."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rcsd.errors import IndicatorError, SeriesError, UnitError
from rcsd.files import decoded, is_file, read_input, sha256
from rcsd.names import near_matches
from rcsd.papers.assets import ASSETS
from rcsd.papers.resilience.inputs.formula import Formula, parse_formula
from rcsd.papers.resilience.inputs.indicators import Indicator, IndicatorSet, LaterYears, System
from rcsd.papers.resilience.inputs.series_table import SeriesTable, read_series_table
from rcsd.tables import file_bytes
from rcsd.units import Unit, parse_unit

FILE_NAME = "indicators.toml"
FOLDER = "resilience"

_SECTIONS = ("assessment", "forecast", "cities", "studies", "systems", "flags", "indicators")
_SETTINGS = ("title", "documentation", "years", "data", "claims")
_FORECAST = ("last", "summary", "hold_years")
_KEYS = ("name", "system", "formula", "direction", "unit", "source", "forecast", "missing")
_DIRECTIONS = ("higher", "lower")
_LATER = ("hold", "model", "trend")
_RULES = ("keep", "drop")
_HEADER = re.compile(r"\s*\[\s*(?P<table>[^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(?P<key>[\w-]+|\"[^\"]*\")\s*=")
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_TWICE = re.compile(r"Cannot declare \('indicators', '(?P<code>[^']*)'\) twice")
_YEARS = 2


def load_indicators(path: str | Path | None = None) -> tuple[IndicatorSet, SeriesTable]:
    """Read an indicator file and the series it names.

    Parameters
    ----------
    path
        The file or its folder; that of the four coal cities that comes with rcsd when None.

    Returns
    -------
    (IndicatorSet, SeriesTable)
        The series of the set's cities alone, without the cells that its rules drop.

    Raises
    ------
    IndicatorError
        One error that lists every fault of the file with its line.
    SeriesError
        When the data cannot be read.
    """
    found = _located(path)
    text, digest = _text(found)
    source = _Source(found, _parsed(found, text), _lines(text))
    settings = source.table("assessment")
    data_path, content = _data(source, settings)
    table = read_series_table(data_path, content)
    indicators = _checked(source, settings, table, {found: digest, data_path: sha256(content)})
    dropped = frozenset(flag for flag, rule in indicators.flags.items() if rule == "drop")
    return indicators, table.of(tuple(indicators.cities)).without(dropped)


def _located(path: str | Path | None) -> Path:
    if path is None:
        folder = ASSETS.calibration
        if folder is None:
            raise IndicatorError("rcsd was installed without its calibration folder: name an indicator file")
        return folder / FOLDER / FILE_NAME
    named = Path(path)
    try:
        inside = named / FILE_NAME if named.is_dir() else named
    except (OSError, ValueError):
        inside = named
    if not is_file(inside):
        raise IndicatorError(f"there is no such indicator file; name a {FILE_NAME} or its folder", path=named)
    return inside


def _text(path: Path) -> tuple[str, str]:
    try:
        content = read_input(path)
    except OSError as error:
        raise IndicatorError(f"the file cannot be read ({error.strerror}): check the path", path=path) from error
    text = decoded(path, content)
    if text is None:
        raise IndicatorError("the file is no text in any encoding that is known: save it as UTF-8", path=path)
    return text.replace("\r\n", "\n"), sha256(content)


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place["line"]) if place is not None and place["line"] else len(text.rstrip("\n").split("\n"))
        twice = _TWICE.search(str(error))
        if twice is not None:
            said = f"the code {twice['code']!r} stands here for the second time: give every indicator a code of its own"
        else:
            what = _PLACE.sub("", str(error))
            said = f"not valid TOML: {what[:1].lower()}{what[1:]}; correct this line, or an open bracket or quotation "
            said += "mark before it"
        raise IndicatorError(said, path=path, line=line) from error
    except (ValueError, RecursionError) as error:
        raise IndicatorError(
            "holds a number of thousands of digits, or brackets a hundred deep: write plain tables and numbers",
            path=path,
        ) from error


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Line of every table and of every key at the start of a line."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            table = tuple(part.strip().strip('"') for part in header["table"].split("."))
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, key["key"].strip('"')), number)
    return found


@dataclass(slots=True)
class _Source:
    """A parsed file, and the faults found in it."""

    path: Path
    content: Mapping[str, Any]
    lines: Mapping[tuple[str, ...], int]
    faults: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def add(self, keys: tuple[str, ...], message: str) -> None:
        self.faults.append((keys, message))

    def line(self, keys: tuple[str, ...]) -> int:
        """Line of a key, or of the nearest table around it."""
        return next((self.lines[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in self.lines), 1)

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Return a table of the file, empty where there is none; a fault where something else stands there."""
        node: Any = self.content
        for key in keys:
            node = node.get(key, {}) if isinstance(node, Mapping) else {}
        if not isinstance(node, Mapping):
            self.add(keys, f"must be a table [{'.'.join(keys)}], found {node!r}")
            return {}
        return node

    def unknown(self, keys: tuple[str, ...], known: tuple[str, ...]) -> None:
        """Note the keys of a table that mean nothing."""
        for key in self.table(*keys):
            if key not in known:
                self.add((*keys, key), f"there is no such key; {_hint(key, known)}")

    def text(self, keys: tuple[str, ...], *, required: bool = True) -> str:
        """Return a text, empty after noting a fault."""
        value = self.table(*keys[:-1]).get(keys[-1])
        if value is None:
            if required:
                self.add(keys, "is required: add it")
            return ""
        if not isinstance(value, str) or not value.strip():
            self.add(keys, f"must be a text, found {value!r}")
            return ""
        return value.strip()

    def one_of(self, keys: tuple[str, ...], known: tuple[str, ...], default: str = "") -> str:
        """Return one of some words, the first of them after noting a fault."""
        value = self.text(keys, required=not default) or default
        if value and value not in known:
            self.add(keys, f"{value!r} is none of {', '.join(known)}{_meant(value, known)}")
            return known[0]
        return value or known[0]

    def raise_if_any(self) -> None:
        if not self.faults:
            return
        placed = sorted((self.line(keys), ".".join(keys), what) for keys, what in self.faults)
        listed = "\n".join(f"  {self.path}:{line}: {name}: {what}" for line, name, what in placed)
        raise IndicatorError(
            f"{len(placed)} fault(s) in the indicator file, correct each:\n{listed}", path=self.path, line=placed[0][0]
        )


def _hint(name: str, known: tuple[str, ...]) -> str:
    return near_matches(name, known) or f"there are {', '.join(known)}"


def _meant(name: str, known: tuple[str, ...]) -> str:
    hint = near_matches(name, known)
    return f"; {hint}" if hint else ""


def _data(source: _Source, settings: Mapping[str, Any]) -> tuple[Path, bytes]:
    name = settings.get("data")
    if not isinstance(name, str) or not name or "\0" in name:
        source.add(("assessment", "data"), f"must be the path of the series, from this file, found {name!r}")
        source.raise_if_any()
    path = source.path.parent / str(name)
    return path, file_bytes(path, SeriesError)


def _checked(
    source: _Source, settings: Mapping[str, Any], table: SeriesTable, hashes: Mapping[Path, str]
) -> IndicatorSet:
    """Check everything, and raise all faults together."""
    source.unknown((), _SECTIONS)
    source.unknown(("assessment",), _SETTINGS)
    title = source.text(("assessment", "title"))
    documentation = source.text(("assessment", "documentation"), required=False)
    first, last = _years(source, settings, table)
    later = _later(source, last)
    claims = source.text(("assessment", "claims"), required=False)
    cities = _named(source, "cities")
    for city in cities:
        if city not in table.cities:
            source.add(("cities", city), f"the data have no city {city!r}; {_hint(city, table.cities)}")
    studies = {city: source.text(("studies", city)) for city in source.table("studies")}
    for city in studies:
        if city not in cities:
            source.add(("studies", city), f"there is no city {city!r}; {_hint(city, tuple(cities))}")
    systems = tuple(System(code, name) for code, name in _named(source, "systems").items())
    flags = {flag: source.one_of(("flags", flag), _RULES) for flag in source.table("flags")}
    _cover_flags(source, table, cities, flags)
    indicators = tuple(_indicator(source, code, systems, table) for code in source.table("indicators"))
    source.raise_if_any()  # a fault of an indicator would else show again as one of its system
    _cover_systems(source, systems, indicators)
    source.raise_if_any()
    return IndicatorSet(
        source.path,
        title,
        documentation,
        first,
        last,
        next(path for path in hashes if path != source.path),
        cities,
        systems,
        indicators,
        flags,  # type: ignore[arg-type]  # `one_of` has checked the words
        later,
        {city: studies.get(city, city) for city in cities},
        source.path.parent / claims if claims else None,
        hashes,
    )


def _later(source: _Source, last: int) -> LaterYears:
    """Read [forecast]."""
    source.unknown(("forecast",), _FORECAST)
    section = source.table("forecast")
    hold_years, end = section.get("hold_years", 3), section.get("last", last + 10)
    if not isinstance(hold_years, int) or isinstance(hold_years, bool) or hold_years < 1:
        source.add(("forecast", "hold_years"), f"must be a whole number from 1 on, found {hold_years!r}")
        hold_years = 1
    if not isinstance(end, int) or isinstance(end, bool) or end <= last:
        source.add(("forecast", "last"), f"must be a year after the assessed ones, which end in {last}; found {end!r}")
        end = last + 1
    summary = section.get("summary", [last + 1, end])
    whole = isinstance(summary, list) and all(isinstance(y, int) and not isinstance(y, bool) for y in summary)
    if not whole or len(summary) != _YEARS or not last < summary[0] <= summary[1] <= end:
        said = f"must be the first and the last of the years after {last} up to {end} that tables average"
        source.add(("forecast", "summary"), f"{said}, found {summary!r}")
        summary = [end, end]
    return LaterYears(end, (summary[0], summary[1]), hold_years)


def _years(source: _Source, settings: Mapping[str, Any], table: SeriesTable) -> tuple[int, int]:
    keys = ("assessment", "years")
    years = settings.get("years")
    whole = isinstance(years, list) and all(isinstance(y, int) and not isinstance(y, bool) for y in years)
    if not isinstance(years, list) or not whole or len(years) != _YEARS or years[0] > years[1]:
        source.add(keys, f"must be the first and the last year, such as [2003, 2013], found {years!r}")
        return int(table.years[0]), int(table.years[-1])
    covered = int(table.years[0]), int(table.years[-1])
    if years[0] < covered[0] or years[1] > covered[1]:
        source.add(keys, f"the data cover {covered[0]} to {covered[1]}: choose years among them, found {years}")
        return covered
    return years[0], years[1]


def _named(source: _Source, section: str) -> dict[str, str]:
    found = {key: source.text((section, key)) for key in source.table(section)}
    if not found:
        source.add((section,), f'is required: add [{section}] with a line for each, such as key = "Name"')
    return found


def _cover_flags(source: _Source, table: SeriesTable, cities: Mapping[str, str], flags: Mapping[str, str]) -> None:
    """Insist on a rule for every flag: a doubt is never silently ignored."""
    used = {
        flag: name
        for name, each in table.flags.items()
        for city, _, found in each
        for flag in found
        if table.cities[city] in cities
    }
    for flag, name in used.items():
        if flag not in flags:
            source.add(("flags",), f'the series {name!r} has cells flagged {flag!r}: add {flag} = "keep" or "drop"')


def _cover_systems(source: _Source, systems: tuple[System, ...], indicators: tuple[Indicator, ...]) -> None:
    if not indicators:
        source.add(("indicators",), "is required: add a table [indicators.CODE] for each indicator")
        return
    for system in systems:
        mine = [each for each in indicators if each.system == system.code]
        if not any(each.formula for each in mine):
            why = "all its indicators are missing" if mine else "it has no indicator"
            source.add(("systems", system.code), f"{why}: add one with a formula, or leave the system out")


def _indicator(source: _Source, code: str, systems: tuple[System, ...], table: SeriesTable) -> Indicator:
    keys = ("indicators", code)
    source.unknown(keys, _KEYS)
    codes = tuple(system.code for system in systems)
    system = source.text((*keys, "system"))
    if system and codes and system not in codes:
        source.add((*keys, "system"), f"there is no system {system!r}; {_hint(system, codes)}")
    given = source.table(*keys)
    missing = source.text((*keys, "missing"), required=False)
    if ("formula" in given) == ("missing" in given):
        source.add(keys, 'needs either a formula or, for an indicator that cannot be had, missing = "why"')
    unit = source.text((*keys, "unit")) if "formula" in given else source.text((*keys, "unit"), required=False)
    formula = _formula(source, keys, unit, table) if "formula" in given and not missing else None
    return Indicator(
        code,
        source.text((*keys, "name")),
        system,
        formula,
        source.one_of((*keys, "direction"), _DIRECTIONS),  # type: ignore[arg-type]
        unit,
        source.text((*keys, "source")),
        source.one_of((*keys, "forecast"), _LATER, default="hold"),  # type: ignore[arg-type]
        missing,
    )


def _formula(source: _Source, keys: tuple[str, ...], unit: str, table: SeriesTable) -> Formula | None:
    """Read a formula, and hold its series and its unit against the data."""
    at = (*keys, "formula")
    text = source.text(at)
    if not text:
        return None
    try:
        formula = parse_formula(text)
    except IndicatorError as error:
        source.add(at, str(error))
        return None
    unknown = [name for name in formula.series if name not in table.values]
    for name in unknown:
        source.add(at, f"the data have no series {name!r}; {_hint(name, tuple(table.values))}")
    if not formula.series:
        source.add(at, "names no series, so that it says nothing of a city: name one")
    if not unknown and unit:
        _same_unit(source, keys, formula, unit, table)
    return formula


def _same_unit(source: _Source, keys: tuple[str, ...], formula: Formula, unit: str, table: SeriesTable) -> None:
    try:
        stated = parse_unit(unit)
        found: Unit = formula.unit({name: parse_unit(table.units[name]) for name in formula.series})
    except (UnitError, IndicatorError) as error:
        source.add((*keys, "unit" if isinstance(error, UnitError) else "formula"), str(error))
        return
    if stated != found:
        source.add(
            (*keys, "unit"), f"the formula comes out in {str(found)!r}, not in {unit!r}: correct the one or the other"
        )
