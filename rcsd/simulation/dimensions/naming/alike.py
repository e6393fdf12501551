"""Names of units that are alike."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from rcsd.simulation.dimensions.naming.builtin import ABBREVIATIONS
from rcsd.units import Unit

Pair = tuple[str, str]
_ALIKE = 0.8
_BETWEEN = str.maketrans("", "", " .-'_")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", ""))


def pairs(ratio: Unit) -> list[Pair] | None:
    """Pair the names above with those below of a unit, each with one of the opposite power; None if some are left."""
    below = {(base, -power) for base, power in ratio.powers if power < 0}
    found: list[Pair] = []
    for base, power in ((base, power) for base, power in ratio.powers if power > 0):
        fitting = sorted(other for other, size in below if size == power)
        if not fitting:
            return None
        best = max(fitting, key=lambda other: SequenceMatcher(None, base, other).ratio())
        below.remove((best, power))
        found.append((base, best))
    return None if below or not found else found


def variants(ratio: Unit) -> Iterator[Pair]:
    """Yield names above and below that differ in how they are written alone: by a plural, a short form, signs."""
    for above, high in ratio.powers:
        yield from ((above, below) for below, low in ratio.powers if high > 0 > low and _stem(above) == _stem(below))


def are_alike(a: str, b: str) -> bool:
    """Whether one name is perhaps the other with a slip of the pen."""
    return SequenceMatcher(None, a, b).ratio() >= _ALIKE


def _stem(name: str) -> str:
    bare = name.translate(_BETWEEN)
    bare = ABBREVIATIONS.get(bare, bare)
    for ending, singular in _PLURALS:
        if bare.endswith(ending) and len(bare) > len(ending) + 1 and not bare.endswith("ss"):
            return bare.removesuffix(ending) + singular
    return bare
