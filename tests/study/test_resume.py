"""Finished steps and starts are kept, reused while nothing they depend on changes, and never half-written."""

import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from rcsd.errors import ModelError, RcsdWarning
from rcsd.study import calibrate_study, load_study, run_study
from rcsd.study.graph.kept import keep, read_kept
from rcsd.study.graph.provenance import hashes
from rcsd.study.steps.calibrate import CALIBRATE
from tests.places import ROOT

KILLED = """
import os, signal, sys
from rcsd.study import load_study, run_study

def progress(step, done, total):
    if (step, done) == ("calibrate", 2):
        os.kill(os.getpid(), signal.SIGKILL)

run_study(load_study(sys.argv[1]), out=sys.argv[2], quick=True, progress=progress)
"""


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_killed_study_leaves_whole_files_and_resumes(town, tmp_path, thorough):
    """Killed after two of three starts: every file is whole, no result is there, and the rest is all that is redone."""
    path, out = town(thorough), tmp_path / "out"
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(path), str(out)]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert ended.returncode == -signal.SIGKILL
    left = sorted(file for file in out.rglob("*") if file.is_file())
    assert [file.name for file in left] == ["calibrate-start-000.json", "calibrate-start-001.json"]
    assert all(json.loads(file.read_text())["value"]["converged"] for file in left)
    before = {file: file.stat().st_mtime_ns for file in left}
    told = []
    result = run_study(load_study(path), out=out, quick=True, progress=lambda *piece: told.append(piece))
    assert told[:2] == [("calibrate", 2, 3), ("calibrate", 3, 3)]
    assert {file: file.stat().st_mtime_ns for file in left} == before
    whole = run_study(load_study(path), out=tmp_path / "whole", quick=True)
    assert result[CALIBRATE].fit.starts == whole[CALIBRATE].fit.starts
    assert result[CALIBRATE].fit.estimate.tolist() == whole[CALIBRATE].fit.estimate.tolist()
    assert (result.runs.total, result.runs.failed) == (whole.runs.total, whole.runs.failed)


