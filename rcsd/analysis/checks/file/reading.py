"""From a checks.toml to its content, with the line that each entry stands on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rcsd.analysis.checks.file.schema import ChecksFile
from rcsd.errors import FileError
from rcsd.files import is_file
from rcsd.toml.faults import checked
from rcsd.toml.lines import Keys
from rcsd.toml.source import TomlSource, read_toml

FILE_NAME = "checks.toml"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a modeller has declared of a model.

    Attributes
    ----------
    content : ChecksFile
        Nothing where there is no file.
    path : Path or None
        The file.
    source : TomlSource or None
        The same as text, for lines.
    """

    content: ChecksFile
    path: Path | None = None
    source: TomlSource | None = None

    def line(self, *keys: str) -> int | None:
        """Return the line of an entry, or of the nearest table around it."""
        if self.source is None:
            return None
        place: Keys = keys
        _, _, line = self.source.place(place).rpartition(":")
        return int(line) if line.isdigit() else 1


def checks_beside(model: Path) -> Path:
    """Return the path of the file of checks that belongs to a model, whether it is there or not."""
    return model.with_name(FILE_NAME)


def read_checks(path: Path) -> Declared:
    """Read a file of checks.

    Raises
    ------
    StudyError
        Listing every fault of the file at once, each with its line and key.
    FileError
        When it is not there.
    """
    if not is_file(path):
        raise FileError("there is no such file of checks; check the path, or write one with --init", path=path)
    source = read_toml(path)
    content, _ = checked(source, ChecksFile, "checks")
    return Declared(content, path, source)


def declared_of(model: Path, checks: Path | None) -> Declared:
    """Read the file that is named, or the one beside the model; nothing is declared where there is none.

    Raises
    ------
    StudyError, FileError
        As `read_checks`.
    """
    if checks is not None:
        return read_checks(checks)
    beside = checks_beside(model)
    return read_checks(beside) if is_file(beside) else Declared(ChecksFile())
