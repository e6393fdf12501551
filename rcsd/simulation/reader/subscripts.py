"""The subscript ranges of a model: what each consists of, what it is mapped to, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pysd.translators.structures.abstract_model import AbstractSubscriptRange

from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.ir.ranges import Mapped, Ranges
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.reader.external import Unreadable, subscripts
from rcsd.simulation.reader.source import SourceText


@dataclass
class MappedRange(AbstractSubscriptRange):  # type: ignore[misc]  # PySD publishes no types
    """PySD's subscript range, which keeps the names of what it is mapped to, with the elements."""

    targets: tuple[Mapped, ...] = ()

    def get_abstract_subscript_range(self) -> MappedRange:
        """Return itself, as PySD asks its own class for what this is."""
        return self


def ranges_of(section: Any, source: SourceText) -> Ranges:
    """Gather the ranges of a model's main section.

    Parameters
    ----------
    section : AbstractSection
        PySD's main section.
    source : SourceText
        For lines.

    Raises
    ------
    ModelError
        For a range that is made of itself, lists an element twice or is equal to one that there is not, and for a
        mapping that does not fit.
    """
    given = {canonical(each.name): each for each in section.subscripts}
    elements: dict[str, tuple[str, ...]] = {}
    mappings: dict[str, tuple[Mapped, ...]] = {}
    for form, each in given.items():
        defined = _defined(form, given, source)
        if defined is not None:
            _require_unlike(each.name, defined, source)
            elements[each.name] = defined
            mappings[each.name] = getattr(each, "targets", tuple(Mapped(name) for name in each.mapping))
    for name, targets in mappings.items():
        for mapped in targets:
            if canonical(mapped.target) not in given:
                message = f"is mapped to {mapped.target!r}, which is no subscript range; define it or correct the name"
                raise _fault(name, message, source)
            _check_elements(name, mapped, elements, source)
    read = {canonical(name) for name in elements}
    mappings = {name: tuple(m for m in targets if canonical(m.target) in read) for name, targets in mappings.items()}
    try:
        return Ranges(elements, mappings)
    except Unsound as error:
        named = [n for n in elements if f"{canonical(n)!r}" in error.message or repr(n) in error.message]
        line = source.line_of(named[0]) if named else None
        raise ModelError(error.message, path=source.path, line=line) from error


def give_elements(section: Any, ranges: Ranges) -> None:
    """Write the elements that were read from files into PySD's section, which need not read them again."""
    for each in section.subscripts:
        if isinstance(each.subscripts, dict) and ranges.is_range(each.name):
            each.subscripts = list(ranges.members(each.name))


def _defined(form: str, given: dict[str, Any], source: SourceText) -> tuple[str, ...] | None:
    """Return what a range lists, or a file for it, through the ranges that it is said to equal.

    None when the file cannot be read: a model can be looked at without its data, and no more.
    """
    seen = [form]
    while isinstance(given[seen[-1]].subscripts, str):
        other = canonical(given[seen[-1]].subscripts)
        if other in seen:
            ring = " <-> ".join((*seen[seen.index(other) :], other))
            raise _fault(given[form].name, f"is equal to nothing but itself ({ring}); list the elements of one", source)
        if other not in given:
            message = f"is said to equal {given[seen[-1]].subscripts!r}, which is no subscript range; define it"
            raise _fault(given[form].name, message, source)
        seen.append(other)
    listed = given[seen[-1]].subscripts
    if isinstance(listed, list):
        return tuple(listed)
    try:
        return tuple(subscripts(listed, source.path.parent))
    except Unreadable:
        return None


def _require_unlike(name: str, elements: tuple[str, ...], source: SourceText) -> None:
    """Refuse a range that lists an element twice: its equation would be given twice, and counted twice in sums."""
    forms = [canonical(element) for element in elements]
    twice = next((element for element, form in zip(elements, forms, strict=True) if forms.count(form) > 1), None)
    if len(set(forms)) < len(forms):
        raise _fault(name, f"has the element {twice!r} twice; take one out", source)


def _check_elements(name: str, mapped: Mapped, elements: dict[str, tuple[str, ...]], source: SourceText) -> None:
    """Refuse a mapping that names what is no part of its target."""
    known = {canonical(each): {canonical(e) for e in inside} for each, inside in elements.items()}
    target = canonical(mapped.target)
    inside = _all(target, known, set())
    for element in mapped.elements:
        if not _all(canonical(element), known, set()) <= inside:
            raise _fault(name, f"is mapped to {element!r}, which is no part of {mapped.target!r}", source)


def _all(form: str, known: dict[str, set[str]], path: set[str]) -> set[str]:
    if form not in known or form in path:
        return {form}
    return {e for part in known[form] for e in _all(part, known, path | {form})}


def _fault(name: str, message: str, source: SourceText) -> ModelError:
    return ModelError(f"the subscript range {message}", path=source.path, line=source.line_of(name), variable=name)
