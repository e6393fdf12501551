"""Makes the model of a forecast ready for a page that runs it: with draws of the posterior that it stands on."""

from __future__ import annotations

from rcsd.study.findings.live.making import live, runtime_identity
from rcsd.study.findings.live.result import Live
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.forecast import without_forecast
from rcsd.study.steps.refit import REFIT


def _compute(run: Run) -> Live:
    refitted = run[REFIT]
    draws = None if refitted.posterior is None else refitted.posterior.draws
    return live(run.study, run.simulator, refitted.estimate, draws, refitted.last)


STEP = LIVE = Step(
    "live",
    Live,
    _compute,
    needs=(REFIT,),
    when=without_forecast,
    reads=("forecast", "scenarios"),
    inputs=runtime_identity,
)
