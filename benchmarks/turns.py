"""Times engines in turns, so that a noisy machine treats them alike, and compares them within each round."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speeds:
    """Runs a second of each engine, round by round."""

    by_engine: Mapping[str, list[float]]

    def of(self, engine: str) -> float:
        """Return the median of an engine."""
        return statistics.median(self.by_engine[engine])

    def ratio(self, engine: str, reference: str) -> float:
        """Return how many times as fast as another an engine is: the median over the rounds."""
        pairs = zip(self.by_engine[engine], self.by_engine[reference], strict=True)
        return statistics.median(fast / slow for fast, slow in pairs)


def in_turns(engines: Mapping[str, Callable[[int], object]], *, rounds: int, seconds: float) -> Speeds:
    """Time engines.

    Parameters
    ----------
    engines : mapping of str to callable
        Each does the number of runs that it is given.
    rounds : int
        How often all take their turn.
    seconds : float
        What a turn should last; the number of runs is chosen for it, by a first try which does not count.
    """
    n_runs = {name: _runs_of(engine, seconds) for name, engine in engines.items()}
    found: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, engine in engines.items():
            found[name].append(n_runs[name] / _seconds(engine, n_runs[name]))
    return Speeds(found)


def _runs_of(engine: Callable[[int], object], seconds: float) -> int:
    """Return about how many runs an engine does in some time."""
    engine(2)
    n, spent = 2, 0.0
    while (spent := _seconds(engine, n)) < seconds / 8:
        n *= 4
    return max(2, round(n * seconds / spent))


def _seconds(engine: Callable[[int], object], n_runs: int) -> float:
    began = time.perf_counter()
    engine(n_runs)
    return time.perf_counter() - began
