"""Studies in processes of their own: the numbers, warnings and failures of one after the other."""

import json
import os
import re
from pathlib import Path

import pytest

from rcsd.cli import studying
from rcsd.cli.studying import Task, carry_out_each
from rcsd.study import load_study
from rcsd.work import beside

pytestmark = [pytest.mark.slow, pytest.mark.process, pytest.mark.usefixtures("undrawn")]


@pytest.fixture
def two(growth_study) -> list[Path]:
    """Return the growth study and one that differs in its name and its first value."""
    other = growth_study.parent / "other"
    other.mkdir()
    (other / "growth.mdl").write_bytes((growth_study.parent / "growth.mdl").read_bytes())
    text = growth_study.read_text(encoding="utf-8").replace('name = "growth"', 'name = "other"')
    (other / "study.toml").write_text(text, encoding="utf-8")
    data = (growth_study.parent / "observed.csv").read_text(encoding="utf-8")
    (other / "observed.csv").write_text(re.sub(r"stock,2000,[^,]+", "stock,2000,101.0", data), encoding="utf-8")
    return [growth_study, other / "study.toml"]


def results(out: Path) -> list[dict]:
    """Return both results without the speed of the machine."""
    found = [json.loads((out / name / "result.json").read_text(encoding="utf-8")) for name in ("growth", "other")]
    for result in found:
        del result["runs"]["per_second"]
    return found


def test_workers_change_no_number(rcsd, two, tmp_path):
    """Beside each other and one after the other give the same results, files and order."""
    apart, beside = tmp_path / "apart", tmp_path / "beside"
    assert rcsd("study", *two, "--out", apart).exit_code == 0
    ended = rcsd("study", *two, "--workers", "2", "--out", beside, "--json")
    assert ended.exit_code == 0, ended.stderr
    assert results(apart) == results(beside)
    assert [study["result"]["study"] for study in json.loads(ended.stdout)["studies"]] == ["growth", "other"]
    for name in ("growth", "other"):
        files = {path.relative_to(apart) for path in (apart / name).rglob("*")}
        assert files == {path.relative_to(beside) for path in (beside / name).rglob("*")}


@pytest.mark.filterwarnings("always::rcsd.errors.RcsdWarning")
def test_a_warning_of_a_process_is_shown_by_the_command(rcsd, two, tmp_path):
    """The quick search that takes the place of a full one says so in the words it has here."""
    out = tmp_path / "out"
    assert rcsd("study", *two, "--out", out).stderr == ""
    lines = rcsd("study", *two, "--quick", "--workers", "2", "--out", out).stderr.splitlines()
    for name in ("growth", "other"):
        (line,) = (line for line in lines if str(out / name) in line)
        assert line.startswith("rcsd: warning: the results of a full search")


def test_a_failure_of_a_process_is_one_clear_message(rcsd, two, tmp_path):
    """A folder in the way of the second study is named with its remedy, and the first is finished."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "other").write_text("", encoding="utf-8")
    ended = rcsd("study", *two, "--workers", "2", "--out", out)
    assert ended.exit_code == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("rcsd: error:")
    assert str(out / "other") in line
    assert (out / "growth" / "result.json").is_file()


def test_progress_comes_from_both(two, tmp_path):
    """What each step tells in its process arrives under the name of its study."""
    heard: set[tuple[str, str]] = set()

    def noting(study):
        return lambda step, done, total: heard.add((study, step))

    tasks = [Task(load_study(path), {}, tmp_path / "out", True, 1, None) for path in two]
    done = carry_out_each(tasks, 2, noting)
    assert [each.result.info.name for each in done] == ["growth", "other"]
    for name in ("growth", "other"):
        assert {"backtest", "simulate"} <= {step for study, step in heard if study == name}


def test_a_process_that_dies_is_explained(two, tmp_path, monkeypatch):
    """A worker that is killed, as one without memory is, leaves a message and no traceback."""
    monkeypatch.setattr(beside, "_begin", _die)
    tasks = [Task(load_study(path), {}, tmp_path / "out", True, 1, None) for path in two]
    with pytest.raises(studying.CalibrationError, match="ended before its study was finished"):
        carry_out_each(tasks, 2, lambda study: lambda step, done, total: None)


def _die(_notes: object) -> None:
    os._exit(9)
