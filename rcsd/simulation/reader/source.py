"""What the text of a model file tells beyond its parsed equations: lines, wording, settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from rcsd import files
from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.ir import Method, UnitNames


@dataclass(frozen=True, slots=True)
class Entry:
    """The definition of one variable, or of one piece of a subscripted one.

    Attributes
    ----------
    name : str
        The variable.
    line : int
        One-based line where the definition starts.
    definition : str
        The whole definition as PySD's parser takes it.
    equation : str
        Its right-hand side, for people.
    unit, documentation : str
        As they stand beside it, where the reader of the format gathers them.
    """

    name: str
    line: int
    definition: str
    equation: str
    unit: str = ""
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class MacroText:
    """A macro of a model file.

    Attributes
    ----------
    name : str
        What calls it, and what its value is called within it.
    inputs, outputs : tuple of str
        Its arguments before and after the colon.
    entries : tuple of Entry
        Its definitions.
    line : int
        One-based line where it starts.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    entries: tuple[Entry, ...]
    line: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """A model file, split into definitions.

    Attributes
    ----------
    path : Path
        The user's file.
    format : {"vensim", "xmile"}
        What it is.
    entries : tuple of Entry
        In order of the file; macros are left out.
    method : {"euler", "rk2", "rk4"}
        The integration method that the file asks for.
    save_step : float or None
        The save interval where the file's settings give it and PySD does not read it.
    parseable : str
        The text with what PySD's parser stumbles over rewritten to the same meaning.
    macros : tuple of str
        Names of the macros.
    inner : tuple of Entry
        The definitions inside them.
    blocks : tuple of MacroText
        The macros themselves, where the reader of the format splits them.
    functions : tuple of str
        Functions whose arguments the reader of the text counts itself.
    notes : tuple of str
        What was mended, left out or guessed while the text was read, one line each.
    unit_names : tuple of UnitNames
        What the file says about the names of units.
    """

    path: Path
    format: Literal["vensim", "xmile"]
    entries: tuple[Entry, ...]
    method: Method
    save_step: float | None
    parseable: str
    macros: tuple[str, ...] = ()
    inner: tuple[Entry, ...] = ()
    blocks: tuple[MacroText, ...] = ()
    functions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unit_names: tuple[UnitNames, ...] = ()

    def entries_of(self, name: str) -> tuple[Entry, ...]:
        """Return the definitions of one variable, in order."""
        wanted = canonical(name)
        return tuple(entry for entry in self.entries if canonical(entry.name) == wanted)

    def line_of(self, name: str) -> int | None:
        """Return the line where a variable is first defined, if it is found."""
        found = self.entries_of(name)
        return found[0].line if found else None


class TextReader(Protocol):
    """Splits the text of a model file of one format into definitions."""

    def __call__(self, path: Path, text: str) -> SourceText:
        """Read one file.

        Parameters
        ----------
        path : Path
            The user's file, for messages.
        text : str
            Its content.

        Raises
        ------
        ModelError
            When the text is not of the format at all; each reader says what it checks.
        """
        ...


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a model file.

    Attributes
    ----------
    line : int or None
        Where.
    variable : str or None
        In whose definition.
    message : str
        What, and the remedy.
    about : {"loads", "defined", "arguments"}
        Which check of the modeller's it belongs to: a name that nothing defines, a wrong number of arguments, or any
        other thing that keeps a file from being read.
    """

    line: int | None
    variable: str | None
    message: str
    about: Literal["loads", "defined", "arguments"] = "loads"


def require_read(path: Path, known: list[Fault], faults: list[Fault]) -> None:
    """Refuse a file whose definitions cannot be read.

    Parameters
    ----------
    path : Path
        The user's file.
    known : list of Fault
        Faults found before; what is found at the same place is not told twice.
    faults : list of Fault
        What could not be read, which has no form, whoever has told of it.

    Raises
    ------
    ModelError
        With all of them, if there is one in `faults`.
    """
    told = {(fault.line, fault.variable) for fault in known}
    if faults:
        raise model_error(path, [*known, *(fault for fault in faults if (fault.line, fault.variable) not in told)])


def model_error(path: Path, faults: list[Fault]) -> ModelError:
    """Make one error of all the faults of a file, in order of their lines.

    Parameters
    ----------
    path : Path
        The user's file.
    faults : list of Fault
        At least one.

    Returns
    -------
    ModelError
        Located at the first fault; several are listed one a line.
    """
    ordered = sorted(faults, key=lambda fault: (fault.line is None, fault.line or 0))
    first = ordered[0]
    each = tuple((fault.about, fault.line, fault.variable, fault.message) for fault in ordered)
    if len(ordered) == 1:
        error = ModelError(first.message, path=path, line=first.line, variable=first.variable)
        error.faults = each
        return error
    listed = "\n".join(
        f"  {ModelError(fault.message, path=path, line=fault.line, variable=fault.variable)}" for fault in ordered
    )
    error = ModelError(f"{len(ordered)} faults in the model:\n{listed}", path=path)
    error.line, error.variable, error.faults = first.line, first.variable, each
    return error


SUFFIXES = (".mdl", ".xmile", ".stmx", ".itmx", ".xml")
"""How the name of a model file ends."""


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises
    ------
    ModelError
        When it is missing, a folder or unreadable, or its path is none.
    """
    try:
        return files.read_input(path)
    except FileNotFoundError as error:
        raise ModelError("there is no such file; check the path", path=path) from error
    except ValueError as error:
        raise ModelError("no file can have this path; check it for a null character", path=path) from error
    except OSError as error:
        raise ModelError(f"the file cannot be read ({error.strerror})", path=path) from error


def decoded(path: Path, raw: bytes) -> str:
    """Text of a model file, in whatever encoding `rcsd.files.text` finds.

    Raises
    ------
    ModelError
        When it is no text.
    """
    text = files.decoded(path, raw)
    if text is None or "\0" in text:
        raise ModelError(
            "the file is no text in any encoding that is known; save it from the modelling tool as UTF-8", path=path
        )
    return text
