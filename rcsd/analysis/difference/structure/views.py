"""What became of the views of a model: sheets, what they show, their arrows, and what was moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from rcsd.analysis.difference.structure.difference import Change
from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.ir import Model
from rcsd.simulation.views import NAMED, Point, View, read_views

_MOST = 6
_MOVED = 1.0
"""Pixels from which on an element counts as moved."""


def views_of(model: Model) -> tuple[View, ...]:
    """Read the views of a model's file; none where it is gone."""
    stocks = [each.name for each in model if each.kind == "stock"]
    try:
        return read_views(model.path, stocks)
    except ModelError:  # the model itself was read: its file has been removed since
        return ()


def view_changes(
    old: Sequence[View], new: Sequence[View], counterparts: Mapping[str, str], *, one_format: bool
) -> Iterator[Change]:
    """Yield what became of each view.

    Parameters
    ----------
    old, new : sequence of View
        Of either model.
    counterparts : mapping of str to str
        Canonical name in the new model of each variable of the old.
    one_format : bool
        Whether both files are of one format: another tool draws a model in its own way, which is no difference.
    """
    pairs = _paired(old, new, counterparts)
    for before, after in pairs:
        details = tuple(_details(before, after, counterparts, one_format=one_format))
        if canonical(before.name) != canonical(after.name):
            yield Change("view", before.name, after.name, details, matters=one_format, name=after.name)
        elif details:
            only_moved = all(words.startswith("moved") for words in details)
            yield Change("view", "", "", details, matters=one_format and not only_moved, name=after.name)
    known_old, known_new = [id(before) for before, _ in pairs], [id(after) for _, after in pairs]
    for view in old:
        if id(view) not in known_old:
            yield Change("view", _counted(view), "", matters=one_format, name=view.name)
    for view in new:
        if id(view) not in known_new:
            yield Change("view", "", _counted(view), matters=one_format, name=view.name)


def _paired(old: Sequence[View], new: Sequence[View], counterparts: Mapping[str, str]) -> list[tuple[View, View]]:
    """Pair views by name, and what is left by what they show."""
    left = list(new)
    pairs: list[tuple[View, View]] = []
    for view in old:
        same = next((each for each in left if canonical(each.name) == canonical(view.name)), None)
        if same is not None:
            pairs.append((view, same))
            left = [each for each in left if each is not same]
    paired = [id(before) for before, _ in pairs]
    for view in old:
        shown = _shown(view, lambda name: counterparts.get(name, name))
        alike = [(sum((shown & _shown(each, str)).values()), each) for each in left]
        if id(view) in paired or not alike:
            continue
        count, best = max(alike, key=lambda each: each[0])
        if 2 * count > sum(shown.values()):
            pairs.append((view, best))
            left = [each for each in left if each is not best]
    return pairs


def _details(old: View, new: View, counterparts: Mapping[str, str], *, one_format: bool) -> Iterator[str]:
    """Say what two views show differently."""
    spelt = {canonical(each.name): each.name for view in (old, new) for each in view.elements if each.name}

    def of_new(name: str) -> str:
        return spelt.get(name, name)

    def of_old(name: str) -> str:
        return of_new(counterparts.get(name, name))

    yield from _said("shown", _shown(old, of_old), _shown(new, of_new))
    yield from _said("arrows", _arrows(old, of_old), _arrows(new, of_new))
    if one_format:
        yield from _said("comments", _comments(old), _comments(new))
        before, after = _places(old, of_old), _places(new, of_new)
        moved = [
            name
            for name in before.keys() & after.keys()
            if abs(before[name].x - after[name].x) > _MOVED or abs(before[name].y - after[name].y) > _MOVED
        ]
        if moved:
            yield f"moved: {_listed(sorted(moved))}"


def _said(what: str, old: Counter[str], new: Counter[str]) -> Iterator[str]:
    for words, names in (("added", new - old), ("taken out", old - new)):
        if names:
            yield f"{what} {words}: {_listed(sorted(names.elements()))}"


def _shown(view: View, named: Callable[[str], str]) -> Counter[str]:
    """Count the variables that a view shows; a second appearance in one view says nothing new of the model."""
    return Counter({named(canonical(each.name)) for each in view.elements if each.kind in NAMED and each.name})


def _arrows(view: View, named: Callable[[str], str]) -> Counter[str]:
    names = {each.id: named(canonical(each.name)) for each in view.elements if each.name}
    arrows = {
        f"{names[each.source]} -> {names[each.target]}{f' ({each.polarity})' if each.polarity else ''}"
        for each in view.links
        if each.source in names and each.target in names
    }
    return Counter(arrows)


def _comments(view: View) -> Counter[str]:
    return Counter(
        " ".join(each.text.split()) for each in view.elements if each.kind == "comment" and each.text.strip()
    )


def _places(view: View, named: Callable[[str], str]) -> dict[str, Point]:
    """Return where each variable stands that stands there once."""
    named_elements = [each for each in view.elements if each.kind in NAMED and each.name]
    counts = Counter(canonical(each.name) for each in named_elements)
    return {named(canonical(each.name)): each.centre for each in named_elements if counts[canonical(each.name)] == 1}


def _counted(view: View) -> str:
    return f"a view of {sum(_shown(view, str).values())} variables"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"{', '.join(names[:_MOST])}{more}"
