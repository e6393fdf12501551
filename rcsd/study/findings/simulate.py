"""Runs the fitted model from its start to the horizon, for the figures beyond the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import FitResult
from rcsd.simulation.passes.named import insist
from rcsd.simulator import Simulator
from rcsd.study.file.study import Study


@dataclass(frozen=True, slots=True)
class Trajectories:
    """The fitted run.

    Attributes
    ----------
    times
        Saved times up to the horizon, shape (n_times,); periods where the study counts in those.
    simulated
        Trajectories (n_times,) by variable: those of the series, of the tables that steps bring, and the study's other
        outputs; drivers as they were, at the end of their series as the model's tables go on. NaN for a mean or a sum
        over time before the model begins.
    units, documentation
        By variable.
    n_runs
        Model runs spent.
    """

    times: NDArray[np.float64]
    simulated: Mapping[str, NDArray[np.float64]]
    units: Mapping[str, str]
    documentation: Mapping[str, str]
    n_runs: int


def simulate(study: Study, fit: FitResult, simulator: Simulator) -> Trajectories:
    """Run the fitted model to the study's horizon, with the drivers as they were.

    Raises
    ------
    SimulationError
        When the fitted run does not reach the horizon.
    """
    times, outputs = study.saved, study.outputs
    variables = [insist(study.model.ir, name) for name in outputs]
    ensemble = simulator.run(fit.values, outputs=outputs, times=times)
    ensemble.require_some()
    return Trajectories(
        times,
        {name: ensemble.of(name)[0] for name in outputs},
        units={name: ensemble.units[name] for name in outputs},
        documentation={variable.name: variable.documentation for variable in variables},
        n_runs=1,
    )
