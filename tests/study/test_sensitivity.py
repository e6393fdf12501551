"""The sensitivity step of a study: groups, distributions, what is kept, what is left out and why."""

import json

import numpy as np
import pandas as pd
import pytest

from rcsd.analysis.sensitivity import sobol_document
from rcsd.errors import ParameterError
from rcsd.files import plain
from rcsd.study import load_study, run_study
from rcsd.study.sobol.request import SobolRequest, requests_for
from rcsd.study.sobol.runner import sobol_studies, sobol_study
from rcsd.study.steps.sobol import SOBOL

CLOCK = """[life_cycle]
preference = "Preference"
band = 0.1

[sobol]
n_base = 128
quick_n_base = 16

[sobol.groups.clock]
title = "the clock"
parameters = ["time_scale", "Initial Population"]
bounds = { "Time Scale" = [8.0, 12.0], "initial population" = [90, 110] }
source = "assumed"
"""
LIFE_CYCLE = '[life_cycle]\npreference = "Preference"\nband = 0.1\n'


@pytest.fixture
def study(town):
    """Return the town's study with a group of its own."""
    return load_study(town({LIFE_CYCLE: CLOCK}))


def test_all_groups_are_analysed_unless_one_is_named(study, tmp_path):
    """The estimated parameters and the clock, each in its own folder; the clock moves the preference alone."""
    found = sobol_studies(study, requests_for(study, SobolRequest(n_base=64)), out=tmp_path)
    assert [each.group for each in found] == ["calibrated", "clock"]
    calibrated, clock = (each.result for each in found)
    assert calibrated.parameters == ("Growth Rate", "Output per Person")
    assert clock.parameters == ("Time Scale", "Initial Population")
    preference = clock.outputs.index("Preference")
    # in 2008 the preference is zero whatever the scale, and rounding is no variance
    assert clock.indices.constant[8, preference]
    assert clock.indices.total[16, preference] == pytest.approx([1, 0], abs=0.2)
    assert calibrated.indices.constant[:, preference].all()
    assert {path.name for path in (tmp_path / "town" / "sobol").iterdir()} == {"calibrated", "clock"}
    (alone,) = requests_for(study, SobolRequest(), ["clock"])
    assert alone.group == "clock"


def test_given_ranges_go_to_the_group_that_varies_the_constant(study):
    """A range of the clock is none of the calibrated group's business; one for nothing that varies is refused."""
    request = SobolRequest(bounds={"Time Scale": (9.0, 10.0)})
    calibrated, clock = requests_for(study, request)
    assert (dict(calibrated.bounds), dict(clock.bounds)) == ({}, {"Time Scale": (9.0, 10.0)})
    with pytest.raises(ParameterError, match="'Price Freeze Time', which does not vary"):
        requests_for(study, SobolRequest(bounds={"Price Freeze Time": (1.0, 2.0)}))
    with pytest.raises(ParameterError, match="either groups or parameters"):
        requests_for(study, SobolRequest(parameters=("Growth Rate",)), ["clock"])
    with pytest.raises(ParameterError, match=r"no group 'clok' of parameters, .*; did you mean 'clock'"):
        requests_for(study, SobolRequest(), ["clok"])


def test_outcomes_are_those_of_the_life_cycle_and_the_series(study, tmp_path):
    """Crossing, peak, its year, settling, and each series' variable at the end of the data and at the horizon."""
    result = sobol_study(study, SobolRequest(n_base=16, group="clock"), out=tmp_path).result
    assert [outcome.name for outcome in result.outcomes] == [
        "year in which Preference rises to 0",
        "peak of Preference",
        "year of the peak of Preference",
        "year from which Preference stays within 0.1 of 0",
        "Population in 2013",
        "Population in 2016",
        "GDP in 2013",
        "GDP in 2016",
    ]
    value, at = result.outcomes[6].indices, (13, result.outputs.index("GDP"))
    for name in ("first", "total", "first_conf", "total_conf"):
        assert getattr(value, name) == pytest.approx(getattr(result.indices, name)[at], abs=1e-12), name


