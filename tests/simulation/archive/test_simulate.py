"""Runs stored chunk by chunk are those of one call, and what is finished is not made again."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import h5netcdf
import numpy as np
import pandas as pd
import pytest
import xarray as xr

import rcsd
from rcsd.errors import ModelError, OutputError, ParameterError, RowsError, SimulationError
from rcsd.simulation.archive import simulating
from rcsd.simulation.archive.simulating import Simulated
from tests.places import TEST_MODELS

MODEL = rcsd.load(TEST_MODELS / "teacup.mdl")
NAMES = list(MODEL.constants)[:2]
ROWS = {name: MODEL.constants[name] * np.linspace(0.85, 1.0, 100) for name in NAMES}
OUTPUTS = [MODEL.variables[-1], *[name for name in MODEL.variables if name not in MODEL.constants][:2]]


@pytest.fixture
def store(tmp_path: Path) -> Callable[..., Simulated]:
    """Return `simulate` of the teacup in chunks of 30, into one folder."""

    def run(inputs: object = ROWS, **changed: object) -> Simulated:
        words: dict = {"out": tmp_path / "runs", "backend": "interpreted", "chunk_runs": 30} | changed
        return rcsd.simulate(MODEL, inputs, **words)

    return run


def test_the_runs_are_those_of_one_call(store) -> None:
    """Whole, chunk by chunk, and some outputs only."""
    wanted = MODEL.simulator("interpreted").run(ROWS)
    done = store()
    assert (done.n_kept, done.n_failed) == (0, 0)
    stored = rcsd.open_ensemble(done.ensemble.folder)
    found = stored.load()
    assert found.values.tobytes() == wanted.values.tobytes()
    assert (found.variables, found.units, found.messages) == (wanted.variables, wanted.units, wanted.messages)
    assert found.times.tolist() == wanted.times.tolist()
    assert {name: row.tolist() for name, row in found.inputs.items()} == {k: v.tolist() for k, v in ROWS.items()}
    assert [chunk.n_runs for chunk in stored.chunks()] == [30, 30, 30, 10]
    name = wanted.variables[1]
    assert stored.load([name]).values[:, :, 0].tolist() == wanted.of(name).tolist()
    assert stored.to_xarray().identical(wanted.to_xarray())
    with pytest.raises(ModelError, match="not a variable that can be saved"):
        stored.chunks(["nothing"])


def test_a_chunk_is_plain_netcdf(store) -> None:
    """Any reader of netCDF finds the runs, their numbers, inputs and units."""
    folder = store().ensemble.folder
    with xr.open_dataset(folder / "chunk-000001.nc", engine="h5netcdf") as chunk:
        assert chunk["run"].values.tolist() == list(range(30, 60))
        assert chunk[f"input: {NAMES[0]}"].values.tolist() == ROWS[NAMES[0]][30:60].tolist()
        assert {chunk[name].attrs["units"] for name in MODEL.variables if name in chunk} <= set(MODEL.units.values())


def test_table_mapping_and_file_are_one_job(store, tmp_path: Path) -> None:
    """The values count, not what they came in."""
    store()
    frame = pd.DataFrame(ROWS)
    frame.to_csv(tmp_path / "rows.csv", index=False)
    assert store(frame).n_kept == 100
    assert store(tmp_path / "rows.csv").n_kept == 100
    assert store(str(tmp_path / "rows.csv")).n_kept == 100


def test_what_is_missing_or_damaged_is_made_again_and_nothing_else(store) -> None:
    """A chunk that is gone, one cut short, one with a single bit changed, one of another place."""
    folder = store().ensemble.folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "chunk-000000.nc").unlink()
    (folder / "chunk-000001.nc").write_bytes(before["chunk-000001.nc"][:-1000])
    with h5netcdf.File(folder / "chunk-000002.nc", "a") as file:
        file.variables["run"][0] += 1
    reported: list[tuple[int, int]] = []
    done = store(progress=lambda _step, n, total: reported.append((n, total)))
    assert done.n_kept == 10
    assert reported == [(10, 100), (40, 100), (70, 100), (100, 100)]
    shutil.copy(folder / "chunk-000000.nc", folder / "chunk-000001.nc")
    assert store().n_kept == 70
    assert store().n_kept == 100
    assert {path.name for path in folder.iterdir()} == set(before)


def test_an_interruption_keeps_finished_chunks(store, tmp_path: Path) -> None:
    """Only whole files are there, reading says what is missing, and the same call goes on."""

    def interrupt(_step: str, n: int, _total: int) -> None:
        if n == 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store(progress=interrupt)
    names = sorted(path.name for path in (tmp_path / "runs").iterdir() if path.suffix != ".sha256")
    assert names == ["chunk-000000.nc", "chunk-000001.nc", "manifest.json"]
    done = store()
    assert done.n_kept == 60
    assert done.ensemble.load().n_runs == 100


def test_reading_what_is_not_finished_says_so(store) -> None:
    """And names the first file that is not there."""
    stored = store().ensemble
    (stored.folder / "chunk-000002.nc").unlink()
    with pytest.raises(OutputError, match=r"chunk-000002\.nc: is not there yet: the command that began it"):
        stored.load()
    (stored.folder / "chunk-000002.nc").write_bytes(b"nothing")
    with pytest.raises(OutputError, match=r"chunk-000002\.nc: is damaged"):
        stored.load()


@pytest.mark.parametrize(
    ("inputs", "changed", "words"),
    [
        (ROWS, {"seed": 1}, r"the seed \(0 there, 1 now\)"),
        (ROWS, {"outputs": OUTPUTS[1:2]}, r"the outputs \("),
        (ROWS, {"times": [0.0, 1.0]}, r"the times \("),
        (ROWS, {"method": "rk4"}, r"the method \(euler there, rk4 now\)"),
        (ROWS, {"chunk_runs": 20}, r"the runs in a chunk \(30 there, 20 now\)"),
        (ROWS, {"backend": "compiled"}, r"the backend \(interpreted there, compiled now\)"),
        ({NAMES[0]: ROWS[NAMES[0]]}, {}, r"the inputs \(.*the values of the inputs"),
        ({**ROWS, NAMES[0]: ROWS[NAMES[0]] * 1.1}, {}, "another job: the values of the inputs[.]"),
    ],
)
def test_a_folder_of_another_job_is_refused(store, inputs, changed, words) -> None:
    """With what differs; nothing in it is touched."""
    folder = store().ensemble.folder
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    with pytest.raises(OutputError, match=words):
        store(inputs, **changed)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_other_software_is_another_job(store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of two versions are not mixed in one folder."""
    store()
    newer = simulating.engine_software() | {"numpy": "99"}
    monkeypatch.setattr(simulating, "engine_software", lambda: newer)
    with pytest.raises(OutputError, match=r"the software \(now against there: numpy 99 against"):
        store()


