"""The levers that take a city's resource industry to the share of an optimal structure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.scenarios import Lever, Scenario
from rcsd.analysis.scenarios.reaching import reach
from rcsd.errors import SimulationError
from rcsd.papers.city.lever_plan import Base, LeverPlan, LeverRange
from rcsd.papers.structure import ResourceChange
from rcsd.simulator import Simulator

Floats = NDArray[np.float64]

REACHED = 1e-3
"""Distance from the target, as a share of output, that counts as reached: a tenth of a percentage point."""
_NEAR = 1e-5
"""How near to it the search goes."""
_TIE = 1e-3
"""Weight of what is not the least: it decides among ways that are equal otherwise, and no more."""

Least = Literal["money", "output"]
"""What a way to the target takes least of: money spent, or output forgone."""

_WEIGHTS: dict[Least, tuple[float, float]] = {"money": (1.0, _TIE), "output": (_TIE, 1.0)}
"""Of money spent and of output forgone."""
_NAMES: dict[Least, tuple[str, str]] = {
    "money": ("optimal_structure", "Optimal structure"),
    "output": ("optimal_structure_least_output_forgone", "Optimal structure, least output forgone"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """The share of the resource industry that is aimed at.

    Attributes
    ----------
    start, horizon
        First year in which levers act, and the year in which the share is to be reached.
    at_start, status_quo
        Share without levers in both years.
    from_start, from_status_quo
        What the change of the optimal structure makes of the one and of the other.
    base
        Which of the two is aimed at.
    share
        The one that is aimed at.
    passed
        First year in which the share without levers is no higher than `from_start`; NaN where that does not happen.
    """

    start: int
    horizon: int
    at_start: float
    status_quo: float
    from_start: float
    from_status_quo: float
    base: Base
    share: float
    passed: float


@dataclass(frozen=True, slots=True)
class Pull:
    """What comes of some levers, all at the upper ends of their ranges.

    Attributes
    ----------
    levers
        Constants of the model.
    share
        Of the resource industry at the horizon.
    cost, forgone
        Money spent and output forgone to the horizon, against the status quo.
    """

    levers: tuple[str, ...]
    share: float
    cost: float
    forgone: float


@dataclass(frozen=True, slots=True)
class LeverSettings:
    """What the search found.

    Attributes
    ----------
    target
        What was aimed at.
    least
        What the way takes least of.
    levers
        All of them, those not pulled at the model's own value.
    pulled
        Which are pulled.
    share, cost, forgone
        With these settings, of one run with the most probable parameters: share at the horizon, money spent and output
        forgone until then.
    lowest
        The lowest share that the ranges allow.
    reached
        Whether the share is the target's, or below it.
    pulls
        Each lever alone, all that spend money, and all together; no more than once each.
    money
        Unit of cost and output forgone.
    n_runs
        Model runs spent.
    """

    target: Target
    least: Least
    levers: tuple[Lever, ...]
    pulled: tuple[str, ...]
    share: float
    cost: float
    forgone: float
    lowest: float
    reached: bool
    pulls: tuple[Pull, ...]
    money: str
    n_runs: int

    @property
    def scenario(self) -> Scenario:
        """What the model is run with."""
        words = f"Levers that take the resource industry to its optimal share by {self.target.horizon}."
        pulled = tuple(lever for lever in self.levers if lever.constant in self.pulled)
        return Scenario(*_NAMES[self.least], words, self.target.start, pulled)


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Runs with some settings of the levers, from the year in which they act to the horizon; arrays of shape (n_runs,).

    Attributes
    ----------
    share
        At the horizon; NaN for a run that failed.
    cost, forgone
        Against the status quo.
    """

    share: Floats
    cost: Floats
    forgone: Floats


