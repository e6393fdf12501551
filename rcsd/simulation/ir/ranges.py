"""Dimensions, their subranges and the mappings between them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rcsd.names import canonical
from rcsd.simulation.ir.unsound import Unsound


@dataclass(frozen=True, slots=True)
class Ranges:
    """The subscript ranges of a model.

    Attributes
    ----------
    elements : mapping of str to tuple of str
        Elements of each range, by its name in the file; a range may hold the names of others.
    mappings : mapping of str to tuple of str
        Ranges to which each is mapped position by position.
    """

    elements: Mapping[str, tuple[str, ...]]
    mappings: Mapping[str, tuple[str, ...]]
    _inside: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)
    _mapped: Mapping[str, frozenset[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the ranges by their canonical names."""
        mapped = {canonical(name): frozenset(map(canonical, others)) for name, others in self.mappings.items()}
        object.__setattr__(self, "_inside", {canonical(name): inside for name, inside in self.elements.items()})
        object.__setattr__(self, "_mapped", mapped)

    def is_range(self, subscript: str) -> bool:
        """Whether a subscript names a range rather than an element."""
        return canonical(subscript) in self._inside

    def members(self, subscript: str) -> tuple[str, ...]:
        """Return the elements that a subscript stands for, one for an element."""
        inside = self._inside.get(canonical(subscript))
        if inside is None:
            return (subscript,)
        return tuple(itertools.chain.from_iterable(self.members(part) for part in inside))

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
            Element chosen for each subscript of the left-hand side, and for each marked ``!``.

        Raises
        ------
        Unsound
            When the left-hand side does not say.
        """
        chosen = {canonical(key): element for key, element in given.items()}
        form = canonical(wanted)
        if form in chosen:
            return chosen[form]
        if not self.is_range(wanted):
            return wanted
        inside = self.members(wanted)
        for key, element in chosen.items():
            if key in self._inside and self._maps(key, form):
                return inside[self._position(key, element)]
        for key, element in chosen.items():
            if key in self._inside and canonical(element) in {canonical(e) for e in inside}:
                return element
        raise Unsound(f"the subscript {wanted!r} is not on the left-hand side, and nothing there is mapped to it")

    def _maps(self, one: str, other: str) -> bool:
        linked = other in self._mapped.get(one, ()) or one in self._mapped.get(other, ())
        return linked and len(self.members(one)) == len(self.members(other))

    def _position(self, name: str, element: str) -> int:
        return [canonical(e) for e in self.members(name)].index(canonical(element))
