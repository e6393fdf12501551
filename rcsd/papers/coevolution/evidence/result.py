"""All that the proxies say, computed once."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rcsd.papers.coevolution.evidence.clocks import CLOCKS, Clock
from rcsd.papers.coevolution.evidence.comparison import REFERENCE, Score, scores
from rcsd.papers.coevolution.evidence.fit import Estimate, fit
from rcsd.papers.coevolution.evidence.forecast import Cell
from rcsd.papers.coevolution.evidence.identification import DYNAMICS, Combination, Profile, combinations, profile
from rcsd.papers.coevolution.evidence.likelihood import evidence
from rcsd.papers.coevolution.evidence.proxies import Proxy, read_proxies
from rcsd.papers.coevolution.evidence.rolling import held_out_cities, rolling_scores
from rcsd.work.progress import Progress, silent

ORIGINS = tuple(range(2007, 2019, 2))
"""Last known years of the forecasts, every other year; the first has eight years of the budgets behind it."""

PROFILED_CLOCK = "own_pair"

_STARTS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What was found.

    Attributes
    ----------
    proxies : tuple of Proxy
        The data.
    estimates : tuple of Estimate
        Of every clock, from all years.
    held_out : mapping of str to NDArray, shape (n_cities,)
        By clock, the log score of each city under an estimate without it.
    cells : tuple of Cell
        Every scored forecast.
    scores : tuple of Score
        Their means.
    profiles : tuple of Profile
        Of the dynamics of the pair with the cities' own clocks.
    combinations : tuple of Combination
        What the points of these profiles have in common.
    origins : tuple of int
        Last known years of the forecasts.
    seconds : float
        What it took.
    """

    proxies: tuple[Proxy, ...]
    estimates: tuple[Estimate, ...]
    held_out: Mapping[str, np.ndarray]
    cells: tuple[Cell, ...]
    scores: tuple[Score, ...]
    profiles: tuple[Profile, ...]
    combinations: tuple[Combination, ...]
    origins: tuple[int, ...]
    seconds: float

    def estimate(self, name: str) -> Estimate:
        """Return the estimate of a clock."""
        return next(each for each in self.estimates if each.evidence.clock.name == name)

    def score(self, clock: str, proxy: str) -> Score:
        """Return the mean scores of a clock on a proxy."""
        return next(each for each in self.scores if (each.clock, each.proxy) == (clock, proxy))

    def city_gain(self, clock: str) -> tuple[float, float]:
        """Return by how much a clock's log score of left-out cities beats the random walk's, and its standard error.

        Sums over the cities, which the error takes for independent; NaN for a clock that was not asked.
        """
        if clock not in self.held_out:
            return float("nan"), float("nan")
        gains = self.held_out[clock] - self.held_out[REFERENCE]
        return float(gains.sum()), float(gains.std(ddof=1) * np.sqrt(gains.size))


def find(
    table: Path | None = None,
    *,
    clocks: Sequence[Clock] = CLOCKS,
    origins: Sequence[int] = ORIGINS,
    profiled: Sequence[str] = DYNAMICS,
    n_starts: int = _STARTS,
    progress: Progress = silent,
) -> Findings:
    """Estimate every clock, score its forecasts and left-out cities, and ask what fixes the pair.

    Parameters
    ----------
    table
        CSV of observations; the package's own when None.
    clocks
        Among them the random walk, which others are held against, and the pair with the cities' own clocks.
    origins
        Last known years of the forecasts, increasing.
    profiled
        Parameters of the pair with the cities' own clocks.
    n_starts
        Climbs of each estimate from all years.
    progress
        Told as step "estimates", "forecasts", "cities" and "profiles".

    Raises
    ------
    SeriesError
        For faults of the table.
    """
    began = time.perf_counter()
    proxies = read_proxies(table)
    estimates = []
    for k, clock in enumerate(clocks):
        progress("estimates", k, len(clocks))
        estimates.append(fit(evidence(clock, proxies), n_starts=n_starts))
    cells: list[Cell] = []
    for k, clock in enumerate(clocks):
        progress("forecasts", k, len(clocks))
        cells += rolling_scores(clock, proxies, origins)
    held = {}
    for k, estimate in enumerate(estimates):
        progress("cities", k, len(clocks))
        if estimate.evidence.clock.own or not estimate.evidence.clock.loaded:
            held[estimate.evidence.clock.name] = held_out_cities(estimate)
    pair = next(each for each in estimates if each.evidence.clock.name == PROFILED_CLOCK)
    profiles = []
    for k, name in enumerate(profiled):
        progress("profiles", k, len(profiled))
        profiles.append(profile(pair, name))
    return Findings(
        proxies,
        tuple(estimates),
        held,
        tuple(cells),
        scores(cells),
        tuple(profiles),
        combinations(pair, profiles),
        tuple(origins),
        time.perf_counter() - began,
    )
