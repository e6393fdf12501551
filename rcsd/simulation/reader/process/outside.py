"""Which data files a model may name, and how: a path beside the model, and words that are nothing but words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from pysd.translators.structures import abstract_expressions as ae

from rcsd.simulation.reader.source import Fault, SourceText

_WORDS = {
    ae.GetConstantsStructure: ("tab", "cell"),
    ae.GetDataStructure: ("tab", "time_row_or_col", "cell"),
    ae.GetLookupsStructure: ("tab", "x_row_or_col", "cell"),
}
_NO_WORD = re.compile(r"[\"'`\\\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST = 255
_TAB = "\t"


def made_portable(sections: Any) -> None:
    """Write folders with slashes and a tabulator as itself: models from Windows have backslashes there."""
    for _, named in _named(sections):
        named.file = named.file.replace("\\", "/")
        if named.tab == "\\t":
            named.tab = _TAB


def outside_faults(sections: Any, source: SourceText, allow_outside: bool) -> list[Fault]:
    """Find data files that lie outside the model's folder, and words that could be more than words.

    Parameters
    ----------
    sections : sequence of AbstractSection
        The main section and the macros.
    source : SourceText
        For the folder and lines.
    allow_outside : bool
        Whether data may lie outside the folder.
    """
    faults = []
    folder = source.path.parent
    for name, named in _named(sections):
        line = source.line_of(name)
        for word in (named.file, *(word for word in named.words if word != _TAB)):
            if found := _NO_WORD.search(word):
                faults.append(
                    Fault(line, name, f"names {word[:60]!r}, and {found[0]!r} is no part of a file, sheet or cell name")
                )
            elif len(word) > _LONGEST:
                faults.append(Fault(line, name, f"names {word[:60]!r}..., which is longer than {_LONGEST} letters"))
        if not allow_outside and not _is_inside(folder, named.file):
            faults.append(
                Fault(
                    line,
                    name,
                    f"reads {named.file[:200]!r}, which lies outside the model's folder: put it there or, for "
                    "a model that you trust and a command that takes it, allow it with --allow-outside (in Python "
                    "allow_outside=True); a study never reads it",
                )
            )
    return faults


def _is_inside(folder: Path, file: str) -> bool:
    """Whether a path leads to a place in a folder, links followed; what is no path leads nowhere."""
    try:
        return (folder / file).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return True


class _Named:
    """A structure that names a file, or the mapping that PySD has for the file of a range."""

    def __init__(self, holder: Any, words: tuple[str, ...]) -> None:
        self._holder, self._words = holder, words

    def _get(self, name: str) -> str:
        value = self._holder[name] if isinstance(self._holder, dict) else getattr(self._holder, name)
        return str(value)

    def _set(self, name: str, value: str) -> None:
        if isinstance(self._holder, dict):
            self._holder[name] = value
        else:
            setattr(self._holder, name, value)

    @property
    def file(self) -> str:
        return self._get("file")

    @file.setter
    def file(self, value: str) -> None:
        self._set("file", value)

    @property
    def tab(self) -> str:
        return self._get("tab")

    @tab.setter
    def tab(self, value: str) -> None:
        self._set("tab", value)

    @property
    def words(self) -> Iterator[str]:
        return (self._get(name) for name in self._words)


def _named(sections: Any) -> Iterator[tuple[str, _Named]]:
    """Yield whatever names a file, and the variable or range that it is in."""
    for section in sections:
        for subscript in section.subscripts:
            if isinstance(subscript.subscripts, dict):
                words = tuple(key for key in subscript.subscripts if key != "file")
                yield subscript.name, _Named(subscript.subscripts, words)
        for element in section.elements:
            for component in element.components:
                for structure in _inside(component.ast):
                    yield element.name, _Named(structure, _WORDS[type(structure)])


def _inside(ast: Any) -> Iterator[Any]:
    if isinstance(ast, (tuple, list)):
        for part in ast:
            yield from _inside(part)
    elif is_dataclass(ast):
        if type(ast) in _WORDS:
            yield ast
        for field in fields(ast):
            yield from _inside(getattr(ast, field.name))
