"""What all tests share: the same examples, a cache of kernels, a model with a closed form, the command line.

Tests run in any order and in several workers, a file in one worker (``--dist loadfile``), which makes its shared
fixtures once.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from typer.testing import CliRunner, Result

from tests.growth import write_growth_model, write_growth_study

# The first is what a change is tried with; CI asks for the other by --hypothesis-profile.
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=40)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=200)
settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    """Keep compiled kernels, and their key, beside pytest's own cache, for the next run and the workers of this one."""
    os.environ.setdefault("RCSD_CACHE_DIR", str(config.rootpath / ".pytest_cache" / "kernels"))
    os.environ.setdefault("XDG_CONFIG_HOME", str(config.rootpath / ".pytest_cache" / "config"))


@pytest.fixture
def growth_model(tmp_path: Path) -> Path:
    """Return a model file in which a stock of 100 grows by a tenth a year: 100 x 1.1^n under Euler's rule."""
    return write_growth_model(tmp_path)


@pytest.fixture
def growth_study(tmp_path: Path) -> Path:
    """Return a study of the growth model whose data are 100 x 1.12^n, so that the rate to be found is 0.12."""
    return write_growth_study(tmp_path)


@pytest.fixture(autouse=True, scope="session")
def untold() -> Iterator[None]:
    """Let no command tell how long its steps took: what a test sees must not depend on the speed of a machine."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("rcsd.cli.lines.PATIENCE", float("inf"))
        yield


def leave_undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the figures of pages blank."""
    monkeypatch.setattr("rcsd.report.drawing.save._draw", lambda figure: (b"<svg/>", b"\x89PNG\r\n\x1a\n"))


@pytest.fixture
def undrawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the figures of a page blank: for tests that ask for its words, its tables or the names of its files."""
    if request.node.get_closest_marker("drawn") is None:
        leave_undrawn(monkeypatch)


@pytest.fixture
def rcsd() -> Callable[..., Result]:
    """Return the command line as a function of its words."""
    from rcsd.cli.app import app  # noqa: PLC0415 - most tests need no command line

    runner = CliRunner()
    return lambda *words: runner.invoke(app, [str(word) for word in words])
