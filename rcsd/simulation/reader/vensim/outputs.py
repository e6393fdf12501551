"""Macros with several outputs, written as one macro an output: ``TWO(x : other)`` is also ``TWO other(x)``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rcsd.names import canonical
from rcsd.simulation.reader.source import Entry, MacroText
from rcsd.simulation.reader.vensim.left import left_of
from rcsd.simulation.reader.vensim.scan import split_at

_LOGIC = re.compile(r":\s*(?:AND|OR|NOT|NA)\s*:", re.IGNORECASE)
_OPENING = re.compile(r'"(?:\\.|[^"\\])*+"|(?P<name>[^\W\d][\w $\']*?)\s*\(')
_BRACKET = re.compile(r'"(?:\\.|[^"\\])*+"|[()]')


def with_outputs_apart(
    entries: tuple[Entry, ...], blocks: tuple[MacroText, ...]
) -> tuple[tuple[Entry, ...], tuple[MacroText, ...]]:
    """Give every output of a macro a macro of its own, and every call as many definitions as it has outputs."""
    several = {canonical(block.name): block for block in blocks if block.outputs}
    if not several:
        return entries, blocks
    apart = tuple(replace(b, outputs=(), entries=tuple(_rewritten(b.entries, several))) for b in blocks)
    extra = tuple(
        replace(block, name=_name(block, output), outputs=(), entries=(*block.entries, _alias(block, output)))
        for block, original in zip(apart, blocks, strict=True)
        for output in original.outputs
    )
    return tuple(_rewritten(entries, several)), (*apart, *extra)


def _name(block: MacroText, output: str) -> str:
    return f"{block.name} {output}"


def _alias(block: MacroText, output: str) -> Entry:
    name = _name(block, output)
    return Entry(name, block.line, f"{name} = {output}", output)


def _rewritten(entries: Iterable[Entry], several: Mapping[str, MacroText]) -> Iterable[Entry]:
    for entry in entries:
        equation, outputs = _without_outputs(entry.equation, several)
        if not outputs:
            yield entry
            continue
        yield replace(entry, definition=_without_outputs(entry.definition, several)[0], equation=equation)
        for left, call in outputs:
            definition = f"{left} = {call}"
            name = left_of(definition).name  # whose unit and documentation stand in the macro
            yield replace(entry, name=name, definition=definition, equation=call, unit="", documentation="")


def _without_outputs(text: str, several: Mapping[str, MacroText]) -> tuple[str, list[tuple[str, str]]]:
    """Return a text whose calls have inputs only, and what each further output is to be."""
    outputs: list[tuple[str, str]] = []
    position = 0
    while (found := _OPENING.search(text, position)) is not None:
        position = found.end()
        block = several.get(canonical(found["name"] or ""))
        if block is None:
            continue
        end = _closing(text, position)
        masked = _LOGIC.sub(lambda word: " " * len(word[0]), text[position:end])
        inputs_length = len(next(split_at(masked, ":")))
        inputs, named = text[position : position + inputs_length], text[position + inputs_length + 1 : end]
        for output, left in zip(block.outputs, split_at(named, ","), strict=False):
            if left.strip():
                outputs.append((left.strip(), f"{_name(block, output)}({inputs.strip()})"))
        text = text[:position] + inputs + text[end:]
    return text, outputs


def _closing(text: str, position: int) -> int:
    depth = 1
    for bracket in _BRACKET.finditer(text, position):
        depth += {"(": 1, ")": -1}.get(bracket[0], 0)
        if depth == 0:
            return bracket.start()
    return len(text)
