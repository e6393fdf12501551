"""Runs the fitted model from its start to the horizon, for the figures beyond the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import FitResult
from rcsd.simulator import Simulator
from rcsd.study.file.study import Study


@dataclass(frozen=True, slots=True)
class Trajectories:
    """Saved times (n_times,) and a trajectory per variable; `frozen` with those drivers held that can be."""

    times: NDArray[np.float64]
    simulated: Mapping[str, NDArray[np.float64]]
    frozen: Mapping[str, NDArray[np.float64]] | None
    n_runs: int


def simulate(study: Study, fit: FitResult, simulator: Simulator) -> Trajectories:
    """Run the fitted model to the study's horizon, with the drivers as they were and with those frozen that can be.

    Raises
    ------
    SimulationError
        When the fitted run does not reach the horizon.
    """
    saved = study.model.time.saved_times()
    times = saved[saved <= study.file.windows.end]
    outputs = output_names(study)
    simulated = _one_run(simulator, fit.values, outputs, times)
    frozen = _one_run(simulator, {**fit.values, **study.freeze}, outputs, times) if study.freeze else None
    return Trajectories(times, simulated, frozen, n_runs=1 if frozen is None else 2)


def output_names(study: Study) -> tuple[str, ...]:
    """Variables that a report draws: those of the targets, of the life cycle, and the study's other outputs."""
    cycle = study.file.life_cycle
    named = [target.variable for target in study.targets]
    if cycle is not None:
        named += [name for name in (cycle.preference, cycle.alpha) if name is not None]
    named += study.file.study.outputs
    return tuple(dict.fromkeys(study.model.ir[name].name for name in named))


def _one_run(
    simulator: Simulator, inputs: Mapping[str, float], outputs: tuple[str, ...], times: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    ensemble = simulator.run(inputs, outputs=outputs, times=times)
    ensemble.require_some()
    return {name: ensemble.of(name)[0] for name in outputs}
