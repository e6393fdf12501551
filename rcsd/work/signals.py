"""Stretches of work that a signal must not cut in two."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rcsd.work.posix import CAN_HOLD_SIGNALS, hold, release, waiting


class _Stopped(BaseException):
    """Leads out of a stretch of work, at a point where that does no harm."""


def _go_on() -> None:
    """Go on: nothing is held back."""


@contextmanager
def undisturbed() -> Iterator[Callable[[], None]]:
    """Answer an interrupt or SIGTERM that comes meanwhile at the end, or where the function that this gives is called.

    The start of a process that an exception cuts in two leaves one that reads for ever from a pipe which nobody writes;
    a compiler loses the exception, or breaks on it. So the handlers only take note; blocking alone would not do, since
    a signal to this process may reach any of its threads. Processes started here inherit the mask: an interrupt does
    not reach them, not even while they import. In another thread than the main one, where no handler runs, and on
    Windows nothing is held back.
    """
    if threading.current_thread() is not threading.main_thread() or not CAN_HOLD_SIGNALS:
        yield _go_on
        return
    came: list[int] = []
    numbers = {signal.SIGINT, signal.SIGTERM}
    handlers = {number: signal.signal(number, lambda number, _: came.append(number)) for number in numbers}
    mask = hold(numbers)

    def answer() -> None:
        if came or waiting() & numbers:
            raise _Stopped

    try:
        yield answer
    except _Stopped:
        pass  # by what is raised below
    finally:
        release(mask)  # what was held back comes now, and is noted too
        for number, handler in handlers.items():
            signal.signal(number, handler)
    if came:
        signal.raise_signal(came[0])
