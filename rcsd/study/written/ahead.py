"""What a study says of the years after its data: the refit, the forecast and the scenarios together."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.study.findings.forecast import Forecasted
from rcsd.study.findings.refit import Refit
from rcsd.study.findings.scenarios import Compared
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.forecast import FORECAST
from rcsd.study.steps.refit import REFIT
from rcsd.study.steps.scenarios import SCENARIOS


@dataclass(frozen=True, slots=True)
class Ahead:
    """Forecast and scenarios.

    Attributes
    ----------
    left_out
        Why there is none; empty where there is.
    refit, forecast
        None where they were left out.
    scenarios
        None also where the study names none.
    """

    left_out: str = ""
    refit: Refit | None = None
    forecast: Forecasted | None = None
    scenarios: Compared | None = None

    @property
    def faults(self) -> tuple[str, ...]:
        """Why the refit has no draws, or which criteria they do not meet."""
        return () if self.refit is None else self.refit.faults

    @property
    def failed(self) -> tuple[str, ...]:
        """Runs of forecast and scenarios that failed."""
        return tuple(line for part in (self.forecast, self.scenarios) if part is not None for line in part.failed)


def ahead_of(result: StudyResult) -> Ahead:
    """Gather what a study has found of the years after its data."""
    left_out = result.left_out.get(FORECAST.name, "")
    if left_out:
        return Ahead(left_out)
    return Ahead("", result.get(REFIT), result.get(FORECAST), result.get(SCENARIOS))
