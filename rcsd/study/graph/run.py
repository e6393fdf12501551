"""What a step is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from rcsd.simulator import DrivenSimulator, Simulator
from rcsd.study.file.study import Study
from rcsd.study.graph.kept import StartFiles
from rcsd.study.graph.provenance import require_unchanged
from rcsd.study.graph.request import Request
from rcsd.study.graph.step import Step
from rcsd.work.progress import Progress

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One run of one step: ``run[CALIBRATE]`` is the result of a step that it needs.

    Attributes
    ----------
    study
        As the step may see it.
    request
        How the study was asked for.
    key
        Of the step.
    folder
        Where steps are kept.
    workers, scheduler
        Processes, or the address of a cluster, for the one step that can share its own work out.
    progress
        Told after each finished piece.
    """

    study: Study
    request: Request
    key: str
    folder: Path
    workers: int
    scheduler: str | None
    progress: Progress
    _step: Step[Any] = field(repr=False)
    _taken: Mapping[str, object] = field(repr=False)
    _simulator: Callable[[], Simulator] = field(repr=False)

    def __getitem__(self, step: Step[Result]) -> Result:
        """Return the result of a step that this one needs."""
        found = self.get(step)
        if found is None:
            raise KeyError(f"{self._step.name} takes the result of {step.name}, which has not run")
        return found

    def get(self, step: Step[Result]) -> Result | None:
        """Return the result of a step that this one needs or uses; None where it has not run."""
        if all(each is not step for each in self._step.takes):
            raise KeyError(f"{self._step.name} does not say that it takes the result of {step.name}: add it to `needs`")
        found = self._taken.get(step.name)
        assert found is None or isinstance(found, step.kind)  # it was computed or decoded as one
        return found

    @property
    def given(self) -> Any:
        """What the request gives this step; None where it gives nothing."""
        return self.request.given.get(self._step.name)

    @property
    def simulator(self) -> Simulator:
        """The study's simulator, made when first asked for: steps of a process share it."""
        return self._simulator()

    @property
    def driven(self) -> DrivenSimulator:
        """The same as one whose drivers can be replaced."""
        simulator = self._simulator()
        assert isinstance(simulator, DrivenSimulator)  # only PySD's is none, and steps that want one leave it out
        return simulator

    def starts(self) -> StartFiles:
        """Return where finished starts of a calibration are kept."""
        return StartFiles(self.folder, self.key, lambda: require_unchanged(self.study))
