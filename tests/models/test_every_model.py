"""What must hold of every model that travels with the package, and of every example, whatever it is about."""

import re
import runpy
from pathlib import Path

import pytest

import rcsd
from rcsd.analysis.checks import check_model
from rcsd.assets import asset_names
from rcsd.names import canonical
from rcsd.papers.assets import ASSETS
from tests.drawings import assert_same_drawing
from tests.places import EXAMPLES

MODELS = ASSETS.models
assert MODELS is not None
GALLERY = {path.parent.name: path.parent for path in sorted(EXAMPLES.glob("*/study.toml"))}
FOLDERS = {name: MODELS / name for name in asset_names("models")} | GALLERY
NAMES = list(FOLDERS)
FILES = [path for name in NAMES for path in sorted(FOLDERS[name].glob(f"{name}.[mx]*"))]
UNSEEN = {"time", "initial_time", "final_time", "time_step", "saveper", "dt"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_units_are_consistent_and_the_view_shows_every_variable(path: Path) -> None:
    """No unit fault, no other fault, and nothing that cannot be seen in the diagram."""
    simlin = pytest.importorskip("simlin")
    model = simlin.load(path)
    assert model.check_units() == ()
    assert model.check() == ()
    text = path.read_text("utf-8")
    drawn = re.findall(r"^10,\d+,([^,]+),", text, re.M) + re.findall(r'name="(\w+)" x=', text)
    assert {canonical(name) for name in model.get_var_names()} - {canonical(name) for name in drawn} <= UNSEEN


def _named(name: str) -> str:
    """Name a model as the script takes it: its own name, or its folder."""
    return name if name not in GALLERY else str(GALLERY[name])


CITIES = ("resource_city", "four_cities")


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow if n in CITIES else ()) for n in NAMES])
def test_the_packages_own_check_finds_no_fault(name: str) -> None:
    """File, runs, cases and loops of checks.toml, and the twin: no error, and one warning at most, of the ranges."""
    result = check_model(FOLDERS[name] / f"{name}.mdl", against=FOLDERS[name] / f"{name}.xmile")
    assert result.of("loads") == ()
    assert [each for each in result.findings if each.grade == "error"] == []
    warnings = [each for each in result.findings if each.grade == "warning"]
    assert {each.check for each in warnings} <= {"trials"}
    assert len(warnings) <= 1
    assert set(result.unmade) <= {"kernels", "pysd"}


@pytest.mark.parametrize("name", NAMES)
def test_every_variable_says_what_it_is(name: str) -> None:
    """Unit, documentation and source stand in the model; scalar constants state a range that holds their value."""
    for variable in rcsd.load(FOLDERS[name] / f"{name}.mdl").ir:
        assert variable.unit, variable.name
        assert "Source: " in variable.documentation or variable.tabulated, variable.name
        if variable.value is not None:
            low, high = variable.documentation.split("Range ")[1].split(". Source")[0].split(" to ")
            assert float(low) <= variable.value <= float(high), variable.name


@pytest.mark.parametrize("name", [name for name in NAMES if not (FOLDERS[name] / "describe.py").exists()])
def test_the_picture_shows_the_views_as_they_are(name: str) -> None:
    """``python models/describe.py NAME`` renews it."""
    script = runpy.run_path(str(MODELS / "describe.py"))
    assert_same_drawing(script["diagram"](_named(name)), FOLDERS[name] / "diagram.svg")


@pytest.mark.parametrize("name", [name for name in NAMES if not (FOLDERS[name] / "describe.py").exists()])
def test_the_readme_lists_the_model_as_it_is(name: str) -> None:
    """The tables of the README are those that the script makes of the model file."""
    script = runpy.run_path(str(MODELS / "describe.py"))
    assert script["described"](_named(name)) == (FOLDERS[name] / "README.md").read_text("utf-8")
