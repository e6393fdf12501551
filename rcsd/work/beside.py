"""Work done beside other work, in processes whose progress and warnings come back to the one that waits."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from queue import Empty
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TextIO, TypeVar

from rcsd.work.progress import Progress
from rcsd.work.signals import undisturbed
from rcsd.work.workers import worker_pool

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

Result = TypeVar("Result")
Given = ParamSpec("Given")

_PATIENCE = 0.2
"""Seconds between two looks whether the work has ended."""

_LONGEST = 5.0
"""Seconds to wait for the last notes; a worker that was killed may have left half of one."""


class Submit(Protocol):
    """Hands a piece of work to a process."""

    def __call__(
        self,
        whose: str,
        function: Callable[Concatenate[Progress, Given], Result],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Future[Result]:
        """Call a function of a module, with a `Progress` before what is given; `whose` says whose progress it is."""


@contextmanager
def beside(n_workers: int, noting: Callable[[str], Progress]) -> Iterator[Submit]:
    """Open processes for pieces of work that come back with their progress and their warnings.

    A body that ends with an exception ends the work in the middle (see `worker_pool`).

    Parameters
    ----------
    n_workers
        Processes, at least 1.
    noting
        Given whose progress it is, returns what is told of it, in a thread of this process.

    Yields
    ------
    Submit
        Its futures, and it, raise `concurrent.futures.process.BrokenProcessPool` when a process was killed.

    Raises
    ------
    Exception
        What the progress or a warning that counts as an error has raised first, after the work has ended.
    """
    # spawned processes are the same on every platform; the queue must be of their kind
    notes: Queue[_Note] = get_context("spawn").Queue()
    ended = threading.Event()
    raised: list[BaseException] = []
    reader = threading.Thread(target=_pass_on, args=(notes, noting, ended, raised), daemon=True)
    reader.start()
    try:
        with worker_pool(n_workers, _begin, notes) as pool:

            def submit(whose: str, function: Callable[..., Any], *given: Any, **named: Any) -> Future[Any]:
                with undisturbed():
                    return pool.submit(_work, whose, function, given, named)

            yield submit
    finally:
        ended.set()
        reader.join(_LONGEST)
    if raised:
        raise raised[0]


@dataclass(frozen=True, slots=True)
class _Piece:
    """So much of a step is done."""

    whose: str
    step: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Warned:
    """A warning, in the words of `warnings.warn_explicit`."""

    message: Warning | str
    category: type[Warning]
    filename: str
    lineno: int


_Note = _Piece | _Warned

_notes: list[Queue[_Note]] = []
"""Of a worker: where it tells what happens."""


def _begin(notes: Queue[_Note]) -> None:
    _notes.append(notes)


def _work(whose: str, function: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Do a piece of work in a worker; how its warnings are shown is the parent's business."""
    notes = _notes[0]

    def note(step: str, done: int, total: int) -> None:
        notes.put(_Piece(whose, step, done, total))

    def hand_over(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        notes.put(_Warned(message, category, filename, lineno))

    with warnings.catch_warnings():
        warnings.showwarning = hand_over  # the documented way to take them over
        return function(note, *given, **named)


def _pass_on(
    notes: Queue[_Note], noting: Callable[[str], Progress], ended: threading.Event, raised: list[BaseException]
) -> None:
    """Pass on what workers tell, until the work has ended and all of it is told.

    What that raises is noted, and the rest is read without being passed on: a worker waits for a full queue.
    """
    while True:
        try:
            told = notes.get(timeout=_PATIENCE)
        except Empty:
            if ended.is_set():
                return
            continue
        if not raised:
            try:
                _tell(told, noting)
            except Exception as error:  # whatever a caller's progress raises is the caller's
                raised.append(error)


def _tell(told: _Note, noting: Callable[[str], Progress]) -> None:
    if isinstance(told, _Piece):
        noting(told.whose)(told.step, told.done, told.total)
    else:
        warnings.warn_explicit(told.message, told.category, told.filename, told.lineno)
