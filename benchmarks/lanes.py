"""How fast the lane functions are: nanoseconds a value, against a loop over lanes that calls the C library.

``python benchmarks/lanes.py`` prints a Markdown table. Each figure is the median of several rounds in which all
functions take turns, so that a noisy machine treats them alike; other work does not count, since it is the time of the
thread that is measured. The last two columns tell which registers the compiler chose, xmm, ymm or zmm for 128, 256 or
512 bits, and the seconds that a first compilation takes. Below the table stands what a step of the city model takes, in
which powers are most of the work.
"""

from __future__ import annotations

import math
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from cases import cases
from numba import njit

import rcsd
from rcsd.simulation.engine.lanes import LANE_FUNCTIONS, LANES

BLOCKS, CALLS, ROUNDS = 8, 8000, 9
INTERVALS = {
    "arccos": (-1, 1),
    "arcsin": (-1, 1),
    "arctan": (-5, 5),
    "cos": (-30, 30),
    "cosh": (-9, 9),
    "exp": (-9, 9),
    "log": (1e-9, 9),
    "log10": (1e-9, 9),
    "power": (0.1, 9),
    "sin": (-30, 30),
    "sinh": (-9, 9),
    "sqrt": (0, 9),
    "tan": (-30, 30),
    "tanh": (-4, 4),
}
C_NAMES = {"arccos": "acos", "arcsin": "asin", "arctan": "atan", "power": "pow"}


def scalar_function(name: str) -> Callable[..., None]:
    """Return a loop that calls the C library once a lane."""
    value = getattr(math, C_NAMES.get(name, name))
    if name == "power":

        @njit(error_model="numpy")
        def powers(w: Any, base: int, exponent: int, target: int) -> None:
            for lane in range(LANES):
                w[target + lane] = value(w[base + lane], w[exponent + lane])

        return powers

    @njit(error_model="numpy")
    def values(w: Any, source: int, target: int) -> None:
        for lane in range(LANES):
            w[target + lane] = value(w[source + lane])

    return values


@njit(nogil=True)
def repeat(function: Any, w: Any, calls: int) -> None:
    """Call a function of one argument on each block in turn, from the first half of `w` to the second."""
    for call in range(calls):
        block = call % BLOCKS * LANES
        function(w, block, BLOCKS * LANES + block)


@njit(nogil=True)
def repeat_power(function: Any, w: Any, calls: int) -> None:
    """Call a function of two arguments likewise; the exponent is the next block."""
    for call in range(calls):
        block = call % BLOCKS * LANES
        function(w, block, (call + 1) % BLOCKS * LANES, BLOCKS * LANES + block)


def registers(name: str) -> tuple[str, float]:
    """Return the kind of register that a lane function uses most, and the time to compile it."""
    fresh = njit(error_model="numpy")(LANE_FUNCTIONS[name].py_func)
    began = time.perf_counter()
    fresh(np.ones(3 * LANES), *range(0, (3 if name == "power" else 2) * LANES, LANES))
    seconds = time.perf_counter() - began
    (code,) = fresh.inspect_asm().values()
    return Counter(re.findall(r"%([xyz]mm)\d", code)).most_common(1)[0][0], seconds


def city_step() -> float:
    """Return the microseconds of one step of the city model for one block of runs."""
    case = next(case for case in cases(Path()) if case.title == "City")
    model = rcsd.load(case.path)
    simulator = model.simulator("compiled")
    batch = simulator.batch(case.inputs(BLOCKS * LANES), outputs=case.outputs)
    simulator.run_batch(batch, threads=1)
    times = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        simulator.run_batch(batch, threads=1)
        times.append(time.thread_time() - began)
    n_steps = round((model.time.stop - model.time.start) / model.time.step)
    return statistics.median(times) / (BLOCKS * n_steps) * 1e6


def main() -> None:
    """Time the functions in turns and print the table."""
    rng = np.random.default_rng(1)
    kinds = {"lanes": LANE_FUNCTIONS, "scalar": {name: scalar_function(name) for name in INTERVALS}}
    times: dict[tuple[str, str], list[float]] = {(name, kind): [] for name in INTERVALS for kind in kinds}
    for round_number in range(ROUNDS + 1):
        for (name, kind), found in times.items():
            w = np.concatenate([rng.uniform(*INTERVALS[name], BLOCKS * LANES), np.zeros(BLOCKS * LANES)])
            run = repeat_power if name == "power" else repeat
            began = time.thread_time()
            run(kinds[kind][name], w, CALLS)
            if round_number > 0:  # the first round compiles
                found.append((time.thread_time() - began) / (CALLS * LANES) * 1e9)
    print("| function | lanes, ns | scalar, ns | ratio | registers | compiled in, s |\n|---|---|---|---|---|---|")
    for name in INTERVALS:
        fast, slow = (statistics.median(times[name, kind]) for kind in ("lanes", "scalar"))
        register, seconds = registers(name)
        print(f"| {name} | {fast:.2f} | {slow:.2f} | {slow / fast:.1f} | {register} | {seconds:.2f} |")
    print(f"\nA step of the city model for {LANES} runs: {city_step():.2f} us")


if __name__ == "__main__":
    main()
