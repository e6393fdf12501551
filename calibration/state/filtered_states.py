"""Filter the states of the four coal cities, and print what the data had to correct: a script to start from.

``python calibration/state/filtered_states.py`` appends states.toml to each city's study, in a folder thrown away.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pandas as pd

import rcsd
from rcsd.study import run_to
from rcsd.study.steps.state import STATE

HERE = Path(__file__).resolve().parent
CALIBRATION = HERE.parent
CITIES = ("jixi", "hegang", "shuangyashan", "qitaihe")


def main() -> None:
    """Print a line for each city."""
    rows = []
    for city in CITIES:
        with tempfile.TemporaryDirectory() as folder:
            found = run_to(study_of(city, Path(folder)), (STATE,), out=Path(folder) / "out")[STATE]
        held_out = [each for each in found.held_out if each.band.drivers == "forecast"]
        (gdp,) = (each for each in held_out if each.band.series == "real_gdp")
        inside, scored = sum(each.inside.sum() for each in held_out), sum(each.inside.size for each in held_out)
        rows.append(
            {
                "city": city,
                "squared innovations": round(found.consistency.squared),
                "cells": found.consistency.n_cells,
                "hold-out inside 90 %": f"{inside} of {scored}",
                "error of GDP, %": round(gdp.mape, 1),
            }
        )
    print(pd.DataFrame(rows).set_index("city").to_string())


def study_of(city: str, folder: Path) -> rcsd.Study:
    """Copy a city's study with the states added."""
    shutil.copytree(CALIBRATION / city, folder / city)
    for shared in ("coal_city.toml", "scenarios.toml"):
        shutil.copy(CALIBRATION / shared, folder)
    study = folder / city / "study.toml"
    study.write_text(f"{study.read_text('utf-8')}\n{(HERE / 'states.toml').read_text('utf-8')}", "utf-8")
    return rcsd.load_study(study)


if __name__ == "__main__":
    main()
