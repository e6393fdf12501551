"""Fits every compared year anew, and samples the posterior that a study forecasts from."""

from __future__ import annotations

from rcsd.study.findings.refit import Refit, refit
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Check, Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.posterior import chains_check, without_chains


def _compute(run: Run) -> Refit:
    return refit(run.study, run[CALIBRATE].fit, run.simulator, progress=run.progress)


def _checks(result: StudyResult) -> tuple[Check, ...]:
    refitted = result.get(REFIT)
    return chains_check(
        "chains of all compared years", refitted is not None, () if refitted is None else refitted.faults
    )


STEP = REFIT = Step(
    "refit",
    Refit,
    _compute,
    needs=(CALIBRATE,),
    when=without_chains,
    on_demand=True,
    reads=("forecast", "posterior"),
    packages=("emcee", "arviz-stats", "statsmodels"),
    checks=_checks,
)
