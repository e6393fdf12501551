"""The whole study of a town with a known answer, through PySD."""

import csv
import json
import math
import shutil

import numpy as np
import pytest
import xarray as xr

from rcsd.analysis.backtest import BASELINES
from rcsd.errors import RcsdWarning
from rcsd.papers.coevolution.step import LIFE_CYCLE
from rcsd.study import backtest_study, calibrate_study, load_study, run_study
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.simulate import SIMULATE


@pytest.fixture(scope="module")
def finished(town_in, tmp_path_factory):
    """Run the town's study once, its chains included: its result and its output folder."""
    base = tmp_path_factory.mktemp("finished")
    result = run_study(load_study(town_in(base / "town", {}, {})), out=base / "out")
    return result, base / "out" / "town"


def _price(year):
    return 1 + 0.1 * (year - 2000) if year <= 2010 else 2 - 0.2 * (year - 2010)


def test_known_parameters_come_back(finished):
    """The data were made with growth 0.03 and output 2 per person, and are reproduced in both windows."""
    result, _ = finished
    estimates = {parameter.name: parameter.estimate for parameter in result[PARAMETERS].parameters}
    assert estimates == pytest.approx({"Growth Rate": 0.03, "Output per Person": 2.0}, rel=1e-6)
    assert result[PARAMETERS].n_on_bound == 0
    gdp = next(target for target in result[BACKTEST].targets if target.name == "gdp")
    assert gdp.fit_all.mape == pytest.approx(0, abs=1e-4)
    simulated = {year: value for year, value in zip(gdp.years, gdp.simulated, strict=True)}
    assert [simulated[year] for year in (2011, 2012, 2013)] == pytest.approx(gdp.observed[-3:], rel=1e-6)
    # medians of 500 draws around a fit without residuals
    assert gdp.holdouts["known"].statistics.mape == pytest.approx(0, abs=1)
    assert gdp.holdouts["known"].beats_best


def test_frozen_driver_keeps_the_price_of_the_last_fitted_year(finished):
    """With the price held at 2.0 from 2010 on, output is population * 2 * 2; what was known comes first."""
    result, _ = finished
    gdp = next(target for target in result[BACKTEST].targets if target.name == "gdp")
    held = [100 * 1.03 ** (year - 2000) * 2 * 2.0 for year in (2011, 2012, 2013)]
    assert list(gdp.holdouts) == list(gdp.forecasts) == ["known", "frozen"]
    assert gdp.forecasts["frozen"].median == pytest.approx(held, rel=1e-2)
    expected = 100 * np.mean([2.0 / _price(year) - 1 for year in (2011, 2012, 2013)])
    assert gdp.holdouts["frozen"].statistics.mape == pytest.approx(expected, abs=1)
    assert gdp.holdout is gdp.holdouts["known"]
    assert (gdp.forecast.lower < gdp.observed[-3:]).all()
    assert (gdp.forecast.upper > gdp.observed[-3:]).all()


def test_doubtful_cells_are_weighted_and_counted_as_the_rules_say(finished):
    """The broken cell and the one that sets a constant are shown, and dropped; statistics are given twice."""
    result, _ = finished
    people = next(target for target in result[BACKTEST].targets if target.name == "population")
    assert dict(zip(people.years, people.weights, strict=True))[2005] == 0.5
    assert dict(zip(people.years, people.weights, strict=True))[2007] == 0.0
    assert dict(zip(people.years, people.weights, strict=True))[2000] == 0.0
    assert people.fit_all.n == 9
    assert people.fit_unflagged.n == 8
    assert people.fit_all.mape == pytest.approx(0, abs=1e-4)
    assert people.fit_unflagged.mape == pytest.approx(0, abs=1e-4)
    assert result[CALIBRATE].fit.n_residuals == 9 + 11
    assert people.windows == ("fit",) * 11 + ("holdout",) * 3


def test_the_result_holds_what_the_report_draws(finished):
    """Strips lie on the search scale; the start is the middle of the interval."""
    result, _ = finished
    growth, output = result[PARAMETERS].parameters
    assert growth.strip.estimate == pytest.approx((0.03 + 0.1) / 0.3, rel=1e-6)
    assert output.strip.estimate == pytest.approx(math.log(2 / 0.1) / math.log(100), rel=1e-6)
    assert (growth.start, growth.strip.start) == (pytest.approx(0.05), pytest.approx(0.5))
    assert output.start == pytest.approx(1.0)
    low, high = growth.strip.error
    assert (high - low) / 2 == pytest.approx(growth.standard_error / 0.3)


def test_initial_stock_comes_from_the_data(finished):
    """The initial population is the cell of 2000, and the result says so."""
    result, _ = finished
    constant = result.constants[0]
    assert (constant.name, constant.value, constant.origin) == ("Initial Population", 100.0, "population, 2000")


