"""Samples the posterior of the fit window."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from rcsd.analysis.clock import Clock
from rcsd.bands import SHARES
from rcsd.study.file.study import Study
from rcsd.study.findings.bands import SeriesBand
from rcsd.study.findings.posterior import Sampled, sampling
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Check, Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.tables import csv_text

BY_PYSD = "PySD runs this model, which would take hours for the chains of a posterior"
QUICK = "a quick run samples no posterior"


def without_chains(study: Study, request: Request) -> str:
    """Say why a study has no chains; empty where it has."""
    if study.on_pysd:
        return BY_PYSD
    return QUICK if request.quick else ""


def chains_check(name: str, sampled: bool, faults: tuple[str, ...]) -> tuple[Check, ...]:
    """Say whether chains have converged, where there are any."""
    return (Check(name, not faults, "; ".join(faults) or "all criteria are met"),) if sampled else ()


def _compute(run: Run) -> Sampled:
    return sampling(run.study, run[CALIBRATE].fit, run.simulator, progress=run.progress)


def _document(result: StudyResult) -> dict[str, object]:
    """Arrange the posterior without its draws, which posterior.csv has."""
    sampled = result.get(POSTERIOR)
    return {
        "parameters": quantiles_entry(result),
        "posterior": None if sampled is None else _posterior(sampled, result.info.clock),
    }


def quantiles_entry(result: StudyResult) -> dict[str, dict[str, Any]]:
    """Return 5 %, 50 % and 95 % of the draws of every parameter."""
    sampled = result.get(POSTERIOR)
    return {name: {"posterior": _quantiles(sampled, name)} for name in result[CALIBRATE].fit.names}


def _posterior(sampled: Sampled, clock: Clock) -> dict[str, Any]:
    return {
        "converged": not sampled.faults,
        "faults": sampled.faults,
        "hindrances": () if sampled.posterior is None else sampled.posterior.diagnostics.hindrances,
        "diagnostics": None if sampled.posterior is None else sampled.posterior.diagnostics,
        "log_evidence": None if sampled.posterior is None else sampled.posterior.log_evidence,
        "log_evidence_error": None if sampled.posterior is None else sampled.posterior.log_evidence_error,
        "within": {band.series: _band(band, clock) for band in sampled.within},
        "beyond": {band.series: _band(band, clock) for band in sampled.beyond},
    }


def _band(band: SeriesBand, clock: Clock) -> dict[str, Any]:
    return {**asdict(band), "years": clock.shown(band.years)}


def _quantiles(sampled: Sampled | None, name: str) -> list[float] | None:
    """Return 5 %, 50 % and 95 % of a parameter's draws; None where there are none."""
    if sampled is None or sampled.posterior is None:
        return None
    draws = sampled.posterior.draws
    values = sampled.posterior.quantiles(SHARES)[:, draws.names.index(name)]
    return [float(value) for value in values]


def _table(result: StudyResult) -> str | None:
    """One row per draw: the parameters, then what is estimated of the errors of each series."""
    sampled = result.get(POSTERIOR)
    if sampled is None or sampled.posterior is None:
        return None
    draws = sampled.posterior.draws
    series = [band.series for band in sampled.within]
    noise = draws.noise_columns(series)
    return csv_text([*draws.names, *noise], np.column_stack([draws.values, *noise.values()]).tolist())


def _checks(result: StudyResult) -> tuple[Check, ...]:
    sampled = result.get(POSTERIOR)
    return chains_check("chains of the fit window", sampled is not None, () if sampled is None else sampled.faults)


STEP = POSTERIOR = Step(
    "posterior",
    Sampled,
    _compute,
    needs=(CALIBRATE,),
    when=without_chains,
    reads=("posterior",),
    packages=("emcee", "arviz-stats", "statsmodels"),
    document=_document,
    files={"posterior.csv": _table},
    checks=_checks,
)
