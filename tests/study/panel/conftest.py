"""Real cities of the panel, and one that lacks a series: panels small enough to fit in seconds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from rcsd.study.panel import Panel, load_panel, run_panel
from rcsd.study.panel.result import PanelResult, PanelRun
from tests.study.panel.tables import CITIES, STUDY, WHOLE, WITHOUT_INDUSTRY, rows_of, write_rows


@pytest.fixture
def panel_of(tmp_path: Path) -> Callable[..., object]:
    """Read a panel of given rows with the repository's own study file and classes."""

    def read(rows: Iterable[list[str]]) -> object:
        return load_panel(write_rows(tmp_path / "observed.csv", rows), study=STUDY, cities=CITIES)

    return read


@dataclass(frozen=True)
class Ran:
    """A panel that has run, the whole cities in it, and its output folder."""

    panel: Panel
    cities: tuple[str, ...]
    result: PanelResult
    out: Path

    @property
    def runs(self) -> list[PanelRun]:
        """The run with the stated priors and, after shrinkage, that with the population's."""
        return [run for run in (self.result.stated, self.result.shrunk) if run is not None]


@pytest.fixture(
    scope="module",
    params=[pytest.param(WHOLE[:2], id="two"), pytest.param(WHOLE, id="five-shrunk", marks=pytest.mark.slow)],
)
def ran(request, tmp_path_factory):
    """Run whole cities and a bad one; five are enough for shrinkage."""
    cities, base = request.param, tmp_path_factory.mktemp("panel")
    rows = [row for row in rows_of([*cities, WITHOUT_INDUSTRY]) if row[:2] != [WITHOUT_INDUSTRY, "industry_scale"]]
    panel = load_panel(write_rows(base / "observed.csv", rows), study=STUDY, cities=CITIES)
    result = run_panel(panel, out=base / "out", shrinkage=cities == WHOLE, workers=2)
    return Ran(panel, cities, result, base / "out")
