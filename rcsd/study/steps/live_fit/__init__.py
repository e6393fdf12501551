"""Makes the model of a study without a forecast ready for a page that runs it."""

from __future__ import annotations

from rcsd.study.file.study import Study
from rcsd.study.findings.live.making import live, runtime_identity
from rcsd.study.findings.live.result import Live
from rcsd.study.graph.request import Request
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.forecast import without_forecast
from rcsd.study.steps.posterior import POSTERIOR


def _when(study: Study, request: Request) -> str:
    if study.on_pysd:
        return "PySD runs this model, and a page runs only what rcsd itself can read"
    return "" if without_forecast(study, request) else "the model of the forecast stands in its place"


def _compute(run: Run) -> Live:
    sampled = run.get(POSTERIOR)
    draws = None if sampled is None or sampled.posterior is None else sampled.posterior.draws
    return live(run.study, run.simulator, run[CALIBRATE].fit.values, draws, None)


STEP = LIVE_FIT = Step(
    "live_fit",
    Live,
    _compute,
    needs=(CALIBRATE,),
    uses=(POSTERIOR,),
    when=_when,
    reads=("forecast", "scenarios"),
    inputs=runtime_identity,
)
