"""What a worker of the cluster does: rebuild what it was sent once a thread, and apply it to item after item."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rcsd.errors import ClusterError
from rcsd.files import sha256
from rcsd.work.software import differences, engine_software

_own = threading.local()
"""What this thread has rebuilt last. A thread each: the simulators of PySD, for one, cannot be shared."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """An object on its way to the workers.

    Attributes
    ----------
    content : bytes
        Pickled.
    software : mapping of str to str
        What it was made with, and must be used with.
    key : str
        Hash of both.
    """

    content: bytes
    software: dict[str, str]
    key: str

    @classmethod
    def of(cls, tool: object) -> Parcel:
        """Pack an object."""
        content, software = pickle.dumps(tool), engine_software()
        return cls(content, software, sha256(repr(sorted(software.items())).encode() + content))


def delivered(parcel: Parcel) -> Parcel:
    """Be the task whose result is the parcel.

    The scheduler keeps the task, so that the parcel comes again when the only worker that holds it dies, as scattered
    data would not; and workers pass the result on among themselves.
    """
    return parcel


def apply(work: Callable[[Any, Any], Any], parcel: Parcel, item: object) -> Any:
    """Do one piece of work with what the parcel holds.

    Raises
    ------
    ClusterError
        When this worker's software would not give the same numbers.
    """
    if getattr(_own, "key", None) != parcel.key:
        differing = differences(parcel.software, engine_software())
        if differing:
            raise ClusterError(
                f"a worker would not give the same numbers, its software differs (here against there): {differing}; "
                "install the same versions on the workers"
            )
        _own.tool, _own.key = pickle.loads(parcel.content), parcel.key
    return work(_own.tool, item)
