"""What a study says of the years after its data: the refit, the forecast and the scenarios together."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.study.findings.forecast import Forecasted
from rcsd.study.findings.refit import Refit
from rcsd.study.findings.scenarios import Compared


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
        """Why the chains of the refit may not be summarised."""
        return () if self.refit is None else self.refit.faults

    @property
    def failed(self) -> tuple[str, ...]:
        """Runs of forecast and scenarios that failed."""
        return tuple(line for part in (self.forecast, self.scenarios) if part is not None for line in part.failed)

    @property
    def n_runs(self) -> int:
        """Model runs spent."""
        return sum(part.n_runs for part in (self.refit, self.forecast, self.scenarios) if part is not None)

    @property
    def n_failed(self) -> int:
        """Runs that did not end well, those of the chains among them."""
        posterior = None if self.refit is None else self.refit.posterior
        return len(self.failed) + (0 if posterior is None else posterior.n_failed)
