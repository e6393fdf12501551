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
        "error": units that the file states contradict one another, or one of them all that use it. "warning": they do
        so once a variable without a unit is given the one that it must have, they differ in spelling alone, a unit is
        missing or cannot be read, or a unit is raised to a power that is no number. "note": there are too few units to
        check, or an equation is not looked at.
    variable : str or None
        Whose equation; None when it is the whole model.
    line : int or None
        Where it stands; None for what is said of the time.
    message : str
        What, with both units, as the rest of a sentence that begins with the variable.
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

    def __str__(self) -> str:
        """Write it on one line."""
        where = "" if self.line is None else f"line {self.line}: "
        what = self.message if self.variable is None else f"{self.variable}: {self.message}"
        return f"{self.grade}: {where}{what}; {self.cause}"
