"""Writes the segments of a kernel: functions of a bounded size, which the driver calls one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.plan.layout import Layout
from rcsd.simulation.engine.plan.notation import one_line
from rcsd.simulation.engine.plan.operations import Apply, Assign, Draw, Gather, Logarithm, Read
from rcsd.simulation.engine.plan.schedule import Call, Each, Joining, Loop, Part
from rcsd.simulation.engine.source.arithmetic import Arithmetics
from rcsd.simulation.engine.source.members import Members
from rcsd.simulation.engine.source.scope import Scope

SEGMENT_SIZE = 120
"""Nodes of expressions in a function: larger ones compile out of proportion more slowly, and cannot be interrupted."""

_PLACING = 5  # what it weighs, in nodes, to find the places of one equation of a family
_LANE_FUNCTIONS = {"power": "elastic_power", "power_of_log": "elastic_power_of_log"}


class Segments:
    """Writes the phases of one kernel.

    Attributes
    ----------
    pieces : set of str
        Lane functions, lookups and draws that the segments call.
    numbers : dict of str to int
        How many segments each phase has.
    """

    def __init__(self, layout: Layout, arithmetic: Arithmetics) -> None:
        self.pieces: set[str] = set()
        self.numbers: dict[str, int] = {}
        self._layout = layout
        self._arithmetic = arithmetic

    def phase(self, name: str) -> Iterator[str]:
        """Write the segments of a phase."""
        segments = list(_segments(self._layout.phases[name].parts))
        self.numbers[name] = len(segments)
        scope = Scope(self._layout, self._layout.slots[name])
        for i, parts in enumerate(segments, start=1):
            members = Members(self._arithmetic, self._call, self._piece)
            body = [line for part in parts for line in self._part(name, part, scope, members)]
            # the module's name has the hash of this text in it
            yield f'\n\n@exported(__name__ + ".{name}_{i}", SEGMENT, cached=CACHED)'
            yield f"def {name}_{i}(scratch, time, step, seed, run, tables, places):"
            yield f"    w = carray(scratch, {self._layout.size * LANES})"
            yield from (f"    {line}" for line in (*members.blocks, *body))

    def _part(self, phase: str, part: Part, scope: Scope, members: Members) -> Iterator[str]:
        match part:
            case Loop(body):
                yield from self._loop(phase, body, scope)
            case Each():
                yield from members.each(part, scope)
            case Joining():
                raise NotImplementedError("the terms of a sum belong to a family")
            case _:
                yield from self._call(part, scope)

    def _call(self, part: Call, scope: Scope) -> Iterator[str]:
        """Write what works on whole blocks."""
        match part:
            case Apply(target, function, sources):
                places = ", ".join(scope.place(name) for name in (*sources, target))
                yield f"{self._piece(_LANE_FUNCTIONS.get(function, function) + '_lanes')}(w, {places})"
            case Logarithm():
                places = ", ".join(scope.place(name) for name in (*part.sources, *part.targets))
                yield f"{self._piece('log_parts_lanes')}(w, {places})"
            case Read(target, table, sources):
                places = ", ".join((scope.place(sources[0]), scope.place(target), "tables", *scope.table(table)))
                yield f"# {one_line(table)}"
                yield f"{self._piece('lookup_lanes')}(w, {places})"
            case Draw(target, distribution, stream, sources):
                first, draws = scope.place((*sources, target)[0]), self._piece(f"{distribution}_draws")
                yield f"{draws}(w, {first}, {LANES}, draw_key(seed, {scope.stream(stream)}, step), run)"
            case Gather(target, function, sources):
                first = scope.place((*sources, target)[0])
                yield f"{self._piece(function + '_block')}(w, {first}, {len(sources)})"

    def _piece(self, name: str) -> str:
        self.pieces.add(name)
        return name

    def _loop(self, phase: str, body: Iterable[Assign], scope: Scope) -> Iterator[str]:
        stored = self._layout.phases[phase].stored
        known: set[str] = set()
        yield f"for j in range({LANES}):"
        for assign in body:
            for name in assign.sources:
                if name not in known:
                    known.add(name)
                    yield f"    {self._arithmetic.identifier(name)} = w[{scope.place(name)} + j]"
            known.add(assign.target)
            local = self._arithmetic.identifier(assign.target)
            if assign.comment:
                yield f"    # {assign.comment}"
            yield f"    {local} = {self._arithmetic.text(assign.expression)}"
            if assign.target in stored:
                yield f"    w[{scope.place(assign.target)} + j] = {local}"


def _segments(parts: Iterable[Part]) -> Iterator[list[Part]]:
    segment: list[Part] = []
    size = 0
    for part in parts:
        segment.append(part)
        size += _size(part)
        if size >= SEGMENT_SIZE:
            yield segment
            segment, size = [], 0
    if segment:
        yield segment


def _size(part: Part) -> int:
    match part:
        case Loop(body):
            return sum(assign.size for assign in body)
        case Each() | Joining():
            inner = part.phase.parts
            return 1 + sum(map(_size, inner)) + _PLACING * sum(len(p.body) for p in inner if isinstance(p, Loop))
    return 1
