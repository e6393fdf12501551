"""Build the two tables of DEA from the yearbook copies: ``python calibration/dea/build.py FOLDER``.

FOLDER holds the files named in SOURCES.md, which are too large for this repository. Written beside this script are
four_cities.csv and panel.csv, one row a city and year, money at 2000 prices.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
FIRST, LAST = 2000, 2013
YEARS = range(FIRST, LAST + 1)
MONEY = {"fai": "fixed_investment", "fiscal_expenditure": "fiscal_expenditure", "fiscal_revenue": "fiscal_revenue"}
DOUBLED, NEW_AREA = 0.7, 0.25  # changes of the logarithm within a year, of money and of population
FLAGS = {"linear_interp_suspect": "interpolated", "repeat_of_prev_year": "repeated"}


def main() -> None:
    """Write both tables."""
    folder = Path(sys.argv[1])
    write(four_cities(folder), "four_cities.csv")
    write(panel(folder), "panel.csv")


def write(table: pd.DataFrame, name: str) -> None:
    """Write a table beside this script, four decimals."""
    table.round(4).to_csv(HERE / name, index=False, lineterminator="\n")
    print(f"{name}: {len(table)} rows")


def from_base(index: pd.Series) -> pd.Series:
    """Chain an index with the previous year = 100 into one with 2000 = 1."""
    later = (index.loc[FIRST + 1 : LAST] / 100).cumprod()
    return pd.concat([pd.Series({FIRST: 1.0}), later])


def four_cities(folder: Path) -> pd.DataFrame:
    """Jixi, Hegang, Shuangyashan and Qitaihe; flags name the cells that deserve doubt."""
    cells = pd.read_csv(folder / "four_cities_2000_2013.csv")
    prices = pd.read_csv(folder / "heilongjiang_price_indices.csv").set_index("year")["cpi_prev100_csmar"]
    capital = pd.read_csv(folder / "heilongjiang_capital_formation_1952_2022.csv").set_index("year")[
        "price_index_1952_1"
    ]
    consumer, investment = from_base(prices), capital / capital[FIRST]
    emissions = pd.read_csv(folder / "four_cities_all_sources.csv.gz").query("variable == 'co2_edgar'")
    co2 = emissions.set_index(["city", "year"])["value"]
    year = cells["year"]
    table = pd.DataFrame(
        {
            "city": cells["city"],
            "year": year,
            "employment": cells["emp2_10k"] + cells["emp3_10k"],
            "fixed_investment": cells["fai_10k"] / 1e4 / year.map(investment),
            "fiscal_expenditure": cells["fiscal_exp_10k"] / 1e4 / year.map(consumer),
            "real_gdp": real_gdp(cells),
            "fiscal_revenue": cells["fiscal_rev_10k"] / 1e4 / year.map(consumer),
            "co2": [co2[city, y] / 1e6 for city, y in zip(cells["city"], year, strict=True)],
        }
    )
    table["flag"] = [";".join(flags) for flags in map(doubts, cells.itertuples())]
    return table


def real_gdp(cells: pd.DataFrame) -> pd.Series:
    """Nominal GDP of 2000 chained with the recommended real growth, as in the four studies."""
    growth = (1 + cells["gdp_growth_rec_pct"] / 100).where(cells["year"] > FIRST, 1.0)
    base = cells["gdp_nominal_100m"].where(cells["year"] == FIRST).groupby(cells["city"]).transform("first")
    return base * growth.groupby(cells["city"]).cumprod()


def doubts(row: tuple) -> list[str]:
    """Name what makes a city-year doubtful; a second figure of revenue counts from 1 % on."""
    found = []
    if abs(row.fiscal_rev_alt_10k / row.fiscal_rev_10k - 1) > 0.01:  # noqa: PLR2004 - said above
        found.append("revenue_sources_disagree")
    if row.year >= 2011:  # noqa: PLR2004 - the year of the change
        found.append("investment_threshold")
    if row.year in {FIRST + 1, LAST}:
        found.append("growth_single_source")
    return found


def panel(folder: Path) -> pd.DataFrame:
    """Resource-based cities: those of calibration/panel/cities.csv."""
    cities = pd.read_csv(HERE.parent / "panel" / "cities.csv").set_index("code")
    accounts = pd.read_csv(folder / "gdp_index_cities_2000_2023.csv.gz").query("@FIRST <= year <= @LAST")
    index = accounts[accounts["variable"] == "gdp_index"].pivot_table(index="year", columns="city_code", values="value")
    source = pd.read_csv(folder / "city_panel_1990_2023.csv.gz").query("@FIRST <= year <= @LAST")
    source = source[source["variable"].isin([*MONEY, "pop_hukou", "gdp_nominal"])]
    deflator = common_deflator(accounts)
    parts = []
    for code, own in source.groupby("city_code"):
        if code not in cities.index:
            continue
        cells = own.pivot_table(index="year", columns="variable", values="value").reindex(YEARS)
        city = cities.loc[code]
        table = pd.DataFrame(
            {"city": city["name"], "year": YEARS, "class": city["class"], "province": city["province"]}
        )
        table = table.set_index("year", drop=False)
        table["population"] = cells["pop_hukou"]
        for variable in ("fai", "fiscal_expenditure"):
            table[MONEY[variable]] = cells[variable] / deflator
        table["real_gdp"] = cells["gdp_nominal"][FIRST] * from_base(index[code])
        table["fiscal_revenue"] = cells["fiscal_revenue"] / deflator
        table["flag"] = [";".join(filter(None, (flags_of(own, year), jumps(table, year)))) for year in YEARS]
        parts.append(table)
    return named_apart(pd.concat(parts, ignore_index=True))


def flags_of(own: pd.DataFrame, year: int) -> str:
    """Join the source's flags of the cells of a city-year that are used."""
    names = {**MONEY, "pop_hukou": "population"}
    marked = own[(own["year"] == year) & own["flag"].isin(FLAGS) & own["variable"].isin(names)]
    return ";".join(
        f"{names[variable]}_{FLAGS[flag]}" for variable, flag in zip(marked["variable"], marked["flag"], strict=True)
    )


def jumps(table: pd.DataFrame, year: int) -> str:
    """Mark money that doubles or halves within a year, and a change of area from its year on."""
    changes = np.log(table[["population", *MONEY.values()]]).diff()
    found = [f"{name}_jump" for name in MONEY.values() if abs(changes[name][year]) > DOUBLED]
    if (changes["population"].loc[:year].abs() > NEW_AREA).any():
        found.append("new_area")
    return ";".join(found)


def named_apart(table: pd.DataFrame) -> pd.DataFrame:
    """Put the province behind a name that two cities share."""
    shared = table.groupby("city")["province"].transform("nunique") > 1
    table["city"] = table["city"].where(~shared, table["city"] + " (" + table["province"] + ")")
    return table[["city", "year", *(c for c in table.columns if c not in {"city", "year"})]]


def common_deflator(accounts: pd.DataFrame) -> pd.Series:
    """Nominal over real GDP summed over all cities of the accounts with complete series, 2000 = 1."""
    wide = accounts.pivot_table(index="year", columns=["variable", "city_code"], values="value")
    nominal, real = wide["gdp_nominal"].dropna(axis=1), wide["gdp_real_2000p"].dropna(axis=1)
    both = nominal.columns.intersection(real.columns)
    return nominal[both].sum(axis=1) / real[both].sum(axis=1)


if __name__ == "__main__":
    main()
