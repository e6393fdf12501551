"""Runs the fitted model from its start to the horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.clock import Clock
from rcsd.ensemble import Ensemble, RunStatus
from rcsd.files import netcdf_bytes
from rcsd.study.findings.simulate import Trajectories, simulate
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import BROUGHT, Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.tables import csv_text

if TYPE_CHECKING:
    import xarray as xr


def _compute(run: Run) -> Trajectories:
    run.progress("simulate", 0, 1)
    found = simulate(run.study, run[CALIBRATE].fit, run.simulator)
    run.progress("simulate", 1, 1)
    return found


def ensemble_of(result: StudyResult) -> Ensemble:
    """Arrange the fitted run as an ensemble of one."""
    found, fit = result[SIMULATE], result[CALIBRATE].fit
    names = tuple(found.simulated)
    return Ensemble(
        values=np.column_stack([found.simulated[name] for name in names])[np.newaxis],
        times=result.info.clock.to_model(found.times),
        variables=names,
        units=found.units,
        status=np.full(1, RunStatus.OK, dtype=np.int_),
        messages=("",),
        inputs={name: np.array([value]) for name, value in zip(fit.names, fit.estimate, strict=True)},
    )


def _table(result: StudyResult) -> str:
    """Write saved times, then a column per variable, of the fitted run."""
    found = result[SIMULATE]
    names = list(found.simulated)
    rows = zip(_times(found.times, result.info.clock), *(found.simulated[name] for name in names), strict=True)
    return csv_text(["time", *names], ([row[0], *(float(value) for value in row[1:])] for row in rows))


def _times(times: NDArray[np.float64], clock: Clock) -> list[object]:
    return list(times.tolist() if clock.identity else clock.shown(times))


def storable(ensemble: Ensemble) -> xr.Dataset:
    """Return an ensemble as labelled arrays that a netCDF file can hold."""
    dataset = ensemble.to_xarray()
    # Names of inputs have spaces, and netCDF separates the names of coordinates by spaces: store them as data.
    return dataset.reset_coords([name for name in map(str, dataset.coords) if name.startswith("input: ")])


def netcdf(ensemble: Ensemble) -> bytes:
    """Write an ensemble as the bytes of a netCDF 4 file."""
    return netcdf_bytes(storable(ensemble))


STEP = SIMULATE = Step(
    "simulate",
    Trajectories,
    _compute,
    needs=(CALIBRATE,),
    reads=(BROUGHT,),
    files={"simulated.csv": _table, "ensemble.nc": lambda result: netcdf(ensemble_of(result))},
)
