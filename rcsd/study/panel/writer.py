"""Writes the files of a panel for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from rcsd.analysis.backtest.baselines import ROLLING_BASELINES
from rcsd.files import write_text_atomic
from rcsd.study.panel.result import PanelResult, PanelRun
from rcsd.study.panel.runner import FOLDER
from rcsd.study.written.text import plain


def write_panel(result: PanelResult, out: str | Path) -> Path:
    """Write ``panel.json`` and ``cities.csv`` into ``<out>/panel``, and return that folder.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    text = json.dumps(plain(panel_document(result)), indent=1, ensure_ascii=False, allow_nan=False)
    write_text_atomic(folder / "panel.json", text + "\n")
    write_text_atomic(folder / "cities.csv", _cities(result))
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
    }


def _run(run: PanelRun) -> Mapping[str, object]:
    return {
        "classes": run.classes,
        "scores": run.scores,
        "failures": run.failures,
        "estimates": {each.city.city: each.estimate for each in run.cities},
    }


def _cities(result: PanelResult) -> str:
    """One row a city, series, set of priors and knowledge of the drivers; then the estimates."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    rules, parameters = list(ROLLING_BASELINES), result.info.parameters
    header = ["city", "name", "class", "province", "priors", "series", "drivers", "years", "mape", "mape_simulated"]
    writer.writerow([*header, "covered", *rules, *parameters])
    for priors, run in (("stated", result.stated), ("shrunk", result.shrunk)):
        if run is None:
            continue
        estimates = {each.city.city: each.estimate.tolist() for each in run.cities}
        for score in run.scores:
            city = score.city
            row: Sequence[object] = [
                *(city.city, city.name, city.kind, city.province, priors, score.series, score.drivers, score.n),
                *(score.mape, score.mape_simulated, score.covered),
                *(score.baselines[rule] for rule in rules),
                *estimates[city.city],
            ]
            writer.writerow(row)
    return text.getvalue()
