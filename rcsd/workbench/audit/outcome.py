"""What a verification has found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rcsd.shown import as_html, in_one_line

SHOWN = 8
"""Faults of one part that are told one by one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was verified.

    Attributes
    ----------
    name : str
        Such as "result.json: series".
    what : str
        What was counted: "file", "number".
    equal : int
        So many are the same to the last digit, or byte.
    close : int
        So many differ by less than the tolerance.
    faults : tuple of str
        What is not right, a sentence each.
    group : str
        Parts of one group are told in one line; those of no group in a line each.
    """

    name: str
    what: str
    equal: int
    close: int = 0
    faults: tuple[str, ...] = ()
    group: str = ""

    @property
    def n(self) -> int:
        """How many were compared."""
        return self.equal + self.close + len(self.faults)


@dataclass(frozen=True, slots=True)
class Verification:
    """What is right about the results in a folder, and what is not.

    Attributes
    ----------
    folder : Path
        Of the results.
    study : str
        Name of the study; empty where that cannot be told.
    parts : tuple of Part
        In the order in which they were verified.
    software : tuple of str
        How versions and machine differ from those that made the results: no fault, but a reason for one.
    notes : tuple of str
        What could not be verified, or is no part of the results.
    tolerance : float
        Relative difference up to which numbers count as close.
    """

    folder: Path
    study: str
    parts: tuple[Part, ...]
    software: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tolerance: float = 0.0

    @property
    def faults(self) -> tuple[str, ...]:
        """All that is not right."""
        return tuple(fault for part in self.parts for fault in part.faults)

    @property
    def passed(self) -> bool:
        """Whether all is right."""
        return not self.faults

    @property
    def document(self) -> dict[str, object]:
        """The same as plain values."""
        return {
            "folder": str(self.folder),
            "study": self.study,
            "passed": self.passed,
            "tolerance": self.tolerance,
            "parts": [
                {"name": each.name, "what": each.what, "equal": each.equal, "close": each.close, "faults": each.faults}
                for each in self.parts
            ],
            "software": self.software,
            "notes": self.notes,
        }

    @property
    def text(self) -> str:
        """The same for people."""
        told = _grouped(self.parts)
        width = max((len(part.name) for part in told), default=0)
        lines = [f"{self.folder}: {self.study or 'no study'}"]
        for part in told:
            lines.append(f"  {part.name.ljust(width)}  {self._counted(part)}")
            lines += [f"    - {fault}" for fault in part.faults[:SHOWN]]
            if len(part.faults) > SHOWN:
                lines.append(f"    - and {len(part.faults) - SHOWN:,} more")
        lines += [f"  {note}" for note in self.notes]
        if self.software:
            lines.append(f"  made with other software, or elsewhere: {'; '.join(self.software)}")
        n = len(self.faults)
        lines.append("All is right." if self.passed else f"NOT RIGHT: {n:,} fault{'s' if n > 1 else ''}.")
        return "\n".join(lines)

    def _counted(self, part: Part) -> str:
        if part.n == 0:
            return f"no {part.what}"
        said = f"{part.equal:,} of {part.n:,} {part.what}{'s' if part.n > 1 else ''} equal to the last digit"
        if part.close:
            said += f", {part.close:,} within {self.tolerance:g}"
        return f"{said}, {len(part.faults):,} NOT RIGHT" if part.faults else said

    def __repr__(self) -> str:
        state = "all is right" if self.passed else f"{len(self.faults)} faults"
        return in_one_line("Verification", self.study, state)

    def _repr_html_(self) -> str:
        rows = [(part.name, f"{part.equal} of {part.n}", "; ".join(part.faults[:SHOWN])) for part in self.parts]
        return as_html(repr(self).strip("<>"), ("part", "equal", "not right"), rows)


def _grouped(parts: Sequence[Part]) -> list[Part]:
    """Add up the parts of each group, where the first of it stands."""
    found: dict[str, Part] = {}
    for part in parts:
        name = part.group or part.name
        before = found.get(name, Part(name, part.what, 0))
        found[name] = Part(
            name, part.what, before.equal + part.equal, before.close + part.close, (*before.faults, *part.faults)
        )
    return list(found.values())
