"""Dimensions, their subranges and the mappings between them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rcsd.names import canonical
from rcsd.simulation.ir.unsound import Unsound

MARK = "!"
"""What marks the subscript that a function such as SUM runs over: ``SUM(x[region!])``."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A range to which another is mapped.

    Attributes
    ----------
    target : str
        The range.
    elements : tuple of str
        Its element, or a range of several, for each element of the other in turn; its own order where none are
        given.
    """

    target: str
    elements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranges:
    """The subscript ranges of a model.

    Attributes
    ----------
    elements : mapping of str to tuple of str
        Elements of each range, by its name in the file; a range may hold the names of others.
    mappings : mapping of str to tuple of Mapped
        Ranges to which each is mapped.

    Raises
    ------
    Unsound
        When a range is made of itself, or a mapping does not fit.
    """

    elements: Mapping[str, tuple[str, ...]]
    mappings: Mapping[str, tuple[Mapped, ...]]
    _members: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)
    _links: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out the elements of each range, and what is mapped to what."""
        inside = {canonical(name): parts for name, parts in self.elements.items()}
        object.__setattr__(self, "_members", {form: tuple(_expanded(form, inside, ())) for form in inside})
        links: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        for name, targets in self.mappings.items():
            for mapped in targets:
                here, there = canonical(name), canonical(mapped.target)
                for source, image in self._pairs(name, mapped):
                    _link(links, (here, there), image, source)
                    _link(links, (there, here), source, image)
        object.__setattr__(self, "_links", links)

    def is_range(self, subscript: str) -> bool:
        """Whether a subscript names a range rather than an element."""
        return canonical(subscript) in self._members

    def members(self, subscript: str) -> tuple[str, ...]:
        """Return the elements that a subscript stands for, one for an element."""
        return self._members.get(canonical(subscript), (subscript,))

    def covered(self, subscripts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield every combination of elements that some subscripts stand for, the last axis fastest."""
        return itertools.product(*(self.members(subscript) for subscript in subscripts))

    def element(self, wanted: str, given: Mapping[str, str]) -> str:
        """Say which element a subscript of a reference means.

        Parameters
        ----------
        wanted : str
            The subscript as it stands in the reference.
        given : mapping of str to str
            Element chosen for each subscript of the left-hand side, and for each that is marked, under its name with
            the mark: a marked subscript is never taken for one without a mark.

        Raises
        ------
        Unsound
            When the left-hand side does not say, or says it in two ways.
        """
        form = canonical(wanted)
        chosen = {canonical(key): element for key, element in given.items()}
        if form in chosen:
            return chosen[form]
        if not self.is_range(wanted):
            return wanted
        free = {key: element for key, element in chosen.items() if key in self._members}
        for ways in (self._linked(form, free), self._shared(form, free), self._related(form, free)):
            found = dict.fromkeys(ways)
            if len(found) > 1:
                listed = " or ".join(found)
                raise Unsound(
                    f"the subscript {wanted!r} may mean {listed} here; name the subscript of the left-hand side"
                )
            if found:
                return next(iter(found))
        raise Unsound(self._unresolved(wanted, free))

    def position(self, subscript: str, given: Mapping[str, str]) -> int:
        """Return the number that a subscript is where it stands for one: its place in its range, from 1.

        Raises
        ------
        Unsound
            When it has no place, or a place in a part of a range that is another in the whole.
        """
        element = self.element(subscript, given)
        owner = subscript.removesuffix(MARK)
        wholes = [m for m in self._members.values() if canonical(element) in _forms(m)]
        if not wholes:
            raise Unsound(f"the subscript {subscript!r} is used as a number but is in no range")
        size = max(len(whole) for whole in wholes)
        longest = _forms(next(whole for whole in wholes if len(whole) == size))
        own = _forms(self.members(owner)) if self.is_range(owner) else longest
        if own != longest[: len(own)] and set(own) <= set(longest):
            raise Unsound(f"the part {owner!r} of a range is used as a number, which tools count in two ways")
        return own.index(canonical(element)) + 1

    def _pairs(self, name: str, mapped: Mapped) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield elements of a range, and what they are mapped to."""
        listed = mapped.elements or self.members(mapped.target)
        whole = [(element,) for element in self.members(name)]
        parts = [self.members(part) for part in self.elements[name]]
        if len(listed) not in (len(whole), len(parts)):
            raise Unsound(
                f"the range {name!r} of {len(whole)} elements is mapped to {len(listed)} of {mapped.target!r}; "
                "give one for each"
            )
        for sources, target in zip(whole if len(listed) == len(whole) else parts, listed, strict=True):
            images = self.members(target)
            if len(sources) == len(images):
                yield from (((a,), (b,)) for a, b in zip(sources, images, strict=True))
            else:
                yield sources, images

    def _linked(self, form: str, free: Mapping[str, str]) -> Iterator[str]:
        """Find elements of a range that is mapped to one of the left-hand side, or the other way round."""
        for key, element in free.items():
            yield from self._links.get((form, key), {}).get(canonical(element), ())

    def _shared(self, form: str, free: Mapping[str, str]) -> Iterator[str]:
        """Find elements of the left-hand side that are elements of the range too."""
        inside = {canonical(element) for element in self._members[form]}
        return (element for element in free.values() if canonical(element) in inside)

    def _related(self, form: str, free: Mapping[str, str]) -> Iterator[str]:
        """Find elements by a mapping between ranges that hold those of the reference and of the left-hand side."""
        inside = {canonical(element) for element in self._members[form]}
        for (here, _), images in self._links.items():
            if inside & set(_forms(self._members.get(here, ()))):
                for element in free.values():
                    yield from (e for e in images.get(canonical(element), ()) if canonical(e) in inside)

    def _unresolved(self, wanted: str, free: Mapping[str, str]) -> str:
        inside = set(_forms(self.members(wanted)))
        for key in free:
            if inside & set(_forms(self._members[key])):
                return f"the subscript {wanted!r} does not have every element of {key!r} on the left-hand side"
        return f"the subscript {wanted!r} is not on the left-hand side, and nothing there is mapped to it"


def _forms(elements: Iterable[str]) -> list[str]:
    return [canonical(element) for element in elements]


def _expanded(form: str, inside: Mapping[str, tuple[str, ...]], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the elements of a range, those of the ranges in it among them."""
    if form in path:
        ring = " -> ".join((*path[path.index(form) :], form))
        raise Unsound(f"the subscript range {form!r} is made of itself ({ring}); list its elements")
    for part in inside[form]:
        if canonical(part) in inside:
            yield from _expanded(canonical(part), inside, (*path, form))
        else:
            yield part


def _link(
    links: dict[tuple[str, str], dict[str, tuple[str, ...]]],
    key: tuple[str, str],
    of: tuple[str, ...],
    mean: tuple[str, ...],
) -> None:
    known = links.setdefault(key, {})
    for element in _forms(of):
        known[element] = tuple(dict.fromkeys((*known.get(element, ()), *mean)))
