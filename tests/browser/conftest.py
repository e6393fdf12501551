"""A browser, and the pages that are looked at in it.

The pages are those of five quick studies and the page over them; RCSD_PAGES names a folder of finished ones, such as
``out``, to look at instead.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from typer.testing import CliRunner

from tests.browser.made import write_hostile, write_plain, write_twelve
from tests.browser.opening import launch
from tests.places import EXAMPLES

OVER_ALL = "index"
MADE = ("jixi", "influenza", "twelve", "hostile", "plain")


def names() -> tuple[str, ...]:
    """Return what pages there are: the one over all studies, and one of each."""
    given = os.environ.get("RCSD_PAGES")
    found = sorted(page.parent.name for page in Path(given).glob("*/index.html")) if given else MADE
    return (*found, OVER_ALL)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a page's name once for each."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", names())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser; each page that is opened in it begins anew."""
    with sync_playwright() as playwright:
        one = launch(playwright)
        yield one
        one.close()


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the pages."""
    given = os.environ.get("RCSD_PAGES")
    if given:
        return Path(given)
    from rcsd.cli.app import app  # noqa: PLC0415 - as in the fixture of the command line

    folder = tmp_path_factory.mktemp("pages")
    made = [write(folder / "studies" / write.__name__) for write in (write_twelve, write_hostile, write_plain)]
    studies = ["jixi", str(EXAMPLES / "influenza"), *map(str, made)]
    done = CliRunner().invoke(app, ["study", *studies, "--quick", "--out", str(folder / "out")])
    assert done.exit_code == 0, done.stderr
    return folder / "out"


@pytest.fixture
def path(out: Path, name: str) -> Path:
    """Return the file of a page."""
    return out / "index.html" if name == OVER_ALL else out / name / "index.html"
