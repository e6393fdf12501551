"""A study whose periods have dates shows these, and never how it counts them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from rcsd.workbench.study import Study
from tests.growth import write_growth_model
from tests.workbench.conftest import EXACT, YEARS

FIRST, LAST = "2000-Q4", "2013-Q4"


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return the study of the growing stock in quarters, observed at the end of each year."""
    return Study(
        write_growth_model(tmp_path_factory.mktemp("quarters")),
        {"stock": ([f"{year}-Q4" for year in YEARS], EXACT)},
        time={"period": "quarter"},
        constants={"Initial Stock": {"from": "stock", "at": FIRST}},
        search={"starts": 2, "quick_starts": 1},
        posterior={"runs": 10_000},
        fit=(FIRST, "2010-Q4"),
        holdout=("2011-Q1", LAST),
        series={"stock": {"variable": "Stock", "error": 0.01, "required": False}},
        parameters={"Growth Rate": (0.01, 0.5)},
        seed=1,
    )


@pytest.mark.usefixtures("undrawn")
def test_figures_from_python_are_dated_as_those_of_the_report(quarters: Study) -> None:
    """What stands beside a figure names the quarters, and no drivers where there are none."""
    drawn = quarters.fit(quick=True).plot("fit-stock")[0]
    assert f"{FIRST} to {LAST}" in drawn.alt
    assert "drivers" not in drawn.caption


@pytest.mark.usefixtures("undrawn")
def test_a_sensitivity_analysis_is_dated(quarters: Study, tmp_path: Path) -> None:
    """Tables, files, sentences and figures name the last quarter; arrays have the time of the model."""
    found = quarters.sobol(64, outputs=("Stock",), n_resamples=20, out=tmp_path)
    assert found.to_frame()["time"].iloc[-1] == LAST
    found.to_netcdf(tmp_path / "sobol.nc")
    with xr.open_dataset(tmp_path / "sobol.nc") as read:
        assert float(read["ST"].sel(time=2013, output="Stock", N=64).item()) == pytest.approx(1.0, abs=0.3)
    folder = tmp_path / quarters.name / "sobol" / "calibrated"
    document = json.loads((folder / "sobol.json").read_text("utf-8"))
    assert document["horizon"] == document["sobol"]["Stock"]["times"][-1] == LAST
    assert f",{LAST}," in (folder / "indices.csv").read_text("utf-8")
    assert any(LAST in line for line in found.reading())
    assert LAST in found.plot("total")[0].alt


@pytest.mark.slow
def test_the_observed_data_of_a_posterior_are_those_that_it_is_given(quarters: Study) -> None:
    """Eleven cells of the fit window less the one that sets a constant, dated; nothing that is held out."""
    seen = quarters.sample().to_arviz()["observed_data"]["stock"]
    assert seen.values.tolist() == EXACT[1:11].tolist()
    assert seen["time of stock"].values.tolist() == [f"{year}-Q4" for year in np.arange(2001, 2011)]
