"""One wrong unit behind many conflicts: the variable that, with another unit, would make them fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rcsd.names import canonical
from rcsd.simulation.dimensions.run import TIME, Placed, Run
from rcsd.simulation.dimensions.stated import Stated
from rcsd.simulation.ir.expression import Call, Expression, Name, Time, names_in, walk
from rcsd.units import Unit

_TRIED = 8
"""Variables that are tried, those in most conflicts first."""
_LEAST = 2
"""Conflicts that one unit must explain before it is doubted: of a single one the equation may be as wrong."""
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


def _best(stated: Stated, run: Run, doubted: Sequence[str]) -> tuple[Doubt, Run] | None:
    """Try the variables that are in most conflicts; the first that explains most of them is the answer."""
    before = _owners(run.conflicts)
    best: tuple[Doubt, Run] | None = None
    for name in _candidates(stated, run, doubted):
        other = Run(stated, (*doubted, name))
        after = _owners(other.conflicts)
        needed = other.unit_of(name)
        explained = tuple(owner for owner in before if owner not in after)
        fewest = _LEAST if best is None else len(best[0].equations) + 1
        if needed is not None and len(explained) >= fewest and set(after) <= set(before):
            best = Doubt(name, needed, explained), other
    return best


def _candidates(stated: Stated, run: Run, doubted: Sequence[str]) -> list[str]:
    counts: Counter[str] = Counter()
    for placed in {canonical(each.owner.name): each for each in run.conflicts}.values():
        counts.update(set(_named(placed)))
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


def _owners(conflicts: Sequence[Placed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.owner.name for each in conflicts))
