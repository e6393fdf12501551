"""Orders operations by level, so that long loops of arithmetic stand between few calls, and gives them memory.

An operation's level is the number of calls on the longest way to it. All arithmetic of a level comes before the calls
of the next, and is cut into loops of a size that leaves the compiler enough registers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from rcsd.simulation.engine.plan.operations import (
    Apply,
    Assign,
    Draw,
    Fold,
    Gather,
    Logarithm,
    Members,
    Operation,
    Read,
    read_by,
)

LOOP_SIZE = 40
"""Nodes of expressions in a loop."""


@dataclass(frozen=True, slots=True)
class Loop:
    """Arithmetic for one lane after the other."""

    body: tuple[Assign, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """What it works out."""
        return tuple(assign.target for assign in self.body)


@dataclass(frozen=True, slots=True)
class Joining:
    """Terms that are worked out one after the other, and joined two by two in `n_levels` blocks."""

    fold: Fold
    phase: Phase

    @property
    def targets(self) -> tuple[str, ...]:
        """What it works out."""
        return self.fold.targets

    @property
    def sources(self) -> tuple[str, ...]:
        """What it reads."""
        return self.fold.sources

    @property
    def blocks(self) -> str:
        """Name of the first of its blocks."""
        return f"~blocks of {self.fold.target}"

    @property
    def n_levels(self) -> int:
        """How many blocks it needs: one for each power of two in the number of terms, and those below."""
        return self.fold.count.bit_length()


@dataclass(frozen=True, slots=True, eq=False)
class Each:
    """The parts of one member of some families, for one member after the other."""

    members: Members
    phase: Phase

    @property
    def targets(self) -> tuple[str, ...]:
        """What it works out."""
        return self.members.targets

    @property
    def sources(self) -> tuple[str, ...]:
        """What it reads."""
        return self.members.sources


Call = Apply | Logarithm | Read | Draw | Gather
Part = Loop | Call | Joining | Each


@dataclass(frozen=True, slots=True)
class Phase:
    """The parts of a phase in order, and which of the values it leaves in memory."""

    parts: tuple[Part, ...]
    stored: frozenset[str]


def scheduled(operations: Iterable[Operation], kept: Iterable[str], *, loop_size: int = LOOP_SIZE) -> Phase:
    """Order the operations of a phase.

    Parameters
    ----------
    operations : iterable of Operation
        Each after those that it reads.
    kept : iterable of str
        What must be in memory afterwards.
    loop_size : int
        Nodes of expressions in a loop.
    """
    levels: dict[str, int] = {}
    by_level: list[tuple[int, bool, Operation]] = []
    for operation in operations:
        is_arithmetic = isinstance(operation, Assign)
        level = max((levels.get(source, 0) for source in operation.sources), default=0)
        level += not is_arithmetic
        levels |= dict.fromkeys(operation.targets, level)
        by_level.append((level, is_arithmetic, operation))
    by_level.sort(key=lambda entry: entry[:2])  # the calls of a level (False) before its arithmetic
    parts: list[Part] = []
    for (_, is_arithmetic), entries in groupby(by_level, key=lambda entry: entry[:2]):
        members = [operation for *_, operation in entries]
        if is_arithmetic:
            parts += _loops(members, loop_size)  # type: ignore[arg-type]
        else:
            parts += [_part(call, loop_size) for call in members]
    return Phase(tuple(parts), frozenset(_stored(parts, kept)))


def _part(operation: Operation, loop_size: int) -> Part:
    match operation:
        case Fold():
            return Joining(operation, scheduled(operation.body, [operation.term], loop_size=loop_size))
        case Members():
            return Each(operation, scheduled(operation.body, operation.outputs, loop_size=loop_size))
    return operation  # type: ignore[return-value]


def _loops(assigns: list[Assign], loop_size: int) -> list[Loop]:
    loops: list[list[Assign]] = []
    size = loop_size
    for assign in assigns:
        if size >= loop_size:
            loops.append([])
            size = 0
        loops[-1].append(assign)
        size += assign.size
    return [Loop(tuple(body)) for body in loops]


def _stored(parts: Iterable[Part], kept: Iterable[str]) -> set[str]:
    """Find what is read outside the loop that works it out, or kept."""
    stored = set(kept)
    for part in parts:
        if isinstance(part, Loop):
            stored |= set(read_by(part.body)) - set(part.targets)
        else:
            stored |= {*part.sources, *part.targets}
    return stored


def placed(phase: Phase, places: Mapping[str, int], first_free: int) -> tuple[dict[str, int], int]:
    """Give a slot to each stored value that has none, and take it back after the last use.

    Parameters
    ----------
    phase : Phase
        With its parts in order.
    places : mapping of str to int
        Slots that are given already.
    first_free : int
        From which slot on memory is free.

    Returns
    -------
    (places, end)
        Slots of the rest, and the first slot that nobody uses.
    """
    own: dict[str, int] = {}
    free: list[int] = []
    end = first_free
    left = Counter(source for part in phase.parts for source in _sources(part))
    for part in phase.parts:
        for target in part.targets:
            if target in phase.stored and target not in places and target not in own:
                own[target] = free.pop() if free else end
                end = max(end, own[target] + 1)
        for source in _sources(part):
            left[source] -= 1
            if not left[source] and source in own:
                free.append(own[source])
    return own, end


def placed_deeply(phase: Phase, places: Mapping[str, int], first_free: int) -> tuple[dict[str, int], int]:
    """Do what `placed` does for a phase and for the terms of the sums in it."""
    own, end = placed(phase, places, first_free)
    last = end
    for part in phase.parts:
        if isinstance(part, Joining):
            own[part.blocks] = end
            inner, inner_end = placed_deeply(part.phase, {**places, **own}, end + part.n_levels)
            own |= inner
            last = max(last, inner_end)
    return own, last


def _sources(part: Part) -> tuple[str, ...]:
    if isinstance(part, Loop):
        # in an order that is the same in every process, since the source text is what the cache goes by
        return tuple(dict.fromkeys(name for name in read_by(part.body) if name not in part.targets))
    return part.sources