def test_a_folder_with_something_else_is_left_alone(store, tmp_path: Path) -> None:
    """Whether it has a manifest of another kind or none."""
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "thesis.txt").write_text("mine")
    for content in (None, json.dumps({"study": "jixi"}), "{", "[]"):
        if content is not None:
            (tmp_path / "runs" / "manifest.json").write_text(content)
        with pytest.raises(OutputError, match=r"holds no manifest\.json of stored runs"):
            store()
    with pytest.raises(OutputError, match="holds no manifest"):
        rcsd.open_ensemble(tmp_path)


def test_failed_runs_are_kept_counted_and_listed(tmp_path: Path) -> None:
    """With their number, their inputs and why."""
    model = rcsd.load(TEST_MODELS / "explosive.mdl")
    name = "Power"  # of a stock in its own growth
    rows = {name: np.linspace(-3.0, 3.0, 50)}
    wanted = model.simulator().run(rows)
    assert 0 < wanted.n_failed < 50
    done = rcsd.simulate(model, rows, out=tmp_path, chunk_runs=7)
    assert done.n_failed == wanted.n_failed
    failed = np.flatnonzero(~wanted.ok)
    with done.ensemble.failed_runs.open(newline="") as stream:
        listed = list(csv.reader(stream))
    assert listed[0] == ["run", name, "message"]
    assert listed[1:] == [[str(run), repr(float(rows[name][run])), wanted.messages[run]] for run in failed]
    assert done.ensemble.load().messages == wanted.messages
    with pytest.raises(SimulationError, match=r"all 2 run\(s\) failed, .*failed_runs\.csv"):
        rcsd.simulate(model, {name: rows[name][failed[:2]]}, out=tmp_path / "all")


def test_wrong_requests_make_no_folder(store, tmp_path: Path) -> None:
    """They are found before anything is written."""
    (tmp_path / "rows.csv").write_text(f"{NAMES[0]},Foo\n1,2\n")
    with pytest.raises(RowsError, match=r"rows\.csv:1: 'Foo' is not a constant"):
        store(tmp_path / "rows.csv")
    with pytest.raises(ParameterError, match="hold no row"):
        store({NAMES[0]: []})
    with pytest.raises(ParameterError, match="at least one"):
        store(chunk_runs=0)
    with pytest.raises(ModelError, match="not a variable"):
        store(outputs=["nothing"])
    assert not (tmp_path / "runs").exists()


def test_too_little_space_is_told_before_the_first_run(store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not hours later."""
    usage = shutil.disk_usage(".")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(OutputError, match="are to be written"):
        store()
