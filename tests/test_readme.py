"""What the README shows works as it stands there."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from rcsd.cli.app import app
from tests.places import ROOT

COMMANDS = tuple(command.name for command in app.registered_commands)
README = (ROOT / "README.md").read_text("utf-8")


def test_the_python_block_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The analyst's first lines print GDP and population of 2013."""
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "GDP" in printed
    assert "Population" in printed


@pytest.mark.parametrize(
    "command",
    re.findall(
        rf"rcsd (?:{'|'.join(COMMANDS)}) [^#\n`]*?(?=\s{{3,}}|\n|`|#)",
        README,
    ),
)
def test_a_command_of_the_readme_is_one(command: str) -> None:
    """Its words are known: asking for its help with the same options succeeds."""
    words = shlex.split(command)[1:]
    result = CliRunner().invoke(app, [words[0], "--help"])
    assert result.exit_code == 0
    for option in (word for word in words if word.startswith("--")):
        assert option in result.output, option


def test_folders_and_links_of_the_readme_exist() -> None:
    """Nothing it points to has moved."""
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
