"""Build what observes the preference from the yearbook copies: ``python calibration/coevolution/build.py FOLDER``.

FOLDER holds the files named in SOURCES.md. Written beside this script is observed.csv: one row per city, series and
year, as printed. The cities are those of the panel.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
FIRST, LAST = 2000, 2019
COAL = {
    "sci_exp_10k": ("science_expenditure", "10k yuan"),
    "edu_exp_10k": ("education_expenditure", "10k yuan"),
    "emp_private_selfemp_persons": ("private_employment", "person"),
    "pop_hukou_10k": ("population", "10k person"),
}
FLAGS = {"linear_interp_suspect": "interpolated", "repeat_of_prev_year": "repeated"}
COLUMNS = ["city", "series", "year", "value", "unit", "flag"]


def main() -> None:
    """Write observed.csv."""
    folder = Path(sys.argv[1])
    table = pd.concat([fiscal(folder), coal_cities(folder)]).sort_values(["series", "city", "year"])
    table.to_csv(HERE / "observed.csv", index=False, lineterminator="\n")
    print(f"observed.csv: {len(table)} rows, {table['city'].nunique()} cities")


def fiscal(folder: Path) -> pd.DataFrame:
    """Own revenue and expenditure of the budgets of all cities of the panel."""
    cities = pd.read_csv(HERE.parent / "panel" / "cities.csv").set_index("code")["city"]
    panel = pd.read_csv(folder / "city_panel_1990_2023.csv.gz")
    chosen = panel["variable"].isin(["fiscal_revenue", "fiscal_expenditure"]) & panel["year"].between(FIRST, LAST)
    found = panel[chosen & panel["city_code"].isin(cities.index)].rename(columns={"variable": "series"})
    found["city"] = found["city_code"].map(cities)
    found["flag"] = found["flag"].map(FLAGS).fillna("")
    return found[COLUMNS]


def coal_cities(folder: Path) -> pd.DataFrame:
    """Science, education, private employment and population of the four coal cities."""
    wide = pd.read_csv(folder / "four_cities_2000_2013.csv")
    long = wide.melt(["city", "year"], list(COAL), "column").dropna()
    long["city"] = long["city"].str.lower()
    long["series"] = long["column"].map(lambda name: COAL[name][0])
    long["unit"] = long["column"].map(lambda name: COAL[name][1])
    doubts = pd.read_csv(HERE / "doubts.csv").set_index(["city", "series", "year"])["flag"]
    keys = pd.MultiIndex.from_frame(long[["city", "series", "year"]])
    long["flag"] = doubts.reindex(keys).fillna("").to_numpy()
    return long[COLUMNS]


if __name__ == "__main__":
    main()
