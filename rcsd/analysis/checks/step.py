"""Check `step`: the time step against the shortest time constant, and by halving it until results stand still."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.checks.subject import Subject, Unmade
from rcsd.ensemble import Ensemble
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.checks.reading import parted
from rcsd.simulation.checks.time_constants import TimeConstant, time_constants

_LARGEST_CHANGE, _NOTED_CHANGE = 0.1, 0.05
"""Of the largest size of a stock: what a half step may change where nothing is declared, and what is noted."""
_MOST_HALVINGS = 8
_SLACK = 1e-6
_NOTHING = 1e-9
"""Share of its largest size in the model that a stock must reach to be looked at."""


@dataclass(frozen=True, slots=True)
class Change:
    """How far a half step moves a variable most.

    Attributes
    ----------
    name : str
        The variable.
    size : float
        Of the change, as a share of the largest size of the variable; infinite where one of the runs diverges.
    time : float
        When.
    """

    name: str
    size: float
    time: float


def step_findings(subject: Subject) -> Iterator[Finding]:
    """Find a time step that is too long, and say which one would do."""
    finder = Finder("step", subject.model.ir)
    for doubt in subject.system.doubts:
        owner, _, rest = doubt.partition(": ")
        message, remedy = parted(rest)
        if rest.startswith("the "):
            yield finder.at(owner.strip("'"), "warning", message, remedy)
    if (moved := subject.model.time.departure()) is not None:
        message, remedy = parted(moved)
        yield finder.at_control("time step", "warning", message, remedy)
    constants = () if subject.system.time.step <= 0 else time_constants(subject.model.ir, subject.system)
    subject.require_work(3.0)
    yield from _too_far(subject)
    too_short = _too_short(subject, constants)
    change = None if subject.model.ir.random else changed_by_half(subject)
    limit = _limit(subject)
    if too_short is not None or (change is not None and change.size > limit):
        yield _too_long(subject, finder, too_short, change, limit)
    elif (short := _barely_long_enough(subject, constants)) is not None:
        yield _barely(subject, finder, short, at_rest=change is not None and change.size < _NOTHING)
    elif change is not None and change.size > _NOTED_CHANGE and subject.declared.content.integration is None:
        yield finder.at_control(
            "time step",
            "note",
            f"a half step changes {change.name!r} by {change.size:.1%} of its size at time {change.time:g}",
            f"a step of {subject.model.time.step / 2:g} would be more exact",
        )


def _barely(subject: Subject, finder: Finder, short: TimeConstant, *, at_rest: bool) -> Finding:
    """Word a step between half of the shortest time constant and all of it: a warning where no run can show more."""
    step = subject.model.time.step
    would_do = step / 2 ** math.ceil(math.log2(4 * step / short.length))
    rest = ", and the base run rests, so that a half step shows nothing" if at_rest else ""
    return finder.at_control(
        "time step",
        "warning" if at_rest else "note",
        f"the step {step:g} is more than half of the shortest time constant, {short.length:.3g} of "
        f"{_said(short.stock)} at time {short.time:g}{rest}",
        f"a step of {would_do:g} would be a quarter of it or less (Sterman 2000, appendix A)",
    )


def _too_long(
    subject: Subject, finder: Finder, too_short: TimeConstant | None, change: Change | None, limit: float
) -> Finding:
    """Word the one finding: what is too short for the step, what halving changes, and which step would do."""
    step = subject.model.time.step
    said = []
    if too_short is not None:
        said.append(
            f"the step {step:g} is longer than the shortest time constant, {too_short.length:.3g} of "
            f"{_said(too_short.stock)} at time {too_short.time:g}"
        )
    if change is not None and change.size > limit:
        moved = "makes the difference between a run and none of" if np.isinf(change.size) else f"{change.size:.2g} of"
        said.append(
            f"a half step changes {change.name!r} by {change.size:.1%} of its size at time {change.time:g}"
            if np.isfinite(change.size)
            else f"a half step {moved} {change.name!r}, which one of the two loses at time {change.time:g}"
        )
    unstable = too_short is not None and too_short.growth(step, subject.model.time.method) > 1 + _SLACK
    is_declared = subject.declared.content.integration is not None
    grave = unstable or (change is not None and (np.isinf(change.size) or (is_declared and change.size > limit)))
    where = "TIME STEP" if subject.model.ir.format == "vensim" else "<dt>"
    match _step_that_does(subject, too_short, change, limit):
        case (would_do, is_tried):
            remedy = f"set {where} to {would_do:g}" + ("" if is_tried else " or less, and check again")
        case _:
            remedy = f"shorten {where}; halving it on and on still changes results, so look for jumps in the equations"
    return finder.at_control("time step", "error" if grave else "warning", ", and ".join(said), remedy)


def _said(stock: str) -> str:
    """Name a stock, or the function that has one hidden behind a variable."""
    owner, mark, hidden = stock.partition("#")
    return f"the {hidden.rstrip('0123456789')} in {owner!r}" if mark and "integ" not in hidden else repr(owner)


def _too_short(subject: Subject, constants: Sequence[TimeConstant]) -> TimeConstant | None:
    """Return the shortest time constant that the step leaps over, if there is one.

    Euler's method turns a decay over in every step that is longer than its time constant; the other methods grow it.
    """
    axis = subject.model.time
    for constant in constants:
        leaps = constant.length < axis.step * (1 - _SLACK) if axis.method == "euler" else False
        if constant.decays and (leaps or constant.growth(axis.step, axis.method) > 1 + _SLACK):
            return constant
    return None


def _barely_long_enough(subject: Subject, constants: Sequence[TimeConstant]) -> TimeConstant | None:
    """Return the shortest time constant of a decay of which an Euler step is more than half, if there is one."""
    step = subject.model.time.step
    if subject.model.time.method != "euler":
        return None
    return next((each for each in constants if each.decays and each.length < 2 * step * (1 - _SLACK)), None)


def changed_by_half(subject: Subject) -> Change | None:
    """Return the largest change that a half step brings; None where nothing can be compared."""
    settings, names, times = _compared(subject)
    step = subject.model.time.step
    whole = subject.run(settings, outputs=names, times=times)
    return largest_change(whole, subject.run(settings, outputs=names, times=times, step=step / 2))


def largest_change(one: Ensemble, other: Ensemble) -> Change | None:
    """Compare two runs of the same variables at the same times."""
    if not one.variables:
        return None
    a, b = one.values[0], other.values[0]
    lost = np.isfinite(a) != np.isfinite(b)
    if lost.any():
        at, which = np.unravel_index(int(np.argmax(lost)), lost.shape)
        return Change(one.variables[int(which)], np.inf, float(one.times[int(at)]))
    sizes = _sizes(a, b)
    both = np.isfinite(a) & np.isfinite(b)
    share = np.abs(np.subtract(a, b, where=both, out=np.zeros_like(a))) / sizes
    at, which = np.unravel_index(int(np.argmax(share)), share.shape)
    return Change(one.variables[int(which)], float(share[at, which]), float(one.times[int(at)]))


def _sizes(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the largest size of each variable, and a number beyond all for one that is never more than rounding."""
    both = np.concatenate([np.abs(a), np.abs(b)])
    sizes = np.max(np.where(np.isfinite(both), both, 0.0), axis=0, initial=0.0)
    return np.where(sizes > _NOTHING * np.max(sizes, initial=0.0), sizes, np.inf)


