"""Asks which parameter an output depends on: one analysis for each of the study's groups of parameters."""

from __future__ import annotations

from typing import Any

from rcsd.analysis.sensitivity import sobol_document
from rcsd.study.file.groups import CALIBRATED
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import BROUGHT, Check, Step
from rcsd.study.sobol.analyses import sensitivity
from rcsd.study.sobol.request import settings_document
from rcsd.study.sobol.result import Sensitivity
from rcsd.study.steps.calibrate import CALIBRATE


def _compute(run: Run) -> Sensitivity:
    estimates = run[CALIBRATE].fit.values
    return sensitivity(run.study, estimates, lambda: run.simulator, quick=run.request.quick, progress=run.progress)


def _document(result: StudyResult) -> dict[str, object]:
    """Arrange the sensitivity analyses.

    ``sobol``: indices over the parameters that the study estimates, by output; ``sobol_groups``: the same over each
    group that the study names; ``sobol_settings``: for each group how it was made, what it found of crossings, peaks
    and values at chosen times, and, where it was left out, why.
    """
    found = result[SOBOL]
    documents = {each.group: sobol_document(each.result) for each in found.analyses}
    settings: dict[str, Any] = {each.group: {**settings_document(each), "left_out": None} for each in found.analyses}
    settings |= {group: {"left_out": reason} for group, reason in found.left_out.items()}
    return {"sobol": documents.pop(CALIBRATED, {}), "sobol_groups": documents, "sobol_settings": settings}


def _checks(result: StudyResult) -> tuple[Check, ...]:
    found = result[SOBOL]
    if not found.analyses:
        return ()
    detail = f"{found.n_failed:,} of {found.n_runs:,} runs failed"
    return (Check("runs of the sensitivity analysis", found.n_failed == 0, detail),)


STEP = SOBOL = Step(
    "sobol",
    Sensitivity,
    _compute,
    needs=(CALIBRATE,),
    reads=("sobol", BROUGHT),
    packages=("SALib",),
    document=_document,
    checks=_checks,
)
