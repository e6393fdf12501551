"""A command that is stopped, by whatever, says so in one line and leaves no process behind."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.places import CALIBRATION, TEST_MODELS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.process,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the processes in /proc"),
]

# nohup and & leave SIGINT ignored, and Python then has no interrupt
PROGRAM = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from rcsd.cli import main; main()"
STOPPED = "rcsd: stopped. Finished steps are kept: the same command goes on from there."
PATIENCE = 240.0
"""Seconds after which a process that is still there has not noticed."""


@pytest.fixture
def words(tmp_path):
    """Return the words of a study that PySD runs in two worker processes; the compiled engine would need none."""
    path = tmp_path / "study.toml"
    path.write_text(
        f"extends = {(CALIBRATION / 'coal_city.toml').as_posix()!r}\n"
        '[study]\nname = "jixi"\nmodel = "resource_city"\nbackend = "pysd"\nseed = 20001\n'
        f"data = {(CALIBRATION / 'jixi' / 'observed.csv').as_posix()!r}\n"
    )
    return ["study", path, "--workers", "2", "--out", tmp_path / "out"]


def children(process: int) -> list[int]:
    """Return what a process has started and not yet seen the end of."""
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except FileNotFoundError:
        return []


def once_at_work(parent: subprocess.Popen) -> list[int]:
    """Wait for the two workers and return every child then: those that read models and run PySD are of them."""

    def found() -> list[int]:
        processes = children(parent.pid)
        return processes if sum(b"--multiprocessing-fork" in command(process) for process in processes) == 2 else []

    return wait_for(found)


def command(process: int) -> bytes:
    """Return the command line of a process, empty for one that has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def start(program: str, *words: object) -> subprocess.Popen:
    """Start a command in a session of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def untimed(stderr: str) -> list[str]:
    """Return the lines of a log, without those that tell how long a step took: how many there are is chance."""
    return [line for line in stderr.splitlines() if not re.fullmatch(r"rcsd: .*, \d[\d.]* s", line)]


def end(process: subprocess.Popen) -> None:
    """Leave nothing behind, whatever a test has found."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


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
        (signal.SIGINT, os.killpg, 3.0, 130),
        (signal.SIGTERM, os.kill, 0.0, 143),
        (signal.SIGTERM, os.kill, 3.0, 143),
        (signal.SIGKILL, os.kill, 3.0, -signal.SIGKILL),
    ],
)
def test_no_worker_outlives_its_parent(words, number, whom, settled, code):
    """Interrupted, terminated or killed: the workers end with the command, and there is one line at most to read."""
    parent = start(PROGRAM, *words)
    try:
        processes = once_at_work(parent)
        time.sleep(settled)
        whom(parent.pid, number)
        stdout, stderr = parent.communicate(timeout=PATIENCE)
        wait_for(lambda: not any(command(process) for process in processes))
    finally:
        end(parent)
    assert parent.returncode == code
    assert stdout == ""
    assert "Traceback" not in stderr, stderr
    if number != signal.SIGKILL:  # after which only Python's own tracker can speak
        assert untimed(stderr) == [STOPPED]


@pytest.mark.parametrize(("number", "whom", "code"), [(signal.SIGINT, os.killpg, 130), (signal.SIGTERM, os.kill, 143)])
def test_studies_beside_each_other_end_with_the_command(tmp_path, number, whom, code):
    """Stopped in the middle of their work: no process is left, one line to read, and the steps so far kept."""
    out = tmp_path / "out"
    parent = start(PROGRAM, "study", "jixi", "hegang", "--workers", "2", "--out", out)
    try:
        processes = once_at_work(parent)
        wait_for(lambda: list(out.glob("*/steps/calibrate*")))
        whom(parent.pid, number)
        stdout, stderr = parent.communicate(timeout=PATIENCE)
        wait_for(lambda: not any(command(process) for process in processes))
    finally:
        end(parent)
    assert (parent.returncode, stdout) == (code, "")
    assert untimed(stderr) == [STOPPED]
    assert list(out.glob("*/steps/calibrate*"))


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_signal_in_the_middle_of_a_start_waits_for_its_end(words, after):
    """The tracker of resources is the first process, the workers are the others; none is left half started."""
    program = (
        "import os, signal\n"
        "from multiprocessing import util\n"
        "spawn, started = util.spawnv_passfds, []\n"
        "def disturbed(*arguments):\n"
        "    started.append(spawn(*arguments))\n"
        f"    if len(started) == {after}:\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "    return started[-1]\n"
        "util.spawnv_passfds = disturbed\n"
        "from rcsd.cli import main\n"
        "main()\n"
    )
    parent = start(program, *words)
    try:
        _, stderr = parent.communicate(timeout=PATIENCE)
    finally:
        end(parent)
    assert parent.returncode == 143
    assert untimed(stderr) == [STOPPED]


def test_a_signal_while_a_kernel_is_compiled_ends_it_between_two_functions(tmp_path):
    """Numba swallows an exception that comes in the middle, or breaks on it; nothing half-made is left."""
    program = (
        "import os, signal\n"
        "from rcsd.simulation.engine import cache\n"
        "execute = cache._execute\n"
        "def disturbed(*arguments):\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    return execute(*arguments)\n"
        "cache._execute = disturbed\n"
        "from rcsd.cli import main\n"
        "main()\n"
    )
    model = TEST_MODELS / "teacup.mdl"
    ended = subprocess.run(
        [sys.executable, "-c", program, "run", model, "--backend", "compiled"],
        env=os.environ | {"RCSD_CACHE_DIR": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
    )
    assert (ended.returncode, ended.stdout) == (143, "")
    assert ended.stderr.splitlines() == ["rcsd: stopped."]  # `run` keeps no steps
    assert not list(tmp_path.glob("building-*"))
