"""Items handed to the workers of a cluster a few at a time, results taken back in order."""

from __future__ import annotations

import time
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from rcsd.errors import ClusterError
from rcsd.work.address import plain_address
from rcsd.work.connection import connected, explained, n_threads
from rcsd.work.task import Parcel, apply, delivered

if TYPE_CHECKING:
    from distributed import Client, Future

Tool = TypeVar("Tool")
Item = TypeVar("Item")
Result = TypeVar("Result")

PATIENCE = 30.0
"""Seconds without any worker after which a cluster counts as lost; workers that restart are back before."""

_LOOK = 1.0  # seconds between two looks at whether there are workers
_AHEAD = 2  # items under way for each thread: one at work, one waiting for it


def spread(
    address: str, tool: Tool, work: Callable[[Tool, Item], Result], items: Iterable[Item]
) -> Generator[Result, None, None]:
    """Do a piece of work for each item on a cluster, and yield the results in the order of the items.

    Two items at most are under way for each thread of the cluster, those whose results wait for their turn among them.
    An item whose worker dies goes to another worker. When the generator is closed, or left by an interrupt, what is
    under way is cancelled.

    Parameters
    ----------
    address : str
        Of the scheduler.
    tool : object
        What the work is done with; sent once, rebuilt once in each thread of a worker.
    work : callable
        Given the tool and an item; a function of a module that the workers have.
    items : iterable
        Taken when there is room for them.

    Raises
    ------
    ClusterError
        When the scheduler cannot be reached, is lost, or has had no worker for `PATIENCE` seconds; when a worker has
        other software; when one item has cost too many workers their lives.
    RcsdError
        Whatever the work raises on purpose.
    """
    parcel = Parcel.of(tool)
    with connected(address) as client, explained(address):
        sent = client.submit(delivered, parcel, key=f"rcsd-{parcel.key[:16]}-{uuid.uuid4().hex}")
        remaining = iter(items)
        waiting: deque[Future[Any]] = deque()
        while True:
            room = max(0, _AHEAD * max(1, n_threads(client)) - len(waiting))  # workers may have left
            waiting.extend(client.submit(apply, work, sent, item, pure=False) for item in islice(remaining, room))
            if not waiting:
                return
            yield _result(client, waiting.popleft(), address)


def _result(client: Client, future: Future[Any], address: str) -> Any:
    """Wait for a result to be made and fetched, but for workers no longer than `PATIENCE`.

    A result whose worker dies before it is fetched is made again, without end where no worker is left to make it.
    """
    seen, look = time.monotonic(), _LOOK
    while True:
        try:
            return future.result(timeout=look)
        except TimeoutError:
            if future.status == "error":  # the work's own
                raise
        if n_threads(client):
            seen = time.monotonic()
            look = min(2 * look, PATIENCE)  # each look begins to fetch anew, and a slow network may need longer
        elif time.monotonic() - seen > PATIENCE:
            raise ClusterError(
                f"the cluster at {plain_address(address)} has had no worker for {PATIENCE:g} s: start some with "
                f"`dask worker {plain_address(address)}` and run again"
            )
        else:
            look = _LOOK
