"""What the checks of a study's model have come to, as plain data that can be kept."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rcsd.simulation.checks import Grade


@dataclass(frozen=True, slots=True)
class MadeCheck:
    """One check of the model file.

    Attributes
    ----------
    name, about : str
        What it is called, and what holds where it finds nothing.
    unmade : str
        Why it was not made; empty where it was.
    n_errors, n_warnings, n_notes : int
        What it found, of each grade.
    n_accepted : int
        What it found and the file of checks accepts.
    """

    name: str
    about: str
    unmade: str
    n_errors: int
    n_warnings: int
    n_notes: int
    n_accepted: int

    @property
    def passed(self) -> bool:
        """Whether it was made and found neither an error nor a warning."""
        return not (self.unmade or self.n_errors or self.n_warnings)


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that a check has found.

    Attributes
    ----------
    check : str
        Name of the check.
    grade : {"error", "warning", "note"}
        How grave it is.
    variable : str
        The variable concerned; empty for the model as a whole.
    place : str
        File and line.
    message, remedy : str
        What is wrong, and what to do about it.
    accepted : str
        Why the file of checks accepts it; empty where it stands.
    """

    check: str
    grade: Grade
    variable: str
    place: str
    message: str
    remedy: str
    accepted: str


@dataclass(frozen=True, slots=True)
class Moved:
    """How far another way of running the fitted model moves a variable most.

    Attributes
    ----------
    variable : str
        The variable.
    share : float
        Of its largest size in the fitted run; infinite where one of the runs is lost.
    period : float
        When.
    """

    variable: str
    share: float
    period: float


@dataclass(frozen=True, slots=True)
class Rerun:
    """The fitted run made once more in another way.

    Attributes
    ----------
    moved : tuple of Moved
        One for each variable of a series, and for the one that moves most; empty where the run was not made.
    n_variables : int
        How many variables were compared.
    largest : float
        Share that a variable may move by.
    unmade : str
        Why it was not made; empty where it was.
    """

    moved: tuple[Moved, ...]
    n_variables: int
    largest: float
    unmade: str = ""

    @property
    def worst(self) -> Moved | None:
        """The variable that moves most; None where nothing was run."""
        return max(self.moved, key=lambda each: each.share, default=None)

    @property
    def passed(self) -> bool:
        """Whether it was made, and every variable stays within what it may move by."""
        return bool(self.moved) and all(math.isfinite(each.share) and each.share <= self.largest for each in self.moved)


@dataclass(frozen=True, slots=True)
class Written:
    """How much a model file says of its variables.

    Attributes
    ----------
    n_variables, n_with_unit, n_with_meaning : int
        All of them, and those with a unit and with a documentation.
    n_constants, n_with_source : int
        Constants, and those whose documentation says where they are from.
    n_assumed : int
        Of these, those that are said to be assumed.
    """

    n_variables: int
    n_with_unit: int
    n_with_meaning: int
    n_constants: int
    n_with_source: int
    n_assumed: int = 0


@dataclass(frozen=True, slots=True)
class CheckedModel:
    """A study's model, checked.

    Attributes
    ----------
    file : str
        Name of the file of checks beside the model; empty without one.
    checks : tuple of MadeCheck
        Those of the model file, in the order in which they are made.
    findings : tuple of Seen
        What they have found, the gravest first.
    half_step : Rerun
        The fitted run at half the time step, compared in the variables of the series.
    step : float
        That half step.
    engines : Rerun
        The fitted run by the interpreter in place of the compiled kernels, compared in all variables.
    written : Written
        What the file says of its variables.
    """

    file: str
    checks: tuple[MadeCheck, ...]
    findings: tuple[Seen, ...]
    half_step: Rerun
    step: float
    engines: Rerun
    written: Written

    @property
    def made(self) -> tuple[MadeCheck, ...]:
        """The checks of the file that were made."""
        return tuple(each for each in self.checks if not each.unmade)

    def of(self, check: str) -> tuple[Seen, ...]:
        """Return what a check has found and nobody accepts."""
        return tuple(each for each in self.findings if each.check == check and not each.accepted)
