"""Which variable of the new model is which of the old one: by name, else by its equation and by where it is used.

A variable is told by two things that do not hold its name: what its equation says, and the place that it has in the
equations of others. Where one of the old model and one of the new are alone in having both, one is the other renamed;
where they share only one of the two, something else must speak for it: unit, documentation or a similar name.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from rcsd.analysis.difference.structure.variables import Variables
from rcsd.names import canonical

_ALIKE = 0.6
"""Share of letters, as `difflib` counts it, that similar names have in common."""
_ITSELF, _UNKNOWN = "@", "?"

Signature = Hashable


@dataclass(frozen=True, slots=True)
class _Side:
    """The variables of one model that have no counterpart yet.

    Attributes
    ----------
    variables : Variables
        Of the whole model.
    known : mapping of str to str
        What has one: its name in the new model.
    subscripts : mapping of str to str
        Other names of ranges and elements.
    """

    variables: Variables
    known: Mapping[str, str]
    subscripts: Mapping[str, str]

    def equation(self, name: str) -> int:
        """Return the form of an equation in which what is not known has no name."""
        return self.variables.form(name, self._naming(name), self.subscripts)

    def places(self, name: str) -> Signature:
        """Return where a variable stands in the equations of others."""
        users = self.variables.users[name] - {name}
        naming = self._naming(name)
        forms = ((self.known.get(user, _UNKNOWN), self.variables.form(user, naming, self.subscripts)) for user in users)
        return tuple(sorted(forms))

    def reads_known(self, name: str) -> bool:
        """Whether an equation names something that is known, and so says more than a number."""
        return any(read in self.known for read in self.variables.reads[name] - {name})

    def is_used(self, name: str) -> bool:
        """Whether others read a variable."""
        return bool(self.variables.users[name] - {name})

    def _naming(self, itself: str) -> Callable[[str], Hashable]:
        known, named = self.known, self.variables.named
        return lambda name: _ITSELF if name == itself else known.get(name, _UNKNOWN if name in named else name)


def renamed(old: Variables, new: Variables, known: dict[str, str], subscripts: Mapping[str, str]) -> dict[str, str]:
    """Find the variables that have another name in the new model.

    Parameters
    ----------
    old, new : Variables
        Of the two models.
    known : dict of str to str
        Canonical names of those that both have, as keys and as values.
    subscripts : mapping of str to str
        Other names in the new model of ranges and elements of the old.

    Returns
    -------
    dict of str to str
        The new name of each, both in canonical form.
    """
    found: dict[str, str] = {}
    while pairs := _round(old, new, known | found, subscripts):
        found |= pairs
    return found


def _round(old: Variables, new: Variables, known: dict[str, str], subscripts: Mapping[str, str]) -> dict[str, str]:
    """Return the pairs that can be told with what is known: the surest kind that there are any of."""
    here = _Side(old, known, subscripts)
    there = _Side(new, {name: name for name in known.values()}, {})
    gone = [name for name in old.pieces if name not in known]
    come = [name for name in new.pieces if name not in there.known]
    if not gone or not come:
        return {}
    speaks = _Speaks(old, new)
    for signature, least in (
        (lambda side, name: (side.equation(name), side.places(name)) if _tells(side, name) else None, 0),
        (lambda side, name: side.places(name) if side.is_used(name) else None, 1),
        (lambda side, name: side.equation(name) if side.reads_known(name) else None, 1),
        (lambda side, name: side.equation(name), 2),
    ):
        if pairs := _paired(_grouped(here, gone, signature), _grouped(there, come, signature), speaks, least):
            return pairs
    return {}


def _tells(side: _Side, name: str) -> bool:
    return side.is_used(name) or side.reads_known(name)


def _grouped(
    side: _Side, names: list[str], signature: Callable[[_Side, str], Signature | None]
) -> dict[Signature, list[str]]:
    groups: dict[Signature, list[str]] = defaultdict(list)
    for name in names:
        found = signature(side, name)
        if found is not None:
            groups[found].append(name)
    return groups


def _paired(
    old: Mapping[Signature, list[str]], new: Mapping[Signature, list[str]], speaks: _Speaks, least: int
) -> dict[str, str]:
    """Pair the members of groups of one signature, those that have most in common first."""
    pairs: dict[str, str] = {}
    for signature, gone in old.items():
        ranked = sorted(
            ((speaks.of(a, b), a, b) for a in gone for b in new.get(signature, ())), key=lambda each: -each[0][1]
        )
        for (reasons, _), a, b in ranked:
            if reasons >= least and a not in pairs and b not in pairs.values():
                pairs[a] = b
    return pairs


@dataclass(frozen=True, slots=True)
class _Speaks:
    """What beside their structure speaks for two variables to be one."""

    old: Variables
    new: Variables

    def of(self, old: str, new: str) -> tuple[int, float]:
        """Return how many of unit, documentation and name agree, and a number to rank by."""
        a, b = self.old.named[old], self.new.named[new]
        alike = difflib.SequenceMatcher(None, old, new, autojunk=False).ratio()
        same_words = bool(a.documentation.strip()) and a.documentation.split() == b.documentation.split()
        same_unit = bool(a.unit.strip()) and canonical(a.unit) == canonical(b.unit)
        return sum((same_unit, same_words, alike > _ALIKE)), same_words + 0.5 * same_unit + alike
