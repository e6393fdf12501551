"""A compiled system, and how rows are shared out to threads."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba.core.errors import NumbaError
from numpy.typing import NDArray

from rcsd.simulation.engine.begun import NOT_BEGUN, Begun
from rcsd.simulation.engine.cache import is_cached, load_module
from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.plan.layout import Layout, laid_out
from rcsd.simulation.engine.source import source_of
from rcsd.simulation.engine.tables import flat_tables
from rcsd.simulation.ir.system import System

_BLOCKS_PER_TASK = 16

COMPILER_FAULTS = (
    NumbaError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RuntimeError,  # of LLVM, and of too deep a recursion
    SyntaxError,
    TypeError,
    ValueError,
    MemoryError,
)
"""What writing and compiling a kernel raises on a system that nobody has thought of."""


def is_compiled(system: System) -> bool:
    """Say whether the kernel of a system is in the cache; nothing is compiled."""
    return is_cached(source_of(system, laid_out(system)))


class Kernel:
    """The machine code of a system and the data that goes with it.

    Parameters
    ----------
    system : System
        What to compile; the numbers of its constants and the points of its tables are no part of the machine code.
    """

    def __init__(self, system: System) -> None:
        self._system = system
        self._layout: Layout = laid_out(system)
        self._run_rows = load_module(source_of(system, self._layout)).run_rows
        self._tables = self._data(system)
        self._defaults = np.array([*system.constants.values(), *self._layout.literals], dtype=np.float64)
        cut = [i for i, stock in enumerate(system.stocks) if stock.non_negative]
        self._non_negative = np.array(cut, dtype=np.int64)

    def with_tables(self, system: System) -> Kernel:
        """Return a kernel of the same system with other points in its tables, which shares the machine code."""
        other = copy.copy(self)
        other._system = system
        other._tables = self._data(system)
        return other

    def _data(self, system: System) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return the numbers of families before the tables, and their indices after the places of the tables."""
        numbers = np.array(self._layout.numbers, dtype=np.float64)
        flat, places = flat_tables([system.tables[name] for name in self._layout.tables])
        places[::2] += numbers.size
        return np.concatenate([numbers, flat]), np.concatenate([places, np.array(self._layout.indices, dtype=np.int64)])

    def run(
        self,
        inputs: Mapping[str, NDArray[np.float64]],
        runs: range,
        outputs: Sequence[str],
        steps: NDArray[np.int64],
        *,
        seed: int = 0,
        begun: Begun | None = None,
        threads: int = 1,
    ) -> NDArray[np.float64]:
        """Run some rows; parameters and result are those of `rcsd.simulation.engine.interpreter.interpret`.

        Which thread runs a row, and which rows run beside it, does not show in the result.
        """
        axis, slots = self._system.time, self._layout.outputs
        constants = {name: slot for slot, name in enumerate(self._system.constants)}
        rows = np.empty((len(runs), len(inputs)))
        for i, column in enumerate(inputs.values()):
            rows[:, i] = column
        result = np.empty((len(runs), steps.size, len(outputs)))
        for i, name in enumerate(outputs):
            if name not in slots:
                result[:, :, i] = self._system.fixed[name]
        input_slots = np.array([constants[name] for name in inputs], dtype=np.int64)
        output_slots = np.array([slots.get(name, -1) for name in outputs], dtype=np.int64)
        begun = NOT_BEGUN if begun is None else begun
        carried = np.ascontiguousarray(begun.values)
        carried_slots = np.array([slots[name] for name in begun.names], dtype=np.int64)

        def work(first: int, last: int) -> None:
            self._run_rows(
                rows,
                input_slots,
                self._defaults,
                first,
                last,
                runs.start,
                axis.start,
                axis.step,
                begun.step,
                carried,
                carried_slots,
                steps,
                output_slots,
                self._non_negative,
                result,
                np.uint64(seed % 2**64),
                *self._tables,
            )

        _share_out(work, len(runs), threads)
        return result


def _share_out(work: Callable[[int, int], None], n_rows: int, threads: int) -> None:
    """Cut rows into whole blocks for some threads; the last thread to finish has little left to wait for."""
    size = LANES * max(1, min(_BLOCKS_PER_TASK, n_rows // (LANES * threads)))
    starts = range(0, n_rows, size)
    if threads == 1 or len(starts) <= 1:
        for first in starts:
            work(first, min(first + size, n_rows))
        return
    with ThreadPoolExecutor(threads) as pool:
        for task in [pool.submit(work, first, min(first + size, n_rows)) for first in starts]:
            task.result()
