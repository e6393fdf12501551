"""What all tests share: the same examples, a cache of kernels, a model with a closed form, the command line.

Tests run in any order and in several workers. Those that share a fixture of a module or a folder run in one worker,
which makes it once; pytest-xdist wants ``--dist loadgroup`` for it.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from typer.testing import CliRunner, Result

# The first is what a change is tried with; CI asks for the other by --hypothesis-profile.
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=40)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=200)
settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    """Keep compiled kernels beside pytest's own cache, for the next run and for the workers of this one."""
    os.environ.setdefault("RCSD_CACHE_DIR", str(config.rootpath / ".pytest_cache" / "kernels"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares a fixture that outlives a test."""
    for item in items:
        owners = _owners_of_shared_fixtures(item)
        if owners and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(min(owners, key=len)))


def _owners_of_shared_fixtures(item: pytest.Item) -> set[str]:
    """Return the modules, or the folders of a conftest, whose fixtures of more than one test `item` uses."""
    if not isinstance(item, pytest.Function):  # a doctest
        return set()
    used = (definition for each in item._fixtureinfo.name2fixturedefs.values() for definition in each)
    return {each.baseid for each in used if each.scope != "function" and each.baseid.startswith("tests/")}


GROWTH = """{UTF-8}
Growth= Growth Rate*Stock
	~	thing/Year
	~	What is added each year.	|
Growth Rate= 0.1
	~	1/Year
	~	Share added each year.	|
Stock= INTEG (Growth, Initial Stock)
	~	thing
	~	What grows.	|
Initial Stock= 100
	~	thing
	~	Where it begins.	|
INITIAL TIME = 2000
	~	Year
	~		|
FINAL TIME = 2013
	~	Year
	~		|
TIME STEP = 1
	~	Year
	~		|
SAVEPER = TIME STEP
	~	Year
	~		|
"""


@pytest.fixture
def growth_model(tmp_path: Path) -> Path:
    """Return a model file in which a stock of 100 grows by a tenth a year: 100 x 1.1^n under Euler's rule."""
    path = tmp_path / "growth.mdl"
    path.write_text(GROWTH, encoding="utf-8")
    return path


@pytest.fixture
def undrawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the figures of a page blank: for tests that ask for its words, its tables or the names of its files."""
    if request.node.get_closest_marker("drawn") is None:
        monkeypatch.setattr("rcsd.report.drawing.save._draw", lambda figure: (b"<svg/>", b"\x89PNG\r\n\x1a\n"))


@pytest.fixture
def rcsd() -> Callable[..., Result]:
    """Return the command line as a function of its words."""
    from rcsd.cli.app import app  # noqa: PLC0415 - most tests need no command line

    runner = CliRunner()
    return lambda *words: runner.invoke(app, [str(word) for word in words])


STUDY = """
[study]
name = "growth"
title = "Growth"
model = "growth.mdl"
data = "observed.csv"
seed = 1

[windows]
fit = [2000, 2010]
holdout = [2011, 2013]

[search]
starts = 2
quick_starts = 1

[series.stock]
variable = "Stock"
error = 0.01

[constants."Initial Stock"]
from = "stock"
at = 2000

[parameters."Growth Rate"]
lower = 0.01
upper = 0.5
start = 0.1
unit = "1/Year"
source = "assumed for this test"
"""


@pytest.fixture
def growth_study(growth_model: Path) -> Path:
    """Return a study of the growth model whose data are 100 x 1.12^n, so that the rate to be found is 0.12."""
    rows = [f"stock,{2000 + n},{100 * 1.12**n!r},thing," for n in range(14)]
    folder = growth_model.parent
    (folder / "observed.csv").write_text("\n".join(["series,year,value,unit,flag", *rows, ""]), encoding="utf-8")
    path = folder / "study.toml"
    path.write_text(STUDY, encoding="utf-8")
    return path
