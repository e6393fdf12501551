"""What nobody foresaw: one line, exit 70, and the traceback in a log that the line names."""

import re
from pathlib import Path

import pytest

from rcsd.errors import UnexpectedError


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, growth_model: Path) -> Path:
    """Return a model that is read before, and a cache folder for the log."""
    monkeypatch.setenv("RCSD_CACHE_DIR", str(tmp_path / "cache"))
    return growth_model


def broken(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let every model raise an error."""

    def load(*_given: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr("rcsd.simulation.loading.load", load)


def log_named_in(text: str) -> str:
    """Return the content of the log that a message names."""
    (path,) = re.findall(r"with the log (\S+\.log)", text)
    return Path(path).read_text("utf-8")


@pytest.mark.parametrize(
    "error", [KeyError("nothing"), ZeroDivisionError("x\ny"), AssertionError(), RecursionError("deep")]
)
def test_a_fault_of_the_program_is_one_line(
    rcsd, places: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """It names the file, the fault and the log; the log has traceback, versions and words."""
    broken(monkeypatch, error)
    result = rcsd("run", places, "--json")
    assert result.exit_code == 70
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.output
    assert f"rcsd: error: unexpected error in {places}: {type(error).__name__}" in result.stderr
    log = log_named_in(result.stderr)
    assert "Traceback" in log and "test_unexpected.py" in log and str(places) in log and "PySD" in log


def test_the_log_has_what_happened_in_the_other_process(rcsd, places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The traceback of this process would say nothing."""
    broken(monkeypatch, UnexpectedError("unexpected error in m.mdl: KeyError: 1", details="Traceback of the child"))
    result = rcsd("run", places)
    assert result.exit_code == 70
    assert "rcsd: error: unexpected error in m.mdl: KeyError: 1; " in result.stderr
    assert "Traceback of the child" in log_named_in(result.stderr)


def test_no_place_for_a_log_is_no_second_fault(
    rcsd, places: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Then the traceback goes to stderr: it must not be lost."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("RCSD_CACHE_DIR", str(tmp_path / "file" / "x"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file" / "x"))
    broken(monkeypatch, KeyError("nothing"))
    result = rcsd("run", places)
    assert result.exit_code == 70
    assert "please report it, and the file" in result.stderr and "KeyError: 'nothing'" in result.stderr


def test_too_little_memory_is_no_fault_of_the_program(rcsd, places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is too big ends with the code of work that failed."""
    broken(monkeypatch, MemoryError())
    result = rcsd("run", places)
    assert (result.exit_code, result.stderr) == (1, "rcsd: error: the work needs more memory than there is\n")


def test_a_wrong_command_line_is_still_told_by_its_own_words(rcsd) -> None:
    """What Typer says, and exit code 2."""
    result = rcsd("run", "--no-such-option")
    assert result.exit_code == 2
    assert "No such option" in result.stderr
