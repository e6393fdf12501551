"""Writes the files of a panel for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rcsd.analysis.backtest.baselines import BASELINES
from rcsd.files import together, write_json
from rcsd.study.panel.result import PanelResult, PanelRun
from rcsd.study.panel.runner import FOLDER
from rcsd.study.panel.scoring.files import (
    SCORE_COLUMNS,
    cell_columns,
    cell_rows,
    origins_document,
    score_rows,
)
from rcsd.tables import Row, write_csv


@together()
def write_panel(result: PanelResult, out: str | Path) -> Path:
    """Write ``panel.json`` and ``cities.csv`` into ``<out>/panel``, and return that folder.

    With forecasts from many origins also ``scores.csv`` and ``forecasts.csv``.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    write_json(folder / "panel.json", panel_document(result))
    write_csv(folder / "cities.csv", _header(result), _cities(result))
    if result.origins is not None:
        write_csv(folder / "scores.csv", SCORE_COLUMNS, score_rows(result.origins))
        write_csv(folder / "forecasts.csv", cell_columns(result.origins), cell_rows(result.origins))
    return folder


def panel_document(result: PanelResult) -> dict[str, object]:
    """Return what ``panel.json`` holds; wall time is left out, so that equal inputs give equal files."""
    return {
        "info": result.info,
        "stated": _run(result.stated),
        "differences": result.differences,
        "populations": result.populations,
        "shrunk": None if result.shrunk is None else _run(result.shrunk),
        "comparison": result.comparison,
        "ablations": result.ablations,
        "origins": None if result.origins is None else origins_document(result.origins),
    }


def _run(run: PanelRun) -> Mapping[str, object]:
    return {
        "classes": run.classes,
        "scores": run.scores,
        "failures": run.failures,
        "estimates": {each.city.city: each.estimate for each in run.cities},
    }


def _header(result: PanelResult) -> list[str]:
    header = ["city", "name", "class", "province", "priors", "series", "drivers", "years", "mape", "mape_simulated"]
    return [*header, "covered", *BASELINES, *result.info.parameters]


def _cities(result: PanelResult) -> Iterator[Row]:
    """One row per city, series, set of priors and knowledge of the drivers; then the estimates."""
    for priors, run in (("stated", result.stated), ("shrunk", result.shrunk)):
        if run is None:
            continue
        estimates = {each.city.city: each.estimate.tolist() for each in run.cities}
        for score in run.scores:
            city = score.city
            yield [
                *(city.city, city.name, city.kind, city.province, priors, score.series, score.drivers, score.n),
                *(score.mape, score.mape_simulated, score.covered),
                *(score.baselines[rule] for rule in BASELINES),
                *estimates[city.city],
            ]
