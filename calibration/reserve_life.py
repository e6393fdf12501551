"""How much the hold-out error of each city hangs on the assumed reserve life.

``python calibration/reserve_life.py`` refits every city with 30, 40, 60 and 90 years and prints
the error of real GDP in the fit and in the hold-out window. The search is the quick one.
"""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path

import pandas as pd

import rcsd
from rcsd.study.steps.backtest import BACKTEST

HERE = Path(__file__).resolve().parent
CITIES = ("jixi", "hegang", "shuangyashan", "qitaihe")
YEARS = (30.0, 40.0, 60.0, 90.0)


def study_with(city: str, years: float, folder: Path) -> Path:
    """Write a copy of a city's study that sets the reserve life."""
    name = f"{city}-{years:g}"
    study = tomllib.loads((HERE / city / "study.toml").read_text("utf-8"))["study"]
    path = folder / name / "study.toml"
    path.parent.mkdir()
    path.write_text(
        f"""extends = {(HERE / "coal_city.toml").as_posix()!r}
[study]
name = {name!r}
model = "resource_city"
data = {(HERE / city / "observed.csv").as_posix()!r}
seed = {study["seed"]}
[constants."Initial Reserve Life"]
value = {years}
unit = "Year"
source = "varied"
""",
        "utf-8",
    )
    return path


def main() -> None:
    """Print one row per city and reserve life."""
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for city in CITIES:
            for years in YEARS:
                study = rcsd.load_study(study_with(city, years, Path(scratch)))
                result = rcsd.run_study(study, out=Path(scratch) / "out", quick=True, workers=2)
                gdp = next(target for target in result[BACKTEST].targets if target.name == "real_gdp")
                rows.append((city, years, gdp.fit_all.mape, gdp.holdout.statistics.mape if gdp.holdout else None))
    table = pd.DataFrame(rows, columns=["city", "reserve life (years)", "fit, MAPE %", "hold-out, MAPE %"])
    print("Real GDP by assumed reserve life, each fitted by the quick search: figures of the full one differ a little")
    print(table.round(2).to_string(index=False))


if __name__ == "__main__":
    main()
