"""A bar for each step of a study in a notebook; nothing anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

from rcsd.work.progress import Progress, silent

_SECONDS = 0.1
"""Least time between two drawings of the bars."""


@contextmanager
def notebook_bars() -> Iterator[Progress]:
    """Show a bar for each step while the body runs, where this is a notebook; they go when it ends.

    Yields
    ------
    Progress
        What the work is to call after each finished piece.
    """
    display = _display()
    if display is None:
        yield silent
        return
    bars = _Bars(display)
    try:
        yield bars
    finally:
        bars.clear()


def _display() -> Any:
    """Return what shows a value in the notebook that this process serves; None where it serves none."""
    shell = sys.modules.get("IPython")
    running = None if shell is None else shell.get_ipython()
    if running is None or not hasattr(running, "kernel"):
        return None
    from IPython.display import display  # noqa: PLC0415 - it is there, since a notebook runs

    return display


class _Shown:
    """HTML, which a notebook renders."""

    def __init__(self, html: str) -> None:
        self._html = html

    def __repr__(self) -> str:
        return ""

    def _repr_html_(self) -> str:
        return self._html


class _Bars:
    """The bars of one call; the notebook has one output for all of them."""

    def __init__(self, display: Any) -> None:
        self._display, self._handle = display, None
        self._done: dict[str, tuple[int, int]] = {}
        self._drawn = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        new = step not in self._done
        self._done[step] = (done, total)
        now = time.monotonic()
        if new or done >= total or now - self._drawn >= _SECONDS:
            self._drawn = now
            self._show("".join(_bar(name, *counts) for name, counts in self._done.items()))

    def clear(self) -> None:
        """Take the bars away: what is stored of the notebook has none."""
        if self._handle is not None:
            self._show("")

    def _show(self, html: str) -> None:
        if self._handle is None:
            self._handle = self._display(_Shown(html), display_id=True)
        else:
            self._handle.update(_Shown(html))


def _bar(step: str, done: int, total: int) -> str:
    name = f'<span style="display:inline-block;width:10em">{escape(step)}</span>'
    return f'<div>{name}<progress value="{done}" max="{max(total, 1)}"></progress> {done} of {total}</div>'
