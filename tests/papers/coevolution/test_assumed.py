"""The years of a life cycle over what is assumed of it, on a preference with a closed form."""

import math

import numpy as np
import pytest

from rcsd.analysis.calibration import Draws
from rcsd.errors import StudyError
from rcsd.papers.coevolution.assumed import Asked, over_assumptions
from rcsd.papers.coevolution.step import LIFE_CYCLE
from rcsd.study import load_study
from rcsd.study.runner import run_to
from tests.study.conftest import write_town

GROUP = """
[sobol.groups.clock]
title = "the clock"
parameters = ["Time Scale"]
[sobol.groups.clock.bounds]
"Time Scale" = [5.0, 20.0]
"""
TABLE = '[life_cycle]\npreference = "Preference"\nband = 0.1\n'
MODEL_LINE = "(Time-2008)/Time Scale"
TIMES = np.arange(2000.0, 2017.0)


def asked_of(folder, equation: str):
    """Return the town's study with another equation of the preference, and the group of its time scale."""
    path = write_town(folder, {TABLE: f'{TABLE}assumed = "clock"\n{GROUP}'}, {})
    model = path.with_name("town.mdl")
    text = model.read_text("utf-8")
    assert MODEL_LINE in text
    model.write_text(text.replace(MODEL_LINE, equation), "utf-8")
    return load_study(path)


def test_begins_are_quantiles_over_the_ranges(tmp_path):
    """A preference of Time - 2000 - Time Scale crosses zero evenly from 2005 to 2020, in 11 of 15 runs by 2016."""
    study = asked_of(tmp_path, "(Time-2000-Time Scale)/20")
    asked = Asked("Preference", 0.1, "clock", TIMES)
    found = over_assumptions(study, asked, study.simulator(), estimates={}, draws=None, n_runs=4000)
    maturity, decline, _ = found.begins
    assert (found.parameters, found.drawn, found.n_runs, found.n_failed) == (("Time Scale",), False, 4000, 0)
    assert maturity.low == pytest.approx(2000 + 5 + 0.05 * 15, abs=0.2)
    assert maturity.median == pytest.approx(2012.5, abs=0.4)
    assert math.isinf(maturity.high)
    assert maturity.share == pytest.approx(11 / 15, abs=0.03)
    # x rises to the end: nobody turns
    assert (decline.low, decline.share) == (math.inf, 0.0)
    assert sum(found.kinds.values()) == 4000


def test_estimated_parameters_are_drawn_from_the_posterior(tmp_path):
    """A preference that crosses zero when the town has grown by a fifth depends on the growth rate's draws."""
    study = asked_of(tmp_path, "(Population/Initial Population-1.2)+0*Time Scale")
    growth = np.random.default_rng(0).uniform(0.02, 0.03, 500)
    draws = Draws(("Growth Rate",), growth[:, None], (), ())
    asked = Asked("Preference", 0.1, "clock", TIMES)
    estimates = {"Growth Rate": 0.5}
    found = over_assumptions(study, asked, study.simulator(), estimates=estimates, draws=draws, n_runs=2000)
    # 1.03^6.2 = 1.2 = 1.02^9.2
    assert found.begins[0].low == pytest.approx(2000 + math.log(1.2) / math.log(1.0295), abs=0.1)
    assert found.begins[0].high == pytest.approx(2000 + math.log(1.2) / math.log(1.0205), abs=0.1)
    held = over_assumptions(study, asked, study.simulator(), estimates=estimates, draws=None, n_runs=10)
    assert (held.begins[0].low, held.begins[0].high) == (pytest.approx(2000.4), pytest.approx(2000.4))


def test_the_step_reads_the_group_that_the_study_names(tmp_path):
    """Fewer runs in a quick study, counted with it; without a group no years."""
    study = asked_of(tmp_path / "named", "(Time-2000-Time Scale)/20")
    found = run_to(study, (LIFE_CYCLE,), out=tmp_path, quick=True)
    cycle = found[LIFE_CYCLE]
    assert (cycle.assumed.n_runs, cycle.assumed.drawn) == (200, False)
    document = LIFE_CYCLE.document(found)["life_cycle"]["assumed"]
    assert document["begins"]["decline"] == {"p05": None, "p50": None, "p95": None, "share": 0.0}
    plain = load_study(write_town(tmp_path / "plain", {}, {}))
    found = run_to(plain, (LIFE_CYCLE,), out=tmp_path / "other", quick=True)
    assert found[LIFE_CYCLE].assumed is None


def test_a_group_that_is_none_is_refused_before_anything_is_run(tmp_path):
    """With the key, the file and what there is."""
    study = load_study(write_town(tmp_path / "town", {TABLE: f'{TABLE}assumed = "clocks"\n{GROUP}'}, {}))
    with pytest.raises(StudyError, match=r"life_cycle\.assumed: .* no group 'clocks' .*did you mean 'clock'"):
        run_to(study, (LIFE_CYCLE,), out=tmp_path / "out", quick=True)
    assert not list((tmp_path / "out").rglob("*.json"))
