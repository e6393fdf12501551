"""Five real cities of the panel, and a sixth that lacks a series: a panel small enough to fit in seconds."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from rcsd.study.panel import load_panel, run_panel
from tests.study.panel.tables import CITIES, STUDY, WHOLE, WITHOUT_INDUSTRY, rows_of, write_rows


@pytest.fixture
def panel_of(tmp_path: Path) -> Callable[..., object]:
    """Read a panel of given rows with the repository's own study file and classes."""

    def read(rows: Iterable[list[str]]) -> object:
        return load_panel(write_rows(tmp_path / "observed.csv", rows), study=STUDY, cities=CITIES)

    return read


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Run five whole cities and a bad one, with shrinkage: the panel, its result and its output folder."""
    base = tmp_path_factory.mktemp("panel")
    rows = [row for row in rows_of([*WHOLE, WITHOUT_INDUSTRY]) if row[:2] != [WITHOUT_INDUSTRY, "industry_scale"]]
    panel = load_panel(write_rows(base / "observed.csv", rows), study=STUDY, cities=CITIES)
    return panel, run_panel(panel, out=base / "out", shrinkage=True, workers=2), base / "out"
