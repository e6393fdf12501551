"""Steps beside each other, each in a process, as soon as what it takes is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from rcsd.errors import CalibrationError, PluginError, RcsdError
from rcsd.simulator import Simulator
from rcsd.study.graph.assignment import Assignment, Ran, computed, finish
from rcsd.study.graph.keys import Keys
from rcsd.study.graph.registry import step_named
from rcsd.study.graph.step import Step
from rcsd.work.beside import beside
from rcsd.work.progress import Progress


def can_run_beside(left: Sequence[Step[Any]]) -> bool:
    """Whether any two steps do not wait for one another."""
    names = {step.name for step in left}
    ready = [step for step in left if not any(each.name in names for each in step.takes)]
    return len(ready) > 1 or any(len(waiting_for(step, left)) > 1 for step in left)


def waiting_for(step: Step[Any], left: Sequence[Step[Any]]) -> list[Step[Any]]:
    """Return the steps that take the result of one."""
    return [other for other in left if step in other.takes]


def run_beside(task: Assignment, left: Sequence[Step[Any]], keys: Keys, ran: Ran, progress: Progress) -> None:
    """Run steps in processes as soon as what they take is there; those that most others wait for first."""
    waiting = sorted(left, key=lambda step: -_length_after(step, left))
    under_way: dict[Future[tuple[object, float]], Step[Any]] = {}
    failures: dict[str, BaseException] = {}
    try:
        with beside(task.workers, lambda _: progress) as submit:
            while under_way or waiting:
                unfinished = _unfinished(left, ran)
                ready = [step for step in waiting if not any(each.name in unfinished for each in step.takes)]
                for step in ready[: task.workers - len(under_way)] if not failures else ():
                    taken = {each.name: ran.found[each.name] for each in step.takes if each.name in ran.found}
                    under_way[submit(task.study.name, _in_worker, task, step.name, keys.of(step), taken)] = step
                    waiting.remove(step)
                if not under_way:
                    break
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    step = under_way.pop(future)
                    if isinstance(error := future.exception(), BrokenProcessPool):
                        raise error
                    if error is None:
                        error = _refused(task, step, keys, ran, future.result())
                    if error is not None:  # told when the steps under way have ended and are kept
                        failures[step.name] = error
    except BrokenProcessPool as error:
        raise CalibrationError(
            "a process ended before its step was finished: finished steps are kept, so run again, with fewer workers "
            "if memory was short"
        ) from error
    if failures:
        raise next(failures[step.name] for step in left if step.name in failures)


def _refused(
    task: Assignment, step: Step[Any], keys: Keys, ran: Ran, done: tuple[object, float]
) -> BaseException | None:
    """Keep a result; return what speaks against it, for there are others to be kept."""
    try:
        finish(task, step, keys, ran, done)
    except (RcsdError, TypeError) as error:
        return error
    return None


def _unfinished(left: Sequence[Step[Any]], ran: Ran) -> set[str]:
    return {step.name for step in left} - ran.found.keys()


def _length_after(step: Step[Any], left: Sequence[Step[Any]]) -> int:
    """Longest chain of steps that wait for one."""
    return max((1 + _length_after(other, left) for other in waiting_for(step, left)), default=0)


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
    return computed(step, replace(task, workers=1), key, taken, simulator, progress)
