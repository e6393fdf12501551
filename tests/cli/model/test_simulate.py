"""`rcsd simulate`: rows in, a folder out, and the same command goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import rcsd as package
from tests.cli.test_stopping import untimed

PROGRAM = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from rcsd.cli import main; main()"
STOPPED = "rcsd: stopped. Finished steps are kept: the same command goes on from there."


@pytest.fixture
def words(growth_model):
    """Return the words that simulate three growth rates into the folder runs beside the model."""
    folder = growth_model.parent
    (folder / "rows.csv").write_text("Growth Rate\n0.1\n0.2\n1e99\n")
    return ["simulate", growth_model, "--inputs", folder / "rows.csv", "--outputs", "Stock", "--out", folder / "runs"]


def test_rows_become_runs(rcsd, words):
    """100 (1 + r)^n under Euler's rule; the run that overflows is counted and listed."""
    result = rcsd(*words, "--years", "2000:2004", "--json")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["runs"] == {"total": 3, "failed": 1, "kept": 0}
    assert document["times"] == [2000, 2001, 2002, 2003, 2004]
    stock = package.open_ensemble(document["folder"]).load().of("Stock")
    np.testing.assert_allclose(stock[:2, :3], [[100, 110, 121], [100, 120, 144]])
    with Path(document["failed_runs"]).open() as lines:
        assert [line.split(",")[:2] for line in lines] == [["run", "Growth Rate"], ["2", "1e+99"]]
    again = rcsd(*words, "--years", "2000:2004")
    assert again.stdout.startswith("3 runs, 3 of them from before: ")
    assert "1 failed, listed in " in again.stdout


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--scheduler", "localhost"], "such as tcp://"),
        (["--outputs", "Stork"], "did you mean 'Stock'"),
        (["--years", "1990:2000"], "--years"),
        (["--inputs", "nowhere.csv"], "nowhere.csv: cannot be read"),
    ],
)
def test_bad_input_is_one_paragraph(rcsd, words, more, said):
    """Exit code 2, nothing written."""
    result = rcsd(*words, *more)
    assert result.exit_code == 2
    assert result.stderr.startswith("rcsd: error: ")
    assert said in result.stderr
    assert not words[-1].exists()


def test_a_folder_of_another_job_is_bad_input(rcsd, words):
    """The message names what differs."""
    assert rcsd(*words).exit_code == 0
    result = rcsd(*words, "--seed", "4")
    assert result.exit_code == 2
    assert "the seed (0 there, 4 now)" in result.stderr


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_stopped_it_goes_on(rcsd, tmp_path, number, code):
    """Whole chunks are left and no other files; the same command makes the rest."""
    n_runs = 100_000
    rates = np.random.default_rng(0).uniform(0.2, 0.5, n_runs)
    (tmp_path / "rows.csv").write_text("Investment Rate\n" + "\n".join(map(repr, rates.tolist())))
    out = tmp_path / "runs"
    run = ["simulate", "resource_city", "--inputs", tmp_path / "rows.csv", "--outputs", "GDP", "--out", out]
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *run], stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while not (out / "chunk-000001.nc").exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == code
    assert number == signal.SIGKILL or untimed(stderr) == [STOPPED]
    left = {path.name for path in out.iterdir()}
    assert number == signal.SIGKILL or all(name.startswith(("chunk-", "manifest")) for name in left)
    document = json.loads(rcsd(*run, "--json").stdout)
    assert 0 < document["runs"]["kept"] < n_runs
    wanted = package.load("resource_city").simulator().run({"Investment Rate": rates[:20000]}, outputs=["GDP"])
    found = next(package.open_ensemble(out).chunks())
    assert found.values.tobytes() == wanted.values[: found.n_runs].tobytes()
