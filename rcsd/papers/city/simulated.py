"""What the city's model makes of the assessments: the index and the optimal structure to the study's horizon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import predict
from rcsd.bands import Band
from rcsd.papers.city.lever_plan import LeverPlan
from rcsd.papers.city.lever_search import LeverSettings, find_levers
from rcsd.papers.city.pairs import Pair, levels, pair
from rcsd.papers.resilience import INDEX, Assessment, IndexDraws, SeriesTable, index_draws
from rcsd.papers.resilience.studies import CityOutlook, city_outlook
from rcsd.papers.structure import ResourceChange
from rcsd.simulator import Simulator
from rcsd.study import RefittedStudy
from rcsd.study.findings.drawing import held_out_draws
from rcsd.study.findings.drivers.beyond import Beyond, assumptions, middle
from rcsd.study.findings.forecast import RESIDUALS, forecast_years
from rcsd.work.progress import Progress, silent

Floats = NDArray[np.float64]
_INDEX_LATER, _INDEX_HELD = 7, 8
"""Distinguish the seeds of the errors of held indicators from those of other draws of a study."""

_STEP = "assessment"

SPENT, FORGONE = "Money spent", "Output forgone"
ACCUMULATED = (SPENT, FORGONE)
"""Quantities that are accumulated from the first year of the levers on."""


@dataclass(frozen=True, slots=True, eq=False)
class CityIndex:
    """The index of one city among others: what a study's draws are turned into an index with.

    Attributes
    ----------
    assessment, table
        The index of all cities, and the series it was made from.
    city
        Its name in the data.
    """

    assessment: Assessment
    table: SeriesTable
    city: str


@dataclass(frozen=True, slots=True, eq=False)
class StructurePlan:
    """The optimal structure, and the levers that may take a city's model to it."""

    change: ResourceChange
    plan: LeverPlan


@dataclass(frozen=True, slots=True)
class OtherWay:
    """The way to the same share that forgoes the least output, beside the one that spends the least money.

    Attributes
    ----------
    settings
        The levers.
    pairs
        Of `StructurePart`, and last the resilience index where there is one.
    paying
        The same of its levers that spend money, without those that order.
    """

    settings: LeverSettings
    pairs: tuple[Pair, ...]
    paying: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class StructurePart:
    """The optimal structure as a scenario of the model.

    Attributes
    ----------
    settings
        The levers.
    pairs
        Every outcome in the status quo and in the scenario, from the year in which levers act on; last the money spent
        and the output forgone, accumulated.
    share_reached
        Share of the draws in which the resource industry's share at the horizon is that of the target in the same draw,
        or below it.
    other
        Another way to the target; None where no lever is needed, none reaches it, or both ways are one.
    """

    settings: LeverSettings
    pairs: tuple[Pair, ...]
    share_reached: float
    other: OtherWay | None


