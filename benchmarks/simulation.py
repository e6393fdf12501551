"""How fast models run: PySD alone and in several processes, pysimlin, a C kernel, and rcsd.

``python benchmarks/simulation.py`` takes some minutes and prints a Markdown table for each model, small, middling and
large. Every engine has two workers, varies the same constants and saves the same variables at the same times. Each
figure is the median of several rounds in which the engines take turns; the last columns compare within the rounds.
The C kernel needs g++ and an x86 processor with glibc, and is left out elsewhere; rcsd itself needs no compiler.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import c_kernel
import numpy as np
from cases import Case, cases
from engines import WORKERS, Engine, bare_pysd, many_pysd, of_rcsd, pysimlin
from turns import Speeds, in_turns

ROUNDS, SECONDS = 7, 0.6
ALONE, SIMLIN, KERNEL = "PySD alone (`reload=True`)", f"pysimlin, {WORKERS} threads", "C++ kernel of the same equations"
ONE, ENSEMBLE = "rcsd, compiled, one run at a time", "rcsd, compiled, ensemble"


def compile_times(case: Case) -> tuple[float, float]:
    """Seconds until a new process has a kernel: from an empty cache, and from the cache; imports are left out."""
    program = (
        "import time, rcsd\n"
        "from rcsd.simulation.engine import CompiledSimulator\n"
        f"simulator = rcsd.load({str(case.path)!r}).simulator('compiled')\n"
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


def engines_of(case: Case, folder: Path, stack: ExitStack) -> dict[str, Engine]:
    """Load a model into every engine that can take it."""
    compiled = of_rcsd(case, "compiled")
    engines = {
        ALONE: bare_pysd(case, folder),
        f"PySD, {WORKERS} processes": many_pysd(case, folder, stack),
        "rcsd, PySD backend": of_rcsd(case, "pysd"),
        SIMLIN: pysimlin(case),
        ONE: lambda inputs: [
            compiled({name: values[[i]] for name, values in inputs.items()}) for i in _rows_of(inputs)
        ],
    }
    try:
        engines[KERNEL] = kernel = c_kernel.engine(case, folder, WORKERS)
    except c_kernel.UnavailableError as reason:
        print(f"no C kernel: {reason}\n")
    else:
        inputs = case.inputs(50)
        difference = np.max(np.abs(kernel(inputs) - compiled(inputs)) / np.maximum(np.abs(compiled(inputs)), 1e-9))
        print(f"The C++ kernel is {c_kernel.width()} runs wide; it differs from rcsd by at most {difference:.0e}.\n")
    return engines | {ENSEMBLE: compiled}


def _rows_of(inputs: c_kernel.Inputs) -> range:
    return range(len(next(iter(inputs.values()))))


def timed(case: Case, folder: Path) -> Speeds:
    """Time all engines on a model."""
    with ExitStack() as stack:
        engines = engines_of(case, folder, stack)
        return in_turns({name: _of(case, engine) for name, engine in engines.items()}, rounds=ROUNDS, seconds=SECONDS)


def _of(case: Case, engine: Engine) -> Callable[[int], object]:
    return lambda n_runs: engine(case.inputs(n_runs))


def table(speeds: Speeds) -> str:
    """Write a Markdown table."""
    references = [name for name in (ALONE, SIMLIN, KERNEL) if name in speeds.by_engine]
    heads = {ALONE: "times PySD alone", SIMLIN: "times pysimlin", KERNEL: "times the C++ kernel"}
    lines = [" | ".join(["| engine", "runs a second", *(heads[name] for name in references)]) + " |"]
    lines.append("|---" * (len(references) + 2) + "|")
    for name in speeds.by_engine:
        ratios = (_three_digits(speeds.ratio(name, reference)) for reference in references)
        lines.append(" | ".join([f"| {name}", _three_digits(speeds.of(name)), *ratios]) + " |")
    return "\n".join(lines)


def _three_digits(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"  # noqa: PLR2004 - from here on %g has powers of ten


def main() -> None:
    """Print a table for each model."""
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder)):
            print(f"## {case.describe()}\n", flush=True)
            print("Compiled in {:.1f} s, {:.2f} s from the cache.\n".format(*compile_times(case)), flush=True)
            print(table(timed(case, Path(folder))) + "\n", flush=True)


if __name__ == "__main__":
    main()
