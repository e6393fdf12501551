"""Derive observed.csv, the series of the resilience index, from yearbook cells.

Run from anywhere: ``python calibration/resilience/derive.py``. Cells that the studies use are read from ../sources/,
those that only the index needs from cells.csv beside this script; real GDP and industry scale are those of each city's
study. A test holds the committed file to this script's output.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
CITIES = ("Jixi", "Hegang", "Shuangyashan", "Qitaihe")
FIRST, LAST = 2002, 2013  # the year before the first one assessed is there for changes
PRICE_BASE = 2000
CURRENT, REAL, PEOPLE = "yi current yuan/Year", "yi yuan/Year", "wan person"


def prices() -> pd.DataFrame:
    """Consumer prices of the province, 2000 = 1, and yuan per US$, by year."""
    table = pd.read_csv(HERE.parent / "sources" / "prices.csv", index_col="year")
    index = (table["cpi_previous_year_100"].loc[PRICE_BASE + 1 :] / 100).cumprod()
    return pd.DataFrame({"consumer_prices": index, "yuan_per_usd": table["yuan_per_usd"]})


def city_series(city: str) -> dict[str, tuple[pd.Series, str]]:
    """Series of one city: name to (values by year, unit)."""
    tables = (HERE.parent / "sources" / "yearbook.csv", HERE / "cells.csv")
    cells = pd.concat([pd.read_csv(path) for path in tables])
    cell = cells[cells["city"] == city].pivot_table(index="year", columns="variable", values="value")
    study = pd.read_csv(HERE.parent / city.lower() / "observed.csv").pivot(
        index="year", columns="series", values="value"
    )
    price = prices()
    found = {
        "population": (cell["population"], PEOPLE),
        "nonagricultural_population": (cell["nonagricultural_population"], PEOPLE),
        "registered_unemployed": (cell["registered_unemployed"] / 1e4, PEOPLE),
        "real_gdp": (study["real_gdp"], REAL),
        "industry_scale": (study["industry_scale"], REAL),
        "primary_in_rest": (
            cell["primary_value_added"] / (cell["primary_value_added"] + cell["tertiary_value_added"]),
            "Dmnl",
        ),
        "nominal_gdp": (cell["gdp_nominal"], CURRENT),
        "retail_sales": (cell["retail_sales"] / 1e4 / price["consumer_prices"], REAL),
        "foreign_investment": (cell["foreign_investment"] / 100 * price["yuan_per_usd"], CURRENT),
    }
    budget = ("fiscal_revenue", "fiscal_expenditure", "science_expenditure", "education_expenditure")
    found |= {name: (cell[name] / 1e4, CURRENT) for name in budget}
    staff = ("primary_employment", "secondary_employment", "tertiary_employment")
    return found | {name: (cell[name], PEOPLE) for name in staff}


def observed() -> pd.DataFrame:
    """All cities' tidy table: city, series, year, value, unit, flag."""
    flags = pd.read_csv(HERE / "flags.csv")
    rows = []
    for city in CITIES:
        for name, (values, unit) in city_series(city).items():
            for year, value in values.loc[FIRST:LAST].dropna().items():
                hit = flags.query("city in ['*', @city] and series == @name and first_year <= @year <= last_year")
                rows.append((city.lower(), name, int(year), round(float(value), 4), unit, ";".join(hit["flag"])))
    return pd.DataFrame(rows, columns=["city", "series", "year", "value", "unit", "flag"])


def main() -> None:
    """Write observed.csv."""
    target = HERE / "observed.csv"
    observed().to_csv(target, index=False, lineterminator="\n")
    print(target)


if __name__ == "__main__":
    main()
