"""The plain form of an XMILE file -> PySD's AbstractModel."""

from __future__ import annotations

import warnings
from typing import Any

from rcsd.errors import RcsdWarning
from rcsd.simulation.reader.pysd_calls import PYSD_FAULTS, explain, quiet_pysd
from rcsd.simulation.reader.source import Fault, SourceText, require_read
from rcsd.simulation.reader.xmile.file import ModelSection, XmileModelFile


def abstract_model(source: SourceText, known: list[Fault]) -> Any:
    """Let PySD's classes parse a file; what was mended or left out is a warning.

    Parameters
    ----------
    source : SourceText
        Split.
    known : list of Fault
        Faults found before; what is found at the same place is not told twice.

    Raises
    ------
    ModelError
        With every definition that cannot be read.
    """
    with quiet_pysd():
        file = XmileModelFile(source.path, source.parseable)
        file.parse(parse_all=False)
        faults = [fault for section in file.sections for fault in _parsed(section, source)]
        require_read(source.path, known, faults)
        notes = [
            f"{source.path.name}:{_line(source, stock)}: the non-negative stock {stock!r}: {note}"
            for section in file.sections
            for stock, note in section.limited()
        ]
        abstract = file.get_abstract_model()
    for note in (*source.notes, *notes):
        warnings.warn(note, RcsdWarning, stacklevel=2)
    return abstract


def _parsed(section: ModelSection, source: SourceText) -> list[Fault]:
    """Parse the variables of a section, and list those that cannot be read."""
    section.parse(parse_all=False)
    faults = []
    for component in section.components:
        try:
            component.parse(section.behaviors)
        except PYSD_FAULTS as error:
            faults.append(Fault(_line(source, component.name), component.name, f"its definition {explain(error)}"))
    return faults


def _line(source: SourceText, name: str) -> int | None:
    """Return the line of a variable, of a macro too."""
    inside = (entry.line for entry in source.inner if entry.name == name)
    return source.line_of(name) or next(inside, None)
