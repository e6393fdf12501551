"""Pages that scripts write are those that the scripts would write today."""

import importlib.util
import re
import tomllib
from types import ModuleType

import rcsd
from rcsd.analysis.checks.registry import CHECKS
from tests.places import DOCS, ROOT


def script(name: str) -> ModuleType:
    """Import a script of the documentation by its path, without running it."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_keys_of_a_study_are_those_of_the_schema() -> None:
    """`make pages` writes nothing else, and every key has a meaning."""
    page = (DOCS / "reference" / "study-toml.md").read_text("utf-8")
    assert page == script("study_keys").page()
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) > 50
    for row in rows:
        assert not row.endswith("| . |"), row


def test_the_keys_of_a_file_of_checks_are_those_of_the_schema() -> None:
    """`make pages` writes nothing else, every check is listed, and every key has a meaning."""
    page = (DOCS / "reference" / "checks-toml.md").read_text("utf-8")
    assert page == script("study_keys").checks_page()
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) > 60
    for row in rows:
        assert not row.endswith("| . |"), row
    assert {f"| `{check.name}` | {check.about} |" for check in CHECKS} <= set(rows)


def test_the_steps_are_those_that_are_installed() -> None:
    """`make pages` writes nothing else, and draws the same graph."""
    made = script("steps")
    assert (DOCS / "reference" / "steps.md").read_text("utf-8") == made.page()
    assert (DOCS / "steps.svg").read_text("utf-8") == made.drawing()


def test_the_drawing_has_the_arrows_of_the_imports() -> None:
    """Which room imports from which is as drawn; `make pages` renews the numbers."""
    drawing = (DOCS / "architecture.svg").read_text("utf-8")
    drawn = set(re.findall(r"<title>([\w ]+) imports from ([\w ]+): \d+</title>", drawing))
    counts, _ = script("architecture").edges()
    assert drawn == set(counts)


def test_the_rooms_are_those_of_the_contract() -> None:
    """In the order of the import contract, and the page says a sentence of each."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (tower,) = (each for each in contracts if each.get("containers") == ["rcsd"])
    rooms = list(script("architecture").SAID)
    front = {"workbench", "model"}  # no rooms: what Python users have of the rooms below
    layers = [each for each in tower["layers"] if each not in front]
    assert layers[: len(rooms) - 1] == rooms[:-1]
    page = (DOCS / "architecture.md").read_text("utf-8")
    assert re.findall(r"^\| (?:`(\w+)`|(ground floor)) \| [A-Z]", page, re.MULTILINE) == [
        *((room, "") for room in rooms[:-1]),
        ("", rooms[-1]),
    ]


def test_the_reference_has_every_public_name() -> None:
    """And no other."""
    page = (DOCS / "reference" / "python.md").read_text("utf-8")
    assert sorted(re.findall(r"^::: rcsd\.(\w+)$", page, re.MULTILINE)) == sorted(set(rcsd.__all__) - {"__version__"})


def test_every_facade_is_in_the_reference() -> None:
    """Rooms below the papers that show names to others: a package with `__all__` directly below a room, or a room."""
    page = (DOCS / "reference" / "rooms.md").read_text("utf-8")
    for room in ("analysis", "study", "report"):
        assert f"::: rcsd.{room}" in page
    every = re.findall(r"^::: (rcsd\.[\w.]+)", page, re.MULTILINE)
    assert len(every) == len(set(every))
    shown = {name.split(".")[2] for name in every if name.startswith("rcsd.analysis.")}
    packages = {path.parent.name for path in (ROOT / "rcsd" / "analysis").glob("*/__init__.py")}
    assert shown == packages
    papers = (DOCS / "reference" / "papers.md").read_text("utf-8")
    facades = {path.parent.name for path in (ROOT / "rcsd" / "papers").glob("*/__init__.py")}
    assert set(re.findall(r"^::: rcsd\.papers\.(\w+)$", papers, re.MULTILINE)) == facades
