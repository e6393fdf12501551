"""One line a step on stderr, with its time, where nobody watches a bar: in a log, behind a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rcsd.work.progress import Progress

PATIENCE = 1.0
"""Seconds within which a command says nothing: what is done by then needs no line."""

LONG = 30.0
"""Seconds of silence after which a step that is under way says how far it has come."""

BRIEF = 0.05
"""Seconds of a step that is not worth a line."""


class Lines:
    """What a command tells of its steps; `name` returns that of the command, once it is known."""

    def __init__(self, name: Callable[[], str]) -> None:
        self._name = name
        self._began = self._last = time.perf_counter()
        self._steps: dict[str, float] = {}
        self._ended: set[str] = set()
        self._held: list[str] = []
        self._told = False

    def noting(self, study: str) -> Progress:
        """Return what the work of a study calls after each finished piece."""

        def note(step: str, done: int, total: int) -> None:
            label = f"{study}: {step}"
            now = time.perf_counter()
            began = self._steps.setdefault(label, now)
            if label in self._ended:
                return
            if done >= total:
                self._end(label, now)
            elif now - max(self._last, began) > LONG:
                self._say(f"{label} {done:,} of {total:,}, {now - began:.0f} s", now)

        return note

    def finish(self) -> None:
        """End the steps that have not said so, and tell the time of a command that has none."""
        now = time.perf_counter()
        for label in self._steps:
            if label not in self._ended:
                self._end(label, now)
        if not self._told and not self._held and now - self._began > PATIENCE:
            self._say(f"{self._name()}, {now - self._began:.1f} s", now)

    def _end(self, label: str, now: float) -> None:
        self._ended.add(label)
        if now - self._steps[label] < BRIEF:
            return
        self._say(f"{label}, {now - self._steps[label]:.1f} s", now)

    def _say(self, line: str, now: float) -> None:
        """Write a line, and those that were held back while it was not known whether the command takes long."""
        self._held.append(line)
        if now - self._began <= PATIENCE:
            return
        self._told, self._last = True, now
        with suppress(OSError, ValueError):  # a reader who has gone away, or a stream that is closed
            print("\n".join(f"rcsd: {each}" for each in self._held), file=sys.stderr, flush=True)
        self._held.clear()


_LINES: ContextVar[Lines | None] = ContextVar("_LINES", default=None)


@contextmanager
def told_in_lines(name: Callable[[], str]) -> Iterator[None]:
    """Tell of the steps of a command in lines, unless stderr is a terminal."""
    if _is_terminal():
        yield
        return
    lines = Lines(name)
    before = _LINES.set(lines)
    try:
        yield
        lines.finish()
    except typer.Exit:  # the work was done, and found something
        lines.finish()
        raise
    finally:
        _LINES.reset(before)


def lines_of_command() -> Lines | None:
    """Return the lines of the command that is under way; None where a terminal shows bars."""
    return _LINES.get()


def _is_terminal() -> bool:
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # it is closed
        return False