def test_failing_step_leaves_the_finished_ones(town, tmp_path, monkeypatch):
    """An interruption in the backtest keeps the calibration, which the next run reuses."""
    study, out = load_study(town()), tmp_path / "out"

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("rcsd.study.steps.backtest.backtest", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run_study(study, out=out, quick=True)
    assert not (out / "town" / "result.json").exists()
    result = run_study(study, out=out, quick=True)
    assert {step.name: step.reused for step in result.steps} == {
        "calibrate": True,
        "backtest": False,
        "profiles": False,
        "parameters": False,
        "simulate": False,
        "life_cycle": False,
        "sobol": False,
        "model_checks": False,
        "fitted_loops": False,
        "live_fit": False,
    }


def test_finished_study_runs_no_model(town, tmp_path, monkeypatch):
    """A second run reads every step: it makes no simulator, and writes the same result.json, byte for byte."""
    study, out = load_study(town()), tmp_path / "out"
    run_study(study, out=out, quick=True)
    first = (out / "town" / "result.json").read_bytes()
    monkeypatch.setattr("rcsd.study.file.study.Study.simulator", lambda _: pytest.fail("a model was made"))
    result = run_study(study, out=out, quick=True)
    assert all(step.reused for step in result.steps)
    assert (out / "town" / "result.json").read_bytes() == first


@pytest.mark.parametrize(
    ("study", "data"),
    [
        ({"seed = 7": "seed = 8"}, {}),
        ({}, {"gdp,2004,": "gdp,2004,1"}),
        ({"error = 0.05": "error = 0.04"}, {}),
    ],
)
def test_changed_input_makes_kept_steps_stale(town, tmp_path, study, data):
    """Another seed, another cell of data or another error scale is another calibration: nothing is reused."""
    out = tmp_path / "out"
    run_study(load_study(town()), out=out, quick=True)
    result = run_study(load_study(town(study, data)), out=out, quick=True)
    assert not any(step.reused for step in result.steps)


def test_changed_model_makes_kept_steps_stale(town, tmp_path):
    """An edit of the model file, even of a constant that the study estimates, is another calibration."""
    path, out, told = town(), tmp_path / "out", []
    calibrate_study(load_study(path), out=out, quick=True)
    model = path.with_name("town.mdl")
    model.write_text(model.read_text().replace("0.01", "0.02"))
    calibrate_study(load_study(path), out=out, quick=True, progress=lambda *piece: told.append(piece))
    assert told[0] == ("calibrate", 0, 1)


def test_kept_file_counts_only_under_its_key(tmp_path):
    """A kept result is found under its key; under another, or when the file is damaged, it counts as absent."""
    path = tmp_path / "step.json"
    keep(path, "k", {"value": 1.5})
    assert read_kept(path, "k") == {"key": "k", "value": 1.5}
    assert read_kept(path, "other") is None
    path.write_text('{"key": "k", "val')
    assert read_kept(path, "k") is None
    assert read_kept(tmp_path / "absent.json", "k") is None


def test_file_that_the_model_reads_makes_kept_steps_stale(town):
    """A constant comes from a file beside the model: its content is hashed, also when the model stays the same."""
    path = town()
    model, rates = path.with_name("town.mdl"), path.with_name("rates.csv")
    text = "Time Scale=\n\t10\n"
    assert text in model.read_text()
    model.write_text(model.read_text().replace(text, "Time Scale=\n\tGET DIRECT CONSTANTS('rates.csv', ',', 'B2')\n"))
    found = []
    for scale in (10, 20):
        rates.write_text(f"name,value\nscale,{scale}\n")
        found.append(hashes(load_study(path)))
    first, second = found
    assert first["model"] == second["model"]
    assert first["model reads rates.csv"] != second["model reads rates.csv"]
    rates.unlink()
    assert "model reads rates.csv" not in hashes(load_study(path))


@pytest.mark.parametrize("name", ["study.toml", "observed.csv", "town.mdl"])
def test_an_input_edited_during_a_run_is_named_and_not_hashed(town, tmp_path, name):
    """The manifest has the hashes of what was read, and the run ends with a warning that names the file."""
    path = town()
    study, edited = load_study(path), path.with_name(name)
    before = hashes(study)

    def progress(step, done, _total):
        if (step, done) == ("calibrate", 1):
            edited.write_text(edited.read_text() + "\n")

    with pytest.warns(RcsdWarning, match=f"{name} changed while the study ran"):
        run_study(study, out=tmp_path / "out", quick=True, progress=progress)
    manifest = json.loads((tmp_path / "out" / "town" / "manifest.json").read_text())
    assert manifest["hashes"] == before


def test_a_model_edited_before_its_run_is_refused(town, tmp_path):
    """What was checked and what PySD would read again are two models: nothing is run, and nothing kept."""
    path = town()
    path.write_text(path.read_text().replace("[study]\n", '[study]\nbackend = "pysd"\n'))
    study, model = load_study(path), path.with_name("town.mdl")
    model.write_text(model.read_text().replace("0.01", "0.02"))
    with pytest.raises(ModelError, match="has changed since it was read"):
        run_study(study, out=tmp_path / "out", quick=True)
    assert not [file for file in (tmp_path / "out").rglob("*") if file.is_file()]


def test_a_file_of_the_model_edited_during_a_run_is_refused(town, tmp_path):
    """PySD reads it again whenever it loads the model: no run after the edit is kept under the old hash."""
    path = town()
    model, rates = path.with_name("town.mdl"), path.with_name("rates.csv")
    text = "Time Scale=\n\t10\n"
    model.write_text(model.read_text().replace(text, "Time Scale=\n\tGET DIRECT CONSTANTS('rates.csv', ',', 'B2')\n"))
    rates.write_text("name,value\nscale,10\n")

    def progress(step, done, _total):
        if (step, done) == ("calibrate", 1):
            rates.write_text("name,value\nscale,20\n")

    out = tmp_path / "out"
    with pytest.raises(ModelError, match=r"rates\.csv, which the model reads, has changed"):
        run_study(load_study(path), out=out, progress=progress)
    assert [file.name for file in out.rglob("*") if file.is_file()] == ["calibrate-start-000.json"]
