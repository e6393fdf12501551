"""A Vensim .mdl file split into definitions, with line numbers and the integration method."""

from __future__ import annotations

import re
from pathlib import Path

from rcsd.simulation.ir import Method
from rcsd.simulation.reader.source import Entry, Fault, SourceText, model_error

# possessive: a quoted name may hold ~ and |, and nothing is ever tried in two ways
_ELEMENT = re.compile(r'(?:"(?:\\.|[^"\\\n])*+"|\{[^{}]*+\}|[^~|])*+')
_DOCUMENTATION = re.compile(r"[^~|]*+")
_COMMENT_OR_NAME = re.compile(r'"(?:\\.|[^"\\\n])*+"|\{[^{}]*+\}')
_INK = re.compile(r"\S")
_MACRO = re.compile(r":MACRO:\s*(?P<name>[^(\n]*)(?:\([^)]*\))?(?P<body>.*?):END OF MACRO:", re.DOTALL | re.IGNORECASE)
_HEADER = re.compile(r"\s*\{[^}]*\}")
_LEFT = re.compile(
    r'\s*(?P<name>"(?:\\.|[^"\\])*+"|[^=\[(:<"]+)\s*'
    r"(?P<subscripts>\[[^\]]*\](?:\s*:EXCEPT:\s*(?:\[[^\]]*\]\s*,?\s*)+)?)?\s*",
    re.IGNORECASE,
)
_CONTINUATION = re.compile(r"\\\s*\n\s*")
_SKETCH = "\\\\\\---///"
_SETTINGS = "///---\\\\\\"
_METHOD = re.compile(r"^15:\s*-?\d+\s*,\s*-?\d+\s*,\s*-?\d+\s*,\s*(?P<code>\d+)", re.MULTILINE)
# the fourth number of the settings line 15; 2 ("difference") is Euler without its step
_METHODS: dict[int, Method] = {0: "euler", 1: "rk4", 2: "euler", 3: "rk2", 4: "rk2", 5: "rk4"}


def read_vensim_text(path: Path, text: str) -> SourceText:
    """Split the text of an .mdl file into definitions, as a `TextReader` does.

    In the `parseable` text comments within equations and continuation lines are taken out. A definition that is not
    closed is a ModelError.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    equations, _, sketch = text.partition(_SKETCH)
    header = _HEADER.match(equations)
    start = header.end() if header else 0
    # macros are blanked out, not cut, so that every position and line stays what it was
    visible = _MACRO.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), equations)
    spans = _definitions(path, visible, start)
    macros = tuple(_MACRO.finditer(equations))
    return SourceText(
        path=path,
        format="vensim",
        entries=_entries(visible, spans),
        method=_method(sketch),
        save_step=None,
        parseable="{UTF-8}\n" + _without_comments(equations, spans, start),
        macros=tuple(macro["name"].strip() for macro in macros),
        inner=tuple(entry for macro in macros for entry in _inside(path, equations, macro)),
    )


def _inside(path: Path, text: str, macro: re.Match[str]) -> tuple[Entry, ...]:
    """Split the body of a macro into definitions."""
    body = text[: macro.end("body")]
    return _entries(body, _definitions(path, body, macro.start("body")))


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _definitions(path: Path, text: str, position: int) -> list[tuple[int, int, bool]]:
    """Find start and end of each definition's equation part, and whether it is a group heading."""
    spans: list[tuple[int, int, bool]] = []
    while (start := _INK.search(text, position)) is not None:
        begin = start.start()
        equation_end = _end(_ELEMENT, text, begin)
        unit_end = _end(_ELEMENT, text, equation_end + 1)
        is_group = text[unit_end : unit_end + 1] == "|"
        end = unit_end if is_group else _documented_end(text, unit_end)
        if text[equation_end : equation_end + 1] != "~" or text[end : end + 1] != "|":
            what = " ".join(text[begin : begin + 60].split())
            message = f"the definition that begins {what!r} is not closed; write 'name = equation ~ unit ~ comment |'"
            raise model_error(path, [Fault(_line(text, begin), None, message)])
        spans.append((begin, equation_end, is_group))
        position = end + 1
    return spans


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _documented_end(text: str, unit_end: int) -> int:
    """Return the position where a | must close the definition whose unit ends at `unit_end`."""
    end = _end(_DOCUMENTATION, text, unit_end + 1)
    if text[end : end + 1] == "~":  # :SUPPLEMENTARY and its like
        end = _end(_ELEMENT, text, end + 1)
    return end


def _strip_comments(definition: str) -> str:
    """Replace comments in braces by their line breaks; a quoted name may hold braces."""
    return _COMMENT_OR_NAME.sub(
        lambda match: match[0] if match[0].startswith('"') else "\n" * match[0].count("\n"),
        definition,
    )


def _entries(text: str, spans: list[tuple[int, int, bool]]) -> tuple[Entry, ...]:
    return tuple(_entry(text, begin, end) for begin, end, is_group in spans if not is_group)


def _entry(text: str, begin: int, end: int) -> Entry:
    stripped = _CONTINUATION.sub(" ", _strip_comments(text[begin:end]))
    definition = " ".join(stripped.split())
    left = _LEFT.match(definition)
    if left is None:
        return Entry(definition, _line(text, begin), definition, definition)
    equation = re.sub(r"^(?::?=|==)\s*", "", definition[left.end() :])
    return Entry(left["name"].strip(), _line(text, begin), definition, equation)


def _without_comments(text: str, spans: list[tuple[int, int, bool]], start: int) -> str:
    pieces, position = [], start
    for begin, end, _ in spans:
        pieces += [text[position:begin], _CONTINUATION.sub(" ", _strip_comments(text[begin:end]))]
        position = end
    return "".join([*pieces, text[position:]])


def _method(sketch: str) -> Method:
    match = _METHOD.search(sketch.partition(_SETTINGS)[2])
    return _METHODS.get(int(match["code"]), "euler") if match else "euler"
