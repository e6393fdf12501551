"""Build the panel's tables from the yearbook copies: ``python calibration/panel/build.py FOLDER``.

FOLDER holds the files named in SOURCES.md, which are too large for this repository. Written beside this script are
observed.csv (the series), cities.csv (names, classes) and left_out.csv (cities that are not in the panel, and why).
One rule for all cities; what a cell of the fit window says rests on no later cell.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
FIRST, LAST_FIT, LAST = 2000, 2010, 2013
YEARS = range(FIRST, LAST + 1)
NEEDED = ("pop_hukou", "va_secondary", "gdp_nominal", "fai")
IN_2000 = ("fiscal_revenue", "fiscal_expenditure")
FLAGS = {"linear_interp_suspect": "interpolated", "repeat_of_prev_year": "repeated"}
MOST_INTERPOLATED = 0.5  # of a series; with more of it there is nothing to fit

POPULATION_JUMP, NEW_AREA = 0.05, 0.25  # changes of the logarithm within a year
SHARE_JUMP = 0.08  # of secondary value added in GDP, within a year

COAL_CITY_SHARE = 0.684  # mining's share of secondary employment 2000-2004, mean of the four coal cities
MINER_OUTPUT_RATIO = 0.420  # a miner's share of jobs over mining's share of GDP, the four coal cities in 2000
EMPLOYED = 0.5 * 0.93  # jobs per registered person in 2000, as the model assumes


def main() -> None:
    """Write the three tables."""
    folder = Path(sys.argv[1])
    panel = pd.read_csv(folder / "city_panel_1990_2023.csv.gz").query("@FIRST <= year <= @LAST")
    accounts = pd.read_csv(folder / "gdp_index_cities_2000_2023.csv.gz").query("@FIRST <= year <= @LAST")
    listed = pd.read_csv(folder / "resource_based_cities_2013.csv").query("level == 'prefecture'")
    cities = named(listed)
    reasons = {city.city: left_out(city.code, panel, accounts) for city in cities.itertuples()}
    cities["reason"] = cities["city"].map(reasons)
    kept = cities[cities["reason"] == ""]
    rows = [("*", *row) for row in coal_price()]
    for city in kept.itertuples():
        rows += [(city.city, *row) for row in series_of(city.code, panel, accounts)]
    write(pd.DataFrame(rows, columns=["city", "series", "year", "value", "unit", "flag"]), "observed.csv")
    write(kept.drop(columns="reason"), "cities.csv")
    write(cities[cities["reason"] != ""], "left_out.csv")
    write_investment(kept, panel)


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
        if (fitted["flag"] == "linear_interp_suspect").mean() > MOST_INTERPOLATED:
            return f"{variable}: interpolated in more than half of the years to {LAST_FIT}"
    missing = [name for name in IN_2000 if own[(own["variable"] == name) & (own["year"] == FIRST)].empty]
    return f"{', '.join(missing)}: no value in {FIRST}" if missing else ""


def series_of(code: int, panel: pd.DataFrame, accounts: pd.DataFrame) -> list[tuple[str, int, float, str, str]]:
    """Rows of one city: series, year, value, unit, flag."""
    own = panel[panel["city_code"] == code]
    cells = own.pivot_table(index="year", columns="variable", values="value")
    doubts = own.pivot_table(index="year", columns="variable", values="flag", aggfunc="first").reindex(YEARS)
    index = accounts[(accounts["city_code"] == code) & (accounts["variable"] == "gdp_index")].set_index("year")["value"]
    # the yearbook's level of 2000, then real growth alone: nominal GDP of 2013 has two vintages
    real = cells["gdp_nominal"][FIRST] * (index.where(index.index > FIRST, 100.0) / 100).cumprod()
    share = cells["va_secondary"] / cells["gdp_nominal"]
    resource = resource_share(code) * share[FIRST] * real[FIRST]
    miners = MINER_OUTPUT_RATIO * EMPLOYED * cells["pop_hukou"][FIRST] * resource / real[FIRST]
    base = [FIRST]
    columns = {
        "population": (cells["pop_hukou"], "wan person", population_flags(cells["pop_hukou"], doubts)),
        "real_gdp": (real, "yi yuan/Year", {}),
        "industry_scale": (share * real, "yi yuan/Year", share_flags(share, doubts)),
        "resource_output": (pd.Series([resource], base), "yi yuan/Year", {FIRST: ["assumed"]}),
        "mining_employment": (pd.Series([miners], base), "wan person", {FIRST: ["assumed"]}),
        "fiscal_revenue": (cells["fiscal_revenue"].loc[base], "yi yuan/Year", {}),
        "fiscal_expenditure": (cells["fiscal_expenditure"].loc[base], "yi yuan/Year", {}),
        "national_income_growth": (growth_elsewhere(code, accounts), "1/Year", {}),
    }
    rows = []
    for name, (values, unit, flags) in columns.items():
        for year, value in values.items():
            marks = flags.get(year, [])
            if year == FIRST and name in {"population", "real_gdp", "industry_scale"}:
                marks = ["base_year", *marks]
            rows.append((name, int(year), round(float(value), 4), unit, ";".join(dict.fromkeys(marks))))
    return rows


def carried(doubts: pd.DataFrame, variable: str) -> dict[int, list[str]]:
    """Take over the flags of the source, but not the one of the last fitted year that hangs on the year after it."""
    if variable not in doubts:
        return {}
    found = {int(year): [FLAGS[flag]] for year, flag in doubts[variable].dropna().items()}
    if "interpolated" in found.get(LAST_FIT, []):
        del found[LAST_FIT]
    return found


def population_flags(population: pd.Series, doubts: pd.DataFrame) -> dict[int, list[str]]:
    """Mark jumps, and from a change of area on all years: those people are others than the city of before."""
    flags = carried(doubts, "pop_hukou")
    change = np.log(population).diff()
    for year in change.index[change.abs() > POPULATION_JUMP]:
        flags.setdefault(int(year), []).append("jump")
    for year in change.index[change.abs() > NEW_AREA]:
        for later in range(int(year), LAST + 1):
            flags.setdefault(later, []).append("new_area")
    return flags


def share_flags(share: pd.Series, doubts: pd.DataFrame) -> dict[int, list[str]]:
    """Mark years in which the split of value added jumps, as at revisions by economic censuses."""
    flags = carried(doubts, "va_secondary")
    for year in share.index[share.diff().abs() > SHARE_JUMP]:
        flags.setdefault(int(year), []).append("census_break")
    return flags


def resource_share(code: int) -> float:
    """Assume mining's share of secondary value added: the geometric mean of its province's and the coal cities'."""
    provinces = pd.read_csv(HERE / "provinces.csv").set_index("code")
    row = provinces.loc[code // 10000]
    return float(np.sqrt(COAL_CITY_SHARE * row["mining_value_added"] / row["secondary_value_added"]))


def growth_elsewhere(code: int, accounts: pd.DataFrame) -> pd.Series:
    """Growth of real GDP summed over all other cities with complete series."""
    real = accounts[accounts["variable"] == "gdp_real_2000p"].pivot_table(
        index="year", columns="city_code", values="value"
    )
    first = accounts[(accounts["variable"] == "gdp_index") & (accounts["year"] == FIRST)].set_index("city_code")[
        "value"
    ]
    real.loc[FIRST - 1] = real.loc[FIRST] / (first / 100)
    complete = real.sort_index().dropna(axis=1)
    return np.log(complete.drop(columns=code, errors="ignore").sum(axis=1)).diff().dropna()


def coal_price() -> list[tuple[str, int, float, str, str]]:
    """Take the coal price of the four studies as it is, to the last year compared."""
    table = pd.read_csv(HERE.parent / "jixi" / "observed.csv", keep_default_na=False)
    rows = table[(table["series"] == "coal_price") & table["year"].isin(YEARS)]
    return [tuple(row) for row in rows.itertuples(index=False)]


def write_investment(kept: pd.DataFrame, panel: pd.DataFrame) -> None:
    """Write fixed investment over GDP in the fit window, which the prior of the investment rate rests on."""
    cells = panel[panel["city_code"].isin(kept["code"]) & (panel["year"] <= LAST_FIT)]
    wide = cells.pivot_table(index=["city_code", "year"], columns="variable", values="value")
    mean = (wide["fai"] / wide["gdp_nominal"]).groupby("city_code").mean()
    table = pd.DataFrame(
        {"city": kept["city"].to_numpy(), "investment_share": mean.loc[kept["code"]].round(4).to_numpy()}
    )
    write(table, "investment.csv")


if __name__ == "__main__":
    main()