def _too_far(subject: Subject) -> Iterator[Finding]:
    """Hold the distance from the exact solution to what is declared: a half step of order p covers 1 - 2^-p of it."""
    declared = subject.declared.content.integration
    if declared is None or declared.largest_difference is None:
        return
    settings, names, times = _compared(subject)
    axis = subject.model.time
    whole = subject.run(settings, outputs=names, times=times).values[0]
    half = subject.run(settings, outputs=names, times=times, step=axis.step / 2).values[0]
    order = {"euler": 1, "rk2": 2, "rk4": 4}[axis.method]
    distance = np.abs(whole - half) / (1 - 0.5**order)
    worst = float(np.max(np.where(np.isfinite(distance), distance, np.inf)))
    if worst > declared.largest_difference:
        at, which = np.unravel_index(int(np.argmax(distance)), distance.shape)
        yield subject.declared_finding(
            "step",
            "error",
            names[int(which)],
            ("integration", "largest_difference"),
            f"{names[int(which)]!r} is {worst:.2g} off the exact solution at time {np.asarray(times)[int(at)]:g}, and "
            f"{declared.largest_difference:g} is allowed",
            "shorten the time step, or take a method of higher order",
        )


def _compared(subject: Subject) -> tuple[Mapping[str, float], list[str], ArrayLike]:
    """Return the constants, the variables and the times of the comparison."""
    declared = subject.declared.content.integration
    run = subject.base
    own = list(subject.stocks) or list(run.variables)
    if declared is None:
        return {}, own, run.times
    names = [element for name in declared.names for element in subject.elements(name, run)]
    times = run.times
    if declared.year is not None:
        times = run.times[np.isclose(run.times, declared.year, rtol=0, atol=1e-6)]
        if not times.size:
            raise Unmade(f"the model saves nothing at {declared.year:g}, the year of [integration]")
    return declared.set, names or own, times


def _limit(subject: Subject) -> float:
    declared = subject.declared.content.integration
    own = None if declared is None else declared.largest_change
    return _LARGEST_CHANGE if own is None else own


def _step_that_does(
    subject: Subject, too_short: TimeConstant | None, change: Change | None, limit: float
) -> tuple[float, bool] | None:
    """Return a step that would do, halved from the file's own, and whether that was tried.

    Half of the shortest time constant bounds it, and the change of a half step, which for a method of the first order
    halves with the step; a run at that step and at half of it shows whether it is enough.
    """
    step = subject.model.time.step
    halvings = 0
    if too_short is not None:
        halvings = max(halvings, math.ceil(math.log2(2 * step / too_short.length)))
    if change is not None and limit < change.size < np.inf:
        halvings = max(halvings, math.ceil(math.log2(change.size / limit) - _SLACK))
    halvings = max(halvings, 1)
    if subject.model.ir.random:
        return step / 2**halvings, False
    settings, names, times = _compared(subject)
    coarse: Ensemble | None = None
    while halvings <= _MOST_HALVINGS:
        own = step / 2**halvings
        try:
            subject.require_work(2.0 ** (halvings + 1))
        except Unmade:
            return (own, False) if coarse is None else None
        coarse = coarse or subject.run(settings, outputs=names, times=times, step=own)
        fine = subject.run(settings, outputs=names, times=times, step=own / 2)
        found = largest_change(coarse, fine)
        if found is None or found.size <= limit:
            return own, True
        coarse, halvings = fine, halvings + 1
    return None
