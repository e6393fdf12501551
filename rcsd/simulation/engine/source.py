"""Writes the Python module of a kernel: readable, and nothing in it that is not checked or made up here."""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Iterable, Iterator, Mapping

from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.plan.layout import Layout
from rcsd.simulation.engine.plan.notation import one_line
from rcsd.simulation.engine.plan.operations import Apply, Assign, Draw, Logarithm, Read
from rcsd.simulation.engine.plan.schedule import Loop, Part
from rcsd.simulation.engine.scalars import instruction_of, operators
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Name,
    Negative,
    Not,
    Number,
    Time,
)
from rcsd.simulation.ir.model import TimeAxis
from rcsd.simulation.ir.system import System

SEGMENT_SIZE = 200
"""Nodes of expressions in a function: larger ones compile out of proportion more slowly."""

_LANE_FUNCTIONS = {"power": "elastic_power", "power_of_log": "elastic_power_of_log"}
_LINE = 8  # floats in a cache line
_COMPARISONS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_SUM, _PRODUCT, _SIGN, _ATOM = 1, 2, 3, 4  # how tightly an operator binds
_STRENGTH = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}

_HEAD = '''"""{title}

Written by rcsd from the equations of the model, which stand in the comments; not meant to be edited.
"""

from math import inf, nan

import numpy as np
from numba import carray, njit

from rcsd.simulation.engine.draws import draw_key
from rcsd.simulation.engine.integration import cut, flow, pipe_lengths
from rcsd.simulation.engine.linkage import SEGMENT, exported
from rcsd.simulation.engine.operators import {operators}
from rcsd.simulation.engine.pieces import piece
'''


def source_of(system: System, layout: Layout) -> str:
    """Write the module of a kernel; its entry is ``run_rows``."""
    writer = _Writer(layout, system.time)
    title = one_line(f"Kernel of {system.name!r}.").replace('"', "'").replace("\\", "/")
    segments = [line for phase in layout.phases for line in writer.phase(phase)]
    pieces = [f'{name} = piece("{name}")' for name in sorted(writer.pieces)]
    head = _HEAD.format(title=title, operators=", ".join(operators()))
    lines = [head, *pieces, *segments, *_driver(system, layout, writer.segments)]
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, layout: Layout, axis: TimeAxis) -> None:
        self.pieces: set[str] = set()
        self.segments: dict[str, int] = {}
        self._layout = layout
        # within a step of Euler's method the time does not move
        moves = axis.method != "euler"
        self._begun = f"({float(axis.start)!r} + step * {float(axis.step)!r})" if moves else "time"
        self._identifiers: dict[str, str] = {}
        self._taken: set[str] = set(keyword.kwlist) | {"w", "j", "time", "step", "seed", "run", "tables", "places"}
        # what the module imports must not be hidden by a local of the same name
        self._taken |= {*operators(), "carray", "draw_key", "inf", "nan", "np", "range", "scratch"}

    def phase(self, name: str) -> Iterator[str]:
        """Write the segments of a phase."""
        segments = list(_segments(self._layout.phases[name].parts))
        self.segments[name] = len(segments)
        for i, parts in enumerate(segments, start=1):
            # the module's name has the hash of this text in it
            yield f'\n\n@exported(__name__ + ".{name}_{i}", SEGMENT, cached=CACHED)'
            yield f"def {name}_{i}(scratch, time, step, seed, run, tables, places):"
            yield f"    w = carray(scratch, {self._layout.size * LANES})"
            for part in parts:
                yield from self._part(name, part)

    def _part(self, phase: str, part: Part) -> Iterator[str]:
        slots = self._layout.slots[phase]

        def place(name: str) -> int:
            return slots[name] * LANES

        match part:
            case Loop(body):
                yield from self._loop(phase, body)
            case Apply(target, function, sources):
                places = ", ".join(str(place(name)) for name in (*sources, target))
                yield f"    {self._piece(_LANE_FUNCTIONS.get(function, function) + '_lanes')}(w, {places})"
            case Logarithm():
                places = ", ".join(str(place(name)) for name in (*part.sources, *part.targets))
                yield f"    {self._piece('log_parts_lanes')}(w, {places})"
            case Read(target, table, sources):
                i = 2 * self._layout.tables.index(table)
                places = f"{place(sources[0])}, {place(target)}, tables, places[{i}], places[{i + 1}]"
                yield f"    # {one_line(table)}"
                yield f"    {self._piece('lookup_lanes')}(w, {places})"
            case Draw(target, distribution, stream, sources):
                first, draws = place((*sources, target)[0]), self._piece(f"{distribution}_draws")
                yield f"    {draws}(w, {first}, {LANES}, draw_key(seed, {stream}, step), run)"

    def _piece(self, name: str) -> str:
        self.pieces.add(name)
        return name

    def _loop(self, phase: str, body: Iterable[Assign]) -> Iterator[str]:
        slots, stored = self._layout.slots[phase], self._layout.phases[phase].stored
        known: set[str] = set()
        yield f"    for j in range({LANES}):"
        for assign in body:
            for name in assign.sources:
                if name not in known:
                    known.add(name)
                    yield f"        {self._identifier(name)} = w[{slots[name] * LANES} + j]"
            known.add(assign.target)
            local = self._identifier(assign.target)
            if assign.comment:
                yield f"        # {assign.comment}"
            yield f"        {local} = {self._text(assign.expression)[0]}"
            if assign.target in stored:
                yield f"        w[{slots[assign.target] * LANES} + j] = {local}"

    def _identifier(self, name: str) -> str:
        if name not in self._identifiers:
            base = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:60] or "x"
            base = f"x_{base}" if base[0].isdigit() else base
            identifier, i = base, 1
            while identifier in self._taken:
                i += 1
                identifier = f"{base}_{i}"
            self._taken.add(identifier)
            self._identifiers[name] = identifier
        return self._identifiers[name]

    def _text(self, expression: Expression) -> tuple[str, int]:  # noqa: PLR0911 - one line per node
        """Write a number, and say how tightly it binds; operands are evaluated in the order of the tree."""
        match expression:
            case Number(value):
                return _literal(value)
            case Name(name):
                return self._identifier(name), _ATOM
            case Time(of_step):
                return self._begun if of_step else "time", _ATOM
            case Negative(operand):
                return f"-{self._within(operand, _SIGN)}", _SIGN
            case Arithmetic(operator, left, right):
                strength = _STRENGTH[operator]
                return f"{self._within(left, strength)} {operator} {self._within(right, strength + 1)}", strength
            case Conditional(condition, then, otherwise):
                parts = (self._truth(condition), self._text(then)[0], self._text(otherwise)[0])
                return f"choice({', '.join(parts)})", _ATOM
            case Call(function, arguments):
                return f"{instruction_of(function)}({', '.join(self._text(part)[0] for part in arguments)})", _ATOM
        raise NotImplementedError(f"{type(expression).__name__} is not arithmetic")

    def _within(self, expression: Expression, strength: int) -> str:
        text, own = self._text(expression)
        return text if own >= strength else f"({text})"

    def _truth(self, expression: Expression) -> str:
        match expression:
            case Comparison(operator, left, right):
                return f"({self._within(left, _SUM)} {_COMPARISONS[operator]} {self._within(right, _SUM)})"
            case Logical(operator, left, right):
                return f"({self._truth(left)} {'&' if operator == 'and' else '|'} {self._truth(right)})"
            case Not(operand):
                return f"(not {self._truth(operand)})"
        raise NotImplementedError(f"{type(expression).__name__} is not a truth value")


