"""Draws of the posterior of every compared year, by chains or, in a quick study, by its approximation."""

from __future__ import annotations

from rcsd.analysis.calibration import Draws, Posterior
from rcsd.errors import CalibrationError
from rcsd.study.file.study import Study
from rcsd.study.findings.drawing import ModeAndDraws, approximate_draws
from rcsd.study.graph.request import Request
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.posterior import BY_PYSD
from rcsd.study.steps.refit import REFIT

_QUICK_DRAWS = 500
"""Draws of an approximate posterior."""


def without_draws(study: Study, _request: Request) -> str:
    """Say why nothing is drawn; empty where it is."""
    return BY_PYSD if study.on_pysd else ""


def drawn(study: Study, posterior: Posterior | None, faults: tuple[str, ...]) -> Draws:
    """Return the draws of a posterior, whether they meet all criteria or not: the study's checks say so.

    Raises
    ------
    CalibrationError
        Where there is none.
    """
    if posterior is None:
        raise CalibrationError(f"nothing is drawn for {study.name}: {'; '.join(faults)}")
    return posterior.draws


def approximated(run: Run, last: int | None) -> ModeAndDraws:
    """Do without chains, for the fit window or the years up to another last one."""
    return approximate_draws(run.study, run[CALIBRATE].fit, run.driven, _QUICK_DRAWS, last)


def _compute(run: Run) -> ModeAndDraws:
    refitted = run.get(REFIT)
    if refitted is None:
        return approximated(run, run.study.file.windows.last)
    return ModeAndDraws(refitted.estimate, drawn(run.study, refitted.posterior, refitted.faults))


STEP = DRAWS = Step(
    "draws",
    ModeAndDraws,
    _compute,
    needs=(CALIBRATE,),
    uses=(REFIT,),
    when=without_draws,
    on_demand=True,
    packages=("statsmodels",),
)
