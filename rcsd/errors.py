"""Every error that rcsd raises on purpose, and its one warning class.

The tree, with the exit code that the command line gives for each branch::

    RcsdError
    ├── InputError (2)          what the user handed in cannot be used
    │   ├── ModelError          a model file: path, line, variable
    │   ├── StudyError          a study file: path, field
    │   ├── FileError           any other file: path, line
    │   │   ├── SeriesError     observed data
    │   │   ├── RowsError       a table of inputs, one row per run
    │   │   ├── TableError      an input-output table, or the groups of its sectors
    │   │   └── IndicatorError  an indicator file or a formula in it
    │   ├── ParameterError      a parameter or an input of a run
    │   ├── ConstraintError     constraints that cannot hold together, or do not bound what they ought to
    │   ├── UnitError           a unit that cannot be read, or two that differ
    │   └── OutputError         a folder or file that cannot be written
    ├── UnexpectedError (70)    nobody foresaw it: a fault of rcsd or of what it stands on
    └── RunError (1)            the input was fine, the work failed
        ├── ClusterError        a cluster that cannot be reached or used, or that has lost its workers
        ├── SimulationError     every run of an ensemble failed
        ├── CalibrationError    no start of a fit gave an estimate
        ├── SensitivityError    runs of a sensitivity sample failed, and none may
        ├── AssessmentError     a linear programme of an assessment could not be solved
        └── PluginError         an installed plug-in that cannot be used

    RcsdWarning                 the work goes on, but not as the file asks

Each message is one readable paragraph: where, what, the rule that was broken and the remedy.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class RcsdError(Exception):
    """Base of every error raised on purpose.

    Attributes
    ----------
    exit_code : int
        What a command-line program returns when this error ends it.

    Examples
    --------
    >>> import rcsd
    >>> try:
    ...     rcsd.load("no_such_model")
    ... except rcsd.RcsdError as error:
    ...     print(error.exit_code)
    2
    """

    exit_code: ClassVar[int] = 1


class InputError(RcsdError):
    """The user's input breaks a rule; nothing was run."""

    exit_code: ClassVar[int] = 2


class RunError(RcsdError):
    """The input was accepted, but the work could not be done."""

    exit_code: ClassVar[int] = 1


def _located(message: str, *where: str) -> str:
    """Put the known parts of a location in front of a message."""
    return ": ".join([*(part for part in where if part), message])


def _file_and_line(path: str | Path | None, line: int | None) -> str:
    """Write a place as ``file``, ``file:line`` or ``line N``; empty when nothing is known."""
    if path is None:
        return "" if line is None else f"line {line}"
    return str(path) if line is None else f"{path}:{line}"


# The full text goes to Exception.args, and every location argument has a default: a pickled
# error is rebuilt as ``cls(full_text)`` and then given its attributes, so it survives the way
# back from a worker process unchanged.


class ModelError(InputError):
    """A model file that cannot be read or used.

    Parameters
    ----------
    message : str
        What is wrong, the rule and the remedy.
    path : str or Path, optional
        The model file.
    line : int, optional
        One-based line of the file.
    variable : str, optional
        The variable whose equation is at fault.

    Attributes
    ----------
    faults : tuple of (str, int or None, str or None, str)
        Where the file was read and more than one thing may be wrong: what each is about ("loads", "defined" or
        "arguments"), its line, its variable and its message.
    """

    faults: tuple[tuple[str, int | None, str | None, str], ...] = ()

    def __init__(
        self,
        message: str,
        *,
        path: str | Path | None = None,
        line: int | None = None,
        variable: str | None = None,
    ) -> None:
        about = "" if variable is None else f"variable {variable!r}"
        super().__init__(_located(message, _file_and_line(path, line), about))
        self.path = path
        self.line = line
        self.variable = variable


class StudyError(InputError):
    """A study file with a fault.

    Parameters
    ----------
    message : str
        What is wrong, the rule and the remedy.
    path : str or Path, optional
        The study file.
    field : str, optional
        Dotted name of the entry at fault, for example ``parameters."Birth Rate".lower``.
    """

    def __init__(self, message: str, *, path: str | Path | None = None, field: str | None = None) -> None:
        super().__init__(_located(message, _file_and_line(path, None), field or ""))
        self.path = path
        self.field = field


class FileError(InputError):
    """A file that cannot be used.

    Parameters
    ----------
    message : str
        What is wrong, the rule and the remedy.
    path : str or Path, optional
        The file.
    line : int, optional
        One-based line of the file.
    """

    def __init__(self, message: str, *, path: str | Path | None = None, line: int | None = None) -> None:
        super().__init__(_located(message, _file_and_line(path, line)))
        self.path = path
        self.line = line


class SeriesError(FileError):
    """Observed data that cannot be used."""


class RowsError(FileError):
    """A table of inputs, one row per run, that cannot be used."""


class TableError(FileError):
    """An input-output table, or a mapping of its sectors, that cannot be used."""


class ConstraintError(InputError):
    """Constraints of a programme that cannot hold together, or that leave its objective without bound.

    Parameters
    ----------
    message : str
        What is wrong, the rule and the remedy.
    names : tuple of str
        The constraints that clash.
    """

    def __init__(self, message: str, *, names: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.names = names


class ParameterError(InputError):
    """A parameter, or an input of a run, that breaks a rule; the message names it.

    Parameters
    ----------
    message : str
        What is wrong, the rule and the remedy.
    field : str, optional
        Dotted name of the attribute at fault, for example ``prior.centre``.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class IndicatorError(FileError):
    """An indicator file, or a formula in it, that cannot be used."""


class UnitError(InputError):
    """A unit that cannot be read, or two units that ought to agree and do not."""


class OutputError(InputError):
    """A place that cannot be written.

    Parameters
    ----------
    message : str
        What is wrong, the rule and the remedy.
    path : str or Path, optional
        The file or folder.
    """

    def __init__(self, message: str, *, path: str | Path | None = None) -> None:
        super().__init__(_located(message, _file_and_line(path, None)))
        self.path = path


class UnexpectedError(RcsdError):
    """Something that nobody foresaw: a fault of rcsd, or of what it stands on, and not of the user.

    Parameters
    ----------
    message : str
        What happened, in one line.
    details : str
        The traceback, for whoever mends it.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, *, details: str = "") -> None:
        super().__init__(message)
        self.details = details

    @classmethod
    def told(cls, traceback: str) -> UnexpectedError:
        """Make one of a traceback's text."""
        return cls((traceback.strip().splitlines() or ["nothing is known of it"])[-1], details=traceback)


class ClusterError(RunError):
    """A cluster that cannot be reached or used, or that has lost its workers."""


class SimulationError(RunError):
    """Every run of an ensemble failed, so there is nothing to go on with."""


class CalibrationError(RunError):
    """No start of a fit gave an estimate."""


class SensitivityError(RunError):
    """Some runs of a sensitivity sample failed, and the caller wants no index with a hole in its sample."""


class AssessmentError(RunError):
    """A linear programme of an assessment could not be solved."""


class PluginError(RunError):
    """An installed plug-in that cannot be loaded, or that shares its name with another."""


class RcsdWarning(UserWarning):
    """The work goes on, but not as the file asks; the message says in what it differs."""
