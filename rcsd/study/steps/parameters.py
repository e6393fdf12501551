"""Puts every estimate beside all that was assumed about it."""

from __future__ import annotations

from rcsd.study.findings.parameters import Estimates, estimates
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Check, Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.profiles import PROFILES
from rcsd.tables import csv_text

_COLUMNS = (
    "name",
    "estimate",
    "standard_error",
    "lower",
    "upper",
    "at_lower",
    "at_upper",
    "scale",
    "unit",
    "source",
)


def _compute(run: Run) -> Estimates:
    return estimates(run[CALIBRATE].fit, run.study.space.parameters, run.get(PROFILES))


def _document(result: StudyResult) -> dict[str, object]:
    return {
        "parameters": {
            parameter.name: {
                "estimate": parameter.estimate,
                "lower": parameter.lower,
                "upper": parameter.upper,
                "at_bound": parameter.on_bound,
                "standard_error": parameter.standard_error,
                "error_over_prior": parameter.error_over_prior,
                "unit": parameter.unit,
                "source": parameter.source,
            }
            for parameter in result[PARAMETERS].parameters
        }
    }


def _table(result: StudyResult) -> str:
    """One row per estimated parameter."""
    parameters = result[PARAMETERS].parameters
    return csv_text(_COLUMNS, ([getattr(parameter, column) for column in _COLUMNS] for parameter in parameters))


def _checks(result: StudyResult) -> tuple[Check, ...]:
    on_bound = [parameter.name for parameter in result[PARAMETERS].parameters if parameter.on_bound]
    detail = f"on a bound: {', '.join(on_bound)}" if on_bound else "every estimate lies inside its bounds"
    return (Check("estimates inside their bounds", not on_bound, detail),)


STEP = PARAMETERS = Step(
    "parameters",
    Estimates,
    _compute,
    needs=(CALIBRATE,),
    uses=(PROFILES,),
    document=_document,
    files={"parameters.csv": _table},
    checks=_checks,
)
