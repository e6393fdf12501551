"""Data simulated by models that are not quite the filter's: other constants, and disturbances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import rcsd
from rcsd.analysis.calibration import Target
from rcsd.analysis.series import ObservedSeries
from rcsd.analysis.state import Disturbance, Filtered, Process, filter_states
from rcsd.restart import RestartableSimulator, restartable

PREDATION = """{UTF-8}
Hare = INTEG(Growth * Hare - Predation * Hare * Lynx, 30)
~Dmnl
~|
Lynx = INTEG(Conversion * Hare * Lynx - Mortality * Lynx, 4)
~Dmnl
~|
Growth = 0.55
~1/Year
~|
Predation = 0.028
~1/Year
~|
Conversion = 0.026
~1/Year
~|
Mortality = 0.84
~1/Year
~|
INITIAL TIME = 0
~Year
~|
FINAL TIME = 30
~Year
~|
TIME STEP = 0.0625
~Year
~|
SAVEPER = 1
~Year
~|
\\\\\\---/// Sketch information - do not modify anything except names
V300
*View 1
$192-192-192
///---\\\\\\
:L<%^E!@
15:0,0,0,1,0,0
"""
"""Lotka and Volterra's model by Runge-Kutta, with rates that give cycles of ten years; assumed."""


@dataclass(frozen=True)
class Case:
    """A model, what is observed of it, and how the world differs from it.

    Attributes
    ----------
    simulator
        The filter's model.
    times
        Of observations.
    observed
        Variables and relative errors.
    stocks
        Stocks, their relative disturbances in a year that the filter assumes, and their spread at the first time.
    wrong
        By constant: what the world has, as a multiple of what the filter assumes.
    disturbed
        The world's own disturbances, as a multiple of those that the filter assumes.
    """

    simulator: RestartableSimulator
    times: NDArray[np.float64]
    observed: Mapping[str, float]
    stocks: Mapping[str, tuple[float, float]]
    wrong: Mapping[str, float]
    disturbed: float

    @property
    def variables(self) -> tuple[str, ...]:
        """What is looked at: stocks, and what is observed."""
        return tuple(dict.fromkeys([*self.stocks, *self.observed]))

    @property
    def process(self) -> Process:
        """What the filter assumes."""
        return Process(tuple(Disturbance(name, sd, "relative", first) for name, (sd, first) in self.stocks.items()))


def predation(folder: Path, wrong: Mapping[str, float], disturbance: float) -> Case:
    """Return hares and lynxes, both counted for twenty years with an error of a tenth."""
    path = folder / "predation.mdl"
    path.write_text(PREDATION, "utf-8")
    simulator = restartable(rcsd.load(path).simulator("compiled"))
    both = {"Hare": (disturbance, 0.1), "Lynx": (disturbance, 0.1)}
    return Case(simulator, np.arange(21.0), {"Hare": 0.1, "Lynx": 0.1}, both, wrong, 0.0)


def city() -> Case:
    """Return the resource city over 14 years: growth, investment and migration are others than the model says."""
    return Case(
        simulator=restartable(rcsd.load("resource_city").simulator("compiled")),
        times=np.arange(2000.0, 2014.0),
        observed={
            "Population": 0.005,
            "GDP": 0.025,
            "Industry Scale": 0.1,
            "Science and Education Expenditure": 0.15,
        },
        stocks={
            "Population": (0.003, 0.005),
            "Nonresource Capital": (0.03, 0.05),
            "Resource Capital": (0.05, 0.05),
        },
        wrong={"Investment Rate": 0.95, "National Spillover": 0.95, "Reference Net Migration": 0.8},
        disturbed=1.0,
    )


def world(case: Case, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw what happens, shape (time, variable)."""
    simulator = case.simulator
    inputs = {name: simulator.constants[name] * factor for name, factor in case.wrong.items()}
    state, found = simulator.begin(inputs), []
    for k in range(case.times.size):
        if k:
            _, state = simulator.advance(state, inputs, outputs=case.variables, times=case.times[k : k + 1])
        levels = state.levels.copy()
        for name, (sd, first) in case.stocks.items():
            levels[:, state.stocks.index(name)] *= np.exp((case.disturbed * sd if k else first) * rng.standard_normal())
        state = state.with_levels(levels)
        found.append(simulator.advance(state, inputs, outputs=case.variables, times=[case.times[k]])[0].values[0, 0])
    return np.array(found)


def targets(case: Case, truth: NDArray[np.float64], rng: np.random.Generator) -> tuple[Target, ...]:
    """Observe it."""
    found, n = [], case.times.size
    for name, error in case.observed.items():
        values = truth[:, case.variables.index(name)] * np.exp(error * rng.standard_normal(n))
        series = ObservedSeries(name.lower().replace(" ", "_"), "", case.times, values, ((),) * n)
        found.append(Target(series, name, error, "relative", np.ones(n)))
    return tuple(found)


def filtered(case: Case, seed: int, n_members: int) -> tuple[Filtered, NDArray[np.float64]]:
    """Filter one world; returns what was found and what had happened."""
    rng = np.random.default_rng(seed)
    truth = world(case, rng)
    data = targets(case, truth, rng)
    return filter_states(case.simulator, data, case.process, times=case.times, n_members=n_members, rng=rng), truth


def coverage(case: Case, seeds: Sequence[int], n_members: int = 500) -> dict[str, NDArray[np.float64]]:
    """Share of states and series inside the bands of 90 %, by estimate and variable, over many worlds."""
    inside: dict[str, list[list[float]]] = {"filtered": [], "smoothed": []}
    for seed in seeds:
        found, truth = filtered(case, seed, n_members)
        for what, rows in inside.items():
            bands = [getattr(found.of(name), what) for name in case.variables]
            rows.append([float(np.mean((b.low <= t) & (t <= b.high))) for b, t in zip(bands, truth.T, strict=True)])
    return {what: np.mean(rows, axis=0) for what, rows in inside.items()}
