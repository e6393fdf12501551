"""What every check of a study file works on."""

from __future__ import annotations

from dataclasses import dataclass

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
    """

    file: StudyFile
    lookup: Lookup
    faults: Faults
