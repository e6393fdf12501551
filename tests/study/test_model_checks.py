"""The checks of a study's model: what half a step and another engine do to the fitted run, and what its file tells."""

import numpy as np
import pytest

from rcsd.ensemble import Ensemble
from rcsd.study import load_study, run_to
from rcsd.study.findings.checked.rerun import reruns
from rcsd.study.findings.checked.result import Moved, Rerun
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.model_checks import MODEL_CHECKS
from rcsd.study.written.result_json import checks_of


def test_half_a_step_moves_a_growing_town_by_what_eulers_method_says(town, tmp_path):
    """Growth at a rate g for n steps is (1 + g)^n by Euler's method, and (1 + g/2)^2n at half the step."""
    result = run_to(load_study(town()), [MODEL_CHECKS], out=tmp_path, quick=True)
    rate = result[CALIBRATE].fit.values["Growth Rate"]
    steps = np.arange(17)
    whole, half = (1 + rate) ** steps, (1 + rate / 2) ** (2 * steps)
    expected = np.max(np.abs(half - whole)) / np.max(whole)
    found = result[MODEL_CHECKS].half_step
    (population,) = (each for each in found.moved if each.variable == "Population")
    np.testing.assert_allclose(population.share, expected, rtol=1e-9)
    assert population.period == 2016
    assert found.passed is bool(max(each.share for each in found.moved) <= 0.01)
    entry = MODEL_CHECKS.document(result)["model_checks"]["half_step"]["moved"]["Population"]
    assert entry == {"share": population.share, "at": 2016.0}


def test_the_interpreter_gives_the_fitted_run_to_the_last_digits(town, tmp_path):
    """Every variable is compared, over all saved times: eleven, and no table among them."""
    found = run_to(load_study(town()), [MODEL_CHECKS], out=tmp_path, quick=True)[MODEL_CHECKS].engines
    assert found.n_variables == 10
    assert {each.variable for each in found.moved} >= {"GDP", "Population"}
    assert found.passed
    assert found.worst.share < 1e-14


class _Wrong:
    """A simulator that is wrong by a thousandth in one variable, in one year."""

    def __init__(self, right):
        self._right = right

    def run(self, inputs, *, outputs, times):
        """Run it."""
        found = self._right.run(inputs, outputs=outputs, times=times)
        values = found.values.copy()
        values[0, 5, found.variables.index("Price")] *= 1.001
        return Ensemble(values, found.times, found.variables, found.units, found.status, found.messages, found.inputs)


def test_an_engine_that_is_wrong_is_found_with_variable_and_year(town):
    """A thousandth of a value is told as its share of the largest one."""
    study = load_study(town())
    values = {"Growth Rate": 0.02, "Output per Person": 2.0}
    simulator = study.simulator()
    _, engines = reruns(study, values, _Wrong(simulator))
    own = simulator.run(values, outputs=["Price"], times=study.saved).of("Price")[0]
    assert not engines.passed
    assert (engines.worst.variable, engines.worst.period) == ("Price", 2005.0)
    np.testing.assert_allclose(engines.worst.share, 0.001 * own[5] / own.max(), rtol=1e-9)


def test_a_fault_of_the_file_is_told_in_result_json(town, tmp_path):
    """Growth in people, and not in people a year, does not agree with its stock."""
    path = town()
    model = path.parent / "town.mdl"
    text = model.read_text(encoding="utf-8")
    assert text.count("person/Year") == 1
    model.write_text(text.replace("person/Year", "person"), encoding="utf-8")
    result = run_to(load_study(path), [MODEL_CHECKS], out=tmp_path / "out", quick=True)
    (units,) = (each for each in checks_of(result) if each.name == "model: units")
    assert not units.passed
    assert "Population" in units.detail or "Growth" in units.detail
    entry = MODEL_CHECKS.document(result)["model_checks"]
    assert entry["n_passed"] < entry["n_made"]
    assert entry["checks"]["units"]["errors"] + entry["checks"]["units"]["warnings"] > 0
    assert entry["variables"] == {"total": 11, "with_unit": 11, "with_meaning": 11}


def test_a_faulty_file_of_checks_is_told_and_stops_no_study(town, tmp_path):
    """No check is made then; the fitted run is repeated all the same."""
    path = town()
    (path.parent / "checks.toml").write_text("no_such_key = 1\n", encoding="utf-8")
    found = run_to(load_study(path), [MODEL_CHECKS], out=tmp_path / "out", quick=True)[MODEL_CHECKS]
    assert found.made == ()
    assert all("no_such_key" in each.unmade for each in found.checks)
    assert found.half_step.moved


def test_the_file_of_checks_is_part_of_the_key_of_this_step_alone(town, tmp_path):
    """An extreme run that is declared is made, and the calibration is kept."""
    path = town()
    first = run_to(load_study(path), [MODEL_CHECKS], out=tmp_path / "out", quick=True)
    assert first[MODEL_CHECKS].file == ""
    extreme = '[[extremes]]\nname = "no growth"\nset = { "Growth Rate" = 0 }\nconstant = ["GDP"]\n'
    (path.parent / "checks.toml").write_text(extreme, encoding="utf-8")
    again = run_to(load_study(path), [MODEL_CHECKS], out=tmp_path / "out", quick=True)
    assert {each.name: each.reused for each in again.steps} == {"calibrate": True, "model_checks": False}
    assert again[MODEL_CHECKS].file == "checks.toml"
    kept = run_to(load_study(path), [MODEL_CHECKS], out=tmp_path / "out", quick=True)
    assert all(each.reused for each in kept.steps)
    assert MODEL_CHECKS.document(kept) == MODEL_CHECKS.document(again)


def test_where_pysd_runs_the_model_its_reruns_are_left_out_and_why_is_told(town, tmp_path):
    """The checks of the file are made all the same."""
    study = load_study(town({'model = "town.mdl"': 'model = "town.mdl"\nbackend = "pysd"'}))
    half, engines = reruns(study, {}, None)  # the simulator is not asked
    assert half.moved == engines.moved == ()
    assert not half.passed
    assert half.unmade == "the study runs on PySD"


def test_a_model_that_takes_too_long_is_not_run_again(town, tmp_path, monkeypatch):
    """The reason is that of the checks."""
    monkeypatch.setattr("rcsd.analysis.checks.subject._WORK", 10.0)
    study = load_study(town())
    half, _ = reruns(study, {}, study.simulator())
    assert half.moved == ()
    assert "takes long" in half.unmade


@pytest.mark.parametrize("share", [float("inf"), float("nan")])
def test_a_lost_run_passes_nothing(share):
    """Whatever it may move by."""
    assert not Rerun((Moved("GDP", share, 2001.0),), 1, 1.0).passed
