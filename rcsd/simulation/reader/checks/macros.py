"""What is wrong with the macros of a model: calls that do not fit, macros that call themselves, unknown names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from pysd.translators.structures.abstract_expressions import CallStructure

from rcsd.names import canonical, near_matches
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir import CONTROLS
from rcsd.simulation.ir.file.script import OUTSIDE
from rcsd.simulation.reader.expressions import names_in
from rcsd.simulation.reader.source import Entry, Fault, MacroText, SourceText

_BUILT_IN = ("time", *CONTROLS)


def macro_faults(sections: Sequence[Any], source: SourceText) -> list[Fault]:
    """Find what is wrong with macros and with their calls.

    Parameters
    ----------
    sections : sequence of AbstractSection
        The main section, then the macros.
    source : SourceText
        For lines.
    """
    macros = {canonical(section.name): section for section in sections[1:]}
    faults = []
    for place, section in enumerate(sections):
        for element in section.elements:
            for component in element.components:
                for call in _calls(component.ast):
                    macro = macros.get(canonical(call.function.reference))
                    if macro is not None and len(call.arguments) != len(macro.params):
                        takes, given = len(macro.params), len(call.arguments)
                        message = f"calls the macro {macro.name!r} with {given} arguments; it takes {takes}"
                        faults.append(Fault(_line(place, element.name, source), element.name, message, "arguments"))
    faults += _rings(macros, source)
    for section, block in zip(sections[1:], source.blocks, strict=False):
        faults += _unknown(section, block, sections[0], macros, source)
        if canonical(section.name) not in {canonical(element.name) for element in section.elements}:
            message = f"the macro has no result; give it an equation for {block.name!r}, its own name"
            faults.append(Fault(block.line, block.name, message))
    return faults


def _unknown(section: Any, block: MacroText, main: Any, macros: Mapping[str, Any], source: SourceText) -> list[Fault]:
    """Find names in a macro that neither it nor, with a dollar sign, the model defines."""
    outside = {f"{canonical(element.name)}{OUTSIDE}" for element in main.elements}
    inside = {canonical(element.name) for element in section.elements} | {canonical(name) for name in section.params}
    known = inside | outside | set(_BUILT_IN) | {f"{name}{OUTSIDE}" for name in _BUILT_IN}
    faults = []
    for element in section.elements:
        used = {
            (canonical(name), called) for component in element.components for name, called in names_in(component.ast)
        }
        for form, called in sorted(used):
            if form in known or (called and (form in macros or FUNCTIONS.read(source.format, form) is not None)):
                continue
            what = "calls the function" if called else "refers to"
            if f"{form}{OUTSIDE}" in outside:
                hint = f"write {form}{OUTSIDE} for the variable of the model"
            else:
                hint = near_matches(form, inside) or "define it in the macro"
            message = f"{what} {form!r}, which the macro {block.name!r} does not define; {hint}"
            faults.append(Fault(_line_in(block.entries, element.name), element.name, message, "defined"))
    return faults


def _rings(macros: Mapping[str, Any], source: SourceText) -> list[Fault]:
    """Find macros that call themselves, by way of others too."""
    calls = {
        form: {
            name
            for element in macro.elements
            for component in element.components
            for call in _calls(component.ast)
            if (name := canonical(call.function.reference)) in macros
        }
        for form, macro in macros.items()
    }
    lines = {canonical(block.name): block.line for block in source.blocks}
    faults = []
    for form, macro in macros.items():
        reached, waiting = set(), list(calls[form])
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += calls[name]
        if form in reached:
            message = "the macro calls itself, so that it has no end; write what it repeats as equations"
            faults.append(Fault(lines.get(form), macro.name, message))
    return faults


def _calls(expression: Any) -> Iterator[Any]:
    """Yield every call in an abstract expression."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, CallStructure):
            yield part
        if isinstance(part, (tuple, list)):
            waiting += part
        elif is_dataclass(part) and not isinstance(part, type):
            waiting += [getattr(part, field.name) for field in fields(part)]


def _line(place: int, name: str, source: SourceText) -> int | None:
    if place == 0:
        return source.line_of(name)
    return _line_in(source.blocks[place - 1].entries, name) if len(source.blocks) >= place else None


def _line_in(entries: Sequence[Entry], name: str) -> int | None:
    return next((entry.line for entry in entries if canonical(entry.name) == canonical(name)), None)
