"""Runs steps of a study: those that a target takes results from first, and each that is kept not again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rcsd.errors import OutputError
from rcsd.study.graph.assignment import Assignment, Ran, computed, finish
from rcsd.study.graph.keys import Keys
from rcsd.study.graph.registry import ordered
from rcsd.study.graph.result import StepTime
from rcsd.study.graph.side_by_side import can_run_beside, run_beside
from rcsd.study.graph.step import Step
from rcsd.work.progress import Progress, silent


def run_steps(task: Assignment, targets: Sequence[Step[Any]], progress: Progress = silent) -> Ran:
    """Run steps and all that they take results from; what is kept and still holds is not run again.

    Raises
    ------
    OutputError
        When the output folder cannot be made or written; nothing is run in the first case.
    CalibrationError
        When a process was killed.

    Whatever a step raises ends the run; steps that have finished by then are kept.
    """
    _make(task.kept.folder)
    keys, ran = Keys(task.study, task.request), Ran()
    plan = _plan(targets, keys, ran)
    left = []
    for step in plan:
        kept = task.kept.load(step, keys.of(step))
        if kept is None:
            left.append(step)
        else:
            ran.found[step.name], seconds = kept
            ran.times[step.name] = StepTime(step.name, seconds, reused=True)
    alone = task.workers == 1 or task.study.on_pysd or task.scheduler is not None
    if alone or not can_run_beside(left):
        _one_by_one(task, left, keys, ran, progress)
    else:
        run_beside(task, left, keys, ran, progress)
    ran.found = {step.name: ran.found[step.name] for step in plan}
    ran.times = {step.name: ran.times[step.name] for step in plan}
    return ran


def kept_steps(task: Assignment, steps: Sequence[Step[Any]]) -> Ran:
    """Look up which of some steps are kept and still hold; nothing is run, and nothing written."""
    keys, ran = Keys(task.study, task.request), Ran()
    for step in _plan(steps, keys, ran):
        kept = task.kept.load(step, keys.of(step))
        if kept is not None:
            ran.found[step.name], seconds = kept
            ran.times[step.name] = StepTime(step.name, seconds, reused=True)
    return ran


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the output folder cannot be made ({error.strerror}): choose one that you may write to", path=folder
        ) from error


def _plan(targets: Sequence[Step[Any]], keys: Keys, ran: Ran) -> tuple[Step[Any], ...]:
    """List the steps to be run, in order, and note why others are not."""
    wanted: dict[str, Step[Any]] = {}
    left = list(targets)
    while left:
        step = left.pop()
        reason = keys.left_out(step)
        if reason:
            ran.left_out[step.name] = reason
        elif step.name not in wanted:
            wanted[step.name] = step
            left += step.takes
    return ordered(tuple(wanted.values()))


def _one_by_one(task: Assignment, left: Sequence[Step[Any]], keys: Keys, ran: Ran, progress: Progress) -> None:
    simulator = cache(task.study.simulator)
    for step in left:
        finish(task, step, keys, ran, computed(step, task, keys.of(step), ran.found, simulator, progress))