def find_levers(
    plan: LeverPlan,
    change: ResourceChange,
    simulator: Simulator,
    estimate: Mapping[str, float],
    start: int,
    least: Least = "money",
) -> LeverSettings:
    """Find the constant settings of the levers that reach the target and take least of something.

    Parameters
    ----------
    plan
        The levers and their ranges.
    change
        Of the optimal structure; its horizon, in whole years, counts from the start.
    simulator
        Of the study, with drivers that go on beyond its data.
    estimate
        Parameters of the one city that is run.
    start
        First year in which levers act.
    least
        Of what; the other decides among ways that are equal in it.

    Raises
    ------
    SimulationError
        When the city does not run without levers.
    """
    end = start + round(change.horizon)
    years = np.arange(start, end + 1.0)
    course = _run(plan, simulator, estimate, years, _idle(plan)[np.newaxis])
    target = _target(plan, change, years, course[plan.share][0])
    money, output = _WEIGHTS[least]

    def paths(settings: Floats) -> Paths:
        return _paths(plan, years, course, _run(plan, simulator, estimate, years, settings))

    def price(points: Floats) -> tuple[Floats, Floats]:
        found = paths(points)
        return found.share, money * found.cost + output * found.forgone

    found = reach(
        price,
        _idle(plan),
        [lever.lower for lever in plan.levers],
        [lever.upper for lever in plan.levers],
        target.share,
        tolerance=_NEAR,
    )
    settings = _rounded(plan.levers, found.settings)
    moved = [abs(s - each.idle) > 0 for s, each in zip(settings, plan.levers, strict=True)]
    groups, ends = _ends(plan)
    own = paths(np.vstack([settings, *ends]))
    share, cost, forgone = (tuple(map(float, values)) for values in (own.share, own.cost, own.forgone))
    return LeverSettings(
        target=target,
        least=least,
        levers=tuple(
            Lever(each.constant, float(value), each.unit) for each, value in zip(plan.levers, settings, strict=True)
        ),
        pulled=tuple(each.constant for each, there in zip(plan.levers, moved, strict=True) if there),
        share=share[0],
        cost=cost[0],
        forgone=forgone[0],
        lowest=min(found.lowest, share[0]),
        reached=share[0] <= target.share + REACHED,
        pulls=tuple(Pull(*each) for each in zip(groups, share[1:], cost[1:], forgone[1:], strict=True)),
        money=plan.money,
        n_runs=1 + found.n_runs + len(share),
    )


def _idle(plan: LeverPlan) -> Floats:
    return np.array([lever.idle for lever in plan.levers])


def _target(plan: LeverPlan, change: ResourceChange, years: Floats, course: Floats) -> Target:
    if not np.isfinite(course).all():
        raise SimulationError("the status quo does not run to the horizon with the most probable parameters")
    at_start, later = float(course[0]), float(course[-1])
    from_start, from_status_quo = change.share_in(at_start), change.share_in(later)
    below = np.flatnonzero(course <= from_start)
    return Target(
        start=int(years[0]),
        horizon=int(years[-1]),
        at_start=at_start,
        status_quo=later,
        from_start=from_start,
        from_status_quo=from_status_quo,
        base=plan.base,
        share=from_start if plan.base == "start" else from_status_quo,
        passed=float(years[below[0]]) if below.size else float("nan"),
    )


def _run(
    plan: LeverPlan, simulator: Simulator, estimate: Mapping[str, float], years: Floats, settings: Floats
) -> dict[str, Floats]:
    """Run some settings, shape (n_runs, n_levers): variables of shape (n_runs, n_years), NaN for a run that failed."""
    outputs = tuple(dict.fromkeys((plan.share, plan.output, *plan.costs)))
    columns = {lever.constant: settings[:, i] for i, lever in enumerate(plan.levers)}
    ensemble = simulator.run({**estimate, plan.switch: years[0], **columns}, outputs=outputs, times=years)
    return {name: np.where(ensemble.ok[:, np.newaxis], ensemble.of(name), np.nan) for name in outputs}


def _paths(plan: LeverPlan, years: Floats, course: Mapping[str, Floats], found: Mapping[str, Floats]) -> Paths:
    """Hold some runs against the status quo."""
    spent, idle = (sum((runs[name] for name in plan.costs), 0 * runs[plan.output]) for runs in (found, course))
    return Paths(
        share=found[plan.share][:, -1],
        cost=np.asarray(np.trapezoid(spent - idle, years, axis=1)),
        forgone=np.asarray(np.trapezoid(course[plan.output] - found[plan.output], years, axis=1)),
    )


def _ends(plan: LeverPlan) -> tuple[list[tuple[str, ...]], list[Floats]]:
    """Name each lever alone, those that spend money, and all; and pull each group to the upper ends."""
    idle, upper = _idle(plan), np.array([lever.upper for lever in plan.levers])
    constants = [lever.constant for lever in plan.levers]
    spending = tuple(lever.constant for lever in plan.levers if lever.cost)
    groups = [group for group in dict.fromkeys([*((name,) for name in constants), spending, tuple(constants)]) if group]
    return groups, [np.where([name in group for name in constants], upper, idle) for group in groups]


def _rounded(levers: Sequence[LeverRange], settings: Floats) -> Floats:
    """Round to five figures of a range, so that a scenario can be read, and leave none pulled by a hair."""
    low, high = (np.array([getattr(each, end) for each in levers]) for end in ("lower", "upper"))
    idle = np.array([each.idle for each in levers])
    step = (high - low) * 1e-5
    rounded = np.array([float(f"{value:.8g}") for value in np.round((settings - low) / step) * step + low])
    return np.where(np.abs(settings - idle) < 1e-4 * (high - low), idle, np.clip(rounded, low, high))
