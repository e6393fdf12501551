"""Writes the files of an assessment for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rcsd.files import plain, together, write_json, write_or_remove, write_text_atomic
from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.method.malmquist import FACTORS
from rcsd.tables import frame_text

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "dea"


@together()
def write_dea(found: Assessment, out: str | Path) -> Path:
    """Write the results into ``<out>/dea`` and return that folder.

    ``scores.csv`` has one row per unit with score, slacks, targets, peers and scale; ``lambdas.csv`` one per unit and
    peer; ``malmquist.csv`` one per change between periods, if there are periods; ``result.json`` all of it.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    write_text_atomic(folder / "scores.csv", _csv(scores_frame(found)))
    write_text_atomic(folder / "lambdas.csv", _csv(found.result.lambdas_frame()))
    change = None if found.malmquist is None else _csv(found.malmquist.to_frame())
    write_or_remove(folder / "malmquist.csv", change)
    write_json(folder / "result.json", dea_document(found))
    return folder


def scores_frame(found: Assessment) -> pd.DataFrame:
    """Return one row per unit with all that is known of it."""
    frame = found.result.to_frame()
    scale = found.scale
    if found.own_period is not None:
        frame["score in own period"] = found.own_period.scores
    frame["super-efficiency"] = found.super_scores.scores
    frame["ccr"], frame["bcc"], frame["scale efficiency"] = scale.ccr, scale.bcc, scale.efficiency
    frame["returns to scale"] = list(scale.returns)
    if found.groups:
        frame["group"] = [found.groups[unit] for unit in found.data.units]
    return frame


def dea_document(found: Assessment) -> dict[str, object]:
    """Return what ``result.json`` holds; what is not a number there is null."""
    data, model = found.data, found.result.model
    return {
        "title": found.window.title,
        "table": {"name": found.window.table.name, "sha256": found.sha256},
        "model": {"kind": model.kind, "orientation": model.orientation, "returns": model.returns},
        "inputs": list(data.input_names),
        "outputs": list(data.output_names),
        "undesirable": list(data.undesirable_names),
        "duality_gap": found.result.gap,
        "units": _records(scores_frame(found)),
        "lambdas": _records(found.result.lambdas_frame()),
        "malmquist": None if found.malmquist is None else _records(found.malmquist.to_frame()),
        "malmquist_means": None
        if found.malmquist is None
        else {factor: plain(found.malmquist.mean(factor)) for factor in FACTORS},
    }


def _csv(frame: pd.DataFrame) -> str:
    return frame_text(frame, float_format="%.10g")


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [plain(row) for row in frame.to_dict("records")]
