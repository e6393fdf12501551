"""When the stages of a life cycle begin over all that is assumed of it, and not at one guess alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Draws
from rcsd.analysis.sensitivity import Uniform
from rcsd.bands import SHARES, order_statistics
from rcsd.papers.coevolution.life_cycle import LifeCycleReading, read_life_cycle
from rcsd.papers.coevolution.stages import STAGES
from rcsd.simulator import Simulator
from rcsd.study.file.groups import group_named
from rcsd.study.file.study import Study
from rcsd.study.sobol.varied import varied_space

N_RUNS, N_QUICK = 1000, 200
_RANGES = 9
"""Distinguishes the seed of these draws from those of others of a study."""


@dataclass(frozen=True, slots=True)
class StageBegin:
    """When a stage begins, or a later one, over many runs.

    Attributes
    ----------
    stage
        Its name.
    low, median, high
        5 %, 50 % and 95 % of the runs; infinite where it has not begun by the end of the run.
    share
        Share of the runs in which it has.
    """

    stage: str
    low: float
    median: float
    high: float
    share: float


@dataclass(frozen=True, slots=True)
class AssumedLifeCycle:
    """The life cycle over the ranges of what is assumed of it.

    Attributes
    ----------
    parameters
        What is assumed, and varied over its range.
    drawn
        Whether the estimated parameters came from a posterior; else they were held at their estimates.
    begins
        Of every stage but the first.
    kinds
        How many runs show which kind of path.
    n_runs, n_failed
        Runs, and those that failed and count for nothing.
    """

    parameters: tuple[str, ...]
    drawn: bool
    begins: tuple[StageBegin, ...]
    kinds: Mapping[str, int]
    n_runs: int
    n_failed: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the paths are read from: the preference at some times, its band, and the group that is assumed."""

    preference: str
    band: float
    group: str
    times: NDArray[np.float64]


def over_assumptions(
    study: Study,
    asked: Asked,
    simulator: Simulator,
    *,
    estimates: Mapping[str, float],
    draws: Draws | None,
    n_runs: int = N_RUNS,
) -> AssumedLifeCycle:
    """Read the life cycle off many runs, what is assumed drawn evenly from its range, the rest from the posterior.

    Parameters
    ----------
    study
        Read by `load_study`.
    asked
        What is read.
    simulator
        Of the study.
    estimates
        Of its parameters; they are held where there are no draws.
    draws
        Of its posterior.
    n_runs
        How many runs.

    Raises
    ------
    ParameterError
        When the study has no such group, or a parameter of it has no range.
    """
    group = group_named(study.file, asked.group)
    space = varied_space(study, group.parameters, group.bounds, source=group.source)
    rng = np.random.default_rng([study.file.study.seed, _RANGES])
    inputs = {name: np.full(n_runs, value) for name, value in estimates.items()}
    if draws is not None:
        rows = rng.integers(draws.n, size=n_runs)
        inputs |= {name: values[rows] for name, values in draws.inputs.items()}
    inputs |= {each.name: Uniform(each).quantile(rng.random(n_runs)) for each in space.parameters}
    ensemble = simulator.run(inputs, outputs=(asked.preference,), times=asked.times)
    paths = ensemble.of(asked.preference)[ensemble.ok]
    readings = [read_life_cycle(asked.times, path, band=asked.band) for path in paths]
    return AssumedLifeCycle(
        parameters=space.names,
        drawn=draws is not None,
        begins=tuple(_begin(stage, readings) for stage in STAGES[1:]),
        kinds={kind: sum(each.kind == kind for each in readings) for kind in sorted({each.kind for each in readings})},
        n_runs=n_runs,
        n_failed=n_runs - len(paths),
    )


def _begin(stage: str, readings: list[LifeCycleReading]) -> StageBegin:
    later = STAGES[STAGES.index(stage) :]
    years = np.array([_first(each, later) for each in readings])
    if not years.size:
        return StageBegin(stage, math.nan, math.nan, math.nan, math.nan)
    # An order statistic: between a year and never there is nothing to interpolate.
    low, median, high = order_statistics(years, SHARES).tolist()
    return StageBegin(stage, float(low), float(median), float(high), float(np.isfinite(years).mean()))


def _first(reading: LifeCycleReading, stages: tuple[str, ...]) -> float:
    """First year of the first of some stages that a path shows; infinite where it shows none."""
    return next((span.first_year for span in reading.stages if span.stage in stages), math.inf)
