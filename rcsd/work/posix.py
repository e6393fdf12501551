"""What only POSIX systems have, each behind a question: no other module of the package may use such a thing."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Collection
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

CAN_HOLD_SIGNALS = hasattr(signal, "pthread_sigmask")
"""Whether a process can put signals off; on Windows it cannot."""

_Mask = Collection[int]


def hold(numbers: _Mask) -> _Mask:
    """Put off signals until `release`, and return the mask that was in force; only where `CAN_HOLD_SIGNALS`."""
    return signal.pthread_sigmask(signal.SIG_BLOCK, numbers)


def waiting() -> set[int]:
    """Return the signals that are put off and have come."""
    return {int(number) for number in signal.sigpending()}


def release(mask: _Mask) -> None:
    """Put a mask in force that `hold` returned: what was put off comes now."""
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def hear(numbers: _Mask) -> None:
    """Let signals through that an inherited mask may hold back; nothing is held back on Windows."""
    if CAN_HOLD_SIGNALS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)


def available_threads() -> int:
    """Say how many processors this process may use; on systems that do not tell, how many there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def limit_memory(n_bytes: int) -> None:
    """Let this process have no more address space than so many bytes, where the system has such a limit."""
    if resource is None:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = n_bytes if most == resource.RLIM_INFINITY else min(n_bytes, most)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    except (OSError, ValueError):  # macOS has the name and not the limit
        return


def is_private(path: Path) -> bool:
    """Say whether a file or folder belongs to this user and nobody else may write to it; True where owners are unknown.

    Raises
    ------
    OSError
        When there is no such thing.
    """
    status = path.stat()
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def is_secret(path: Path) -> bool:
    """Say whether a file is private and nobody else may read it either; errors are those of `is_private`."""
    return is_private(path) and (not hasattr(os, "geteuid") or not path.stat().st_mode & 0o077)
