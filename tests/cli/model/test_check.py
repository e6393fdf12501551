"""`rcsd check`: exit codes, text, JSON, a first file, and checking again on a save."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.small_models import TOWN, write_model

WRONG = TOWN | {"Lifetime": "5 ~ Year ~ Mean. Range 20 to 80."}


def test_a_sound_model_ends_with_zero(rcsd, tmp_path):
    """Nothing but what was not looked at, and the counts."""
    result = rcsd("check", write_model(tmp_path, TOWN))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("small.mdl: 0 errors, 0 warnings, 0 notes; ")
    assert "not checked: twin (no twin is named; give one with --against)" in result.stdout


def test_a_fault_ends_with_one_and_stands_with_its_line_and_remedy(rcsd, tmp_path):
    """Text for people, without colour where no terminal is."""
    path = write_model(tmp_path, WRONG)
    result = rcsd("check", path)
    assert result.exit_code == 1
    line = path.read_text("utf-8").splitlines().index("Lifetime=") + 1
    assert f"  small.mdl:{line}: Lifetime: its value 5 lies outside its range 20 to 80 [ranges]" in result.stdout
    assert "    remedy: correct the value, or widen the range" in result.stdout
    assert "\x1b" not in result.stdout


def test_warnings_fail_when_asked_to(rcsd, tmp_path):
    """A range that breaks the model is a warning: no failure, but with --strict."""
    path = write_model(tmp_path, TOWN | {"Lifetime": "50 ~ Year ~ Mean. Range 0 to 80."})
    assert rcsd("check", path).exit_code == 0
    assert rcsd("check", path, "--strict").exit_code == 1


def test_the_document_has_the_documented_fields(rcsd, tmp_path):
    """One JSON document with every field of the page, and nothing else on stdout."""
    document = json.loads(rcsd("check", write_model(tmp_path, WRONG), "--json").stdout)
    assert set(document) == {
        "model", "checks_file", "twin", "counts", "findings", "silenced", "made", "unmade",
    }  # fmt: skip
    (finding,) = [each for each in document["findings"] if each["check"] == "ranges"]
    assert set(finding) == {"check", "grade", "variable", "file", "line", "message", "remedy"}
    assert (finding["grade"], finding["variable"]) == ("error", "Lifetime")


def test_silenced_findings_are_counted_and_shown_on_request(rcsd, tmp_path):
    """With the reason that the file of checks gives."""
    checks = tmp_path / "accepted.toml"
    checks.write_text('[[silence]]\ncheck = "ranges"\nvariable = "Lifetime"\nreason = "a war"\n', "utf-8")
    path = write_model(tmp_path, WRONG)
    plain, every = (rcsd("check", path, "--checks", checks, *more) for more in ((), ("--all",)))
    assert plain.exit_code == every.exit_code == 0
    assert "1 silenced" in plain.stdout
    assert "accepted: a war" not in plain.stdout
    assert "accepted: a war" in every.stdout


@pytest.mark.parametrize(
    "words", [("none.mdl",), ("small.mdl", "--checks", "none.toml"), ("small.mdl", "--against", "none.xmile")]
)
def test_what_is_not_there_ends_with_two(rcsd, tmp_path, monkeypatch, words):
    """Bad input is no finding."""
    write_model(tmp_path, TOWN)
    monkeypatch.chdir(tmp_path)
    assert rcsd("check", *words).exit_code == 2


def test_a_first_file_is_written_once(rcsd, tmp_path):
    """And not over one that is there."""
    path = write_model(tmp_path, TOWN)
    assert rcsd("check", path, "--init").exit_code == 0
    assert "[[extremes]]" in (tmp_path / "checks.toml").read_text("utf-8")
    assert rcsd("check", path).exit_code == 0
    assert rcsd("check", path, "--init").exit_code == 2


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt reaches a whole console there")
def test_a_save_is_checked_again_until_it_is_stopped(tmp_path):
    """The second report tells of the fault that was saved; an interrupt ends it with 130 and one line."""
    path = write_model(tmp_path, TOWN)
    command = [sys.executable, "-c", "from rcsd.cli import main; main()", "check", str(path), "--watch"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as watching:
        assert watching.stdout is not None
        assert watching.stderr is not None
        assert any("0 errors" in line for line in iter(watching.stdout.readline, ""))
        time.sleep(0.1)
        write_model(tmp_path, WRONG)
        assert any("1 error," in line for line in iter(watching.stdout.readline, ""))
        watching.send_signal(signal.SIGINT)
        assert watching.wait(60) == 130
        assert watching.stderr.read().strip().splitlines()[-1] == "rcsd: stopped."


def test_a_stamp_tells_a_change(tmp_path: Path) -> None:
    """A file that is not there, one that is, and the same with other content have three stamps."""
    from rcsd.cli.model.watching import stamps  # noqa: PLC0415

    path = tmp_path / "model.mdl"
    found = [stamps([path])]
    for text in ("a", "ab"):
        path.write_text(text, "utf-8")
        found.append(stamps([path]))
    assert len(set(found)) == 3
