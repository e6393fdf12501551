"""Where nobody watches a bar, long work says how far it has come, a line per step; nothing else changes."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from rcsd.cli import lines
from rcsd.cli.lines import Lines

pytestmark = pytest.mark.usefixtures("undrawn")


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Return the clock by which lines are told."""
    found = Watch()
    monkeypatch.setattr("rcsd.cli.lines.time.perf_counter", found)
    monkeypatch.setattr(lines, "PATIENCE", 1.0)
    return found


def test_lines_are_held_until_it_is_known_that_the_work_takes_long(
    watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Within the first second nothing is said; then a line per step, each once, with its own time."""
    told = Lines(lambda: "study")
    note = told.noting("jixi")
    note("calibrate", 0, 8)
    watch.now = 0.5
    note("calibrate", 8, 8)
    assert capsys.readouterr().err == ""
    note("rolling", 0, 2)
    watch.now = 11.8
    note("rolling", 1, 2)
    note("rolling", 2, 2)
    note("rolling", 2, 2)
    told.finish()
    assert capsys.readouterr().err.splitlines() == ["rcsd: jixi: calibrate, 0.5 s", "rcsd: jixi: rolling, 11.3 s"]


def test_a_step_that_goes_on_is_not_silent(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    """After half a minute without a line it says how far it is, and one that never says it has ended ends with all."""
    told = Lines(lambda: "study")
    note = told.noting("jixi")
    note("posterior", 0, 8000)
    for watch.now in (20.0, 31.0, 40.0):
        note("posterior", 3000, 8000)
    watch.now = 62.0
    told.finish()
    assert capsys.readouterr().err.splitlines() == [
        "rcsd: jixi: posterior 3,000 of 8,000, 31 s",
        "rcsd: jixi: posterior, 62.0 s",
    ]


def test_a_command_without_steps_tells_its_own_time(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing where it was quick."""
    quick = Lines(lambda: "run")
    watch.now = 0.9
    quick.finish()
    assert capsys.readouterr().err == ""
    watch.now = 8.0
    quick.finish()
    assert capsys.readouterr().err == "rcsd: run, 8.0 s\n"


def test_stdout_and_files_are_the_same_with_lines(
    rcsd: Callable[..., Result], growth_study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A study that tells of its steps prints and writes what a silent one does."""
    silent = rcsd("study", growth_study, "--quick", "--out", tmp_path / "out")
    assert (silent.exit_code, silent.stderr.count("\n")) == (0, 1)  # that it was a quick search
    written = (tmp_path / "out" / "growth" / "result.json").read_bytes()
    monkeypatch.setattr(lines, "PATIENCE", -1.0)
    monkeypatch.setattr(lines, "BRIEF", 0.0)
    telling = rcsd("study", growth_study, "--quick", "--out", tmp_path / "out")
    assert telling.stdout == silent.stdout
    assert (tmp_path / "out" / "growth" / "result.json").read_bytes() == written
    told = re.findall(r"^rcsd: (growth|all studies): (\w+), \d+\.\d s$", telling.stderr, re.MULTILINE)
    assert told[-2:] == [("growth", "report"), ("all studies", "index")]
    assert len(set(told)) == len(told)


def test_on_a_terminal_bars_take_their_place(
    rcsd: Callable[..., Result], growth_study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There no line is told."""
    monkeypatch.setattr(lines, "PATIENCE", -1.0)
    monkeypatch.setattr(lines, "_is_terminal", lambda: True)
    done = rcsd("study", growth_study, "--quick", "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "growth: report" not in done.stderr
