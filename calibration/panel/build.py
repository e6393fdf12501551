"""Build the panel's tables from the yearbook copies: ``python calibration/panel/build.py FOLDER``.

FOLDER holds the files named in SOURCES.md, which are too large for this repository. Written beside this script are
observed.csv (the series), evidence.csv (series that no model is fitted to), cities.csv (names, classes) and
left_out.csv (cities that are not in the panel, and why). One rule for all cities; no value to 2013 depends on a later
year, and a flag that does says from which year it is known.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import doubts as rules
import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
FIRST, LAST_FIT, COMPLETE, LAST = 2000, 2010, 2013, 2023
YEARS = range(FIRST, COMPLETE + 1)  # that a city of the panel must have
NEEDED = ("pop_hukou", "va_secondary", "gdp_nominal", "fai")
IN_2000 = ("fiscal_revenue", "fiscal_expenditure")
MOST_INTERPOLATED = 0.5  # of a series; with more of it there is nothing to fit

COAL_CITY_SHARE = 0.684  # mining's share of secondary employment 2000-2004, mean of the four coal cities
MINER_OUTPUT_RATIO = 0.420  # a miner's share of jobs over mining's share of GDP, the four coal cities in 2000
EMPLOYED = 0.5 * 0.93  # jobs per registered person in 2000, as the model assumes

COLUMNS = ["city", "series", "year", "value", "unit", "flag"]
EVIDENCE = {
    "nominal_gdp": ("gdp_nominal", "yi yuan/Year"),
    "nominal_fiscal_revenue": ("fiscal_revenue", "yi yuan/Year"),
    "nominal_fiscal_expenditure": ("fiscal_expenditure", "yi yuan/Year"),
    "nominal_fixed_investment": ("fai", "yi yuan/Year"),
    "nominal_wage": ("avg_wage_urban_units", "yuan/person/Year"),
    "nominal_loans": ("loans", "yi yuan"),
    "nominal_deposits": ("deposits", "yi yuan"),
}
Row = tuple[str, int, float, str, str]
"""Series, year, value, unit, flags."""


@dataclass(frozen=True)
class Copies:
    """The yearbook copies, cut to the years of the tables.

    Attributes
    ----------
    panel, accounts
        Rows of city, year, variable and value; `panel` with the flags of its source.
    filled
        By variable: years that the source filled in, interpolated in most cities.
    whole_from
        From this year on registered population is printed in whole units.
    median_growth
        Index of real GDP, median of the panel's cities by year.
    """

    panel: pd.DataFrame
    accounts: pd.DataFrame
    filled: Mapping[str, set[int]]
    whole_from: int
    median_growth: pd.Series

    def cells(self, code: int) -> pd.DataFrame:
        """Return the values of one city: a row a year, a column a variable."""
        own = self.panel[self.panel["city_code"] == code]
        return own.pivot_table(index="year", columns="variable", values="value")

    def doubts(self, code: int, variable: str) -> dict[int, str]:
        """Return the flags of the source by year."""
        own = self.panel[(self.panel["city_code"] == code) & (self.panel["variable"] == variable)]
        return own.dropna(subset="flag").set_index("year")["flag"].to_dict()

    def index(self, code: int) -> pd.Series:
        """Return the index of real GDP of one city, previous year = 100."""
        rows = (self.accounts["city_code"] == code) & (self.accounts["variable"] == "gdp_index")
        return self.accounts[rows].set_index("year")["value"].sort_index()


def main() -> None:
    """Write the tables."""
    folder = Path(sys.argv[1])
    panel = pd.read_csv(folder / "city_panel_1990_2023.csv.gz").query("@FIRST <= year <= @LAST")
    accounts = pd.read_csv(folder / "gdp_index_cities_2000_2023.csv.gz").query("@FIRST <= year <= @LAST")
    listed = pd.read_csv(folder / "resource_based_cities_2013.csv").query("level == 'prefecture'")
    cities = named(listed)
    early = panel[panel["year"] <= COMPLETE], accounts[accounts["year"] <= COMPLETE]
    cities["reason"] = cities["code"].map(lambda code: left_out(code, *early))
    kept = cities[cities["reason"] == ""]
    copies = copies_of(kept, panel, accounts)
    rows = [("*", *row) for row in common()]
    for city in kept.itertuples():
        rows += [(city.city, *row) for row in series_of(city.code, copies)]
    write(pd.DataFrame(rows, columns=COLUMNS), "observed.csv")
    residents = residents_of(folder, panel)
    rows = [(city.city, *row) for city in kept.itertuples() for row in evidence_of(city.code, copies, residents)]
    write(pd.DataFrame(rows, columns=COLUMNS), "evidence.csv")
    write(kept.drop(columns="reason"), "cities.csv")
    write(cities[cities["reason"] != ""], "left_out.csv")


def copies_of(kept: pd.DataFrame, panel: pd.DataFrame, accounts: pd.DataFrame) -> Copies:
    """Find what the copies have in common over the cities of the panel."""
    own = panel[panel["city_code"].isin(kept["code"])]
    filled = {name: rules.filled_years(own, name) for name in ("pop_hukou", "va_secondary")}
    growth = accounts[accounts["city_code"].isin(kept["code"]) & (accounts["variable"] == "gdp_index")]
    return Copies(
        panel,
        accounts,
        filled,
        rules.whole_since(own, "pop_hukou", filled["pop_hukou"]),
        growth.groupby("year")["value"].median(),
    )


def write(table: pd.DataFrame, name: str) -> None:
    """Write a table beside this script."""
    table.to_csv(HERE / name, index=False, lineterminator="\n")
    print(f"{name}: {len(table)} rows")


def named(listed: pd.DataFrame) -> pd.DataFrame:
    """Give each city a short name for files: its own in small letters, with the province where two share one."""
    provinces = pd.read_csv(HERE / "provinces.csv").set_index("code")
    code = listed["city_code"].astype(int)
    name = listed["city_en"].str.replace(r" city$", "", regex=True).str.replace("’", "'", regex=False)
    province = (code // 10000).map(provinces["province"])
    short = name.str.lower().str.replace("'", "", regex=False).str.replace(r"[^a-z]+", "-", regex=True)
    twice = short.duplicated(keep=False)
    short = short.where(~twice, short + "-" + province.str.lower())
    table = pd.DataFrame(
        {
            "city": short,
            "name": name,
            "name_cn": listed["city_cn"],
            "code": code,
            "province": province,
            "class": listed["class"],
        }
    )
    return table.sort_values("code").reset_index(drop=True)


def left_out(code: int, panel: pd.DataFrame, accounts: pd.DataFrame) -> str:
    """Say why a city cannot be in the panel; empty for one that can."""
    own = panel[panel["city_code"] == code]
    index = accounts[(accounts["city_code"] == code) & (accounts["variable"] == "gdp_index")]
    if own.empty and index.empty:
        return "in neither the panel of cities nor the GDP index"
    if len(index) < len(YEARS):
        return f"GDP index: {len(index)} of {len(YEARS)} years"
    for variable in NEEDED:
        cells = own[own["variable"] == variable]
        if len(cells) < len(YEARS):
            return f"{variable}: {len(cells)} of {len(YEARS)} years"
        fitted = cells[cells["year"] <= LAST_FIT]
        if (fitted["flag"] == rules.INTERPOLATED).mean() > MOST_INTERPOLATED:
            return f"{variable}: interpolated in more than half of the years to {LAST_FIT}"
    missing = [name for name in IN_2000 if own[(own["variable"] == name) & (own["year"] == FIRST)].empty]
    return f"{', '.join(missing)}: no value in {FIRST}" if missing else ""


def series_of(code: int, copies: Copies) -> list[Row]:
    """Rows of one city: series, year, value, unit, flag."""
    cells, index, filled = copies.cells(code), copies.index(code), copies.filled
    population = cells["pop_hukou"].dropna()
    # the yearbook's level of 2000, then real growth alone: nominal GDP of 2013 has two vintages
    real = cells["gdp_nominal"][FIRST] * (index.where(index.index > FIRST, 100.0) / 100).cumprod()
    share = (cells["va_secondary"] / cells["gdp_nominal"]).dropna()
    resource = resource_share(code) * share[FIRST] * real[FIRST]
    miners = MINER_OUTPUT_RATIO * EMPLOYED * population[FIRST] * resource / real[FIRST]
    base = [FIRST]
    people = rules.population_flags(
        population, copies.doubts(code, "pop_hukou"), filled["pop_hukou"], copies.whole_from
    )
    split = rules.share_flags(share, copies.doubts(code, "va_secondary"), filled["va_secondary"])
    columns = {
        "population": (population, "wan person", people),
        "real_gdp": (real, "yi yuan/Year", rules.growth_flags(index, copies.median_growth)),
        "industry_scale": (share * real, "yi yuan/Year", split),
        "resource_output": (pd.Series([resource], base), "yi yuan/Year", {FIRST: ["assumed"]}),
        "mining_employment": (pd.Series([miners], base), "wan person", {FIRST: ["assumed"]}),
        "fiscal_revenue": (cells["fiscal_revenue"].loc[base], "yi yuan/Year", {}),
        "fiscal_expenditure": (cells["fiscal_expenditure"].loc[base], "yi yuan/Year", {}),
        "national_income_growth": (growth_elsewhere(code, copies.accounts), "1/Year", {}),
    }
    for name in ("population", "real_gdp", "industry_scale"):
        flags = columns[name][2]
        flags[FIRST] = ["base_year", *flags.get(FIRST, [])]
    return [row for name, column in columns.items() for row in rows_of(name, *column)]


def evidence_of(code: int, copies: Copies, residents: pd.DataFrame) -> list[Row]:
    """Rows of one city: nominal series as printed, and residents."""
    cells = copies.cells(code)
    found: list[Row] = []
    for name, (variable, unit) in EVIDENCE.items():
        values = cells[variable].dropna()
        found += rows_of(name, values, unit, rules.nominal_flags(values, copies.doubts(code, variable)))
    own = residents[residents["city_code"] == code].set_index("year").sort_index()
    flags = rules.carried(own["flag"].dropna().to_dict())
    return found + rows_of("resident_population", own["value"], "wan person", flags)


def rows_of(name: str, values: pd.Series, unit: str, flags: rules.Flags) -> list[Row]:
    """Write one series as rows."""
    return [
        (name, int(year), round(float(value), 4), unit, ";".join(dict.fromkeys(flags.get(int(year), []))))
        for year, value in values.items()
    ]


def residents_of(folder: Path, panel: pd.DataFrame) -> pd.DataFrame:
    """Residents: the census of 2010, and from 2020 on the panel's copy."""
    census = pd.read_csv(folder / "census_2010_2020_prefectures.csv").dropna(subset="popu_2010")
    counted = pd.DataFrame({"city_code": census["city_code"], "year": 2010, "value": census["popu_2010"] / 1e4})
    four = pd.read_csv(folder / "four_cities_all_sources.csv.gz").query("variable == 'pop_census_resident'")
    four = four.assign(value=four["value"] / 1e4)[["city_code", "year", "value"]]
    later = panel[panel["variable"] == "pop_resident"][["city_code", "year", "value", "flag"]]
    missing = four[~four["city_code"].isin(counted["city_code"])]
    return pd.concat([counted, missing, later], ignore_index=True)