def test_result_json_is_complete_and_strict(finished):
    """The file holds every key of the design, null or empty where no analysis was made, and is strict JSON."""
    _, folder = finished
    document = json.loads((folder / "result.json").read_text(), parse_constant=pytest.fail)
    assert set(document) == {
        "study", "quick", "model", "series", "parameters", "backtest", "life_cycle", "sobol", "sobol_groups",
        "sobol_settings", "shapley", "shapley_settings", "forecast",
        "forecast_settings", "scenarios",
        "scenario_settings", "checks", "runs", "rolling", "noise", "collinear", "most_probable",
        "posterior", "state", "loops",
        "model_checks", "fitted_loops",
    }  # fmt: skip
    assert set(document["series"]["gdp"]["holdout"]["baselines"]) == set(BASELINES)
    holdout = document["series"]["gdp"]["holdout"]
    assert (holdout["n"], holdout["n_dropped"]) == (3, 0)
    assert {key: document["backtest"][0]["series"]["gdp"][key] for key in holdout} == holdout
    growth = document["parameters"]["Growth Rate"]
    assert growth["profile"][0] < 0.03 < growth["profile"][1]
    assert (growth["identified"], growth["determined_by"]) == (True, "data")
    assert [entry["drivers"] for entry in document["backtest"]] == ["known", "frozen"]
    known = document["backtest"][0]["series"]["gdp"]
    assert all(
        low < mid < high for low, mid, high in zip(known["lower"], known["simulated"], known["upper"], strict=True)
    )
    assert document["runs"]["failed"] == 0
    assert document["runs"]["total"] > 20


