"""A Vensim .mdl file split into definitions, with line numbers and the integration method."""

from __future__ import annotations

import re
from pathlib import Path

from rcsd.simulation.ir import Method, UnitNames
from rcsd.simulation.reader.source import Entry, Fault, MacroText, SourceText, model_error
from rcsd.simulation.reader.vensim.left import left_of
from rcsd.simulation.reader.vensim.outputs import with_outputs_apart
from rcsd.simulation.reader.vensim.scan import (
    Lines,
    definition_end,
    equation_end,
    past_blanks,
    split_at,
    unit_end,
    without_comments,
)

_HEADER = re.compile(r"\s*\{[^}]*\}")
_MACRO = re.compile(r":MACRO:\s*(?P<name>[^(~|]*?)\s*\((?P<arguments>[^()~|]*)\)", re.IGNORECASE)
_MACRO_END = re.compile(r":END OF MACRO:", re.IGNORECASE)
_CONTINUATION = re.compile(r"\\\s*\n\s*")
_SKETCH = re.compile(r"^\s*(?:\\\\\\---///|///---\\\\\\)", re.MULTILINE)
_SETTINGS = "///---\\\\\\"
_METHOD = re.compile(r"^15:\s*-?\d+\s*,\s*-?\d+\s*,\s*-?\d+\s*,\s*(?P<code>\d{1,4})\b", re.MULTILINE)
_SYNONYMS = re.compile(r"^22:(?P<names>.*)$", re.MULTILINE)
_TAG = re.compile(r"^30:(?P<tag>\?[^=\n]+)=(?P<file>[^'\n]+)$", re.MULTILINE)
# the fourth number of the settings line 15; 2 ("difference") is Euler without its step
_METHODS: dict[int, Method] = {0: "euler", 1: "rk4", 2: "euler", 3: "rk2", 4: "rk2", 5: "rk4"}


def read_vensim_text(path: Path, text: str) -> SourceText:
    """Split the text of an .mdl file into definitions, as a `TextReader` does.

    Comments within equations and continuation lines are taken out; a macro with several outputs becomes one macro an
    output. A definition that is not closed is a ModelError.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    sketch = _SKETCH.search(text)
    equations, settings = (text[: sketch.start()], text[sketch.start() :]) if sketch else (text, "")
    reader = _Reader(path, _with_files(equations, settings))
    reader.read()
    entries, blocks = with_outputs_apart(tuple(reader.entries), tuple(reader.blocks))
    return SourceText(
        path=path,
        format="vensim",
        entries=entries,
        method=_method(settings),
        save_step=None,
        parseable="",
        macros=tuple(block.name for block in blocks),
        inner=tuple(entry for block in blocks for entry in block.entries),
        blocks=blocks,
        unit_names=_unit_names(settings),
    )


class _Reader:
    """Goes through the equations of a file."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._lines = Lines(text)
        self.entries: list[Entry] = []
        self.blocks: list[MacroText] = []

    def read(self) -> None:
        """Read definitions and macros to the end."""
        header = _HEADER.match(self._text)
        position = past_blanks(self._text, header.end() if header else 0)
        while position < len(self._text):
            macro = _MACRO.match(self._text, position)
            position = self._macro(macro) if macro else self._definition(position, self.entries)
            position = past_blanks(self._text, position)

    def _macro(self, head: re.Match[str]) -> int:
        entries: list[Entry] = []
        position = past_blanks(self._text, head.end())
        while (end := _MACRO_END.match(self._text, position)) is None:
            if position >= len(self._text) or _MACRO.match(self._text, position):
                message = f"the macro {head['name']!r} is not closed; write ':END OF MACRO:' after its last definition"
                raise model_error(self._path, [Fault(self._lines.of(head.start()), None, message)])
            position = past_blanks(self._text, self._definition(position, entries))
        inputs, _, outputs = without_comments(head["arguments"]).partition(":")
        name = " ".join(head["name"].split())
        line = self._lines.of(head.start())
        self.blocks.append(MacroText(name, _listed(inputs), _listed(outputs), tuple(entries), line))
        return end.end()

    def _definition(self, begin: int, entries: list[Entry]) -> int:
        """Read one definition, or pass over the heading of a group; return where the next begins."""
        text = self._text
        if text[begin] == "{":
            what = " ".join(text[begin : begin + 60].split())
            message = f"the comment that begins {what!r} is not closed; write '}}' at its end"
            raise model_error(self._path, [Fault(self._lines.of(begin), None, message)])
        equation = equation_end(text, begin)
        unit = unit_end(text, equation + 1) if text[equation : equation + 1] == "~" else equation
        end = definition_end(text, unit)
        if text[equation : equation + 1] != "~" or end == len(text):
            what = " ".join(text[begin : begin + 60].split())
            message = f"the definition that begins {what!r} is not closed; write 'name = equation ~ unit ~ comment |'"
            raise model_error(self._path, [Fault(self._lines.of(begin), None, message)])
        if text[begin] != "*":
            documentation = text[unit + 1 : end].partition("~")[0]
            entries.append(self._entry(begin, equation, text[equation + 1 : unit], documentation))
        return end + 1

    def _entry(self, begin: int, end: int, unit: str, documentation: str) -> Entry:
        stripped = _CONTINUATION.sub(" ", without_comments(self._text[begin:end]))
        definition = " ".join(stripped.split())
        left = left_of(definition)
        return Entry(
            name=left.name,
            line=self._lines.of(begin),
            definition=definition,
            equation=left.right if left.operator != "(" else f"({left.right}",
            unit=" ".join(_CONTINUATION.sub(" ", unit).split()),
            documentation=" ".join(_CONTINUATION.sub(" ", documentation).split()),
        )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name for part in split_at(text, ",") if (name := " ".join(part.replace("\\", " ").split())))


def _with_files(equations: str, settings: str) -> str:
    """Put file names in the place of the tags ('?data') that the settings give them."""
    for tag in _TAG.finditer(settings):
        equations = equations.replace(f"'{tag['tag'].strip()}'", f"'{tag['file'].strip()}'")
    return equations


def _unit_names(settings: str) -> tuple[UnitNames, ...]:
    """Read the synonyms of units, a line of names each."""
    lines = _SYNONYMS.findall(settings[settings.find(_SETTINGS) :] if _SETTINGS in settings else "")
    return tuple(UnitNames(names) for line in lines if (names := _listed(line)))


def _method(settings: str) -> Method:
    match = _METHOD.search(settings[settings.find(_SETTINGS) :] if _SETTINGS in settings else "")
    return _METHODS.get(int(match["code"]), "euler") if match else "euler"
