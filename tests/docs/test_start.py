"""What the pages for modellers, analysts and reviewers show works as it stands there."""

import json
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.docs.markdown import RUN, blocks, commands, write_files
from tests.places import DOCS

MODELLER, ANALYST, REVIEWER = (DOCS / "start" / f"{name}.md" for name in ("modeller", "analyst", "reviewer"))

Run = Callable[..., Result]


def follow(page: Path, rcsd: Run) -> list[Result]:
    """Do what a page says, in the working folder: run its commands and its Python, in order."""
    results = []
    for block in blocks(page):
        if block.language == "python":
            exec(compile(block.text, page.name, "exec"), {})
        elif block.language == RUN:
            for command in commands(block.text):
                results.append(rcsd(*shlex.split(command)[1:]))
                assert results[-1].exit_code == 0, f"{command}\n{results[-1].output}"
    return results


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_modellers_page_gets_to_runs(folder: Path, rcsd: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Both CSVs are there, and a faster loss leaves fewer people: Euler's product is the closed form."""
    write_files(MODELLER, folder)
    assert len(follow(MODELLER, rcsd)) == 4
    people = {
        name: [float(line.split(",")[1]) for line in (folder / name).read_text("utf-8").splitlines()[1:]]
        for name in ("run.csv", "faster.csv")
    }
    assert people["run.csv"][10] == pytest.approx(40 * (1 - 0.005 / 4) ** 40)
    assert people["faster.csv"][10] == pytest.approx(40 * (1 - 0.02 / 4) ** 40)
    printed = capsys.readouterr().out
    assert f"{40 * (1 - 0.007 / 4) ** 80:.4f}"[:5] in printed
    assert f"{40 * (1 - 0.02 / 4) ** 40:.4f}"[:5] in printed


def test_the_modellers_mistake_is_answered_as_the_page_says(folder: Path, rcsd: Run) -> None:
    """The message that the page prints is the one that comes, but for the folder."""
    write_files(MODELLER, folder)
    wrong, right = re.findall(r"Change `([^`]+)` to `([^`]+)`", MODELLER.read_text("utf-8"))[0][::-1]
    path = folder / "town.mdl"
    path.write_text(path.read_text("utf-8").replace(right, wrong), encoding="utf-8")
    (said,) = (block.text.strip() for block in blocks(MODELLER) if block.text.startswith("rcsd: error"))
    result = rcsd("run", "town.mdl")
    assert result.exit_code == 2
    assert said.removeprefix("rcsd: error: ") in result.stderr.replace(f"{folder}{os.sep}", "")


@pytest.mark.slow
def test_the_analysts_and_the_reviewers_page_get_to_a_study(
    folder: Path, rcsd: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every file of the table is there, and the reviewer's lines print the errors that stand in result.json."""
    write_files(MODELLER, folder)
    write_files(ANALYST, folder)
    assert len(follow(ANALYST, rcsd)) == 5
    for name in re.findall(r"`([\w.]+\.\w+|figures/)`", _table(ANALYST, "| file |")):
        assert (folder / "out" / "town" / name).exists(), name
    errors = json.loads((folder / "out" / "town" / "result.json").read_text("utf-8"))["series"]["population"]["holdout"]
    capsys.readouterr()
    follow(REVIEWER, rcsd)
    printed = capsys.readouterr().out
    assert printed.startswith("town population")
    assert f"'model': {errors['mape']:.1f}" in printed
    assert f"'last': {errors['baselines']['last']['mape']:.1f}" in printed


def _table(page: Path, head: str) -> str:
    """Return the table of a page that begins with a head."""
    text = page.read_text("utf-8")
    return text[text.index(head) :].partition("\n\n")[0]


def test_the_reviewers_sections_are_those_of_the_report() -> None:
    """Each section that the reviewer is sent to is a heading of some page of the report."""
    code = "\n".join(path.read_text("utf-8") for path in sorted((DOCS.parent / "rcsd").rglob("*.py")))
    named = re.findall(r"\*([A-Z][^*]+)\*", _table(REVIEWER, "| question |"))
    assert len(named) > 10
    for heading in named:
        words = re.sub(r"2030|2005–2012", "", heading).strip()
        assert words in code, heading
