"""A piece of work for each of many items: here, in worker processes, or on a cluster."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from typing import Any, TypeVar

from rcsd.errors import CalibrationError
from rcsd.work.signals import undisturbed
from rcsd.work.spreading import spread
from rcsd.work.workers import worker_pool

Tool = TypeVar("Tool")
Item = TypeVar("Item")
Result = TypeVar("Result")


def done_each(
    tool: Tool,
    work: Callable[[Tool, Item], Result],
    items: Sequence[Item],
    *,
    workers: int = 1,
    scheduler: str | None = None,
) -> Generator[tuple[Item, Result], None, None]:
    """Yield each item with what the work makes of it, in any order.

    Parameters
    ----------
    tool
        What the work is done with; sent to each worker once a piece, rebuilt once a worker.
    work
        A function of a module.
    items
        What it is done for.
    workers
        Processes.
    scheduler
        Address of a dask cluster in their place.

    Raises
    ------
    CalibrationError
        When a process was killed.
    """
    if scheduler is not None:
        yield from zip(items, spread(scheduler, tool, work, items), strict=True)
        return
    if workers <= 1 or len(items) <= 1:
        yield from ((item, work(tool, item)) for item in items)
        return
    payload = pickle.dumps(tool)
    try:
        with worker_pool(min(workers, len(items))) as pool:
            with undisturbed():
                futures = {pool.submit(_with_thawed, payload, work, item): item for item in items}
            for future in as_completed(futures):
                yield futures.pop(future), future.result()
    except BrokenProcessPool as error:
        raise CalibrationError(
            "a worker process ended before its work was finished: what was finished is kept, so run again, with fewer "
            'workers if memory was short; a script must begin its work under `if __name__ == "__main__":`'
        ) from error


def _with_thawed(payload: bytes, work: Callable[[Any, Any], Any], item: object) -> Any:
    """Work in a worker process."""
    return work(_thaw(payload), item)


@lru_cache(maxsize=1)
def _thaw(payload: bytes) -> Any:
    """Rebuild the tool once per worker: loading a model takes longer than a fit."""
    return pickle.loads(payload)
