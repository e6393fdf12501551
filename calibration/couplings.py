"""What each coupling and structure of the papers does to a city by 2030, at the strength of its scenario.

``python calibration/couplings.py`` calibrates the four cities to 2000-2010, or reuses the calibrations in out/, and
runs each to 2030 with every driver held at its last value, once without and once with a coupling that is on from 2014.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import rcsd
from rcsd.study import Study, calibrate_study

CITIES = ("jixi", "hegang", "shuangyashan", "qitaihe")
SCENARIOS = ("replicase", "digital_cluster", "circular_economy", "agglomeration")
OUTPUTS = ("GDP", "Population", "Industry Scale", "Pollution")
HORIZON = 2030.0


def strengths(study: Study) -> dict[str, float]:
    """Return the couplings and their strengths in the study's scenarios."""
    if study.scenarios is None:
        raise SystemExit(f"{study.name} names no scenarios, which hold the strengths")
    levers = [lever for name in SCENARIOS for lever in study.scenarios.scenario(name).levers]
    return {lever.constant: lever.value for lever in levers}


def differences(study: Study, estimate: dict[str, float]) -> pd.DataFrame:
    """Return the change of each output by each coupling at the horizon, per cent."""
    simulator = study.simulator()

    def ended(coupling: dict[str, float]) -> pd.Series:
        run = simulator.run(estimate | coupling, outputs=OUTPUTS, times=[HORIZON])
        return pd.Series(run.values[0, 0], index=OUTPUTS)

    base = ended({})
    changes = {name: 100 * (ended({name: value}) / base - 1) for name, value in strengths(study).items()}
    return pd.DataFrame(changes).T


def main() -> None:
    """Print the change by city and coupling."""
    tables = {}
    for city in CITIES:
        study = rcsd.load_study(city)
        tables[city] = differences(study, calibrate_study(study, out=Path("out"), workers=2).values)
    print(f"Change by {HORIZON:.0f} in per cent, each coupling alone, on from 2014, drivers held at their last values")
    print(pd.concat(tables, names=["city", "coupling"]).round(2).to_string())


if __name__ == "__main__":
    main()
