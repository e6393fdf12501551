"""One wrong unit behind many conflicts: the variable that, with another unit, would make them fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rcsd.names import canonical
from rcsd.simulation.dimensions.run import TIME, Placed, Run
from rcsd.simulation.dimensions.stated import Stated
from rcsd.simulation.ir.expression import Call, Expression, Name, Number, Time, names_in, walk
from rcsd.units import Unit

_TRIED = 8
"""Variables that are tried, those in most conflicts first."""
_LEAST = 2
"""Conflicts that one unit must explain before it is doubted: of a single one the equation may be as wrong."""
_SUSPECTS = 4
"""Variables of one equation whose units are tried."""
_MOST = 10
"""Units that are doubted in one model."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A unit that is probably wrong.

    Attributes
    ----------
    name : str
        Canonical name of the variable, or `TIME`.
    needed : Unit
        What the others make it.
    equations : tuple of str
        Variables whose equations fit then.
    """

    name: str
    needed: Unit
    equations: tuple[str, ...]


def doubts_of(stated: Stated) -> tuple[tuple[Doubt, ...], Run]:
    """Find units whose change removes several conflicts and makes none.

    Returns
    -------
    (doubts, run)
        The run is that without the units in doubt: its conflicts are what remains.
    """
    doubts: list[Doubt] = []
    run = Run(stated)
    while len(doubts) < _MOST:
        found = _best(stated, run, [doubt.name for doubt in doubts])
        if found is None:
            break
        doubt, run = found
        doubts.append(doubt)
    return tuple(doubts), run


def suspects(stated: Stated, run: Run, doubts: Sequence[Doubt]) -> dict[str, tuple[Doubt, ...]]:
    """Find, for each equation at fault, the variables that stand in no other, and the unit that each would need.

    Returns
    -------
    dict
        By the name of the variable of the equation; constants come first.
    """
    before = _owners(run.conflicts)
    users = _users(stated)
    found: dict[str, tuple[Doubt, ...]] = {}
    for owner in before[:_MOST]:
        mine = [name for name, where in users.items() if where == {canonical(owner)} and name in stated.units]
        mine.sort(key=lambda name: stated.model[name].value is None)
        tried = ((name, Run(stated, (*(doubt.name for doubt in doubts), name))) for name in mine[:_SUSPECTS])
        found[owner] = tuple(
            Doubt(name, needed, (owner,))
            for name, other in tried
            if (needed := other.unit_of(name)) is not None and set(_owners(other.conflicts)) == set(before) - {owner}
        )
    return found


def _users(stated: Stated) -> dict[str, set[str]]:
    """Return, for each name, the variables whose equations it stands in, its own among them unless it is a number."""
    users: dict[str, set[str]] = {}
    for definition in stated.model.definitions:
        content = definition.content
        if isinstance(content, Expression) and not isinstance(content, Number):
            for name in (definition.name, *(each.name for each in names_in(content))):
                users.setdefault(canonical(name), set()).add(canonical(definition.name))
    return users


def _best(stated: Stated, run: Run, doubted: Sequence[str]) -> tuple[Doubt, Run] | None:
    """Try the variables that are in most conflicts: what explains most of them is the answer, then the simplest."""
    before = _owners(run.conflicts)
    fitting: list[tuple[Doubt, Run]] = []
    for name in _candidates(stated, run, doubted):
        other = Run(stated, (*doubted, name))
        after = _owners(other.conflicts)
        needed = other.unit_of(name)
        if needed is None or _rest_on(other.conflicts, name):
            continue  # the others do not agree on its unit
        explained = tuple(owner for owner in before if owner not in after)
        if len(explained) >= _LEAST and set(after) <= set(before):
            fitting.append((Doubt(name, needed, explained), other))
    return max(fitting, key=lambda each: _weight(each[0], stated), default=None)


def _weight(doubt: Doubt, stated: Stated) -> tuple[int, bool, Fraction]:
    """Weigh what a doubt explains, whether others have the unit that is needed, and how simple that is."""
    is_common = doubt.needed in stated.units.values()
    return len(doubt.equations), is_common, -sum((abs(power) for _, power in doubt.needed.powers), start=Fraction(0))


def _candidates(stated: Stated, run: Run, doubted: Sequence[str]) -> list[str]:
    named: dict[str, set[str]] = {}
    for placed in run.conflicts:
        named.setdefault(canonical(placed.owner.name), set()).update(_named(placed))
    counts = Counter(name for names in named.values() for name in names)
    order = {canonical(variable.name): i for i, variable in enumerate(stated.model)}
    fit = [
        name
        for name, count in counts.items()
        if count >= _LEAST and name not in doubted and (name in stated.units or (name == TIME and stated.time))
    ]
    return sorted(fit, key=lambda name: (-counts[name], order.get(name, -1)))[:_TRIED]


def _named(placed: Placed) -> Iterator[str]:
    """Yield what an equation rests on: its variable, the names in it, and the time if it integrates or delays."""
    yield canonical(placed.owner.name)
    for definition in (placed.part, placed.owner):
        content = definition.content
        if isinstance(content, Expression):
            yield from (canonical(each.name) for each in names_in(content))
            if any(isinstance(node, Time | Call) for node in walk(content)) or Name("time step") in names_in(content):
                yield TIME


def _rest_on(conflicts: Sequence[Placed], name: str) -> bool:
    """Whether any of some conflicts comes of a unit that was worked out for a variable."""
    return any(canonical(other) == canonical(name) for each in conflicts for other, _ in each.conflict.rests_on)


def _owners(conflicts: Sequence[Placed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.owner.name for each in conflicts))
