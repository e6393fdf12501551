"""The engines that run a model, each in its fastest way; the C kernel is in c_kernel.py."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pysd
import simlin
from cases import Case, Inputs

import rcsd

WORKERS = 2
Engine = Callable[[Inputs], object]
"""Runs a model once for each row of the inputs."""


def shares(inputs: Inputs, n: int = WORKERS) -> list[Inputs]:
    """Cut rows into as many shares as there are workers."""
    columns = [np.array_split(values, n) for values in inputs.values()]
    return [dict(zip(inputs, share, strict=True)) for share in zip(*columns, strict=True)]


def _rows(inputs: Inputs) -> list[dict[str, float]]:
    return [dict(zip(inputs, map(float, row), strict=True)) for row in zip(*inputs.values(), strict=True)]


def bare_pysd(case: Case, folder: Path) -> Engine:
    """Load PySD as its manual says; reloading keeps one run from knowing of another."""
    times, columns = rcsd.load(case.path).time.saved_times(), list(case.outputs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = pysd.read_vensim(str(shutil.copy(case.path, tempfile.mkdtemp(dir=folder))))

    def run(inputs: Inputs) -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [
                model.run(params=row, return_columns=columns, return_timestamps=times, reload=True)
                for row in _rows(inputs)
            ]

    return run


_of_this_process: list[Engine] = []


def _start(case: Case, folder: Path) -> None:
    _of_this_process.append(bare_pysd(case, folder))


def _work(inputs: Inputs) -> object:
    return _of_this_process[0](inputs)


def many_pysd(case: Case, folder: Path, stack: ExitStack) -> Engine:
    """Run PySD in several processes, each of which has loaded the model."""
    context = multiprocessing.get_context("spawn")
    pool = stack.enter_context(ProcessPoolExecutor(WORKERS, context, initializer=_start, initargs=(case, folder)))
    return lambda inputs: list(pool.map(_work, shares(inputs)))


def pysimlin(case: Case) -> Engine:
    """Run pysimlin's fastest way: a simulation for each thread, reset for every run."""
    model = simlin.load(case.path)
    simulations = [model.simulate() for _ in range(WORKERS)]

    def spelt(name: str) -> str:
        return name.lower().replace(" ", "_")

    def some(simulation: simlin.Sim, inputs: Inputs) -> list[object]:
        found: list[object] = []
        for row in _rows(inputs):
            simulation.reset()
            for name, value in row.items():
                simulation.set_value(spelt(name), value)
            simulation.run_to_end()
            found.append([simulation.get_series(spelt(name)) for name in case.outputs])
        return found

    def run(inputs: Inputs) -> object:
        with ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(some, simulations, shares(inputs)))

    return run


def of_rcsd(case: Case, backend: str) -> Engine:
    """Make a simulator of this package."""
    simulator = rcsd.load(case.path).simulator(backend)
    return lambda inputs: simulator.run(inputs, outputs=case.outputs).values
