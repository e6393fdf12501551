"""The sensitivity analysis of a study whose shares are known."""

import json

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from rcsd.errors import ModelError, OutputError, ParameterError, SensitivityError
from rcsd.study import load_study
from rcsd.study.sobol.held import HeldSimulator
from rcsd.study.sobol.request import SobolRequest
from rcsd.study.sobol.runner import sobol_study
from rcsd.study.sobol.varied import varied_space


@pytest.fixture
def study(town):
    """Return the town's study."""
    return load_study(town())


def test_shares_of_the_town_are_those_of_its_equations(study, tmp_path):
    """People depend on the growth rate alone; output begins with the output per person alone, and ends with both."""
    found = sobol_study(study, SobolRequest(n_base=64), out=tmp_path)
    result = found.result
    assert result.parameters == ("Growth Rate", "Output per Person")
    assert result.outputs == ("Population", "GDP", "Preference")
    assert result.times.tolist() == list(range(2000, 2017))
    people, gdp = result.indices.total[:, 0], result.indices.total[:, 1]
    assert people[1:] == pytest.approx(np.tile([1.0, 0.0], (16, 1)), abs=0.35)
    assert (people[1:, 1] == 0).all()
    assert gdp[0, 0] == 0
    assert gdp[0, 1] == pytest.approx(1.0, abs=0.35)
    assert (gdp[5:, 0] > 0).all()
    assert (found.data_end, found.horizon, found.seed) == (2013, 2016, 7)
    # nothing that varies moves the preference, and the year of its crossing is the same in every run
    assert np.isnan(result.indices.total[:, 2]).all()
    assert any("Preference rises to 0 is the same in all runs" in note for note in result.notes())


def test_the_files_hold_the_result(study, tmp_path):
    """CSV, netCDF and JSON have the number of the result at its labels."""
    found = sobol_study(study, SobolRequest(n_base=16, n_resamples=20), out=tmp_path)
    folder = tmp_path / "town" / "sobol" / "calibrated"
    value = found.result.indices.total[10, 1, 0]
    table = pd.read_csv(folder / "indices.csv").set_index(["output", "time", "parameter"])
    assert table.loc[("GDP", 2010, "Growth Rate"), "ST"] == value
    with xr.open_dataset(folder / "indices.nc", engine="h5netcdf") as dataset:
        assert float(dataset.ST.sel(N=16, output="GDP", time=2010, parameter="Growth Rate")) == value
    document = json.loads((folder / "sobol.json").read_text("utf-8"))
    assert document["sobol"]["GDP"]["ST"]["Growth Rate"][10] == value
    assert document["sobol"]["Population"]["ST"]["Growth Rate"][0] is None
    assert document["parameters"]["Output per Person"]["scale"] == "log"
    assert document["versions"]["SALib"]
    assert document["runs"] == {"total": 96, "failed": 0, "rule": "refuse"}
    assert (folder / "failed_runs.csv").read_text("utf-8") == "row,Growth Rate,Output per Person,message\n"
    assert {"pairs.csv", "outcomes.csv", "convergence.csv", "pawn.csv"} <= {path.name for path in folder.iterdir()}


def test_two_analyses_are_equal_bit_for_bit(study, tmp_path):
    """The same seed, 0 among them, gives the same files; another seed gives others."""
    texts = {}
    for place, seed in (("a", 0), ("b", 0), ("c", 1)):
        sobol_study(study, SobolRequest(n_base=8, seed=seed, n_resamples=10), out=tmp_path / place)
        texts[place] = (tmp_path / place / "town" / "sobol" / "calibrated" / "indices.csv").read_bytes()
    assert texts["a"] == texts["b"]
    assert texts["a"] != texts["c"]


def test_any_constant_can_vary_over_given_bounds(study, tmp_path):
    """The initial population, which the data set, scales the population: at the start it is all there is."""
    request = SobolRequest(
        n_base=16, parameters=("initial population", "Growth_Rate"), bounds={"Initial Population": (50.0, 150.0)}
    )
    found = sobol_study(study, request, out=tmp_path)
    assert found.result.parameters == ("Initial Population", "Growth Rate")
    assert found.result.indices.total[0, 0, 1] == 0
    assert found.result.mean[0, 0] == pytest.approx(100, abs=5)


