"""What observes the preference: logarithms of ratios of published statistics, by city and year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import SeriesError
from rcsd.papers.assets import ASSETS
from rcsd.tables import file_bytes, table_lines

_FEWEST = 2

COLUMNS = ("city", "series", "year", "value", "unit", "flag")


@dataclass(frozen=True, slots=True)
class Rule:
    """How a proxy is made of two series.

    Attributes
    ----------
    name, label : str
        Identifier, and what a reader is told.
    above, below : str
        Series of the numerator and of the denominator; the proxy is the logarithm of their ratio.
    sign : int
        Of its loading on x if the proxy is what it is taken for: +1 where more of it means that institutions lead.
    step : int or None
        First year of another classification: each city has a level of its own before and from it on.
    omitted : tuple of int
        Years with a doubtful cell in any city; all cities' cells of the year are left out, so that the mean of the
        cities is one of the same cities in every year.
    jump : float
        Yearly change of a city's deviation from the mean of all from which on it is a level shift: a disaster's relief
        or another way to keep accounts is no course of a preference. The city's level is free again from that year.
    """

    name: str
    label: str
    above: str
    below: str
    sign: int
    step: int | None = None
    omitted: tuple[int, ...] = ()
    jump: float = np.inf


RULES = (
    Rule(
        "fiscal",
        "own revenue over expenditure of the budget",
        "fiscal_revenue",
        "fiscal_expenditure",
        1,
        jump=0.3,
    ),
    Rule(
        "science",
        "science over education expenditure",
        "science_expenditure",
        "education_expenditure",
        -1,
        step=2007,
        omitted=(2012,),
    ),
    Rule(
        "private",
        "private and self-employed persons over population",
        "private_employment",
        "population",
        1,
        omitted=(2012,),
    ),
)
"""The budget's classes of expenditure changed in 2007; 2012 holds a repeat and one-year spikes (doubts.csv). A jump of
0.3 in the budget's ratio is some four standard deviations, by the median of absolute changes: 49 of 1,534 changes."""


@dataclass(frozen=True, slots=True, eq=False)
class Proxy:
    """One proxy in all cities that have it.

    Attributes
    ----------
    rule : Rule
        What it is.
    cities : tuple of str
        Rows of the values.
    years : NDArray, shape (n_years,)
        Columns of the values, increasing.
    values : NDArray, shape (n_cities, n_years)
        Logarithms of the ratio; NaN where there is none.
    """

    rule: Rule
    cities: tuple[str, ...]
    years: NDArray[np.float64]
    values: NDArray[np.float64]

    def until(self, year: float) -> Proxy:
        """Return what was known at the end of a year: later years are left out, all cities stay."""
        known = self.years <= year
        return replace(self, years=self.years[known], values=self.values[:, known])

    @property
    def complete(self) -> NDArray[np.bool_]:
        """Cities with a value in every year, shape (n_cities,): their mean is that of the same cities throughout."""
        return np.asarray(np.isfinite(self.values).all(axis=1))


def read_proxies(path: Path | None = None, *, rules: tuple[Rule, ...] = RULES) -> tuple[Proxy, ...]:
    """Read the table of observations and make the proxies.

    Parameters
    ----------
    path
        CSV with the columns city, series, year, value, unit, flag; the package's own when None.
    rules
        The proxies wanted.

    Raises
    ------
    SeriesError
        When the file cannot be read, a row has no number, a value is not above zero, a cell stands twice, or a series
        of a rule is missing.
    """
    source = _own() if path is None else Path(path)
    table = _table(source)
    return tuple(_proxy(rule, source, table) for rule in rules)


def _own() -> Path:
    folder = ASSETS.calibration
    if folder is None:
        raise SeriesError("the folder calibration is missing from this installation: install rcsd anew")
    return folder / "coevolution" / "observed.csv"


def _table(path: Path) -> dict[str, dict[tuple[str, int], float]]:
    """Return by series the values by city and year."""
    lines = table_lines(path, file_bytes(path, SeriesError), SeriesError)
    if not lines or tuple(lines[0][1]) != COLUMNS:
        raise SeriesError(f"the first row must be {','.join(COLUMNS)}", path=path, line=1)
    found: dict[str, dict[tuple[str, int], float]] = {}
    for line, row in lines[1:]:
        if len(row) != len(COLUMNS):
            raise SeriesError(f"has {len(row)} cells; give {len(COLUMNS)}", path=path, line=line)
        try:
            year, value = int(row[2]), float(row[3])
        except ValueError as failure:
            raise SeriesError(
                f"year {row[2]!r} and value {row[3]!r} must be numbers", path=path, line=line
            ) from failure
        if not value > 0 or not np.isfinite(value):
            raise SeriesError(f"value {row[3]!r} must be above zero: its logarithm is taken", path=path, line=line)
        cells = found.setdefault(row[1], {})
        if (row[0], year) in cells:
            raise SeriesError(f"{row[1]} of {row[0]} in {year} stands twice: keep one row", path=path, line=line)
        cells[row[0], year] = value
    return found


def _proxy(rule: Rule, path: Path, table: dict[str, dict[tuple[str, int], float]]) -> Proxy:
    for series in (rule.above, rule.below):
        if series not in table:
            raise SeriesError(
                f"there is no series {series!r}, which the proxy {rule.name!r} needs: add its rows", path=path
            )
    above, below = table[rule.above], table[rule.below]
    both = sorted(key for key in above.keys() & below.keys() if key[1] not in rule.omitted)
    cities, years = sorted({city for city, _ in both}), sorted({year for _, year in both})
    values = np.full((len(cities), len(years)), np.nan)
    for city, year in both:
        values[cities.index(city), years.index(year)] = np.log(above[city, year] / below[city, year])
    proxy = Proxy(rule, tuple(cities), np.array(years, dtype=np.float64), values)
    if proxy.complete.sum() < _FEWEST:
        raise SeriesError(
            f"the proxy {rule.name!r} has {proxy.complete.sum()} cities with a value in every year, and {_FEWEST} are "
            "the fewest that tell the nation's course from a city's: add rows or drop years",
            path=path,
        )
    return proxy
