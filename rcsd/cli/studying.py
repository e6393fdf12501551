"""What `rcsd study` does with one study, and with several at a time, each in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rcsd.errors import CalibrationError
from rcsd.study import Study, StudyResult
from rcsd.work.beside import beside
from rcsd.work.progress import Progress
from rcsd.workbench.study import Study as Workbench


@dataclass(frozen=True, slots=True)
class Task:
    """A study to be run and reported; the rest is of `Study.run`."""

    study: Study
    given: Mapping[str, Any]
    out: Path
    quick: bool
    workers: int
    scheduler: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """A task that is done, with the path of its report."""

    result: StudyResult
    report: Path


def carry_out(progress: Progress, task: Task) -> Done:
    """Run a study and write everything."""
    done = Workbench.of(task.study).run(
        out=task.out,
        quick=task.quick,
        workers=task.workers,
        scheduler=task.scheduler,
        progress=progress,
        given=task.given,
    )
    return Done(done.result, done.report)


def carry_out_each(tasks: Sequence[Task], at_once: int, noting: Callable[[str], Progress]) -> list[Done]:
    """Carry out tasks, some at a time; results in the order of the tasks, the same numbers as one after the other.

    A failure is told when the tasks before it are done, and ends those after it; their finished steps are kept.

    Parameters
    ----------
    tasks
        Studies of different names.
    at_once
        Processes; with one, or for one task, all is done here.
    noting
        Given the name of a study, returns what its work calls after each finished piece.
    """
    if at_once == 1 or len(tasks) == 1:
        return [carry_out(noting(task.study.name), task) for task in tasks]
    try:
        with beside(min(at_once, len(tasks)), noting) as submit:
            futures = [submit(task.study.name, carry_out, task) for task in tasks]
            return [future.result() for future in futures]
    except BrokenProcessPool as error:
        raise CalibrationError(
            "a process ended before its study was finished: finished steps are kept, so run again, with fewer workers "
            "if memory was short"
        ) from error
