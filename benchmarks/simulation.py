"""How fast the resource-city model runs: bare PySD, rcsd's PySD backend, pysimlin.

``python benchmarks/simulation.py`` prints a Markdown table. Each figure is the median of several
rounds in which the engines take turns, so that a noisy machine treats them alike.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pysd
import simlin

import rcsd

MODEL = Path(__file__).resolve().parents[1] / "models" / "resource_city" / "resource_city.mdl"
OUTPUTS = ["GDP", "Population", "Industry Scale", "Science and Education Expenditure"]
YEARS = np.arange(2000, 2014)
ROUNDS, RUNS = 7, 10


def bare_pysd(folder: Path) -> Callable[[float], object]:
    """Load PySD as its manual says; reloading keeps one run from knowing of another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = pysd.read_vensim(str(shutil.copy(MODEL, folder)))

    def run(rate: float) -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return model.run(
                params={"Investment Rate": rate},
                return_columns=OUTPUTS,
                return_timestamps=YEARS,
                final_time=YEARS[-1],
                reload=True,
            )

    return run


def rcsd_pysd() -> Callable[[float], object]:
    """Make the simulator that studies use."""
    simulator = rcsd.load(MODEL).simulator()
    return lambda rate: simulator.run({"Investment Rate": rate}, outputs=OUTPUTS, times=YEARS)


def other_engine() -> Callable[[float], object]:
    """Make one simulation of pysimlin, reset for every run; it runs to the model's end, 2030."""
    simulation = simlin.load(MODEL).simulate()

    def run(rate: float) -> object:
        simulation.reset()
        simulation.set_value("investment_rate", rate)
        simulation.run_to_end()
        return [simulation.get_series(name.lower().replace(" ", "_")) for name in OUTPUTS]

    return run


def main() -> None:
    """Time the engines in turns and print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        engines = {
            "PySD alone (reload=True), 2000-2013": bare_pysd(Path(scratch)),
            "rcsd, PySD backend, 2000-2013": rcsd_pysd(),
            "pysimlin, 2000-2030": other_engine(),
        }
        times: dict[str, list[float]] = {name: [] for name in engines}
        for _ in range(ROUNDS):
            for name, run in engines.items():
                began = time.perf_counter()
                for rate in np.linspace(0.3, 0.4, RUNS):
                    run(float(rate))
                times[name].append((time.perf_counter() - began) / RUNS)
    print("| engine | ms a run (median) | runs a second |\n|---|---|---|")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"| {name} | {1000 * median:.2f} | {1 / median:.0f} |")


if __name__ == "__main__":
    main()
