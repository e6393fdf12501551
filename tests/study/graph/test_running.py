"""Steps beside each other give what they give one after the other; what has finished is kept."""

import json
from dataclasses import dataclass

import pytest

from rcsd.errors import CalibrationError
from rcsd.study import load_study, run_study
from rcsd.study.graph.assignment import Assignment
from rcsd.study.graph.registry import all_steps
from rcsd.study.graph.request import Request
from rcsd.study.graph.running import run_steps
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE


@pytest.mark.slow
@pytest.mark.process
def test_processes_change_no_number(town, tmp_path):
    """Two workers, whichever step ends first: the same document but for the speed, and the same progress."""
    study, told = load_study(town()), []
    run_study(study, out=tmp_path / "one", quick=True)
    run_study(study, out=tmp_path / "two", quick=True, workers=2, progress=lambda *piece: told.append(piece))
    documents = [json.loads((tmp_path / out / "town" / "result.json").read_text()) for out in ("one", "two")]
    for document in documents:
        document["runs"].pop("per_second")
    assert documents[0] == documents[1]
    assert {("calibrate", 1, 1), ("backtest", 1, 1), ("profiles", 1, 1), ("simulate", 1, 1)} <= set(told)


@dataclass(frozen=True, slots=True)
class Number:
    """A result."""

    value: float


def failing(_run):
    """Fail as a step may."""
    raise CalibrationError("no start ended")


def test_a_step_that_fails_leaves_those_that_have_finished(town, tmp_path):
    """The fit is kept; what takes the result of the failed step has not run."""
    study = load_study(town())
    task = Assignment(study, Request(quick=True), tmp_path)
    bad = Step("bad", Number, failing, needs=(CALIBRATE,))
    after = Step("after", Number, lambda run: Number(run[bad].value), needs=(bad,))
    with pytest.raises(CalibrationError, match="no start ended"):
        run_steps(task, (after,))
    assert [path.name for path in task.kept.folder.glob("*.json") if "start" not in path.name] == ["calibrate.json"]


def test_an_added_step_makes_no_other_stale(town, tmp_path):
    """The order of running is no part of a key."""
    study = load_study(town())
    task = Assignment(study, Request(quick=True), tmp_path)
    run_steps(task, (CALIBRATE,))
    early = Step("an_early_one", Number, lambda run: Number(2.0))
    ran = run_steps(task, (CALIBRATE, early))
    assert {name: time.reused for name, time in ran.times.items()} == {"an_early_one": False, "calibrate": True}
    assert ran.found["an_early_one"] == Number(2.0)


TROUBLE = """
import os, time
from dataclasses import dataclass
from rcsd.errors import CalibrationError
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE

@dataclass(frozen=True, slots=True)
class Number:
    value: float

def slow(run):
    time.sleep(1)
    return Number(2.0)

def raises(run):
    raise CalibrationError("no start ended")

def dies(run):
    os._exit(3)

SLOW = Step("slow", Number, slow, needs=(CALIBRATE,), on_demand=True)
RAISES = Step("raises", Number, raises, needs=(CALIBRATE,), on_demand=True)
DIES = Step("dies", Number, dies, needs=(CALIBRATE,), on_demand=True)
"""


@pytest.fixture
def trouble(tmp_path, monkeypatch):
    """Install a plug-in of which one step fails and one ends its process; workers find it as well."""
    site = tmp_path / "site"
    installed = site / "rcsd_trouble-1.0.dist-info"
    installed.mkdir(parents=True)
    (site / "rcsd_trouble.py").write_text(TROUBLE)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: rcsd-trouble\nVersion: 1.0\n")
    points = "".join(f"{name.lower()} = rcsd_trouble:{name}\n" for name in ("SLOW", "RAISES", "DIES"))
    (installed / "entry_points.txt").write_text(f"[rcsd.steps]\n{points}")
    monkeypatch.syspath_prepend(site)
    all_steps.cache_clear()
    yield {step.name: step for step in all_steps()}
    all_steps.cache_clear()


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize(
    ("name", "words"), [("raises", "no start ended"), ("dies", "a process ended before its step was finished")]
)
def test_what_goes_wrong_beside_other_steps_is_one_error(town, tmp_path, trouble, name, words):
    """A step that raises leaves the one beside it to its end; one that ends its process is told in words."""
    task = Assignment(load_study(town()), Request(quick=True), tmp_path / "out", workers=2)
    with pytest.raises(CalibrationError, match=words):
        run_steps(task, (trouble["slow"], trouble[name]))
    kept = {path.name for path in task.kept.folder.glob("*.json")}
    assert "calibrate.json" in kept
    assert ("slow.json" in kept) == (name == "raises")
