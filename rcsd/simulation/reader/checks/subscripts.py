"""Subscripts that equations use and no range of the model has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pysd.translators.structures.abstract_expressions import SubscriptsReferenceStructure

from rcsd.names import canonical, near_matches
from rcsd.simulation.ir.ranges import MARK
from rcsd.simulation.reader.source import Fault, SourceText


def subscript_faults(section: Any, source: SourceText) -> list[Fault]:
    """Find subscripts that are neither a range nor an element of one.

    Parameters
    ----------
    section : AbstractSection
        PySD's main section. Where a file holds a range, nothing is known of its elements, and nothing is found.
    source : SourceText
        For lines.
    """
    known: dict[str, str] = {}
    for each in section.subscripts:
        if isinstance(each.subscripts, dict):
            return []
        names = each.subscripts if isinstance(each.subscripts, list) else [each.subscripts]
        known.update({canonical(name): name for name in (each.name, *names)})
    faults = []
    for element in section.elements:
        entries = source.entries_of(element.name)
        for i, component in enumerate(element.components):
            used = [*component.subscripts[0], *(s for some in component.subscripts[1] for s in some)]
            used += _referred(component.ast)
            wrong = dict.fromkeys(s for s in used if canonical(s.removesuffix(MARK)) not in known)
            line = entries[min(i, len(entries) - 1)].line if entries else None
            for subscript in wrong:
                hint = near_matches(subscript, known.values()) or "define it or correct the name"
                message = f"has the subscript {subscript!r}, which is neither a range nor an element of one; {hint}"
                faults.append(Fault(line, element.name, message))
    return faults


def _referred(expression: Any) -> Iterator[str]:
    """Yield the subscripts of every reference in an abstract expression."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, SubscriptsReferenceStructure):
            yield from part.subscripts
        elif isinstance(part, (tuple, list)):
            waiting += part
        elif is_dataclass(part) and not isinstance(part, type):
            waiting += [getattr(part, field.name) for field in fields(part)]
