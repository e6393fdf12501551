"""What each coupling and structure of the papers does to a city by 2030, at the strength of its scenario.

``python calibration/couplings.py`` calibrates the four cities to 2000-2010, or reuses the calibrations in out/, and
runs each to 2030 with every driver held at its last value, once without and once with a coupling that is on from 2014.
A second table has what the model's README says beside that.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import rcsd
from rcsd.study import Study, calibrate_study

CITIES = ("jixi", "hegang", "shuangyashan", "qitaihe")
SCENARIOS = ("replicase", "digital_cluster", "circular_economy", "agglomeration")
OUTPUTS = ("GDP", "Population", "Industry Scale", "Pollution")
START, HORIZON = 2014.0, 2030.0


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


def asides(study: Study, estimate: dict[str, float]) -> pd.Series:
    """Return how agglomeration draws people, how a digital cluster begins, and what a full replicase does."""
    simulator = study.simulator()
    known = strengths(study)
    years = np.arange(2000.0, HORIZON + 1)

    def course(name: str, constants: dict[str, float]) -> Any:
        return simulator.run(estimate | constants, outputs=[name], times=years).of(name)[0]

    def change(name: str, coupling: str, strength: float | None = None) -> Any:
        value = known[coupling] if strength is None else strength
        return 100 * (course(name, {coupling: value}) / course(name, {}) - 1)

    density, cluster = "Agglomeration Elasticity", "Digital Cluster Coupling"
    slower = change("GDP", cluster)
    urban = 100 * (course("Urban Share", {density: known[density]}) - course("Urban Share", {}))
    return pd.Series(
        {
            f"{density}: urban share, points": urban[-1],
            f"{density}: work outside the mines, %": change("Nonresource Employment", density)[-1],
            f"{cluster}: GDP at its lowest, %": slower.min(),
            f"{cluster}: GDP higher from": years[np.flatnonzero(slower < 0)[-1] + 1],
            f"{cluster}: knowledge creation in 2014, %": change("Knowledge Creation", cluster)[years == START][0],
            "Replicase Strength at 1: GDP, %": change("GDP", "Replicase Strength", 1.0)[-1],
        }
    )


def main() -> None:
    """Print the change by city and coupling."""
    tables, beside = {}, {}
    for city in CITIES:
        study = rcsd.load_study(city)
        estimate = calibrate_study(study, out=Path("out"), workers=2).values
        tables[city], beside[city] = differences(study, estimate), asides(study, estimate)
    print(f"Change by {HORIZON:.0f} in per cent, each coupling alone, on from 2014, drivers held at their last values")
    print(pd.concat(tables, names=["city", "coupling"]).round(2).to_string())
    print(pd.DataFrame(beside).round(2).to_string())


if __name__ == "__main__":
    main()
