"""Examines how well the fit window determines the parameters: noise, profiles, collinearity."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from rcsd.analysis.clock import Clock
from rcsd.study.file.study import Study
from rcsd.study.findings.profiles import SeriesNoise, Uncertainty, uncertainty
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.tables import csv_text


def _when(study: Study, _request: Request) -> str:
    return "PySD runs this model, which would take hours for the profiles" if study.on_pysd else ""


def _compute(run: Run) -> Uncertainty:
    run.progress("profiles", 0, 1)
    found = uncertainty(run.study, run[CALIBRATE].fit, run.simulator)
    run.progress("profiles", 1, 1)
    return found


def _document(result: StudyResult) -> dict[str, object]:
    known = result.get(PROFILES)
    return {
        "parameters": determined_entry(result),
        "noise": {} if known is None else {each.series: _noise(each, result.info.clock) for each in known.noise},
        "collinear": [] if known is None else known.identifiability.collinear,
        "most_probable": {} if known is None else known.estimate,
    }


def determined_entry(result: StudyResult) -> dict[str, dict[str, Any]]:
    """Say of every parameter how well the data determine it."""
    known = result.get(PROFILES)
    return {name: _determined(name, known) for name in result[CALIBRATE].fit.names}


def _determined(name: str, known: Uncertainty | None) -> dict[str, Any]:
    """Say how well the data determine one parameter."""
    if known is None:
        return {"profile": None, "identified": None}
    profile = next(each for each in known.profiles if each.name == name)
    return {
        "profile": [profile.lower, profile.upper],
        "profile_open": profile.open,
        "identified": profile.open == "",
        "determined_by": known.verdicts[name],
        "prior_against_data": name in known.conflicts,
    }


def _noise(noise: SeriesNoise, clock: Clock) -> dict[str, Any]:
    return {
        **noise.values,
        "anchor": noise.anchor if math.isnan(noise.anchor) else clock.shown(noise.anchor),
        "autocorrelation": {"residuals": noise.before, "innovations": noise.after},
    }


def _table(result: StudyResult) -> str | None:
    """One row per point of a profile."""
    known = result.get(PROFILES)
    return None if known is None else csv_text(("parameter", "value", "rise"), _rows(known))


def _rows(known: Uncertainty) -> Iterator[list[object]]:
    for profile in known.profiles:
        for value, rise in zip(profile.values, profile.rises, strict=True):
            yield [profile.name, float(value), float(rise)]


STEP = PROFILES = Step(
    "profiles",
    Uncertainty,
    _compute,
    needs=(CALIBRATE,),
    when=_when,
    packages=("statsmodels",),
    document=_document,
    files={"profiles.csv": _table},
)
