"""The scenarios of a study beside its status quo, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Draws
from rcsd.analysis.clock import Clock
from rcsd.analysis.scenarios import Comparison, Scenario, ScenarioSet, compare, share_between
from rcsd.ensemble import Ensemble
from rcsd.simulator import DrivenSimulator
from rcsd.study.file.study import Study
from rcsd.study.findings.drivers.beyond import Assumed, Beyond, assumptions
from rcsd.study.findings.forecast import forecast_years
from rcsd.study.findings.refit import Refit
from rcsd.work.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """One outcome of one scenario under one assumption of the drivers, beside the reference."""

    scenario: str
    variable: str
    beyond: Beyond
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Claimed:
    """How often one scenario agrees with one claim under one assumption of the drivers.

    Attributes
    ----------
    claim
        Place in the definition's claims.
    scenario, beyond
        Which.
    share
        Share of the draws whose difference from the reference lies in the claimed range; NaN without a draw.
    """

    claim: int
    scenario: str
    beyond: Beyond
    share: float


@dataclass(frozen=True, slots=True)
class Compared:
    """All scenarios of a file.

    Attributes
    ----------
    definition
        The file.
    years
        Of every comparison, shape (n_years,).
    outcomes
        By assumption, outcome and scenario, in their order; the reference, which differs from itself by nothing, among
        the scenarios.
    claimed
        What the scenarios other than the reference say of each claim.
    failed
        "drawn, integrated, draw 17: why" for each run that failed.
    n_runs
        Model runs spent.
    """

    definition: ScenarioSet
    years: NDArray[np.float64]
    outcomes: tuple[ScenarioOutcome, ...]
    claimed: tuple[Claimed, ...]
    failed: tuple[str, ...]
    n_runs: int

    @property
    def n_failed(self) -> int:
        """How many of these failed."""
        return len(self.failed)

    @property
    def beyonds(self) -> tuple[Beyond, ...]:
        """Assumptions of the drivers, the one that the comparison stands on first."""
        return tuple(dict.fromkeys(each.beyond for each in self.outcomes))

    def of(self, scenario: str, variable: str, beyond: Beyond) -> Comparison:
        """Return one comparison."""
        wanted = (scenario, variable, beyond)
        return next(each.comparison for each in self.outcomes if (each.scenario, each.variable, each.beyond) == wanted)

    def at(self, year: float) -> int:
        """Place of a year in the arrays."""
        return int(np.flatnonzero(self.years == year)[0])


def compare_scenarios(
    study: Study,
    definition: ScenarioSet,
    refitted: Refit,
    simulator: DrivenSimulator,
    *,
    progress: Progress = silent,
) -> Compared:
    """Run every scenario with the same draws of parameters and the same courses of the drivers.

    Parameters
    ----------
    study
        Read by `load_study`.
    definition
        Its scenarios, or others that were read for it.
    refitted
        Its posterior; without one nothing is compared.
    simulator
        Of the study.
    progress
        Told after each assumption, as step "scenarios".
    """
    posterior, years = refitted.posterior, forecast_years(study)
    if posterior is None:
        return Compared(definition, years, (), (), (), 0)
    assumed, _ = assumptions(study, simulator, posterior.draws.n)
    outcomes: list[ScenarioOutcome] = []
    claimed: list[Claimed] = []
    failed: list[str] = []
    for k, each in enumerate(assumed):
        progress("scenarios", k, len(assumed))
        ensemble = _ensemble(study.clock, definition, each, posterior.draws, years)
        runs = _Runs(definition, each.beyond, ensemble)
        outcomes += runs.outcomes()
        claimed += runs.claimed()
        failed += runs.failed()
    progress("scenarios", len(assumed), len(assumed))
    n_runs = posterior.draws.n * len(definition.scenarios) * len(assumed)
    return Compared(definition, years, tuple(outcomes), tuple(claimed), tuple(failed), n_runs)


def _ensemble(
    clock: Clock, definition: ScenarioSet, assumed: Assumed, draws: Draws, years: NDArray[np.float64]
) -> Ensemble:
    """Run all scenarios in one batch: all draws of the first, then of the next."""
    scenarios = definition.scenarios
    inputs = {name: np.tile(values, len(scenarios)) for name, values in draws.inputs.items()}
    defaults = assumed.simulator.constants
    for name in (definition.switch, *definition.levers):
        inputs[name] = np.repeat(
            [_setting(clock, each, definition, name, defaults[name]) for each in scenarios], draws.n
        )
    variables = tuple(outcome.variable for outcome in definition.outcomes)
    return assumed.simulator.run(inputs, outputs=variables, times=years)


def _setting(clock: Clock, scenario: Scenario, definition: ScenarioSet, constant: str, default: float) -> float:
    """Value of the switch or a lever in a scenario; what a scenario does not set keeps its value in the base run."""
    if constant == definition.switch:
        return float(clock.to_model(scenario.start))
    return next((lever.value for lever in scenario.levers if lever.constant == constant), default)


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """The runs of all scenarios under one assumption."""

    definition: ScenarioSet
    beyond: Beyond
    ensemble: Ensemble

    def of(self, scenario: str, variable: str) -> NDArray[np.float64]:
        """Return one variable of one scenario, shape (n_draws, n_years), NaN in the row of a run that failed."""
        values = self.ensemble.of(variable).copy()
        values[~self.ensemble.ok] = np.nan
        names = [each.name for each in self.definition.scenarios]
        return np.asarray(values.reshape(len(names), -1, values.shape[1])[names.index(scenario)])

    def outcomes(self) -> list[ScenarioOutcome]:
        """Compare every scenario with the reference."""
        found = []
        for outcome in self.definition.outcomes:
            reference = self.of(self.definition.reference, outcome.variable)
            for scenario in self.definition.scenarios:
                mine = self.of(scenario.name, outcome.variable)
                comparison = compare(mine, reference, better=outcome.better, measure=outcome.measure)
                found.append(ScenarioOutcome(scenario.name, outcome.variable, self.beyond, comparison))
        return found

    def claimed(self) -> list[Claimed]:
        """Hold every scenario against every claim."""
        measures = {outcome.variable: outcome.measure for outcome in self.definition.outcomes}
        found = []
        for i, claim in enumerate(self.definition.claims):
            at = int(np.flatnonzero(self.ensemble.times == claim.year)[0])
            reference = self.of(self.definition.reference, claim.variable)[:, at]
            for scenario in self.definition.scenarios:
                if scenario.name != self.definition.reference:
                    share = share_between(
                        self.of(scenario.name, claim.variable)[:, at],
                        reference,
                        measure=measures[claim.variable],
                        lower=claim.lower,
                        upper=claim.upper,
                    )
                    found.append(Claimed(i, scenario.name, self.beyond, share))
        return found

    def failed(self) -> list[str]:
        """Name every run that failed."""
        n_draws = self.ensemble.n_runs // len(self.definition.scenarios)
        return [
            f"{self.beyond}, {self.definition.scenarios[row // n_draws].name}, draw {row % n_draws}: "
            f"{self.ensemble.messages[row]}"
            for row in np.flatnonzero(~self.ensemble.ok)
        ]
