"""How many model runs a study has spent, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rcsd.study.graph.assignment import Ran
from rcsd.study.graph.result import RunCount, StepTime
from rcsd.study.steps.calibrate import Calibration


def timed(ran: Ran) -> tuple[StepTime, ...]:
    """Return the time of every step, with its runs where it ran the model."""
    return tuple(_with_runs(each, ran.found[name]) for name, each in ran.times.items())


def counted(ran: Ran, times: Sequence[StepTime]) -> RunCount:
    """Add up the runs of all steps; the speed is over the wall time of those that spent them."""
    spent = [(each.runs, each.per_second) for each in times if each.runs and each.per_second]
    seconds = sum(runs / speed for runs, speed in spent)
    return RunCount(
        total=_count("n_runs", ran),
        failed=_count("n_failed", ran),
        per_second=sum(runs for runs, _ in spent) / seconds if spent else None,
    )


def _with_runs(time: StepTime, found: object) -> StepTime:
    """Add what a step says of its runs; a calibration knows which of its starts it has not made this time."""
    runs = getattr(found, "n_runs", None)
    if not runs or time.seconds <= 0:
        return time
    speed = found.runs_per_second if isinstance(found, Calibration) else runs / time.seconds
    return replace(time, runs=runs, per_second=speed)


def _count(what: str, ran: Ran) -> int:
    """Add up the runs of the steps that count them."""
    return sum(int(getattr(found, what, 0)) for found in ran.found.values())
