"""What the tests let workers do; they import it by its name."""

from __future__ import annotations

import os
import signal
import threading
import time

from rcsd.errors import ModelError


def die(_tool: object, _item: int) -> None:
    """End the worker, as a lack of memory would."""
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(seconds: float, item: int) -> int:
    """Take some time."""
    time.sleep(seconds)
    return item


def refuse(_tool: object, item: int) -> None:
    """Raise an error of this package."""
    raise ModelError(f"item {item} is refused", line=item)


def stumble(_tool: object, _item: int) -> None:
    """Raise what nobody has foreseen."""
    raise ZeroDivisionError("unforeseen")


def whereabouts(_tool: object, _item: int) -> tuple[int, int]:
    """Say which process and thread this is."""
    time.sleep(0.02)
    return os.getpid(), threading.get_ident()


class Counting:
    """Counts, in a file, how often it is rebuilt."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __setstate__(self, state: dict[str, str]) -> None:
        """Leave a mark."""
        self.__dict__.update(state)
        with open(self.path, "a") as stream:  # noqa: PTH123 - one write, one line
            stream.write(f"{os.getpid()}-{threading.get_ident()}\n")


def use(_tool: Counting, item: int) -> int:
    """Do nothing with the tool."""
    time.sleep(0.02)
    return item
