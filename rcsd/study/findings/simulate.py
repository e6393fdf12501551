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
    """The fitted run.

    Attributes
    ----------
    times
        Saved times up to the horizon, shape (n_times,).
    simulated, frozen
        Trajectories (n_times,) by variable: those of the series, of the tables that steps bring, and the study's other
        outputs; the second with the `frozen_drivers` held, or None where there are none.
    units, documentation
        By variable.
    n_runs
        Model runs spent.
    """

    times: NDArray[np.float64]
    simulated: Mapping[str, NDArray[np.float64]]
    frozen: Mapping[str, NDArray[np.float64]] | None
    units: Mapping[str, str]
    documentation: Mapping[str, str]
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
    outputs = study.outputs
    variables = [study.model.ir[name] for name in outputs]
    simulated = _one_run(simulator, fit.values, outputs, times)
    frozen = _one_run(simulator, {**fit.values, **study.freeze}, outputs, times) if study.freeze else None
    return Trajectories(
        times,
        simulated,
        frozen,
        units={variable.name: variable.unit for variable in variables},
        documentation={variable.name: variable.documentation for variable in variables},
        n_runs=1 if frozen is None else 2,
    )


def _one_run(
    simulator: Simulator, inputs: Mapping[str, float], outputs: tuple[str, ...], times: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    ensemble = simulator.run(inputs, outputs=outputs, times=times)
    ensemble.require_some()
    return {name: ensemble.of(name)[0] for name in outputs}
