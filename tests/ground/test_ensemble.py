"""Ensembles: labelled views of runs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from rcsd.ensemble import Ensemble, RunStatus
from rcsd.errors import ModelError, SimulationError
from rcsd.study.steps.simulate import netcdf


def ensemble(*status: RunStatus) -> Ensemble:
    """Return runs whose value is 100 run + 10 time index + variable index."""
    n_runs = len(status)
    values = 100.0 * np.arange(n_runs)[:, None, None] + 10 * np.arange(3)[:, None] + np.arange(2)
    return Ensemble(
        values=values,
        times=np.array([2000.0, 2001.0, 2002.0]),
        variables=("GDP", "Population"),
        units={"GDP": "yi yuan/Year", "Population": "wan person"},
        status=np.array(status),
        messages=tuple("" if s == RunStatus.OK else "too large" for s in status),
        inputs={"Birth Rate": np.linspace(0, 1, n_runs)},
    )


def test_labels_find_the_same_numbers_as_positions() -> None:
    """The array, the dataset and the data frame agree cell by cell."""
    runs = ensemble(RunStatus.OK, RunStatus.DIVERGED)
    assert runs.of("Population")[1, 2] == 121
    data = runs.to_xarray()
    assert float(data["Population"].sel(run=1, time=2002)) == 121
    assert data["GDP"].attrs["units"] == "yi yuan/Year"
    assert float(data["input: Birth Rate"].sel(run=1)) == 1
    assert runs.to_frame(run=1).loc[2002, "Population"] == 121


def test_failed_runs_are_counted_and_masked() -> None:
    """One bad run does not spoil the others."""
    runs = ensemble(RunStatus.OK, RunStatus.DIVERGED, RunStatus.FAILED)
    assert (runs.n_runs, runs.n_failed, runs.ok.tolist()) == (3, 2, [True, False, False])
    runs.require_some()


def test_an_ensemble_of_failures_only_is_an_error() -> None:
    """The first reason is quoted."""
    with pytest.raises(SimulationError, match=r"all 2 run\(s\) failed.*too large"):
        ensemble(RunStatus.DIVERGED, RunStatus.FAILED).require_some()


def test_an_output_that_was_not_saved_is_an_error_with_a_hint() -> None:
    """A misspelt output is answered with its neighbour."""
    with pytest.raises(ModelError, match="did you mean 'Population'"):
        ensemble(RunStatus.OK).of("Popullation")


def test_names_that_netcdf_cannot_hold_are_stored_under_others(tmp_path: Path) -> None:
    """Slashes, and names that coordinates have, are altered; the attribute `long_name` keeps the model's name."""
    names = ("GDP/person", "GDP_person", "time", "run", "status")
    runs = replace(
        ensemble(RunStatus.OK),
        values=np.arange(15.0).reshape(1, 3, 5),
        variables=names,
        units={},
        inputs={"Rate/Year": np.array([0.5])},
    )
    path = tmp_path / "ensemble.nc"
    path.write_bytes(netcdf(runs))
    with xr.open_dataset(path, engine="h5netcdf") as data:
        found = {array.attrs["long_name"]: array.values.ravel().tolist() for array in data.data_vars.values()}
        assert "GDP_person" in data and data["GDP_person"].attrs["long_name"] == "GDP_person"
    assert found == {name: [i, 5.0 + i, 10.0 + i] for i, name in enumerate(names)} | {"Rate/Year": [0.5]}
