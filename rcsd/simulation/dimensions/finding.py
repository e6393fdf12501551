"""What a check of units finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class UnitFinding:
    """One thing that is wrong, or not said, about the units of a model.

    Attributes
    ----------
    grade : {"error", "warning", "note"}
        "error": units that the file states contradict one another. "warning": they do so once a variable without a
        unit is given the one that it must have, they differ in spelling alone, a unit is missing or cannot be read, or
        a unit is raised to a power that is no number. "note": there are too few units to check.
    variable : str or None
        Whose equation; None when it is the whole model.
    line : int or None
        Where it stands.
    message : str
        What, with both units.
    cause : str
        The likely cause, as a remedy.
    found, expected : str
        The two units; empty where it is not about two.
    """

    grade: Grade
    variable: str | None
    line: int | None
    message: str
    cause: str
    found: str = ""
    expected: str = ""