def test_result_json_has_the_indices_of_the_analysis_by_itself(town, tmp_path, thorough):
    """The study's step is the analysis that the command makes: the same numbers under the form of the design."""
    study = load_study(town({LIFE_CYCLE: CLOCK.replace("quick_n_base = 16", "quick_n_base = 128"), **thorough}))
    run_study(study, out=tmp_path, quick=True)
    document = json.loads((tmp_path / "town" / "result.json").read_text("utf-8"))
    for group, stored in (("calibrated", document["sobol"]), ("clock", document["sobol_groups"]["clock"])):
        alone = sobol_study(study, SobolRequest(n_base=128, group=group, second_opinion=False), out=tmp_path / "alone")
        assert stored == plain(sobol_document(alone.result))
        assert {"times", "S1", "ST", "S1_conf", "ST_conf", "S2"} <= set(stored["GDP"])
        settings = document["sobol_settings"][group]
        assert (settings["n_base"], settings["seed"], settings["distribution"]) == (128, 7, "bounds")
        assert "GDP in 2013" in settings["outcomes"]
    clock = document["sobol_settings"]["clock"]
    assert clock["parameters"]["Time Scale"]["source"] == "assumed"
    estimates = {name: each["estimate"] for name, each in document["parameters"].items()}
    assert (clock["held"], document["sobol_settings"]["calibrated"]["held"]) == (estimates, {})
    assert (document["runs"]["failed"], document["runs"]["total"] > 2 * 128 * 6) == (0, True)


def test_the_step_is_kept_and_repeated_bit_for_bit(study, tmp_path, monkeypatch):
    """A second run decodes what the first has kept, arrays of several axes with NaN among them, and runs no model."""
    first = run_study(study, out=tmp_path / "a", quick=True)
    text = (tmp_path / "a" / "town" / "result.json").read_bytes()
    run_study(study, out=tmp_path / "b", quick=True)
    other = json.loads((tmp_path / "b" / "town" / "result.json").read_text())
    assert other["sobol"] == json.loads(text)["sobol"]
    monkeypatch.setattr("rcsd.study.file.study.Study.simulator", lambda _: pytest.fail("a model was made"))
    again = run_study(study, out=tmp_path / "a", quick=True)
    assert (tmp_path / "a" / "town" / "result.json").read_bytes() == text
    for one, kept in zip(first[SOBOL].analyses, again[SOBOL].analyses, strict=True):
        assert kept.space == one.space
        assert kept.result.n_base == 16
        assert np.array_equal(kept.result.indices.second, one.result.indices.second, equal_nan=True)
        assert kept.result.indices.constant.dtype == np.bool_


def test_a_study_without_the_section_has_the_analysis_of_what_it_estimates(town, tmp_path):
    """Sixty-four base samples in a quick search, by default."""
    found = run_study(load_study(town()), out=tmp_path, quick=True)[SOBOL]
    assert [(each.group, each.result.n_base) for each in found.analyses] == [("calibrated", 64)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({LIFE_CYCLE: f'{LIFE_CYCLE}[sobol]\nskip = "it takes a week"\n'}, "it takes a week"),
        ({"[study]\n": '[study]\nbackend = "pysd"\n'}, "PySD runs this model"),
    ],
)
def test_an_analysis_that_is_left_out_says_why(town, tmp_path, changes, reason):
    """By the study's own words, or because PySD would run for minutes; no run is spent on it."""
    found = run_study(load_study(town(changes)), out=tmp_path, quick=True)[SOBOL]
    assert found.analyses == ()
    assert reason in found.left_out["calibrated"]
    document = json.loads((tmp_path / "town" / "result.json").read_text())
    assert document["sobol"] == {}
    assert reason in document["sobol_settings"]["calibrated"]["left_out"]


def test_runs_that_fail_cost_the_analysis_and_not_the_study(town, tmp_path):
    """Growth by 10^20 a year overflows: that group is left out with the count, the other one is there."""
    bad = LIFE_CYCLE + ('[sobol.groups.wild]\nparameters = ["Growth Rate"]\nbounds = { "Growth Rate" = [0.0, 1e20] }\n')
    found = run_study(load_study(town({LIFE_CYCLE: bad})), out=tmp_path, quick=True)[SOBOL]
    assert [each.group for each in found.analyses] == ["calibrated"]
    assert "of 256 runs failed: row" in found.left_out["wild"]


