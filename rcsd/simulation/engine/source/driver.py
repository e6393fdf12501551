"""Writes the driver of a kernel: rows by blocks, steps, stages of a Runge-Kutta step, and what is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.plan.layout import Layout
from rcsd.simulation.ir.system import System

_LINE = 8  # floats in a cache line

_ENTRY = """

@njit(
    "void(float64[:, ::1], int64[::1], float64[::1], int64, int64, int64, float64, float64, int64, float64[:, ::1], "
    "int64[::1], int64[::1], int64[::1], int64[::1], float64[:, :, ::1], uint64, float64[::1], int64[::1])",
    nogil=True,
    error_model="numpy",
    cache=CACHED,
)
def run_rows(
    inputs, input_slots, defaults, first, last, first_run, start_time, h, first_step, carried, carried_slots,
    saved, output_slots, non_negative, result, seed, tables, places,
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
        for i in range(carried_slots.size):
            for j in range({lanes}):
                w[carried_slots[i] * {lanes} + j] = carried[min(row + j, last - 1), i]
        end = saved[saved.size - 1]
{begin}
        next_saved = 0
        for step in range(first_step, end + 1):
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


def driver(system: System, layout: Layout, segments: Mapping[str, int]) -> list[str]:
    """Write ``run_rows``, which calls so many segments of each phase."""

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