def test_files_hold_the_same_numbers_as_the_result(finished):
    """CSV and netCDF give back every digit; the manifest names inputs."""
    result, folder = finished
    with (folder / "simulated.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["GDP"]) for row in rows] == result[SIMULATE].simulated["GDP"].tolist()
    assert [float(row["time"]) for row in rows] == [float(year) for year in range(2000, 2017)]
    with (folder / "parameters.csv").open(newline="") as stream:
        estimates = [float(row["estimate"]) for row in csv.DictReader(stream)]
    assert estimates == result[CALIBRATE].fit.estimate.tolist()
    with xr.open_dataset(folder / "ensemble.nc", engine="h5netcdf") as dataset:
        assert dataset["GDP"].values.tolist() == [result[SIMULATE].simulated["GDP"].tolist()]
        assert dataset["GDP"].attrs["units"] == "yuan/Year"
    with (folder / "holdout.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if (row["series"], row["drivers"]) == ("gdp", "frozen")]
    gdp = next(target for target in result[BACKTEST].targets if target.name == "gdp")
    assert [float(row["median"]) for row in rows] == gdp.forecasts["frozen"].median.tolist()
    assert [float(row["last"]) for row in rows] == gdp.holdout.baselines["last"].forecast.tolist()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["hashes"]) == {"model", "data", "study", "code"}
    assert manifest["seeds"] == dict.fromkeys(("search", "sobol", "posterior", "rolling", "forecast"), 7)
    assert set(manifest["steps"]) == {
        "calibrate", "backtest", "profiles", "parameters", "posterior", "coverage", "rolling", "simulate", "life_cycle",
        "sobol", "shapley", "live_fit", "refit",
        "model_checks", "fitted_loops",
    }  # fmt: skip


def test_life_cycle_is_read_off_the_run(finished):
    """The preference (t - 2008)/10 crosses zero in 2008 and still rises at the horizon: growth, then maturity."""
    result, _ = finished
    stages = [(span.stage, span.first_year, span.last_year) for span in result.get(LIFE_CYCLE).stages]
    assert stages == [("growth", 2000.0, 2008.0), ("maturity", 2008.0, 2016.0)]
    assert [span.open for span in result.get(LIFE_CYCLE).stages] == [False, True]


def test_hold_out_years_touch_nothing_fitted(town, tmp_path):
    """Nonsense in the hold-out years, drivers included, changes no fitted number in any start, bit for bit."""
    text = (town()).with_name("observed.csv").read_text().splitlines()
    changed = {
        line: line.replace(line.split(",")[2], "7.5") for line in text if line[-1:] == "," and _year(line) > 2010
    }
    assert len(changed) == 9
    clean = calibrate_study(load_study(town(folder="clean")), out=tmp_path / "clean_out")
    spoilt = calibrate_study(load_study(town(data=changed, folder="spoilt")), out=tmp_path / "spoilt_out")
    assert spoilt.starts == clean.starts
    assert spoilt.estimate.tolist() == clean.estimate.tolist()
    assert spoilt.standard_error.tolist() == clean.standard_error.tolist()
    assert (spoilt.cost, spoilt.n_residuals) == (clean.cost, clean.n_residuals)


def _year(line):
    year = line.split(",")[1]
    return int(year) if year.isdigit() else 0


def _document(folder):
    document = json.loads((folder / "result.json").read_text())
    speed = document["runs"].pop("per_second")
    assert math.isfinite(speed)
    return json.dumps(document)


@pytest.mark.slow
@pytest.mark.process
def test_two_runs_and_two_workers_give_one_result(finished, town, tmp_path):
    """A second run elsewhere, on two processes, writes the same result.json, the speed apart."""
    _, folder = finished
    run_study(load_study(town()), out=tmp_path / "again", workers=2)
    assert _document(tmp_path / "again" / "town") == _document(folder)


def test_quick_study_uses_the_smaller_search(town, tmp_path):
    """With `quick` one start of at most three evaluations is made, and the result says that it was quick."""
    result = run_study(load_study(town()), out=tmp_path / "out", quick=True)
    assert len(result[CALIBRATE].fit.starts) == 1
    assert result.info.quick
    assert result.info.search["max_evaluations"] == 3


def test_study_without_hold_out(town, tmp_path):
    """A refit on all years holds nothing out: no scores, no forecasts, and the rest as ever."""
    study = {
        "fit = [2000, 2010]\nholdout = [2011, 2013]": "fit = [2000, 2013]",
        '[life_cycle]\npreference = "Preference"\nband = 0.1\n': "",
    }
    result = run_study(load_study(town(study)), out=tmp_path / "out", quick=True)
    assert all(target.holdout is None and target.forecast is None for target in result[BACKTEST].targets)
    assert result[BACKTEST].without_forecast == ""
    assert result.get(LIFE_CYCLE) is None
    assert result[BACKTEST].targets[1].fit_all.n == 14


def test_parts_of_the_main_job_share_its_steps(town, tmp_path):
    """The calibration alone, then the backtest, then the study: each reuses what the one before has finished."""
    study, told = load_study(town()), []
    fit = calibrate_study(study, out=tmp_path / "out", quick=True)
    targets = backtest_study(study, out=tmp_path / "out", quick=True)
    result = run_study(study, out=tmp_path / "out", quick=True, progress=lambda *piece: told.append(piece))
    assert [step.name for step in result.steps if step.reused] == ["calibrate", "backtest"]
    assert result[CALIBRATE].fit.starts == fit.starts
    assert [target.name for target in targets] == ["population", "gdp"]
    own = [each for each in told if each[0] in ("profiles", "simulate", "sobol calibrated")]
    assert own[:4] == [("profiles", 0, 1), ("profiles", 1, 1), ("simulate", 0, 1), ("simulate", 1, 1)]
    assert own[4] == ("sobol calibrated", 0, 64 * 6)
    assert own[-1] == ("sobol calibrated", 64 * 6, 64 * 6)
    assert not {name for name, _, _ in told} & {"calibrate", "backtest"}


def test_benchmark_forecasts_see_dropped_cells_only_where_they_set_a_constant(town, tmp_path):
    """With 2000 and 2010 dropped the log drift is exact from 2000 on, which sets the initial stock, to 2009.

    2010 is nonsense and sets nothing: no forecast may start from it.
    """
    first, last = 100.0, 100 * 1.03**10
    data = {
        f"population,2000,{first!r},person,\n": f"population,2000,{first!r},person,broken\n",
        f"population,2010,{last!r},person,\n": "population,2010,7.0,person,broken\n",
    }
    targets = backtest_study(load_study(town(data=data)), out=tmp_path / "out", quick=True)
    score = targets[0].holdout
    assert score.baselines["last"].forecast == pytest.approx([100 * 1.03**9] * 3)
    changes = 100 * 1.03 ** np.arange(10.0)
    kept = np.delete(changes, 7)  # 2007 is broken as well
    assert score.baselines["drift"].forecast[0] == pytest.approx(kept[-1] + 2 * (kept[-1] - kept[0]) / 9)
    assert targets[0].fit_all.n == 8


def test_the_engines_give_one_result(town, tmp_path):
    """The kernels and PySD agree to rounding, so the descents do to their tolerance; the result says who ran."""
    path = town()
    compiled = run_study(load_study(path), out=tmp_path / "compiled", quick=True)
    path.write_text(path.read_text().replace("[study]\n", '[study]\nbackend = "pysd"\n'))
    pysd = run_study(load_study(path), out=tmp_path / "pysd", quick=True)
    assert (compiled.model.backend, pysd.model.backend) == ("compiled", "pysd")
    found = pysd[BACKTEST]
    assert "PySD runs this model" in found.without_forecast
    for target in found.targets:
        assert list(target.holdouts) == ["known"]
        scored = np.isin(target.years, target.holdout.years)
        assert target.holdout.simulated.tolist() == target.simulated[scored].tolist()
    for one, other in zip(compiled[PARAMETERS].parameters, pysd[PARAMETERS].parameters, strict=True):
        assert one.estimate == pytest.approx(other.estimate, rel=1e-4), one.name


def test_a_quick_look_does_not_cost_the_full_result(finished, tmp_path):
    """The quick search says what it replaces; the full one is back from its kept steps, byte for byte."""
    base = shutil.copytree(finished[1].parents[1], tmp_path / "base")
    study, out = load_study(base / "town" / "study.toml"), base / "out"
    full = json.loads((out / "town" / "result.json").read_text())
    with pytest.warns(RcsdWarning, match="results of a full search in .*town give way to those of a quick one"):
        run_study(study, out=out, quick=True)
    assert json.loads((out / "town" / "result.json").read_text())["quick"] is True
    run_study(study, out=out, quick=True)  # over a quick result there is nothing to say
    again = run_study(study, out=out)
    assert all(step.reused for step in again.steps)
    assert json.loads((out / "town" / "result.json").read_text()) == full