def _literal(value: float) -> tuple[str, int]:
    text = repr(float(value))
    if math.isnan(value):
        return "nan", _ATOM
    return text, _SIGN if text.startswith("-") else _ATOM


def _segments(parts: Iterable[Part]) -> Iterator[list[Part]]:
    segment: list[Part] = []
    size = 0
    for part in parts:
        segment.append(part)
        size += sum(assign.size for assign in part.body) if isinstance(part, Loop) else 1
        if size >= SEGMENT_SIZE:
            yield segment
            segment, size = [], 0
    if segment:
        yield segment


_ENTRY = """

@njit(
    "void(float64[:, ::1], int64[::1], float64[::1], int64, int64, int64, float64, float64, int64[::1], int64[::1], "
    "int64[::1], float64[:, :, ::1], uint64, float64[::1], int64[::1])",
    nogil=True,
    error_model="numpy",
    cache=CACHED,
)
def run_rows(
    inputs, input_slots, defaults, first, last, first_run, start_time, h, saved, output_slots,
    non_negative, result, seed, tables, places,
):
    memory = np.zeros({size} + {line})
    w = memory[-memory.ctypes.data // 8 % {line} :][:{size}]  # no vector then lies across two cache lines
    history = np.zeros(0)
    lengths = np.zeros({pipes}, dtype=np.int64)
    for row in range(first, last, {lanes}):
        run = first_run + row
        for slot in range(defaults.size):
            for j in range({lanes}):
                w[slot * {lanes} + j] = defaults[slot]
        for i in range(input_slots.size):
            for j in range({lanes}):
                # lanes without a run of their own repeat the last
                w[input_slots[i] * {lanes} + j] = inputs[min(row + j, last - 1), i]
        # statics and start
{initial}
        end = saved[saved.size - 1]
{begin}
        next_saved = 0
        for step in range(end + 1):
            time = start_time + step * h
            now = time
            for stage in range({stages}):
{steps}
                if stage == 0 and step == saved[next_saved]:
{reports}
                    for j in range(min({lanes}, last - row)):
                        for i in range(output_slots.size):
                            if output_slots[i] >= 0:
                                result[row + j, next_saved, i] = w[output_slots[i] * {lanes} + j]
                    next_saved += 1
                if step == end:
                    break
{stage_ends}
            if step == end:
                break
{step_ends}
"""