def test_what_the_study_estimates_and_does_not_vary_is_held_at_its_estimates(study, tmp_path, monkeypatch):
    """Around the fitted town, with 3 % growth and 2 yuan a person; the model file has 1 % and 1. The fit is kept."""
    request = SobolRequest(
        n_base=16, parameters=("Initial Population",), bounds={"Initial Population": (90.0, 110.0)}, outputs=("GDP",)
    )
    found = sobol_study(study, request, out=tmp_path)
    assert found.held == pytest.approx({"Growth Rate": 0.03, "Output per Person": 2.0}, rel=1e-5)
    years = np.arange(11)
    assert found.result.mean[:11, 0] == pytest.approx(100 * 1.03**years * 2 * (1 + 0.1 * years), rel=0.01)
    document = json.loads((tmp_path / "town" / "sobol" / "chosen" / "sobol.json").read_text("utf-8"))
    assert document["held"] == found.held
    monkeypatch.setattr("rcsd.study.steps.calibrate.fit", lambda *_, **__: pytest.fail("the study was fitted again"))
    other = SobolRequest(n_base=8, parameters=("growth rate",))
    assert sobol_study(study, other, out=tmp_path).held == {"Output per Person": found.held["Output per Person"]}


def test_an_analysis_of_all_that_is_estimated_needs_no_estimates(study, tmp_path):
    """Nothing is fitted, and nothing held."""
    assert sobol_study(study, SobolRequest(n_base=8, n_resamples=2), out=tmp_path / "out").held == {}
    assert [path.name for path in (tmp_path / "out" / "town").iterdir()] == ["sobol"]


def test_a_held_constant_gives_way_to_the_value_of_a_run(study):
    """However the run spells it."""
    held = HeldSimulator(study.simulator(), {"Growth Rate": 0.5, "Output per Person": 3.0})
    ensemble = held.run({"growth_rate": [0.0, 1.0]}, outputs=["GDP"], times=[2000, 2001])
    assert ensemble.of("GDP") == pytest.approx(np.array([[300, 330], [300, 660]]))
    assert (held.constants["Growth Rate"], held.constants["Time Scale"]) == (0.5, 10.0)


def test_ranges_come_from_the_study_the_words_of_the_model_or_the_caller():
    """In this order of strength: given, study, documentation."""
    study = load_study("jixi")
    rate, recovery = varied_space(study, ["Investment Rate", "Recovery Rate"]).parameters
    assert (rate.lower, rate.upper) == (0.1, 0.8)
    assert (recovery.lower, recovery.upper, recovery.unit) == (0.35, 0.75, "Dmnl")
    (given,) = varied_space(study, ["Recovery Rate"], {"recovery rate": (0.5, 0.6)}).parameters
    assert (given.lower, given.upper) == (0.5, 0.6)
    assert varied_space(study).names == study.space.names


@pytest.mark.parametrize(
    ("names", "bounds", "message"),
    [
        (["Grwth Rate"], {}, "did you mean 'Growth Rate'"),
        (["GDP"], {}, "'GDP' is not a constant"),
        (["Time Scale"], {}, "documentation states no range: give its bounds"),
        (None, {"Growth Rate": (0.2, 0.1)}, "lower must be below upper"),
        (None, {"Time Scale": (1.0, 2.0)}, "'Time Scale', which does not vary"),
        (["Growth Rate", "growth rate"], {}, "named more than once"),
        ([], {}, "no parameter varies"),
    ],
)
def test_what_cannot_vary_is_refused(study, names, bounds, message):
    """One message with name and remedy."""
    with pytest.raises(ParameterError, match=message):
        varied_space(study, names, bounds)


@pytest.mark.parametrize(
    ("request_", "error", "message"),
    [
        (SobolRequest(n_base=48), ParameterError, "take 32 or 64"),
        (SobolRequest(outputs=("Populaton",)), ModelError, "did you mean 'Population'"),
        (SobolRequest(seed=-1), ParameterError, "seed -1"),
        (SobolRequest(on_failure="drop"), ParameterError, "'refuse' or 'median'"),
    ],
)
def test_a_bad_request_leaves_nothing_behind(study, tmp_path, request_, error, message):
    """Nothing is run, and no folder made."""
    with pytest.raises(error, match=message):
        sobol_study(study, request_, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_failed_runs_are_listed_in_a_file(study, tmp_path):
    """Growth by 10^20 a year overflows within sixteen years; the refusal counts such runs and names their list."""
    request = SobolRequest(n_base=8, parameters=("Growth Rate",), bounds={"Growth Rate": (0.0, 1e20)})
    with pytest.raises(SensitivityError, match="of 32 runs failed: row") as caught:
        sobol_study(study, request, out=tmp_path)
    path = tmp_path / "town" / "sobol" / "chosen" / "failed_runs.csv"
    assert str(path) in str(caught.value)
    failed = pd.read_csv(path)
    assert f"{len(failed)} of 32" in str(caught.value)
    assert (failed["Growth Rate"] > 1e18).all()
    assert failed["message"].str.contains("diverged").all()


def test_a_folder_that_cannot_be_made_is_named(study, tmp_path):
    """A file where the folder should be."""
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="the output folder cannot be made"):
        sobol_study(study, SobolRequest(n_base=8), out=tmp_path / "out")
