"""A command that is stopped, by whatever, says so in one line and leaves no process behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the processes in /proc")

PROGRAM = [sys.executable, "-c", "from rcsd.cli import main; main()", "study"]
CALIBRATION = Path(__file__).parents[2] / "calibration"
STOPPED = "rcsd: stopped. Finished steps are kept: the same command goes on from there."
PATIENCE = 20.0
"""Seconds after which a process that is still there has not noticed."""


def children(process: int) -> list[int]:
    """Return the workers of a process; the tracker of its shared resources is none."""
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [int(child) for child in found if b"resource_tracker" not in command(int(child))]


def command(process: int) -> bytes:
    """Return the command line of a process, empty for one that has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


@pytest.fixture
def command_line(tmp_path):
    """Return a study that PySD runs in two worker processes; the compiled engine would need none."""
    path = tmp_path / "study.toml"
    path.write_text(
        f"extends = {(CALIBRATION / 'coal_city.toml').as_posix()!r}\n"
        '[study]\nname = "jixi"\nmodel = "resource_city"\nbackend = "pysd"\nseed = 20001\n'
        f"data = {(CALIBRATION / 'jixi' / 'observed.csv').as_posix()!r}\n"
    )
    return [*PROGRAM, path, "--workers", "2", "--out", tmp_path / "out"]


def wait_for(what, seconds=PATIENCE):
    """Wait until a condition holds and return its value."""
    end = time.monotonic() + seconds
    while not (value := what()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return value


@pytest.mark.parametrize(
    ("number", "whom", "settled", "code"),
    [
        (signal.SIGINT, os.killpg, 0.0, 130),  # the keyboard's, while the workers still import
        pytest.param(signal.SIGINT, os.killpg, 3.0, 130, marks=pytest.mark.slow),
        (signal.SIGTERM, os.kill, 0.0, 143),
        pytest.param(signal.SIGTERM, os.kill, 3.0, 143, marks=pytest.mark.slow),
        pytest.param(signal.SIGKILL, os.kill, 3.0, -signal.SIGKILL, marks=pytest.mark.slow),
    ],
)
def test_no_worker_outlives_its_parent(command_line, number, whom, settled, code):
    """Interrupted, terminated or killed: the workers end with the command, and there is one line at most to read."""
    with subprocess.Popen(
        command_line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        workers = wait_for(lambda: found if len(found := children(parent.pid)) == 2 else [])
        time.sleep(settled)
        whom(parent.pid, number)
        stdout, stderr = parent.communicate(timeout=PATIENCE)
    wait_for(lambda: not any(command(worker) for worker in workers))
    assert parent.returncode == code
    assert stdout == ""
    assert "Traceback" not in stderr
    if number != signal.SIGKILL:  # after which only Python's own tracker can speak
        assert stderr.splitlines() == [STOPPED]