def _driver(system: System, layout: Layout, segments: Mapping[str, int]) -> list[str]:
    def calls(phase: str, time: str, step: str) -> list[str]:
        return [f"{phase}_{i}(w, {time}, {step}, seed, run, tables, places)" for i in range(1, segments[phase] + 1)]

    def region(name: str) -> tuple[int, int]:
        return layout.regions[name].first * LANES, layout.regions[name].size * LANES

    stocks, n = region("stocks")
    begin: list[str] = []
    ends: list[str] = []
    pipes, n_pipes = region("pipes")
    if n_pipes:
        begin = [
            f"longest = pipe_lengths(w, {region('delays')[0]}, {pipes}, {n_pipes // LANES}, h, end, lengths)",
            f"if history.size < longest * {n_pipes}:",
            f"    history = np.zeros(longest * {n_pipes})",
        ]
    following, n_memories = region("following")
    entering = region("entering")[0]
    stages = _stages(system.time.method, stocks, region("rates")[0], region("base")[0], region("total")[0], n)
    if len(stages) > 1 and n_memories + n_pipes:
        kept = region("lasting")[0]
        stages[0] += [_copied(following, kept, n_memories), _copied(entering, kept + n_memories, n_pipes)]
        following, entering = kept, kept + n_memories
    if any(stock.non_negative for stock in system.stocks):
        ends.append(f"cut(w, {stocks}, non_negative)")
    if n_memories:
        ends.append(_copied(following, region("memories")[0], n_memories))
    if n_pipes:
        ends.append(f"flow(w, {entering}, {pipes}, lengths, history, longest, step)")
    text = _ENTRY.format(
        size=layout.size * LANES,
        line=_LINE,
        lanes=LANES,
        pipes=n_pipes,
        initial=_indented(8, [*calls("statics", "start_time", "0"), *calls("start", "start_time", "0")]),
        steps=_indented(16, calls("steps", "now", "step")),
        reports=_indented(20, calls("reports", "time", "step")),
        begin=_indented(8, begin),
        stages=len(stages),
        stage_ends="\n".join(line for i, stage in enumerate(stages) for line in _when_stage(i, stage)),
        step_ends=_indented(12, ends),
    )
    return [line for line in text.split("\n") if line.strip() or not line]


def _each(n: int, statement: str) -> str:
    """Write a loop over neighbouring places; their numbers stand in it, so that the compiler sees what overlaps."""
    return f"for i in range({n}): {statement}"


def _copied(source: int, target: int, n: int) -> str:
    return _each(n, f"w[{target} + i] = w[{source} + i]")


def _indented(by: int, lines: Iterable[str]) -> str:
    return "\n".join(" " * by + line for line in lines)


def _when_stage(i: int, lines: list[str]) -> list[str]:
    return [f"                if stage == {i}:", *(f"                    {line}" for line in lines or ["pass"])]


def _stages(method: str, x: int, rates: int, base: int, total: int, n: int) -> list[list[str]]:
    """Write what follows each evaluation of the equations within a step of an integration method."""

    def go(start: int, by: str, along: int) -> str:
        return _each(n, f"w[{x} + i] = w[{start} + i] + {by} * w[{along} + i]")

    def count(times: str) -> str:
        return _each(n, f"w[{total} + i] = w[{total} + i] + {times} * w[{rates} + i]")

    begin = [_copied(x, base, n), _copied(rates, total, n)]
    half = "now = time + 0.5 * h"
    if method == "euler":
        return [[go(x, "h", rates)]]
    if method == "rk2":
        return [[*begin, go(base, "h", rates), "now = time + h"], [count("1.0"), go(base, "0.5 * h", total)]]
    return [
        [*begin, go(base, "0.5 * h", rates), half],
        [count("2.0"), go(base, "0.5 * h", rates), half],
        [count("2.0"), go(base, "h", rates), "now = time + h"],
        [count("1.0"), go(base, "h / 6.0", total)],
    ]