def test_priors_narrow_what_varies(town, tmp_path):
    """A prior of sd 0.01 around 0.03 gives its mean and spread to the growth rate; the other stays uniform."""
    prior = {"upper = 0.2\n": "upper = 0.2\nprior = { centre = 0.03, sd = 0.01 }\n"}
    study = load_study(town(prior))
    found = sobol_study(study, SobolRequest(n_base=256, distribution="priors", outputs=("Growth Rate",)), out=tmp_path)
    assert found.result.mean[0, 0] == pytest.approx(0.03, abs=1e-3)
    assert found.result.sd[0, 0] == pytest.approx(0.01, rel=0.02)
    assert found.result.distributions == (
        "prior, normal around 0.03 with sd 0.01, cut at -0.1 and 0.2",
        "uniform on a log scale from 0.1 to 10",
    )


def test_a_posterior_is_read_from_its_file(study, tmp_path):
    """Only the draws occur, columns in any spelling and order, others not read; what is not estimated stays uniform."""
    out = tmp_path / "out"
    (out / "town").mkdir(parents=True)
    draws = pd.DataFrame({"chain": 0, "output_per_person": [1.0, 2.0, 3.0], "Growth Rate": [0.02, 0.03, 0.03]})
    draws.to_csv(out / "town" / "posterior.csv", index=False)
    request = SobolRequest(n_base=512, distribution="posterior", outputs=("Growth Rate", "Output per Person"))
    found, clock = sobol_studies(study, requests_for(study, request), out=out)
    assert found.result.mean[0] == pytest.approx([0.08 / 3, 2.0], rel=2e-3)
    assert found.result.sd[0] == pytest.approx([np.std([0.02, 0.03, 0.03]), np.std([1, 2, 3])], rel=0.01)
    assert found.result.distributions[0] == "sample of 3 values from 0.02 to 0.03"
    assert clock.result.distributions[0] == "uniform from 8 to 12"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, r"there is no posterior in .*posterior\.csv: it is a CSV with one column for each estimated constant"),
        ("Growth Rate,Output\n0.1,1\n0.2,2\n", "no column 'Output per Person', which the study estimates"),
        ("Growth Rate,Output per Person\n0.1,1\n", "holds 1 draws"),
        ("Growth Rate,Output per Person\n0.1,1\n0.2,two\n", r"posterior\.csv:3: 'two' is not a number in the column"),
        ("Growth Rate,Output per Person\n0.1,1\n0.1,2\n", "'Growth Rate': all 2 values of the sample are 0.1"),
        ("", "holds 0 draws"),
    ],
)
def test_a_posterior_that_is_none_is_one_message(study, tmp_path, text, message):
    """Before anything is run, with the layout or the line."""
    out = tmp_path / "out"
    (out / "town").mkdir(parents=True)
    if text is not None:
        (out / "town" / "posterior.csv").write_text(text, "utf-8")
    with pytest.raises(ParameterError, match=message):
        sobol_study(study, SobolRequest(n_base=16, distribution="posterior"), out=out)
    assert not (out / "town" / "sobol").exists()


def test_the_four_cities_name_the_co_evolution_parameters():
    """alpha0, beta, lambda, omega, nu and the initial preference, half to twice the model's values."""
    study = load_study("jixi")
    _, coevolution, couplings = requests_for(study, SobolRequest())
    assert couplings.group == "couplings"
    assert coevolution.group == "coevolution"
    group = study.file.sobol.groups["coevolution"]
    for name in group.parameters[:-1]:
        value = study.model.ir[name].value
        low, high = group.bounds[name]
        assert low == pytest.approx(value / 2)
        assert high == pytest.approx(2 * value) or (name, high) == ("Preference Speed", 4.0)
    assert group.parameters[-1] == "Initial Innovation Preference"
