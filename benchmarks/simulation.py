"""How fast the resource-city model runs: bare PySD, rcsd's PySD backend, pysimlin, rcsd's kernels.

``python benchmarks/simulation.py`` prints a Markdown table. Every engine runs 2000-2030 in 240 steps and saves four
variables a year. Each figure is the median of several rounds in which the engines take turns, so that a noisy machine
treats them alike; the last column compares within the rounds.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pysd
import simlin
from numpy.typing import NDArray

import rcsd

MODEL = Path(__file__).resolve().parents[1] / "models" / "resource_city" / "resource_city.mdl"
OUTPUTS = ["GDP", "Population", "Industry Scale", "Science and Education Expenditure"]
YEARS = np.arange(2000, 2031)
ROUNDS, THREADS = 7, 2
Engine = Callable[[NDArray[np.float64]], object]
"""Runs the model once for each investment rate."""


def bare_pysd(folder: Path) -> Engine:
    """Load PySD as its manual says; reloading keeps one run from knowing of another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = pysd.read_vensim(str(shutil.copy(MODEL, folder)))

    def run(rates: NDArray[np.float64]) -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [
                model.run(
                    params={"Investment Rate": rate},
                    return_columns=OUTPUTS,
                    return_timestamps=YEARS,
                    reload=True,
                )
                for rate in rates
            ]

    return run


def rcsd_backend(backend: str) -> Engine:
    """Make a simulator of this package."""
    simulator = rcsd.load(MODEL).simulator(backend)
    return lambda rates: simulator.run({"Investment Rate": rates}, outputs=OUTPUTS, times=YEARS)


def other_engine() -> Engine:
    """Run pysimlin in its fastest way: a simulation for each thread, reset for every run."""
    model = simlin.load(MODEL)
    simulations = [model.simulate() for _ in range(THREADS)]

    def some(simulation: simlin.Sim, rates: NDArray[np.float64]) -> list[object]:
        found: list[object] = []
        for rate in rates:
            simulation.reset()
            simulation.set_value("investment_rate", float(rate))
            simulation.run_to_end()
            found.append([simulation.get_series(name.lower().replace(" ", "_")) for name in OUTPUTS])
        return found

    def run(rates: NDArray[np.float64]) -> object:
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(some, simulations, np.array_split(rates, THREADS)))

    return run


def compile_times() -> tuple[float, float]:
    """Seconds until a new process has a kernel: from an empty cache, and from the cache; imports are left out."""
    program = (
        "import time, rcsd\n"
        "from rcsd.engine import CompiledSimulator\n"
        f"simulator = rcsd.load({str(MODEL)!r}).simulator('compiled')\n"
        "began = time.perf_counter()\n"
        "simulator.prepare()\n"
        "print(time.perf_counter() - began)\n"
    )
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"RCSD_CACHE_DIR": cache}
        first, second = (
            subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True)
            for _ in range(2)
        )
    return float(first.stdout), float(second.stdout)


def main() -> None:
    """Time the engines in turns and print the table."""
    print("{:.1f} s to compile, {:.2f} s from the cache\n".format(*compile_times()))
    with tempfile.TemporaryDirectory() as scratch:
        engines = {
            "PySD alone (`reload=True`), one run after the other": (bare_pysd(Path(scratch)), 10),
            "rcsd, PySD backend": (rcsd_backend("pysd"), 10),
            f"pysimlin, {THREADS} threads": (other_engine(), 400),
            "rcsd, compiled, one run": (rcsd_backend("compiled"), 1),
            "rcsd, compiled, ensemble": (rcsd_backend("compiled"), 20_000),
        }
        speeds: dict[str, list[float]] = {name: [] for name in engines}
        for _ in range(ROUNDS):
            for name, (run, n_runs) in engines.items():
                rates = np.linspace(0.3, 0.4, n_runs)
                run(rates[:1])
                began = time.perf_counter()
                run(rates)
                speeds[name].append(n_runs / (time.perf_counter() - began))
    slowest = next(iter(speeds.values()))
    print("| engine | runs a second | times PySD alone |\n|---|---|---|")
    for name, values in speeds.items():
        ratio = statistics.median(fast / slow for fast, slow in zip(values, slowest, strict=True))
        print(f"| {name} | {statistics.median(values):,.0f} | {ratio:,.1f} |")


if __name__ == "__main__":
    main()
