"""Forecasts of the benchmark rules, made once and kept: two of them take as long as many fits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from rcsd.files import sha256
from rcsd.study.graph.codec import decode, encode
from rcsd.study.graph.kept import keep, read_kept
from rcsd.study.graph.keys import deciding_code
from rcsd.study.graph.provenance import versions
from rcsd.study.panel.origins.each import done_each
from rcsd.study.panel.panel import Panel
from rcsd.study.panel.scoring.cells import SeriesCells
from rcsd.study.panel.scoring.rules import RuleMedians, rule_medians
from rcsd.work.progress import Progress, silent

CODE = ("rcsd.study.panel.scoring.rules",)
"""Modules whose code decides them."""

STEP = "rules"
Item = tuple[str, int]


def run_rules(
    panel: Panel,
    cells: Mapping[str, SeriesCells],
    folder: Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> dict[str, dict[int, RuleMedians]]:
    """Forecast every series from every origin by every rule, by series and origin.

    Parameters
    ----------
    panel
        Whose rules for doubtful cells hold.
    cells
        By series.
    folder
        Where finished forecasts are kept, a file for each series and origin.
    workers, scheduler
        As in `done_each`.
    progress
        Told after each, as step "rules".
    """
    content = panel.file.model_dump(mode="json", by_alias=True, include={"series", "drivers", "constants", "forecast"})
    data = [(name, each.sha256) for name, each in panel.series.items()]
    common = {"versions": versions(), "code": deciding_code(CODE), "file": content, "data": data}

    def key(item: Item) -> str:
        shape = [*cells[item[0]].cities], cells[item[0]].observed.shape[2]
        return sha256(json.dumps({**common, "item": item, "shape": shape}, sort_keys=True).encode())

    def path(item: Item) -> Path:
        return folder / item[0] / f"{item[1]}.json"

    items: list[Item] = [(name, origin) for name, each in cells.items() for origin in each.origins]
    kept = {item: read_kept(path(item), key(item)) for item in items}
    found = {item: decode(RuleMedians, each["value"]) for item, each in kept.items() if each is not None}
    pending = [item for item in items if item not in found]
    progress(STEP, len(found), len(items))
    with closing(done_each(dict(cells), rule_medians, pending, workers=workers, scheduler=scheduler)) as done:
        for item, medians in done:
            keep(path(item), key(item), {"value": encode(RuleMedians, medians)})
            found[item] = medians
            progress(STEP, len(found), len(items))
    return {name: {origin: found[name, origin] for origin in each.origins} for name, each in cells.items()}
