"""What a check of a model has come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rcsd.shown import in_one_line
from rcsd.simulation.checks import GRADES, Finding


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that the file of checks accepts.

    Attributes
    ----------
    finding : Finding
        What was found.
    reason : str
        Why it is accepted.
    """

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found in a model, and what was not looked at.

    Attributes
    ----------
    model : Path
        The model file.
    checks_file : Path or None
        The file of checks, where there is one.
    twin : Path or None
        What it was compared with.
    findings : tuple of Finding
        The gravest first, then down the file.
    silenced : tuple of Silenced
        What the file of checks accepts.
    made : tuple of str
        Names of the checks that were made.
    unmade : mapping of str to str
        Names of the checks that were not made, each with the reason.
    """

    model: Path
    checks_file: Path | None
    twin: Path | None
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...]
    made: tuple[str, ...]
    unmade: Mapping[str, str]

    def __repr__(self) -> str:
        made = f"{len(self.made)} checks made, {len(self.unmade)} not"
        return in_one_line("CheckResult", self.model.name, f"{len(self.findings)} findings", made)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each grade, silenced ones left out."""
        found = Counter(each.grade for each in self.findings)
        return {grade: found[grade] for grade in GRADES}

    def passed(self, *, strict: bool = False) -> bool:
        """Whether there is no error, and with `strict` no warning either."""
        counts = self.counts
        return not counts["error"] and not (strict and counts["warning"])

    def of(self, check: str) -> tuple[Finding, ...]:
        """Return the findings of one check."""
        return tuple(each for each in self.findings if each.check == check)

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {
            "model": str(self.model),
            "checks_file": None if self.checks_file is None else str(self.checks_file),
            "twin": None if self.twin is None else str(self.twin),
            "counts": {**self.counts, "silenced": len(self.silenced)},
            "findings": [each.to_dict() for each in self.findings],
            "silenced": [{**each.finding.to_dict(), "reason": each.reason} for each in self.silenced],
            "made": list(self.made),
            "unmade": dict(self.unmade),
        }
