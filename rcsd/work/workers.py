"""Worker processes that end with the process that started them, and leave the keyboard to it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait

from rcsd.work.posix import hear

_STOPPED = 1
"""Exit code of a worker whose work nobody waits for any more."""


@contextmanager
def worker_pool(
    n_workers: int, begin: Callable[..., None] | None = None, *given: object
) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of spawned workers; work is handed in inside `rcsd.work.signals.undisturbed`.

    A body that ends with an exception, an interrupt among them, ends the workers in the middle of their work. So does
    the death of this process, whatever killed it.

    Parameters
    ----------
    n_workers
        Processes, at least 1.
    begin, given
        A function of a module, and its arguments, that each worker calls once before its work. What is large belongs in
        the work: a worker whose parent is killed while it hands these over complains of half of them.

    Yields
    ------
    ProcessPoolExecutor
        Its workers ignore an interrupt from the keyboard: the terminal sends it to the whole group of processes, and
        this one answers it.
    """
    # Spawned processes inherit no threads and no state of this one: the same on every platform.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    watched, held = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(n_workers, mp_context=context, initializer=_settle, initargs=(watched, begin, given))
    # before 3.11.6 a pool waits for ever to hand on work that no worker lives to take (gh-94777)
    if queue := getattr(pool, "_call_queue", None):
        queue.cancel_join_thread()
    try:
        yield pool
    except BaseException:
        for worker in set(multiprocessing.active_children()) - others:
            worker.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        held.close()
        watched.close()


def _settle(watched: Connection, begin: Callable[..., None] | None, given: tuple[object, ...]) -> None:
    """Prepare a worker: deaf to the keyboard, and watching for the end of its parent or of the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hear({signal.SIGTERM})
    parent = multiprocessing.parent_process()
    ends = [watched] if parent is None else [watched, parent.sentinel]
    threading.Thread(target=_end_with, args=(ends,), daemon=True, name="rcsd-watch").start()
    if begin is not None:
        begin(*given)


def _end_with(ends: list[Connection | int]) -> None:
    """End this process at once when any of `ends` closes: nothing in it is worth cleaning up."""
    wait(ends)
    os._exit(_STOPPED)
