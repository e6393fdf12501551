"""Finds the loops that names stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rcsd.analysis.loops.cycles import Cycle, all_loops, closed
from rcsd.analysis.loops.graph import Feedback
from rcsd.analysis.loops.names import NamedLoop
from rcsd.names import canonical, element_form, near_matches
from rcsd.simulation.engine.links import Link

_MOST_ALIKE = 100
"""Loops of elements that one name may stand for."""


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """The loops that are told together under a name.

    Attributes
    ----------
    name : str
        Of the loop that stands for them.
    cycles : frozenset of tuple of str
        Loops with just this name.
    via : tuple of frozenset of (str, str)
        Links of which a further member has one of each set; none where there are no further members.
    """

    name: str
    cycles: frozenset[Cycle]
    via: tuple[frozenset[Link], ...] = ()

    def members(self, cycles: Sequence[Cycle]) -> list[int]:
        """Return the numbers of the loops that belong to it."""
        if not self.via:
            return [i for i, cycle in enumerate(cycles) if cycle in self.cycles]
        return [i for i, cycle in enumerate(cycles) if all(not each.isdisjoint(closed(cycle)) for each in self.via)]


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """What names stand for.

    Attributes
    ----------
    names : mapping of tuple of str to str
        Names of loops.
    families : tuple of Family
        One for each name.
    faults : tuple of str
        In words, why other names are of no loop of the model.
    """

    names: Mapping[Cycle, str]
    families: tuple[Family, ...]
    faults: tuple[str, ...]


def matched(named: Iterable[NamedLoop], feedback: Feedback) -> Matched:
    """Find the loops that names stand for.

    Parameters
    ----------
    named : iterable of NamedLoop
        From `rcsd.analysis.loops.names.named_loops`.
    feedback : Feedback
        Of the model.
    """
    elements: dict[str, list[str]] = {}
    for name in feedback.network.system.outputs:
        elements.setdefault(canonical(name.partition("[")[0]), []).append(name)
        elements.setdefault(element_form(name), [name])
    names: dict[Cycle, str] = {}
    families, faults = [], []
    for each in named:
        found = _found(each, elements, feedback)
        if isinstance(found, str):
            faults.append(f"the loop {each.name!r} {found}")
            continue
        turned = [feedback.turned(cycle) for cycle in found]
        for cycle in turned:
            inside = cycle[0].partition("[")[2].rstrip("]")
            name = f"{each.name} [{inside}]" if len(turned) > 1 and inside else each.name
            names[cycle] = f"{names[cycle]} / {name}" if cycle in names else name  # a loop may work both ways in turn
        via = [elements[element_form(name)] for name in each.via]
        links = tuple(
            frozenset((a, b) for a in here for b in there if (a, b) in feedback.links) for here, there in pairwise(via)
        )
        families.append(Family(each.name, frozenset(turned), links))
    return Matched(names, tuple(families), tuple(faults))


def _found(named: NamedLoop, elements: Mapping[str, list[str]], feedback: Feedback) -> list[Cycle] | str:
    """Return the loops of a name, or in words why there are none."""
    stages = [elements.get(element_form(name), []) for name in named.through]
    for name, stage in zip(named.through, stages, strict=True):
        if not stage:
            hint = near_matches(name, feedback.network.system.outputs)
            return f"goes through {name!r}, which does not move in the model{hint and '; '}{hint}"
    around = [*zip(named.through, stages, strict=True), (named.through[0], stages[0])]
    for (a, here), (b, there) in pairwise(around):
        if not any((source, target) in feedback.links for source in here for target in there):
            return f"is not closed: {a!r} is no direct cause of {b!r}, or not within a loop"
    cycles = _of_elements(stages, feedback.links)
    if cycles is None:
        return f"stands for more than {_MOST_ALIKE} loops of elements: name elements"
    return cycles or "is not closed through the same elements"


def _of_elements(stages: Sequence[Sequence[str]], links: Mapping[Link, object]) -> list[Cycle] | None:
    """Return loops with one element of each stage; None where they are very many."""
    if len(stages) == 1:
        return [(name,) for name in stages[0] if (name, name) in links]
    layered = {f"{i}:{name}": (i, name) for i, stage in enumerate(stages) for name in stage}
    steps = [
        (f"{i}:{source}", f"{(i + 1) % len(stages)}:{target}")
        for i, stage in enumerate(stages)
        for source in stage
        for target in stages[(i + 1) % len(stages)]
        if (source, target) in links
    ]
    found = all_loops(steps, _MOST_ALIKE, longest=len(stages))
    if found is None:
        return None
    started = (next(node for node in cycle if node.startswith("0:")) for cycle in found)
    turned = (
        (*cycle[cycle.index(start) :], *cycle[: cycle.index(start)])
        for cycle, start in zip(found, started, strict=True)
    )
    once = [tuple(layered[node][1] for node in cycle) for cycle in turned]
    return sorted(cycle for cycle in once if len(set(cycle)) == len(cycle))
