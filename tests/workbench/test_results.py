"""Results are views of what the steps have found: the same numbers in tables, arrays, files and figures."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from rcsd.errors import StudyError
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.workbench.found import Found
from rcsd.workbench.posterior import Posterior
from rcsd.workbench.study import Study
from tests.workbench.conftest import EXACT, RATE

LONGEST = 2000


@pytest.mark.usefixtures("undrawn")
def test_a_fit_is_a_view_of_its_steps(growth: Study) -> None:
    """Table, run and figures are of the step's own estimate, and nothing of it can be set."""
    fit = growth.fit(quick=True)
    assert fit.values == fit.result[CALIBRATE].fit.values
    assert fit.to_frame().set_index("name")["estimate"].to_dict() == fit.values
    assert fit.targets == fit.result[BACKTEST].targets
    assert [each.name for each in fit.plot()] == ["fit-stock", "residuals-stock"]
    assert [each.name for each in fit.plot("residuals")] == ["residuals-stock"]
    with pytest.raises(StudyError, match="fit-stock, residuals-stock"):
        fit.plot("no such figure")
    with pytest.raises(dataclasses.FrozenInstanceError):
        fit.result = None  # type: ignore[misc, assignment]


def test_a_fit_in_a_file_is_the_fitted_run(growth: Study, tmp_path: Path) -> None:
    """The stock of the closed form, year by year."""
    growth.fit(quick=True).to_netcdf(tmp_path / "fit.nc")
    with xr.open_dataset(tmp_path / "fit.nc") as read:
        assert read["Stock"].sel(time=2013).item() == pytest.approx(EXACT[-1], rel=1e-5)


def test_a_verb_runs_nothing_twice(growth: Study) -> None:
    """What one has found is there for the next: in the session, and in a folder."""
    growth.fit(quick=True)
    again = growth.backtest(quick=True)
    assert {each.name: each.reused for each in again.result.steps}["calibrate"]


@pytest.mark.usefixtures("undrawn")
def test_the_hold_out_of_a_closed_form_is_met(growth: Study, tmp_path: Path) -> None:
    """Errors near none, and benchmark forecasts beside them, in the table and in the file."""
    found = growth.backtest(quick=True)
    (row,) = found.scores().to_dict("records")
    assert row["n"] == 3
    assert row["rmse"] < 1e-3 * EXACT[-1]
    frame = found.to_frame()
    assert frame["observed"].tolist() == EXACT[-3:].tolist()
    found.to_netcdf(tmp_path / "holdout.nc")
    with xr.open_dataset(tmp_path / "holdout.nc") as read:
        assert read["observed"].sel(series="stock").values.ravel().tolist() == EXACT[-3:].tolist()


def test_what_cannot_be_had_is_said(growth: Study) -> None:
    """The reason of the step that was left out."""
    with pytest.raises(StudyError, match="a quick run samples no posterior"):
        growth.sample(quick=True)
    with pytest.raises(StudyError, match=r"no section \[forecast\]"):
        growth.forecast()


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
def test_what_the_posterior_says(noisy: Study, tmp_path: Path) -> None:
    """Its interval holds the rate, ArviZ takes it as it is, and the profile agrees with it."""
    from arviz_stats import summary  # noqa: PLC0415 - takes long to import

    found = noisy.sample()
    (row,) = found.summary().to_dict("records")
    assert row["p05"] < RATE < row["p95"]
    tree = found.to_arviz()
    n_chains, n_draws = tree["posterior"]["Growth Rate"].shape
    assert n_chains == found.chains.diagnostics.groups > 1
    assert n_chains * n_draws >= 500
    rows = found.to_frame()["Growth Rate"].to_numpy().reshape(n_chains, n_draws)
    assert np.array_equal(tree["posterior"]["Growth Rate"], rows)
    table = summary(tree, var_names=["Growth Rate"])
    assert float(table.loc["Growth Rate", "mean"]) == pytest.approx(row["median"], rel=0.01)
    found.to_netcdf(tmp_path / "posterior.nc")
    with xr.open_dataset(tmp_path / "posterior.nc") as read:
        assert np.quantile(read["Growth Rate"], 0.5) == pytest.approx(row["median"], rel=1e-3)
    (interval,) = noisy.profile().intervals().to_dict("records")
    assert interval["lower"] < row["median"] < interval["upper"]
    assert [each.name for each in found.plot("marginals")] == ["marginals"]


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
def test_a_forecast_goes_on_from_the_data(noisy: Study, tmp_path: Path) -> None:
    """The closed form of 2020 lies inside its band, in the table and in the file."""
    found = noisy.forecast()
    last = found.to_frame().query("year == 2020").iloc[0]
    assert last["p05"] < 100 * 1.12**20 < last["p95"]
    found.to_netcdf(tmp_path / "forecast.nc")
    with xr.open_dataset(tmp_path / "forecast.nc") as read:
        assert read["median"].sel(series="stock", year=2020).item() == last["median"]


@pytest.mark.usefixtures("undrawn")
def test_one_parameter_takes_all_of_the_variance(growth: Study, tmp_path: Path) -> None:
    """What is written is what is in the table."""
    found = growth.sobol(64, outputs=("Stock",), n_resamples=20)
    late = found.to_frame().query("time == 2013")
    assert late["ST"].item() == pytest.approx(1.0, abs=0.3)
    found.to_netcdf(tmp_path / "sobol.nc")
    assert (tmp_path / "sobol.nc").stat().st_size > 0
    assert any("Growth Rate" in line for line in found.reading())
    assert len(found.plot("total")) == 1


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
def test_a_whole_study_has_a_report(growth: Study, tmp_path: Path) -> None:
    """The page is there, beside the files of the command line."""
    found = growth.run(out=tmp_path, quick=True)
    assert found.report.is_file()
    assert (tmp_path / "growth" / "result.json").is_file()


@pytest.mark.usefixtures("undrawn")
def test_results_are_short_to_look_at(growth: Study) -> None:
    """In a line, and as a small table."""
    found: list[Found] = [growth.fit(quick=True), growth.backtest(quick=True), growth.profile(quick=True)]
    for each in found:
        assert repr(each).startswith(f"<{type(each).__name__} 'growth': ")
        assert len(repr(each)) < LONGEST
        assert each._repr_html_().startswith("<table><caption>")
    assert len(repr(growth)) < LONGEST
    assert issubclass(Posterior, Found)