@dataclass(frozen=True, slots=True)
class IndexPart:
    """The resilience index.

    Attributes
    ----------
    outlook
        In the status quo, and errors of the years held out.
    status_quo
        Of the index, shape (n_years,).
    pairs
        Index and systems in both scenarios; empty without an optimal structure.
    """

    outlook: CityOutlook
    status_quo: Band
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was simulated.

    Attributes
    ----------
    years
        From the year after the data to the study's horizon, shape (n_years,).
    beyond
        What is assumed of the drivers.
    approximate
        Whether the posterior is approximated near its mode.
    structure, index
        None where they were not asked for.
    n_draws, n_failed
        Draws in all, and those with a run that failed, which count for nothing.
    n_runs
        Model runs spent.
    """

    years: Floats
    beyond: Beyond
    approximate: bool
    structure: StructurePart | None
    index: IndexPart | None
    n_draws: int
    n_failed: int
    n_runs: int


def simulate(
    refitted: RefittedStudy,
    *,
    structure: StructurePlan | None,
    index: CityIndex | None,
    progress: Progress = silent,
) -> Simulated:
    """Run the optimal structure beside the status quo, and work the index of both out.

    In a draw both have the same parameters, prices, residuals and errors of what is held, so that a difference is the
    levers' doing.

    Parameters
    ----------
    refitted
        The study.
    structure, index
        What is to be simulated.
    progress
        Told as step "assessment".

    Raises
    ------
    SimulationError
        When the model runs in no draw.
    """
    return _Simulation.of(refitted, structure, index, progress).simulated()


@dataclass(frozen=True, slots=True, eq=False)
class _Simulation:
    """One study, ready to run with and without levers."""

    refitted: RefittedStudy
    structure: StructurePlan | None
    index: CityIndex | None
    progress: Progress
    simulator: Simulator
    beyond: Beyond
    years: Floats

    @classmethod
    def of(
        cls, refitted: RefittedStudy, structure: StructurePlan | None, index: CityIndex | None, progress: Progress
    ) -> _Simulation:
        """Make the simulator of the assumption that a forecast stands on."""
        main = assumptions(refitted.study, refitted.simulator(), refitted.draws.n)[0][0]
        years = forecast_years(refitted.study)
        return cls(refitted, structure, index, progress, main.simulator, main.beyond, years)

    def simulated(self) -> Simulated:
        """Do everything."""
        n_pieces, ran, n_runs, n_ways = 3, np.ones(self.refitted.draws.n, dtype=np.bool_), 0, 0
        self.progress(_STEP, 0, n_pieces)
        draws = None if self.index is None else self._index_draws(self.index, {})
        inputs, part = None, None
        if self.structure is not None:
            ways = self._ways(self.structure)
            inputs = self._inputs(self.structure.plan, ways[0])
            self.progress(_STEP, 1, n_pieces)
            part, ran = self._part(self.structure, ways, inputs, draws)
            n_ways = 1 if part.other is None else 3  # the other with and without the levers that order
            n_runs += sum(each.n_runs for each in ways) + ran.size * (1 + n_ways)
        self.progress(_STEP, 2, n_pieces)
        index = None if self.index is None or draws is None else self._index(self.index, draws, inputs)
        n_runs += 0 if index is None else ran.size * (2 + n_ways)
        self.progress(_STEP, n_pieces, n_pieces)
        return Simulated(
            years=self.years,
            beyond=self.beyond,
            approximate=self.refitted.approximate,
            structure=part,
            index=index,
            n_draws=ran.size,
            n_failed=int((~ran).sum()) if index is None else max(int((~ran).sum()), index.outlook.band.n_failed),
            n_runs=n_runs,
        )

    def _ways(self, structure: StructurePlan) -> tuple[LeverSettings, ...]:
        """Find the way that spends least, and where levers have to be pulled and reach, the one that forgoes least."""
        refitted, start = self.refitted, int(self.years[0])
        one = middle(refitted.study, refitted.simulator(), refitted.draws.n)
        first = find_levers(structure.plan, structure.change, one, refitted.estimate, start)
        if not (first.pulled and first.reached):
            return (first,)
        return first, find_levers(structure.plan, structure.change, one, refitted.estimate, start, "output")

    def _inputs(self, plan: LeverPlan, found: LeverSettings) -> dict[str, float]:
        return {plan.switch: float(found.target.start), **{each.constant: each.value for each in found.levers}}

    def _run(self, plan: LeverPlan, inputs: Mapping[str, float]) -> dict[str, Floats]:
        """Run every draw: variables of shape (n_draws, n_years), NaN for a run that failed."""
        outputs = tuple(
            dict.fromkeys((plan.share, plan.output, *plan.costs, *(each.variable for each in plan.outcomes)))
        )
        ensemble = self.simulator.run({**self.refitted.draws.inputs, **inputs}, outputs=outputs, times=self.years)
        return {name: np.where(ensemble.ok[:, np.newaxis], ensemble.of(name), np.nan) for name in outputs}

    def _part(
        self,
        structure: StructurePlan,
        ways: Sequence[LeverSettings],
        inputs: Mapping[str, float],
        draws: IndexDraws | None,
    ) -> tuple[StructurePart, NDArray[np.bool_]]:
        """Compare the draws with and without levers, and say which ran in both."""
        plan, change, found = structure.plan, structure.change, ways[0]
        before, after = self._run(plan, {plan.switch: inputs[plan.switch]}), self._run(plan, inputs)
        ran = np.isfinite(np.hstack([before[plan.share], after[plan.share]])).all(axis=1)
        at = int(np.flatnonzero(self.years == found.target.horizon)[0])
        from_ = before[plan.share][ran, 0 if plan.base == "start" else at]
        targets = np.array([change.share_in(float(share)) for share in from_])
        reached = float(np.mean(after[plan.share][ran, at] <= targets))
        other = None if len(ways) == 1 or _same(plan, *ways) else self._other(plan, ways[1], before, draws)
        return StructurePart(found, self._pairs(plan, before, after), reached, other), np.asarray(ran)

    def _other(
        self, plan: LeverPlan, found: LeverSettings, before: Mapping[str, Floats], draws: IndexDraws | None
    ) -> OtherWay:
        """Compare the draws with and without the levers of another way, and with those alone that spend money."""
        inputs = self._inputs(plan, found)
        paying = {**inputs, **{lever.constant: lever.idle for lever in plan.levers if not lever.cost}}
        return OtherWay(found, *(self._way(plan, each, before, draws) for each in (inputs, paying)))

    def _way(
        self, plan: LeverPlan, inputs: Mapping[str, float], before: Mapping[str, Floats], draws: IndexDraws | None
    ) -> tuple[Pair, ...]:
        pairs = self._pairs(plan, before, self._run(plan, inputs))
        if self.index is None or draws is None:
            return pairs
        return (*pairs, _index_pairs(self.index, draws, self._index_draws(self.index, inputs))[0])

    def _pairs(self, plan: LeverPlan, before: Mapping[str, Floats], after: Mapping[str, Floats]) -> tuple[Pair, ...]:
        """Compare every outcome; last the money spent and the output forgone, accumulated."""
        pairs = [
            pair(
                each.variable,
                each.unit,
                each.meaning,
                each.better,
                each.measure,
                status_quo=before[each.variable],
                scenario=after[each.variable],
            )
            for each in plan.outcomes
        ]
        spent = [
            _accumulated(np.sum([runs[name] for name in plan.costs], axis=0), self.years) for runs in (before, after)
        ]
        made = [_accumulated(runs[plan.output], self.years) for runs in (before, after)]
        money = partial(pair, unit=plan.money, better="lower", measure="absolute", status_quo=np.zeros_like(made[0]))
        return (
            *pairs,
            money(SPENT, meaning="less to pay", scenario=spent[1] - spent[0]),
            money(FORGONE, meaning="less output lost", scenario=made[0] - made[1]),
        )

    def _index(self, index: CityIndex, before: IndexDraws, inputs: Mapping[str, float] | None) -> IndexPart:
        """Work the index out in the status quo, and with levers where there are any."""
        refitted, study = self.refitted, self.refitted.study
        seed = study.file.study.seed
        held = held_out_draws(study, refitted.fitted, refitted.simulator())
        rng = np.random.default_rng([seed, _INDEX_HELD])
        outlook = city_outlook(index.assessment, index.table, before, held, False, rng)
        pairs = () if inputs is None else _index_pairs(index, before, self._index_draws(index, inputs))
        return IndexPart(outlook, levels(before.index), pairs)

    def _index_draws(self, index: CityIndex, inputs: Mapping[str, float]) -> IndexDraws:
        """Draw the series as a yearbook would print them, and make the index of them."""
        refitted, study = self.refitted, self.refitted.study
        seed = study.file.study.seed
        problem = study.problem(refitted.simulator(), study.file.windows.last)
        found = predict(
            problem,
            refitted.draws,
            self.years,
            rng=np.random.default_rng([seed, RESIDUALS]),
            simulator=self.simulator,
            inputs=inputs,
        )
        series = {target.series.name: each.observed for target, each in zip(problem.targets, found, strict=True)}
        return index_draws(
            index.assessment,
            index.table,
            index.city,
            series,
            self.years.astype(np.int64),
            rng=np.random.default_rng([seed, _INDEX_LATER]),
        )


def _same(plan: LeverPlan, one: LeverSettings, other: LeverSettings) -> bool:
    """Say whether two ways pull every lever alike, to a thousandth of its range."""
    return all(
        abs(a.value - b.value) <= (each.upper - each.lower) / 1000
        for each, a, b in zip(plan.levers, one.levers, other.levers, strict=True)
    )


def _index_pairs(index: CityIndex, before: IndexDraws, after: IndexDraws) -> tuple[Pair, ...]:
    """Compare the index, then the scores of its systems."""
    names = [INDEX, *(system.code for system in index.assessment.indicators.systems)]
    meanings = ["more resilient", *(system.name for system in index.assessment.indicators.systems)]
    both = [np.concatenate([each.index[..., None], each.scores], axis=-1) for each in (before, after)]
    return tuple(
        pair(name, "Dmnl", meaning, "higher", "absolute", status_quo=both[0][..., k], scenario=both[1][..., k])
        for k, (name, meaning) in enumerate(zip(names, meanings, strict=True))
    )


def _accumulated(flow: Floats, years: Floats) -> Floats:
    """Integral of a flow, shape (n_draws, n_years), from the first year on by the trapezoidal rule."""
    steps = np.diff(years) * (flow[:, 1:] + flow[:, :-1]) / 2
    return np.concatenate([np.zeros((len(flow), 1)), np.cumsum(steps, axis=1)], axis=1)
