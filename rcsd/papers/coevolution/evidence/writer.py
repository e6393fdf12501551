"""Writes what was found for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from rcsd.files import plain, together, write_json, write_text_atomic
from rcsd.papers.coevolution.evidence.result import Findings
from rcsd.tables import frame_text

FOLDER = Path("coevolution") / "evidence"


@together()
def write_findings(found: Findings, out: Path) -> Path:
    """Write the results into ``<out>/coevolution/evidence`` and return that folder.

    ``clocks.csv`` has one row per clock, ``scores.csv`` one per clock and proxy, ``forecasts.csv`` one per scored
    forecast, ``cities.csv`` one per left-out city with its log scores, ``profiles.csv`` one per held value,
    ``evidence.json`` all but the forecasts.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    document = evidence_document(found)
    for name in ("clocks", "scores", "cities", "profiles"):
        write_text_atomic(folder / f"{name}.csv", _csv(document[name]))
    write_text_atomic(folder / "forecasts.csv", _csv(asdict(cell) for cell in found.cells))
    write_json(folder / "evidence.json", plain(document))
    return folder


def evidence_document(found: Findings) -> dict[str, list[dict[str, object]]]:
    """Return what ``evidence.json`` holds, as lists of records."""
    return {
        "clocks": [
            {
                "clock": each.evidence.clock.name,
                "label": each.evidence.clock.label,
                "n_parameters": each.evidence.n_free,
                "n_data": each.evidence.n_data,
                "log_likelihood": each.log_likelihood,
                "aic": each.aic,
                "bic": each.bic,
                "second_best_climb_below": each.spread,
                "left_out_cities_log_gain": gain[0],
                "left_out_cities_log_gain_error": gain[1],
                **{name: each.value(name) for name in each.evidence.names if "." not in name},
                **{name: each.value(name) for name in each.evidence.names if "." in name},
            }
            for each in found.estimates
            for gain in [found.city_gain(each.evidence.clock.name)]
        ],
        "scores": [asdict(each) for each in found.scores],
        "cities": [
            {"city": city, **{name: float(values[k]) for name, values in found.held_out.items()}}
            for k, city in enumerate(found.estimates[0].evidence.cities)
        ],
        "profiles": [
            {"parameter": each.name, "value": value, "fall": fall, "low": each.low, "high": each.high}
            for each in found.profiles
            for value, fall in zip(each.values, each.falls, strict=True)
        ],
        "combinations": [asdict(each) for each in found.combinations],
        "data": [
            {
                "proxy": proxy.rule.name,
                "label": proxy.rule.label,
                "n_cities": len(proxy.cities),
                "first": int(proxy.years[0]),
                "last": int(proxy.years[-1]),
                "n_cells": int((proxy.values == proxy.values).sum()),
            }
            for proxy in found.proxies
        ],
    }


def _csv(records: Iterable[dict[str, object]]) -> str:
    return frame_text(pd.DataFrame(list(records)), float_format="%.8g")
