"""A study of a resource-based city: columns of its yearbook, the package's model, and what is assumed for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from rcsd.analysis.series import ObservedSeries, read_observed
from rcsd.assets import find_asset
from rcsd.errors import StudyError
from rcsd.files import write_text_atomic
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.loading import LoadedModel
from rcsd.study.setup.asking import Ask, unasked
from rcsd.study.setup.matching.candidates import Candidate
from rcsd.study.setup.matching.matching import match_columns
from rcsd.study.setup.matching.units import UnitsOf
from rcsd.study.setup.naming import study_name
from rcsd.study.setup.tables import DataTable, TableColumn
from rcsd.study.setup.written.toml import comment, table_of
from rcsd.tables import csv_text

BASE_YEAR = 2000
_PACKAGED = ("jixi", "hegang", "qitaihe", "shuangyashan")
_DRIVERS = ("coal_price", "national_income_growth", "coal_price_history")
_LAST_DRIVER = 2013
"""Last year of the history of prices that comes along."""
_HOLDOUT = 3
_LEAST_FIT = 5


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A series of the base file: its unit, what yearbooks call it, and the series that a missing one is a share of."""

    unit: str
    called: str
    constant: str = ""
    share_of: str = ""


_WANTED: Mapping[str, _Wanted] = {
    "population": _Wanted("wan person", "population; 户籍人口; 年末总人口; 总人口; 人口; registered population"),
    "real_gdp": _Wanted("yi yuan/Year", "real GDP; 地区生产总值; 国内生产总值; 实际GDP; GDP; gross domestic product"),
    "industry_scale": _Wanted(
        "yi yuan/Year", "industry scale; 第二产业增加值; 第二产业; secondary industry value added"
    ),
    "innovation_inputs": _Wanted(
        "yi yuan/Year", "innovation inputs; 科学教育支出; 科教支出; science education expenditure"
    ),
    "resource_output": _Wanted(
        "yi yuan/Year",
        "resource output; 采矿业增加值; 采掘业; mining value added",
        "Initial Resource Output",
        "industry_scale",
    ),
    "mining_employment": _Wanted(
        "wan person", "mining employment; 采矿业从业人员; 采矿业就业", "Initial Resource Employment", "population"
    ),
    "fiscal_revenue": _Wanted(
        "yi yuan/Year", "fiscal revenue; 财政收入; 一般公共预算收入", "Initial Fiscal Revenue", "real_gdp"
    ),
    "fiscal_expenditure": _Wanted(
        "yi yuan/Year", "fiscal expenditure; 财政支出; 一般公共预算支出", "Initial Fiscal Expenditure", "real_gdp"
    ),
}
_MUST = ("population", "real_gdp", "industry_scale")


@dataclass(frozen=True, slots=True, eq=False)
class CityStudy:
    """A study of a city, ready to be written.

    Attributes
    ----------
    name : str
        Of the city.
    columns : mapping of str to TableColumn
        By series of the base file: the column of the table.
    assumed : mapping of str to (float, str, str)
        By constant of the model: value, unit, and what it is taken from.
    years : (int, int)
        First and last year with all series that must be there.
    doubts : tuple of str
        What to look at.
    """

    name: str
    columns: Mapping[str, TableColumn]
    assumed: Mapping[str, tuple[float, str, str]]
    years: tuple[int, int]
    doubts: tuple[str, ...] = field(default=())


def propose_city(name: str, table: DataTable, model: LoadedModel, ask: Ask = unasked) -> CityStudy:
    """Find the series of the base file in a table, and assume what the table does not have.

    Parameters
    ----------
    name
        Of the city; of a table with several, the one of that name is taken.
    table
        By years.
    model
        The package's model of a resource-based city.
    ask
        Asked where a column is in doubt.

    Raises
    ------
    StudyError
        When the table lacks what no study of a city goes without.
    """
    columns = table.of_group(name) if name in table.groups else table.columns
    units = UnitsOf.of(model.ir, "Year")
    wanted = [
        Candidate(key, Variable(f"{key} ", "auxiliary", each.unit, each.called, None, "", None), "series")
        for key, each in _WANTED.items()
    ]
    matching = match_columns(columns, wanted, units, {}, ask)
    found = {match.candidate.name: match.column for match in matching.matches}
    missing = [key for key in _MUST if key not in found]
    if missing:
        listed = "; ".join(f"{key} in {_WANTED[key].unit} ({_WANTED[key].called})" for key in missing)
        raise StudyError(f"the table has no column for {listed}: add it, or rename the column", path=table.path)
    years = _years([found[key] for key in _MUST], table.path)
    doubts = [f"column {column.name!r} is left out" for column in matching.unmatched]
    doubts += [f"{key} is taken from the column {column.name!r}" for key, column in found.items()]
    for key in ("real_gdp", "industry_scale"):
        doubts.append(f"{key} must be at prices of {BASE_YEAR}: see that {found[key].name!r} is")
    return CityStudy(name, found, dict(_assumed(found, units)), years, tuple(doubts))


