"""What became of the subscript ranges of a model: which have another name, other elements, or are gone."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.analysis.difference.structure.difference import Change
from rcsd.names import canonical
from rcsd.simulation.ir import Ranges


def other_names(old: Ranges, new: Ranges) -> dict[str, str]:
    """Find ranges and elements that have another name in the new model.

    A range does that holds the elements of one that is gone; an element does that stands in the place of one that is
    gone, in a range of as many.

    Returns
    -------
    dict of str to str
        The new name of each, both in canonical form.
    """
    before, after = _members(old), _members(new)
    found: dict[str, str] = {}
    for name in before.keys() - after.keys():
        same = [each for each in after.keys() - before.keys() if after[each] == before[name]]
        if len(same) == 1:
            found[name] = same[0]
    gone, come = _every(before) - _every(after), _every(after) - _every(before)
    for name in before.keys() & after.keys():
        if len(before[name]) == len(after[name]):
            found |= {a: b for a, b in zip(before[name], after[name], strict=True) if a in gone and b in come}
    return found


def range_changes(old: Ranges, new: Ranges, renamed: dict[str, str], *, one_format: bool) -> Iterator[Change]:
    """Yield what became of each range; one that only one of two formats needs, to name a part, is no difference."""
    before = {canonical(name): name for name in old.elements}
    after = {canonical(name): name for name in new.elements}
    for form, name in before.items():
        now = after.get(renamed.get(form, form))
        was = ", ".join(old.members(name))
        if now is None:
            yield Change("subscripts", was, "", matters=one_format, name=name)
            continue
        members = ", ".join(new.members(now))
        if canonical(now) != form:
            yield Change("subscripts", name, now, ("the range has another name",), name=name)
        if _forms(old.members(name)) != _forms(new.members(now)):
            yield Change("subscripts", was, members, name=now)
    known = {renamed.get(form, form) for form in before}
    for form, name in after.items():
        if form not in known:
            yield Change("subscripts", "", ", ".join(new.members(name)), matters=one_format, name=name)


def _members(ranges: Ranges) -> dict[str, tuple[str, ...]]:
    return {canonical(name): _forms(ranges.members(name)) for name in ranges.elements}


def _forms(elements: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(canonical, elements))


def _every(members: dict[str, tuple[str, ...]]) -> set[str]:
    return {element for elements in members.values() for element in elements}
