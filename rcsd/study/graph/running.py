"""Runs steps of a study: those that a target takes results from first, each kept one reused, some beside each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from rcsd.errors import CalibrationError, OutputError, PluginError
from rcsd.simulator import Simulator
from rcsd.study.file.study import Study
from rcsd.study.graph.kept import KeptSteps
from rcsd.study.graph.keys import Keys, seen_by
from rcsd.study.graph.provenance import require_unchanged
from rcsd.study.graph.registry import ordered, step_named
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StepTime
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.work.beside import beside
from rcsd.work.progress import Progress, silent


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """One study, asked for in one way.

    Attributes
    ----------
    study, request
        What is run.
    out
        Folder of all studies; steps are kept in ``<out>/<study>/steps``, those of a quick search in ``quick`` below.
    workers
        Processes: for steps that can run beside each other, or, where PySD runs the model, for the starts of its fit.
    scheduler
        Address of a dask cluster that makes the starts instead.
    aside
        Of `KeptSteps`.
    """

    study: Study
    request: Request
    out: Path
    workers: int = 1
    scheduler: str | None = None
    aside: frozenset[str] = frozenset()

    @property
    def folder(self) -> Path:
        """Where the study's files are written."""
        return self.out / self.study.name

    @property
    def kept(self) -> KeptSteps:
        """The steps that the output folder keeps, or may come to keep."""
        folder = self.folder / "steps"
        folder = folder / "quick" if self.request.quick else folder
        return KeptSteps(folder, lambda: require_unchanged(self.study), self.aside)


@dataclass(slots=True)
class Ran:
    """What has been run so far: results and times by name of the step, and why others were left out."""

    found: dict[str, object] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    times: dict[str, StepTime] = field(default_factory=dict)


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
    if alone or not _side_by_side(left):
        _one_by_one(task, left, keys, ran, progress)
    else:
        _beside_each_other(task, left, keys, ran, progress)
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
    return ordered_plan(wanted)


def ordered_plan(wanted: Mapping[str, Step[Any]]) -> tuple[Step[Any], ...]:
    """Order steps, some of whose needs may not be among them."""
    every = dict(wanted)
    left = list(wanted.values())
    while left:
        for each in left.pop().takes:
            if each.name not in every:
                every[each.name] = each
                left.append(each)
    return tuple(step for step in ordered(tuple(every.values())) if step.name in wanted)


def _side_by_side(left: Sequence[Step[Any]]) -> bool:
    """Whether any two steps do not wait for one another."""
    names = {step.name for step in left}
    ready = [step for step in left if not any(each.name in names for each in step.takes)]
    return len(ready) > 1 or any(len(_waiting(step, left)) > 1 for step in left)


def _waiting(step: Step[Any], left: Sequence[Step[Any]]) -> list[Step[Any]]:
    """Return the steps that take the result of one."""
    return [other for other in left if step in other.takes]


def _one_by_one(task: Assignment, left: Sequence[Step[Any]], keys: Keys, ran: Ran, progress: Progress) -> None:
    simulator = cache(task.study.simulator)
    for step in left:
        _done(task, step, keys, ran, _computed(step, task, keys.of(step), ran.found, simulator, progress))


def _beside_each_other(task: Assignment, left: Sequence[Step[Any]], keys: Keys, ran: Ran, progress: Progress) -> None:
    """Run steps in processes as soon as what they take is there; those that most others wait for first."""
    waiting = sorted(left, key=lambda step: -_length_after(step, left))
    under_way: dict[Future[tuple[object, float]], Step[Any]] = {}
    failures: dict[str, BaseException] = {}
    with beside(task.workers, lambda _: progress) as submit:
        while under_way or waiting:
            ready = [step for step in waiting if not any(each.name in _unfinished(left, ran) for each in step.takes)]
            for step in ready[: task.workers - len(under_way)] if not failures else ():
                taken = {each.name: ran.found[each.name] for each in step.takes if each.name in ran.found}
                under_way[submit(task.study.name, _in_worker, task, step.name, keys.of(step), taken)] = step
                waiting.remove(step)
            if not under_way:
                break
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                step = under_way.pop(future)
                if (error := future.exception()) is None:
                    _done(task, step, keys, ran, future.result())
                else:
                    failures[step.name] = error
    if failures:
        first = next(failures[step.name] for step in left if step.name in failures)
        if isinstance(first, BrokenProcessPool):
            raise CalibrationError(
                "a process ended before its step was finished: finished steps are kept, so run again, with fewer "
                "workers if memory was short"
            ) from first
        raise first


def _unfinished(left: Sequence[Step[Any]], ran: Ran) -> set[str]:
    return {step.name for step in left} - ran.found.keys()


def _length_after(step: Step[Any], left: Sequence[Step[Any]]) -> int:
    """Longest chain of steps that wait for one."""
    return max((1 + _length_after(other, left) for other in _waiting(step, left)), default=0)


def _done(task: Assignment, step: Step[Any], keys: Keys, ran: Ran, done: tuple[object, float]) -> None:
    """Keep the result of a step that has just finished."""
    result, seconds = done
    task.kept.save(step, keys.of(step), result, seconds)
    ran.found[step.name] = result
    ran.times[step.name] = StepTime(step.name, seconds, reused=False)


_simulators: dict[Path, Callable[[], Simulator]] = {}
"""Of a worker: the simulator of the one study that it works for."""


def _in_worker(
    progress: Progress, task: Assignment, name: str, key: str, taken: Mapping[str, object]
) -> tuple[object, float]:
    """Compute one step in a process of its own."""
    step = step_named(name)
    if step is None:
        raise PluginError(f"a worker process does not find the step {name!r}: install its distribution, or run alone")
    simulator = _simulators.setdefault(task.folder, cache(task.study.simulator))
    return _computed(step, replace(task, workers=1), key, taken, simulator, progress)


def _computed(
    step: Step[Any],
    task: Assignment,
    key: str,
    found: Mapping[str, object],
    simulator: Callable[[], Simulator],
    progress: Progress,
) -> tuple[object, float]:
    """Compute one step, and say how many seconds it took."""
    run = Run(
        study=seen_by(step, task.study),
        request=task.request,
        key=key,
        folder=task.kept.folder,
        workers=task.workers,
        scheduler=task.scheduler,
        progress=progress,
        _step=step,
        _taken=found,
        _simulator=simulator,
    )
    began = time.perf_counter()
    result = step.compute(run)
    return result, time.perf_counter() - began
