"""What every check of a study file works on."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.analysis.clock import Clock
from rcsd.study.file.lookup import Lookup
from rcsd.study.file.schema import StudyFile
from rcsd.toml.faults import Faults


@dataclass(frozen=True, slots=True)
class Resolving:
    """One pass over a study file: each function resolves a section and notes its faults, none of them raises.

    Attributes
    ----------
    file : StudyFile
        What is written.
    lookup : Lookup
        The model and the data that it names.
    faults : Faults
        What is wrong so far.
    clock : Clock
        Of the study, with its model.
    """

    file: StudyFile
    lookup: Lookup
    faults: Faults
    clock: Clock

    @property
    def first(self) -> int:
        """The first period that the model has."""
        return self._within[0]

    @property
    def last(self) -> int:
        """The last one."""
        return self._within[1]

    @property
    def _within(self) -> tuple[int, int]:
        time = self.lookup.model.time
        return self.clock.within(time.start, time.stop)

    def model_time(self, time: float) -> str:
        """Write a time of the model."""
        return f"{time:g}" if self.clock.word is None else f"its {self.clock.unit} {time:g}"
