"""What `rcsd study` does with one study, and with several at a time, each in a process of its own."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any

from rcsd.calibration import Progress, worker_pool
from rcsd.coupling import Assessments, Story, clear_story, tell_story, with_story, write_story
from rcsd.errors import CalibrationError
from rcsd.report import write_report
from rcsd.signals import undisturbed
from rcsd.study import Study, StudyResult, run_study

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

_PATIENCE = 0.2
"""Seconds between two looks whether the work has ended."""


@dataclass(frozen=True, slots=True)
class Task:
    """A study to be run, told and reported.

    Attributes
    ----------
    study, out, quick, workers, scheduler
        As of `rcsd.study.run_study`.
    assessments
        What the report goes on to; None without any.
    """

    study: Study
    assessments: Assessments | None
    out: Path
    quick: bool
    workers: int
    scheduler: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """A task that is done, with the path of its report."""

    result: StudyResult
    story: Story | None
    report: Path


def carry_out(task: Task, progress: Progress) -> Done:
    """Run a study, tell its story where one is asked for, and write everything."""
    result = run_study(
        task.study, out=task.out, quick=task.quick, workers=task.workers, scheduler=task.scheduler, progress=progress
    )
    story = None
    if task.assessments is None:
        clear_story(task.study.name, task.out)
    else:
        story = tell_story(task.study, task.assessments, out=task.out, quick=task.quick, progress=progress)
        result = with_story(result, story)
        write_story(story, result, task.out)
    return Done(result, story, write_report(result, task.out, story))


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
        return [carry_out(task, noting(task.study.name)) for task in tasks]
    # spawned processes are the same on every platform; the queue must be of their kind
    notes: Queue[tuple[str, str, int, int]] = get_context("spawn").Queue()
    ended = threading.Event()
    reader = threading.Thread(target=_pass_on, args=(notes, noting, ended), daemon=True)
    reader.start()
    try:
        with worker_pool(min(at_once, len(tasks)), _begin, notes) as pool:
            with undisturbed():
                futures = [pool.submit(_carry_out, task) for task in tasks]
            answers = [future.result() for future in futures]
    except BrokenProcessPool as error:
        raise CalibrationError(
            "a process ended before its study was finished: finished steps are kept, so run again, with fewer workers "
            "if memory was short"
        ) from error
    finally:
        ended.set()
        reader.join(2 * _PATIENCE)
    for _, caught in answers:
        for warning in caught:
            warnings.warn_explicit(**warning)
    return [done for done, _ in answers]


_notes: list[Queue[tuple[str, str, int, int]]] = []
"""Of a worker: where it tells of its progress."""


def _begin(notes: Queue[tuple[str, str, int, int]]) -> None:
    _notes.append(notes)


def _carry_out(task: Task) -> tuple[Done, list[dict[str, Any]]]:
    """Do a task in a worker, and hand its warnings over too: how they are shown is the parent's business."""

    def note(step: str, done: int, total: int) -> None:
        _notes[0].put((task.study.name, step, done, total))

    with warnings.catch_warnings(record=True) as caught:
        done = carry_out(task, note)
    return done, [
        {"message": each.message, "category": each.category, "filename": each.filename, "lineno": each.lineno}
        for each in caught
    ]


def _pass_on(
    notes: Queue[tuple[str, str, int, int]], noting: Callable[[str], Progress], ended: threading.Event
) -> None:
    """Pass what workers tell of their progress on until the work has ended."""
    while not ended.is_set():
        try:
            study, step, done, total = notes.get(timeout=_PATIENCE)
        except Empty:
            continue
        noting(study)(step, done, total)
