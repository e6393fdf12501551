"""What a check has found: one thing, where it stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from rcsd.simulation.ir import Model

Grade = Literal["error", "warning", "note"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""From the gravest: what is wrong, what is probably wrong, what is good to know."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check has found.

    Attributes
    ----------
    check : str
        Name of the check.
    grade : {"error", "warning", "note"}
        How grave it is.
    variable : str or None
        The variable concerned, as the file spells it; None for the model as a whole.
    file : Path
        The model file, or the file of checks.
    line : int or None
        One-based line of that file; None where it has none, such as for a file that cannot be read.
    message : str
        What is wrong.
    remedy : str
        What to do about it.
    """

    check: str
    grade: Grade
    variable: str | None
    file: Path
    line: int | None
    message: str
    remedy: str

    @property
    def place(self) -> str:
        """The file's name, with the line."""
        return self.file.name if self.line is None else f"{self.file.name}:{self.line}"

    @property
    def order(self) -> tuple[int, str, int, str]:
        """What findings are sorted by: the gravest first, then down the file."""
        return GRADES.index(self.grade), str(self.file), self.line or 0, self.check

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {
            "check": self.check,
            "grade": self.grade,
            "variable": self.variable,
            "file": str(self.file),
            "line": self.line,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True)
class Finder:
    """Makes the findings of one check on one model.

    Attributes
    ----------
    check : str
        Name of the check.
    model : Model
        The model.
    """

    check: str
    model: Model

    def at(self, variable: str, grade: Grade, message: str, remedy: str, *, line: int | None = None) -> Finding:
        """Return a finding about a variable, an element of one, or something hidden behind one (``Owner#delay1``)."""
        known = self.model.get(variable.partition("#")[0].partition("[")[0])
        where = line if line is not None or known is None else known.line
        return Finding(self.check, grade, variable, self.model.path, where, message, remedy)

    def at_control(self, control: str, grade: Grade, message: str, remedy: str) -> Finding:
        """Return a finding about the time axis, at one of `rcsd.simulation.ir.CONTROLS`, such as "time step"."""
        line = self.model.control_lines.get(control)
        if line is None:  # left to its default, which belongs to the settings around it
            line = next(iter(self.model.control_lines.values()), 1)
        return Finding(self.check, grade, control.upper(), self.model.path, line, message, remedy)