def resource_share(code: int) -> float:
    """Assume mining's share of secondary value added: the geometric mean of its province's and the coal cities'."""
    provinces = pd.read_csv(HERE / "provinces.csv").set_index("code")
    row = provinces.loc[code // 10000]
    return float(np.sqrt(COAL_CITY_SHARE * row["mining_value_added"] / row["secondary_value_added"]))


def growth_elsewhere(code: int, accounts: pd.DataFrame) -> pd.Series:
    """Growth of real GDP summed over all other cities: those complete to 2013, and after it those with both years."""
    real = accounts[accounts["variable"] == "gdp_real_2000p"].pivot_table(
        index="year", columns="city_code", values="value"
    )
    first = accounts[(accounts["variable"] == "gdp_index") & (accounts["year"] == FIRST)].set_index("city_code")[
        "value"
    ]
    real.loc[FIRST - 1] = real.loc[FIRST] / (first / 100)
    others = real.sort_index().drop(columns=code, errors="ignore")
    complete = others.loc[:COMPLETE].dropna(axis=1)
    growth = np.log(complete.sum(axis=1)).diff().dropna()
    for year in range(COMPLETE + 1, LAST + 1):
        both = others.loc[[year - 1, year]].dropna(axis=1)
        growth[year] = np.log(both.sum(axis=1)).diff()[year]
    return growth


def common() -> list[Row]:
    """Take what all cities share from the rules of the four studies, with every year that prices.csv has."""
    series = runpy.run_path(str(HERE.parent / "derive_observed.py"))["driver_series"](LAST)
    return [row for name in ("coal_price", "coal_price_history") for row in rows_of(name, *series[name], {})]


if __name__ == "__main__":
    main()
