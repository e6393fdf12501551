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
from typing import TYPE_CHECKING, TextIO

from rcsd.errors import CalibrationError
from rcsd.papers.city import Assessments, Story, clear_story, tell_story, with_story, write_story
from rcsd.study import Study, StudyResult, run_study
from rcsd.work.progress import Progress
from rcsd.work.signals import undisturbed
from rcsd.work.workers import worker_pool

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

_PATIENCE = 0.2
"""Seconds between two looks whether the work has ended."""

_LONGEST = 5.0
"""Seconds to wait for the last notes; a worker that was killed may have left half of one."""


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
    from rcsd.report import write_report

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
    notes: Queue[_Note] = get_context("spawn").Queue()
    ended = threading.Event()
    reader = threading.Thread(target=_pass_on, args=(notes, noting, ended), daemon=True)
    reader.start()
    try:
        with worker_pool(min(at_once, len(tasks)), _begin, notes) as pool:
            with undisturbed():
                futures = [pool.submit(_carry_out, task) for task in tasks]
            return [future.result() for future in futures]
    except BrokenProcessPool as error:
        raise CalibrationError(
            "a process ended before its study was finished: finished steps are kept, so run again, with fewer workers "
            "if memory was short"
        ) from error
    finally:
        ended.set()
        reader.join(_LONGEST)


@dataclass(frozen=True, slots=True)
class _Step:
    """So much of a step is done."""

    study: str
    step: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Warned:
    """A warning, in the words of `warnings.warn_explicit`."""

    message: Warning | str
    category: type[Warning]
    filename: str
    lineno: int


_Note = _Step | _Warned

_notes: list[Queue[_Note]] = []
"""Of a worker: where it tells what happens."""


def _begin(notes: Queue[_Note]) -> None:
    _notes.append(notes)


def _carry_out(task: Task) -> Done:
    """Do a task in a worker; how its warnings are shown is the parent's business."""
    notes = _notes[0]

    def note(step: str, done: int, total: int) -> None:
        notes.put(_Step(task.study.name, step, done, total))

    def hand_over(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        notes.put(_Warned(message, category, filename, lineno))

    with warnings.catch_warnings():
        warnings.showwarning = hand_over  # the documented way to take them over
        return carry_out(task, note)


def _pass_on(notes: Queue[_Note], noting: Callable[[str], Progress], ended: threading.Event) -> None:
    """Pass on what workers tell, until the work has ended and all of it is told."""
    while True:
        try:
            told = notes.get(timeout=_PATIENCE)
        except Empty:
            if ended.is_set():
                return
            continue
        if isinstance(told, _Step):
            noting(told.study)(told.step, told.done, told.total)
        else:
            warnings.warn_explicit(told.message, told.category, told.filename, told.lineno)
