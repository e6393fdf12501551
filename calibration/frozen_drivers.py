"""The hold-out error of real GDP when nothing is known from outside: every driver held at its value of 2010.

``python calibration/frozen_drivers.py`` reuses the calibrations in out/.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

import rcsd
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE

CITIES = ("jixi", "hegang", "shuangyashan", "qitaihe")


def main() -> None:
    """Print one line per city."""
    for city in CITIES:
        study = rcsd.load_study(city)
        result = rcsd.run_study(study, out=Path("out"), workers=2)
        last = study.fit_window[1]
        held = tuple(
            replace(d, years=d.years[d.years <= last], values=d.values[d.years <= last]) for d in study.drivers
        )
        gdp = next(target for target in result[BACKTEST].targets if target.name == "real_gdp")
        outside = np.array(gdp.windows) == "holdout"
        run = (
            replace(study, drivers=held)
            .simulator()
            .run(result[CALIBRATE].fit.values, outputs=["GDP"], times=gdp.years[outside])
        )
        print(city, round(rcsd.fit_statistics(gdp.observed[outside], run.values[0, :, 0]).mape, 1))


if __name__ == "__main__":
    main()
