"""Loops and their dominance as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rcsd.analysis.loops.many.dominance import Dominance, Ruling
from rcsd.analysis.loops.result import LoopAnalysis
from rcsd.tables import csv_text


def loops_document(found: LoopAnalysis) -> dict[str, Any]:
    """Arrange the loops of one run; relative scores are those at saved times."""
    return {
        "model": found.model,
        "of": found.of or None,
        "of_stocks": list(found.of_states),
        "complete": found.is_complete,
        "limit": found.limit,
        "scored": found.n_scored,
        "times": found.times[found.saved].tolist(),
        "partitions": [
            {
                "variables": list(each.variables),
                "stocks": list(each.states),
                "links": each.n_links,
                "loops": each.n_loops,
                "independent_loops": each.n_independent,
                "reinforcing": each.reinforcing[found.saved].tolist(),
            }
            for each in found.partitions
        ],
        "loops": [
            {
                "id": each.id,
                "name": each.name or None,
                "variables": list(each.variables),
                "polarity": each.polarity,
                "partition": each.partition,
                "independent": each.is_independent,
                "mean_share": each.mean_share,
                "greatest_share": each.most,
                "leads": [[span.start, span.stop] for span in each.leads],
                "dominates": [[span.start, span.stop] for span in each.dominates],
                "relative_scores": found.relative[found.saved, i].tolist(),
            }
            for i, each in enumerate(found.loops)
        ],
        "families": [
            {
                "name": each.name,
                "loops": each.n_loops,
                "share": each.share[found.saved].tolist(),
                "net": each.net[found.saved].tolist(),
            }
            for each in found.families
        ],
        "notes": list(found.notes),
    }


def loops_table(found: LoopAnalysis) -> str:
    """Write relative scores at saved times as CSV: a row for each time, a column for each loop, by its number."""
    header = ["time", *(each.id for each in found.loops)]
    rows = zip(found.times[found.saved].tolist(), found.relative[found.saved].tolist(), strict=True)
    return csv_text(header, ([time, *scores] for time, scores in rows))


def dominance_document(found: Dominance) -> dict[str, Any]:
    """Arrange loop dominance over many runs."""
    return {
        "model": found.model,
        "of": found.of or None,
        "of_stocks": list(found.of_states),
        "runs": {"total": found.n_runs, "failed": found.n_failed},
        "complete": found.is_complete,
        "scored": found.n_scored,
        "left_out": found.left_out,
        "periods": found.starts.tolist(),
        "families": [_ruling(each) for each in found.families],
        "loops": [_ruling(each) for each in found.loops],
        "reinforcing": _ruling(found.reinforcing),
        "notes": list(found.notes),
    }


def dominance_table(found: Dominance) -> str:
    """Write loop dominance over many runs as CSV: a row for each loop and period."""
    header = ("kind", "loop", "sign", "period", "rules", "share_p05", "share_p50", "share_p95")
    return csv_text(header, _rows(found))


def _rows(found: Dominance) -> Iterator[list[object]]:
    kinds = (("named", found.families), ("single", found.loops), ("all", (found.reinforcing,)))
    for kind, rulings in kinds:
        for each in rulings:
            for i, start in enumerate(found.starts.tolist()):
                numbers = (each.rules[i], each.low[i], each.median[i], each.high[i])
                yield [kind, each.name, each.sign, start, *(float(number) for number in numbers)]


def _ruling(each: Ruling) -> dict[str, Any]:
    return {
        "name": each.name,
        "sign": each.sign,
        "rules": each.rules.tolist(),
        "share": {"p05": each.low.tolist(), "median": each.median.tolist(), "p95": each.high.tolist()},
    }
