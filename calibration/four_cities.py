"""Calibrate the four coal cities on 2000-2010, score 2011-2013, print one table: a script to start from.

``python calibration/four_cities.py`` keeps finished steps in out/, so a second run is quick.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import rcsd
from rcsd.report import write_index, write_report
from rcsd.study.steps.backtest import BACKTEST

CITIES = ("jixi", "hegang", "shuangyashan", "qitaihe")
OUT = Path("out")


def main() -> None:
    """Run the studies, write their reports, print the hold-out errors."""
    results = [rcsd.run_study(rcsd.load_study(city), out=OUT, workers=2) for city in CITIES]
    rows = [
        {
            "city": result.info.name,
            "series": target.name,
            "cells": f"{target.holdout.statistics.n} of {target.n_holdout}",
        }
        | {f"model, drivers {known}": score.statistics.mape for known, score in target.holdouts.items()}
        | {name: rule.statistics.mape for name, rule in target.holdout.baselines.items() if rule.statistics is not None}
        for result in results
        for target in result[BACKTEST].targets
        if target.holdout is not None
    ]
    print("Mean absolute percentage error of 2011-2013, fitted to 2000-2010; a doubtful cell is not scored")
    print(pd.DataFrame(rows).set_index(["city", "series"]).round(1).to_string())
    for result in results:
        write_report(result, OUT)
    print(write_index(results, OUT))


if __name__ == "__main__":
    main()