def _years(columns: Sequence[TableColumn], path: Path) -> tuple[int, int]:
    have = [set(np.round(column.times.positions).astype(int)) for column in columns]
    both = set.intersection(*have)
    if BASE_YEAR not in both:
        raise StudyError(f"the model of a city begins in {BASE_YEAR}: the table has no such year", path=path)
    last = BASE_YEAR
    while last + 1 in both and last < _LAST_DRIVER:
        last += 1
    if last < BASE_YEAR + _LEAST_FIT + _HOLDOUT:
        raise StudyError(
            f"the table is complete from {BASE_YEAR} to {last} only: {_LEAST_FIT + _HOLDOUT} more years are needed",
            path=path,
        )
    return BASE_YEAR, last


def _assumed(found: Mapping[str, TableColumn], units: UnitsOf) -> Iterator[tuple[str, tuple[float, str, str]]]:
    """Yield initial values that the table does not give: the mean share over the cities of the package."""
    packaged = [_packaged(city) for city in _PACKAGED]
    for key, each in _WANTED.items():
        if not each.constant or (key in found and _at(found[key]) is not None):
            continue
        shares = [city[key].value_at(BASE_YEAR) / city[each.share_of].value_at(BASE_YEAR) for city in packaged]
        share = float(np.mean(shares))
        whole = _at(found[each.share_of])
        assert whole is not None  # of a series that must have this year
        base = _in_unit(units, whole, found[each.share_of].unit, _WANTED[each.share_of].unit)
        source = f"ASSUMED: {share:.3g} of {each.share_of}, mean of four cities in {BASE_YEAR}; FILL IN"
        yield each.constant, (float(f"{share * base:.4g}"), each.unit, source)


def _in_unit(units: UnitsOf, value: float, unit: str, wanted: str) -> float:
    named = units.of_period(unit) if units.agreement(unit, wanted) == "flow" else unit
    return float(units.converted(np.array([value]), named or wanted, wanted)[0])


def _at(column: TableColumn) -> float | None:
    place = np.flatnonzero(np.round(column.times.positions) == BASE_YEAR)
    return float(column.values[place[0]]) if place.size else None


def _packaged(city: str) -> dict[str, ObservedSeries]:
    path = find_asset("calibration", Path(city, "observed.csv"))
    if path is None:
        raise StudyError(f"the data of {city!r}, which come with rcsd, are not installed: install rcsd anew")
    return read_observed(path)


def write_city(city: CityStudy, folder: Path) -> Path:
    """Write `study.toml` and `observed.csv`, and return the path of the first.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    write_text_atomic(folder / "observed.csv", _observed(city))
    write_text_atomic(folder / "study.toml", _study(city))
    return folder / "study.toml"


def _observed(city: CityStudy) -> str:
    rows: list[tuple[object, ...]] = []
    for key, column in city.columns.items():
        unit = column.unit or _WANTED[key].unit
        if _WANTED[key].unit.endswith("/Year") and "/" not in unit and "每" not in unit:
            unit = f"{unit}/Year"  # a yearbook's amounts are those of a year
        rows += [
            (key, round(float(year)), float(value), unit, "base_year" if _is_base(key, float(year)) else "")
            for year, value in zip(column.times.positions, column.values, strict=True)
        ]
    drivers = _packaged(_PACKAGED[0])
    for name in _DRIVERS:
        series = drivers[name]
        rows += [
            (name, round(float(year)), float(value), series.unit, ";".join(flags))
            for year, value, flags in zip(series.years, series.values, series.flags, strict=True)
        ]
    return csv_text(("series", "year", "value", "unit", "flag"), rows)


def _is_base(key: str, year: float) -> bool:
    return key in _MUST and round(year) == BASE_YEAR


def _study(city: CityStudy) -> str:
    last = city.years[1]
    lines = ['extends = "rcsd:coal_city"', ""]
    lines += comment(f"Proposed by `rcsd init --city {city.name}`. Look at every line marked ASSUMED, and at these:")
    for doubt in city.doubts:
        lines += comment(f"- {doubt}")
    without: dict[str, object] = {}
    if "innovation_inputs" not in city.columns:
        without["series"] = ["innovation_inputs"]
    if city.assumed:
        without["constants"] = list(city.assumed)
    name = study_name(city.name)
    study = {"name": "city" if name == "study" else name, "title": city.name, "model": "resource_city", "seed": 1}
    blocks = [lines, table_of("study", study)]
    if without:
        blocks.append(table_of("without", without))
    held = last - _HOLDOUT
    blocks.append(
        table_of("windows", {"fit": [BASE_YEAR, held], "holdout": [held + 1, last], "horizon": max(2030, last)})
    )
    blocks.append(table_of("rolling", {"first": held - 2, "last": last - 1}))
    for constant, (value, unit, source) in city.assumed.items():
        blocks.append(table_of(f'constants."{constant}"', {"value": value, "unit": unit, "source": source}))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"
