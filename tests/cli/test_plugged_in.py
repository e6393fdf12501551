"""Commands that other distributions add: listed, called, and no burden where they are faulty."""

import os
import subprocess
import sys

import pytest

from tests.places import ROOT

pytestmark = pytest.mark.process

COMMAND = """
import typer

from rcsd.cli.program.command import Command
from rcsd.errors import ParameterError


def prune(height: float) -> None:
    '''Prune the trees.'''
    if height < 0:
        raise ParameterError("no tree is that low")
    print(f"pruned to {height}")


PRUNE = Command(prune, group="Trees", summary="Prune the trees.", example="Example: rcsd prune 3")
"""


@pytest.fixture
def run_with(tmp_path):
    """Return a function that runs the program beside a distribution `grove` that declares commands."""

    def run(entry_points: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
        metadata = tmp_path / "grove-1.2.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: grove\nVersion: 1.2\n", encoding="utf-8")
        lines = [f"{name} = {value}" for name, value in entry_points.items()]
        (metadata / "entry_points.txt").write_text("\n".join(["[rcsd.commands]", *lines, ""]), encoding="utf-8")
        (tmp_path / "grove.py").write_text(COMMAND, encoding="utf-8")
        path = os.pathsep.join([str(tmp_path), str(ROOT)])
        return subprocess.run(
            [sys.executable, "-c", "from rcsd.cli import main; main()", *words],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": path, "COLUMNS": "80"},
        )

    return run


def test_a_command_of_a_plugin_is_listed_under_its_heading(run_with):
    """Its group may be one that rcsd does not know, and follows the known ones."""
    done = run_with({"prune": "grove:PRUNE"}, "--help")
    assert done.returncode == 0
    assert "Trees:\n  prune        Prune the trees.\n" in done.stdout
    assert done.stdout.index("Study:") < done.stdout.index("Trees:")


def test_a_command_of_a_plugin_runs(run_with):
    """It takes its words as Typer reads them from the signature."""
    done = run_with({"prune": "grove:PRUNE"}, "prune", "2.5")
    assert (done.returncode, done.stdout) == (0, "pruned to 2.5\n")


def test_an_error_of_a_plugin_is_one_message(run_with):
    """What it raises on purpose gets the exit code of every other command."""
    done = run_with({"prune": "grove:PRUNE"}, "prune", "--", "-1")
    assert (done.returncode, done.stderr) == (2, "rcsd: error: no tree is that low\n")


def test_a_faulty_plugin_is_warned_of_and_left_out(run_with):
    """The help lists all other commands, and one line says which distribution is at fault."""
    done = run_with({"prune": "grove:NOTHING"}, "--help")
    assert done.returncode == 0
    assert "calibrate" in done.stdout
    assert "prune" not in done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith("rcsd: warning: plug-in 'prune' (rcsd.commands) of grove 1.2 cannot be loaded")


def test_a_faulty_plugin_that_is_called_is_one_message(run_with):
    """Calling it exits with 1 and says what to do."""
    done = run_with({"prune": "grove:NOTHING"}, "prune", "2")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("rcsd: error: plug-in 'prune' (rcsd.commands) of grove 1.2 cannot be loaded")
    assert line.endswith("update or uninstall that distribution")


def test_something_else_than_a_command_is_refused(run_with):
    """An entry point must name a `Command`."""
    done = run_with({"prune": "grove:prune"}, "prune", "2")
    assert done.returncode == 1
    assert "must be of type Command, but grove:prune is of type function" in done.stderr


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"]])
def test_a_command_of_rcsd_cannot_be_taken(run_with, words):
    """What a user of `rcsd run` gets must not depend on what else is installed."""
    done = run_with({"run": "grove:PRUNE"}, *words)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("rcsd: error: plug-in 'run' (rcsd.commands) of grove 1.2 has the name of a command of rcsd")
