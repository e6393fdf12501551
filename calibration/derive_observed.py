"""Derive each city's observed.csv from the yearbook cells in sources/.

Run from anywhere: ``python calibration/derive_observed.py``. The rules are the ones that
each city's SOURCES.md states; a test holds the committed files to this script's output.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
CITIES = ("Jixi", "Hegang", "Shuangyashan", "Qitaihe")
BASE_YEAR = 2000
LAST_PRICE, LAST_HISTORY = (
    2016,
    2013,
)  # of the four studies: no compared year is later, nothing is drawn from a later one
MINING_SHARE_YEARS = slice(2000, 2004)  # employment is rounded to 10 thousand: average five years


def city_series(cells: pd.DataFrame) -> dict[str, tuple[pd.Series, str]]:
    """Series of one city at 2000 prices.

    Parameters
    ----------
    cells : pandas.DataFrame
        Yearbook cells of the city: one column a variable, one row a year.

    Returns
    -------
    dict
        Name to (values by year, unit).
    """
    growth = cells["gdp_growth"].loc[BASE_YEAR + 1 :] / 100
    real_gdp = cells["gdp_nominal"][BASE_YEAR] * (1 + growth).cumprod()
    real_gdp = pd.concat([cells["gdp_nominal"].loc[[BASE_YEAR]], real_gdp])
    deflator = cells["gdp_nominal"] / real_gdp
    industry = cells["secondary_value_added"] / deflator
    innovation = (cells["science_expenditure"] + cells["education_expenditure"]) / 1e4 / deflator
    mining_share = (cells["mining_employment"] / cells["secondary_employment"]).loc[MINING_SHARE_YEARS].mean()
    base = [BASE_YEAR]
    return {
        "population": (cells["population"], "wan person"),
        "real_gdp": (real_gdp, "yi yuan/Year"),
        "industry_scale": (industry, "yi yuan/Year"),
        "innovation_inputs": (innovation.dropna(), "yi yuan/Year"),
        "resource_output": (industry.loc[base] * mining_share, "yi yuan/Year"),
        "mining_employment": (cells["mining_employment"].loc[base], "wan person"),
        "fiscal_revenue": (cells["fiscal_revenue"].loc[base] / 1e4, "yi yuan/Year"),
        "fiscal_expenditure": (cells["fiscal_expenditure"].loc[base] / 1e4, "yi yuan/Year"),
    }


def driver_series(last: int | None = None) -> dict[str, tuple[pd.Series, str]]:
    """Coal price index in constant yuan, the growth of other cities, and the coal price's history, common to all.

    Parameters
    ----------
    last
        Last year of both prices; by default each ends where the four studies need it.
    """
    prices = pd.read_csv(HERE / "sources" / "prices.csv", index_col="year").loc[: last or LAST_PRICE]
    consumer_prices = (prices["cpi_previous_year_100"].loc[BASE_YEAR + 1 :] / 100).cumprod()
    consumer_prices = pd.concat([pd.Series({BASE_YEAR: 1.0}), consumer_prices])
    yuan = prices["coal_usd_per_ton"] * prices["yuan_per_usd"] / consumer_prices
    others = pd.read_csv(HERE / "sources" / "other_cities.csv", index_col="year")
    growth = np.log(others["real_gdp_100m_yuan_2000_prices"]).diff().dropna()
    return {
        "coal_price": (yuan / yuan[BASE_YEAR], "Dmnl"),
        "national_income_growth": (growth, "1/Year"),
        "coal_price_history": (coal_price_history(last or LAST_HISTORY), "Dmnl"),
    }


def coal_price_history(last: int) -> pd.Series:
    """Coal price index in constant US$ up to a year: what a forecast draws later prices from."""
    history = pd.read_csv(HERE / "sources" / "coal_price_history.csv", index_col="year").loc[:last]
    dollars = history["coal_usd_per_ton"] / history["us_consumer_prices_1982_84_100"]
    return dollars / dollars[BASE_YEAR]


def observed(city: str) -> pd.DataFrame:
    """One city's tidy table: series, year, value, unit, flag."""
    yearbook = pd.read_csv(HERE / "sources" / "yearbook.csv").query("city == @city")
    cells = yearbook.pivot_table(index="year", columns="variable", values="value")
    flags = pd.read_csv(HERE / "sources" / "flags.csv")
    flags = flags[flags["city"].isin(["*", city])]
    rows = []
    for name, (values, unit) in (city_series(cells) | driver_series()).items():
        for year, value in values.items():
            hit = flags.query("series == @name and first_year <= @year <= last_year")["flag"]
            rows.append((name, int(year), round(float(value), 4), unit, ";".join(hit)))
    return pd.DataFrame(rows, columns=["series", "year", "value", "unit", "flag"])


def main() -> None:
    """Write every city's observed.csv beside its study."""
    for city in CITIES:
        target = HERE / city.lower() / "observed.csv"
        observed(city).to_csv(target, index=False, lineterminator="\n")
        print(target)


if __name__ == "__main__":
    main()
