"""One study, asked for in one way: what is computed for it, a step at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rcsd.simulator import Simulator
from rcsd.study.file.study import Study
from rcsd.study.graph.kept import KeptSteps
from rcsd.study.graph.keys import Keys, seen_by
from rcsd.study.graph.provenance import require_unchanged
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StepTime
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.work.progress import Progress


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


def computed(
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


def finish(task: Assignment, step: Step[Any], keys: Keys, ran: Ran, done: tuple[object, float]) -> None:
    """Keep the result of a step that has just finished."""
    result, seconds = done
    # what is handed on is what a later run will read, so that both write the same bytes
    ran.found[step.name] = task.kept.save(step, keys.of(step), result, seconds)
    ran.times[step.name] = StepTime(step.name, seconds, reused=False)
