"""Files around the package that say its version, its requirements and how it is checked agree with one another."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import rcsd
from tests.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def requirements() -> list[Requirement]:
    """Return what the package and its extras ask for."""
    extras = (line for extra in PROJECT["optional-dependencies"].values() for line in extra)
    return [Requirement(line) for line in (*PROJECT["dependencies"], *extras)]


def test_the_lock_has_a_version_of_every_requirement_within_its_bounds() -> None:
    """`make lock` in an environment with all extras."""
    lines = (ROOT / "requirements" / "tested.txt").read_text("utf-8").splitlines()
    tested = {
        Requirement(line).name.lower().replace("_", "-"): line.partition("==")[2] for line in lines if line[0] != "#"
    }
    for needed in requirements():
        version = tested[needed.name.lower().replace("_", "-")]
        assert needed.specifier.contains(version), f"{needed} is tested with {version}"
    assert "rcsd" not in tested


def test_every_requirement_is_bounded_below() -> None:
    """A user with an older version is told by pip, not by a traceback."""
    for needed in requirements():
        assert any(each.operator == ">=" for each in needed.specifier), needed


def test_one_version() -> None:
    """The package, its metadata, the citation and the first heading of the changelog say the same one."""
    assert PROJECT["version"] == rcsd.__version__
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert re.findall(r"^version: (\S+)$", citation, re.MULTILINE) == [rcsd.__version__]
    heading = re.findall(r"^## \[(.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[0]
    base = Version(rcsd.__version__).base_version
    assert heading.startswith(("Unreleased]: " + base) if Version(rcsd.__version__).is_devrelease else base + "]")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_have_no_secret(path: Path) -> None:
    """And may read the repository, nothing more."""
    text = path.read_text("utf-8")
    assert "secrets." not in text
    assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE)


def test_workflows_test_three_systems_from_the_oldest_python_on() -> None:
    """The oldest is the one that the package asks for; the site is built too."""
    text = (ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8")
    assert re.search(r"os: \[ubuntu-latest, macos-latest, windows-latest\]", text)
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert re.search(rf'python: \["{re.escape(oldest)}", "3\.13"\]', text)
    assert "make docs" in (ROOT / ".github" / "workflows" / "docs.yml").read_text("utf-8")


def test_hooks_run_what_make_lint_runs() -> None:
    """The same four tools, from the same environment."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    linted = set(re.findall(r"^\t\$\(VENV\)/bin/(ruff \w+|mypy|lint-imports)", makefile, re.MULTILINE))
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert set(re.findall(r"entry: \.venv/bin/(ruff \w+|mypy|lint-imports)", hooks)) == linted
    assert len(linted) == 4
