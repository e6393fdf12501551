"""What models of arrays cost: against their equations, against their elements, and written out as single variables.

``python benchmarks/arrays.py`` prints, for models of stocks that grow and compete, processor seconds to plan and to
compile (cold: no kernel is there), seconds of a single interpreted run, and the runs of an ensemble in a second.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import rcsd
from rcsd.simulation.engine import CompiledSimulator, InterpretedSimulator
from rcsd.simulation.passes import flatten

STEPS, RUNS, ROUNDS = 500, 512, 5
ARRAYS = [(10, 50), (20, 50), (40, 50), (80, 50), (40, 10), (40, 200), (40, 1000)]
"""Equations, and elements of each."""
WRITTEN_OUT = [(40, 10), (40, 20)]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one model costs, in seconds, and its runs in a second."""

    scalars: int
    planned: float
    compiled: float
    single: float
    speed: float


def equations(n: int, elements: int, *, written_out: bool) -> list[str]:
    """Write equations of four kinds in turn: a stock, its growth, its loss, and the sum that it competes with."""
    every = [f"e{i}" for i in range(1, elements + 1)]
    parts = [*([] if written_out else [f"d: {', '.join(every)}"]), "rate = 0.1", "step = 0.01"]
    for i in range(n // 4):
        for element in every if written_out else ["d"]:
            at = f" {element}" if written_out else f"[{element}]"
            parts += [
                f"stock {i}{at} = INTEG(growth {i}{at} - loss {i}{at}, 1 + step)",
                f"growth {i}{at} = rate * stock {i}{at} * (1 - stock {i}{at} / 9)",
                f"loss {i}{at} = step * stock {i}{at} * stock {i}{at} / (1 + total {i})",
            ]
        summed = " + ".join(f"stock {i} {element}" for element in every)
        parts.append(f"total {i} = {summed if written_out else f'SUM(stock {i}[d!])'}")
    return parts


def write(folder: Path, n: int, elements: int, *, written_out: bool) -> Path:
    """Write a model."""
    axis = f"INITIAL TIME = 0\n~~|\nFINAL TIME = {STEPS}\n~~|\nTIME STEP = 1\n~~|\nSAVEPER = {STEPS}"
    path = folder / f"m{n}_{elements}_{written_out}.mdl"
    parts = [*equations(n, elements, written_out=written_out), axis]
    path.write_text("{UTF-8}\n" + "".join(f"{part}\n~~|\n" for part in parts), "utf-8")
    return path


def took(work: Callable[[], object]) -> float:
    """Return the processor seconds of this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def cost(path: Path) -> Cost:
    """Measure a model."""
    model = rcsd.load(path)
    planned = took(lambda: flatten(model.ir))
    system = flatten(model.ir)
    kernel = CompiledSimulator(system, {}, threads=1)
    compiled = took(kernel.prepare)
    single = took(lambda: InterpretedSimulator(system, {}).run(outputs=["total 0"]))
    rows = {"rate": np.linspace(0.05, 0.15, RUNS)}
    seconds = [took(lambda: kernel.run(rows, outputs=["total 0"])) for _ in range(ROUNDS)]
    return Cost(len(system.outputs), planned, compiled, single, RUNS / statistics.median(seconds))


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["RCSD_CACHE_DIR"] = name
        folder = Path(name)
        cost(write(folder, 4, 2, written_out=True))  # what all kernels share is compiled
        print("| equations | elements | scalars | plan, s | compile, s | one run interpreted, s | runs/s, one thread |")
        print("|---|---|---|---|---|---|---|")
        for (n, elements), written_out in [*((a, False) for a in ARRAYS), *((w, True) for w in WRITTEN_OUT)]:
            found = cost(write(folder, n, elements, written_out=written_out))
            numbers = f"{found.planned:.2f} | {found.compiled:.1f} | {found.single:.2f} | {found.speed:,.0f}"
            kind = f"{n} written out" if written_out else f"{n}"
            print(f"| {kind} | {elements} | {found.scalars:,} | {numbers} |", flush=True)


if __name__ == "__main__":
    main()
