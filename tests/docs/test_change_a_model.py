"""The page from a broken unit to a checked pull request: each command is run, and ends as the page says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.docs.markdown import RUN, Block, blocks, write_files
from tests.places import DOCS, ROOT

PAGE = DOCS / "how-to" / "change-a-model.md"
EDIT = re.compile(r"^Change `([^`]+)` to `([^`]+)`", re.MULTILINE)
ENDS = re.compile(r"^(?P<command>.*?)(?:  # ends with (?P<code>\d))?$")

Rcsd = Callable[..., Result]


def environment(folder: Path) -> dict[str, str]:
    """Return the variables of a process that finds `rcsd`, and whose git knows nothing of its user."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    program = programs / "rcsd"
    main = "from rcsd.cli import main; main()"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{main}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    who = {f"GIT_{role}_{what}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    path = os.pathsep.join([str(programs), kept["PATH"]])
    return kept | who | quiet | {"PATH": path, "PYTHONPATH": str(ROOT)}


def shell(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line, or lines, of a shell in a folder."""
    return subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env=environment(folder) | more,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def commands(block: Block) -> list[tuple[str, int]]:
    """Return the commands of a block, and how each ends."""
    found = [ENDS.match(line) for line in block.text.splitlines() if line.strip()]
    return [(each["command"], int(each["code"] or 0)) for each in found if each is not None]


def told(language: str) -> list[str]:
    """Return the blocks that show what a command says."""
    return [each.text for each in blocks(PAGE) if each.language == language and not each.title]


def follow(folder: Path, run: Callable[[str], tuple[int, str]]) -> str:
    """Do what the page says, its edit too, and return all that was said."""
    write_files(PAGE, folder)
    old, new = EDIT.findall(PAGE.read_text("utf-8"))[0]
    said = ""
    checked = 0
    for block in blocks(PAGE):
        for command, code in commands(block) if block.language == RUN else ():
            checked += command == "rcsd check town.mdl"
            if checked == 2 and new not in (folder / "town.mdl").read_text("utf-8"):
                edited = (folder / "town.mdl").read_text("utf-8").replace(old, new)
                (folder / "town.mdl").write_text(edited, encoding="utf-8")
            ended, output = run(command)
            assert ended == code, f"{command}\n{output}"
            said += output
    return said


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_each_command_of_rcsd_ends_as_the_page_says(
    folder: Path, rcsd: Rcsd, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process, without git: the finding is the page's, what is to be written is there, and Python runs."""
    ran: list[str] = []

    def run(command: str) -> tuple[int, str]:
        if not command.startswith("rcsd "):
            return 0, ""
        ran.append(command)
        result = rcsd(*shlex.split(command)[1:])
        return result.exit_code, result.output

    said = follow(folder, run).replace(f"{folder}{os.sep}", "")
    assert told("text")[0].strip() in said
    assert {"run.png", "town.xmile", "town.svg", "town.html"} <= {each.name for each in folder.iterdir()}
    assert {"check", "run", "convert", "diff", "diagram", "loops", "docs"} == {each.split()[1] for each in ran}
    (block,) = (each for each in blocks(PAGE) if each.language == "python")
    exec(compile(block.text, PAGE.name, "exec"), {})
    assert (folder / "births.svg").exists()
    assert "The models say the same" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_the_page_and_its_pull_request_in_a_repository(folder: Path) -> None:
    """In processes of their own, with git: the difference is the page's, and the workflow's lines do their work."""

    def run(command: str) -> tuple[int, str]:
        done = shell(command, folder)
        return done.returncode, done.stdout + done.stderr

    said = follow(folder, run)
    assert told("text")[1].strip() in said
    assert "+  equation: Population/Homes" in said
    workflow = next(each.text for each in blocks(PAGE) if each.title == "model.yml")
    steps = re.findall(r"- run: (?:\|\n((?:          .*\n)+)|(.+)\n)", workflow)
    lines = [re.sub(r"^ {10}", "", several, flags=re.MULTILINE) or one for several, one in steps]
    assert len(lines) == 3
    assert shell("git update-ref refs/remotes/origin/main HEAD~1", folder).returncode == 0
    summary = folder / "summary.md"
    for line in lines[1:]:
        done = shell(line, folder, GITHUB_BASE_REF="main", GITHUB_STEP_SUMMARY=str(summary))
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert "+ Population/Homes" in summary.read_text("utf-8")
    assert "<!doctype html>" in (folder / "difference.html").read_text("utf-8")
