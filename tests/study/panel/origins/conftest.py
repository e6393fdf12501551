"""Two real cities, forecast from two origins by two structures: small enough to run in seconds."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rcsd.study.panel import Panel, load_panel, plan_of
from rcsd.study.panel.origins.ahead import Assignment
from rcsd.study.panel.origins.archive import Archive
from rcsd.study.panel.origins.running import run_origins
from rcsd.study.panel.origins.variant import variants_of
from tests.study.panel.tables import CITIES, STUDY, WHOLE, rows_of, write_rows

STRUCTURES = ("life30_weak", "life60_weak")


def panel_of_two(path: Path, rows=None) -> Panel:
    """Read a panel of the first two whole cities and two structures."""
    panel = load_panel(write_rows(path / "observed.csv", rows or rows_of(WHOLE[:2])), study=STUDY, cities=CITIES)
    kept = {name: each for name, each in panel.file.structures.items() if name in STRUCTURES}
    return replace(panel, file=panel.file.model_copy(update={"structures": kept}))


def assignment_of(panel: Panel) -> Assignment:
    """From 2008 and 2010, three years ahead."""
    return Assignment(panel, variants_of(panel), plan_of(panel, origins="2008,2010", horizon=3))


@dataclass(frozen=True)
class Forecast:
    """A panel that has been forecast, and where it is kept."""

    assignment: Assignment
    archive: Archive
    folder: Path


@pytest.fixture(scope="package")
def forecast(tmp_path_factory):
    """Forecast in this process."""
    base = tmp_path_factory.mktemp("origins")
    assignment = assignment_of(panel_of_two(base))
    return Forecast(assignment, run_origins(assignment, base / "kept"), base / "kept")
