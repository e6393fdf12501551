"""The program as a whole: quick to start, helpful, and honest about what it is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import rcsd as package
from rcsd.cli.study import packaged_studies

COMMANDS = (
    "study",
    "run",
    "simulate",
    "calibrate",
    "backtest",
    "sobol",
    "scenario",
    "panel",
    "resilience",
    "dea",
    "structure",
    "coevolution",
    "hypercycle",
    "digital",
    "region",
)
HEAVY = ("SALib", "jinja2", "matplotlib", "numba", "numpy", "pandas", "pysd", "scipy", "statsmodels", "xarray")
WIDTH = 80
"""Columns of the narrowest terminal in common use."""
HELP = [sys.executable, "-c", "from rcsd.cli import main; main()", "--help"]


def test_the_version_is_that_of_the_package(rcsd):
    """`--version` prints the name and the version on one line."""
    result = rcsd("--version")
    assert result.exit_code == 0
    assert result.stdout == f"rcsd {package.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_an_example(rcsd, command):
    """The help of a command ends with a call of that command, and offers JSON."""
    result = rcsd(command, "--help")
    assert result.exit_code == 0
    assert f"Example: rcsd {command}" in " ".join(result.stdout.split())
    assert "--json" in result.stdout


def test_the_commands_stand_under_three_headings(rcsd):
    """Model, Study and Papers, in this order, each command once and with one whole line."""
    text = rcsd("--help").stdout
    listed = {
        heading: [line.split()[0] for line in block.splitlines()[1:] if line.startswith("  ")]
        for heading, block in ((block.split(":")[0], block) for block in text.split("\n\n"))
    }
    assert [heading for heading in listed if heading in {"Model", "Study", "Papers"}] == ["Model", "Study", "Papers"]
    assert listed["Model"] == ["run", "simulate", "check", "diff", "convert", "diagram", "loops", "docs", "publish"]
    assert listed["Study"] == ["init", "study", "calibrate", "backtest", "scenario", "sobol", "verify", "panel"]
    assert listed["Papers"] == ["coevolution", "dea", "digital", "hypercycle", "region", "resilience", "structure"]
    assert "..." not in text.split("Model:")[1]
    assert max(map(len, text.splitlines())) <= WIDTH


def test_a_command_imports_no_other():
    """Only the module of the called command is loaded, and no paper's for a command of the general tool."""
    code = (
        "import sys; from rcsd.cli import main; sys.argv = ['rcsd', 'backtest', '--help']\n"
        "try: main()\n"
        "except SystemExit: print(*(name for name in sys.modules if name.startswith(('rcsd.cli.', 'rcsd.papers'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "rcsd.cli.backtest" in loaded
    assert not loaded & {f"rcsd.cli.{name}" for name in COMMANDS if name != "backtest"}
    assert not [name for name in loaded if name.startswith("rcsd.papers")]


def test_no_command_shows_what_there_is(rcsd):
    """Without words the program lists its commands."""
    result = rcsd()
    assert all(command in result.output for command in COMMANDS)


def test_an_unknown_command_is_bad_input(rcsd):
    """A misspelt command exits with 2, and what it may have meant is named, plug-ins' commands too."""
    result = rcsd("stduy")
    assert result.exit_code == 2
    assert "Did you mean 'study'?" in result.stderr
    assert "Did you mean 'coevolution'?" in rcsd("coevolutoin").stderr


@pytest.mark.process
@pytest.mark.parametrize("words", [["--help"], ["resilience", "--help"]])
def test_help_loads_nothing_heavy(words):
    """The help of the program, and of a command, needs none of the numerical libraries."""
    code = (
        f"import sys; from rcsd.cli import main; sys.argv = ['rcsd', *{words!r}]\n"
        f"try: main()\nexcept SystemExit: print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.process
def test_a_worker_waits_for_no_heavy_library():
    """What every process of a study imports first leaves libraries to the step that uses them."""
    later = ("SALib", "arviz_stats", "emcee", "jinja2", "matplotlib", "numba", "pandas", "pysd", "scipy.optimize")
    code = (
        "import sys, rcsd.cli.studying\n"
        f"print([name for name in {(*later, 'scipy.stats', 'statsmodels', 'xarray')!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_packaged_studies_are_listed(rcsd):
    """`rcsd study --list` prints one name per line, the four cities among them."""
    names = rcsd("study", "--list").stdout.split()
    assert {"hegang", "jixi", "qitaihe", "shuangyashan"} <= set(names)
    assert tuple(names) == packaged_studies()


def test_a_study_must_be_named(rcsd):
    """Without a name the command exits with 2 and says which there are."""
    result = rcsd("study")
    assert result.exit_code == 2
    assert "jixi" in result.stderr


def test_the_list_of_studies_is_json_when_asked_for(rcsd):
    """With --json the list is one document."""
    assert json.loads(rcsd("study", "--list", "--json").stdout) == {"studies": list(packaged_studies())}


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [["study", "--list", "--json"], ["study", "--list"]])
def test_a_full_output_is_one_message(words):
    """A stdout that takes nothing ends the command with 1 and one line, and Python adds nothing to it."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*HELP[:-1], *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("rcsd: error: standard output cannot be written (No space left on device)")
    assert len(done.stderr.splitlines()) == 1
