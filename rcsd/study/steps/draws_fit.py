"""Draws of the posterior of the fit window, by chains or, in a quick study, by its approximation."""

from __future__ import annotations

from rcsd.study.findings.drawing import ModeAndDraws
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.draws import approximated, drawn, without_draws
from rcsd.study.steps.posterior import POSTERIOR


def _compute(run: Run) -> ModeAndDraws:
    sampled = run.get(POSTERIOR)
    if sampled is None:
        return approximated(run, None)
    # the fit of the window itself; only its draws are asked for
    return ModeAndDraws(run[CALIBRATE].fit.values, drawn(run.study, sampled.posterior, sampled.faults))


STEP = DRAWS_FIT = Step(
    "draws-fit",
    ModeAndDraws,
    _compute,
    needs=(CALIBRATE,),
    uses=(POSTERIOR,),
    when=without_draws,
    on_demand=True,
    code=("rcsd.study.steps.draws",),
)
