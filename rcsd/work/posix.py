"""What only POSIX systems have, each behind a question: no other module of the package may use such a thing."""

from __future__ import annotations

import os
import signal
from collections.abc import Collection

CAN_HOLD_SIGNALS = hasattr(signal, "pthread_sigmask")
"""Whether a process can put signals off; on Windows it cannot."""

_Mask = Collection[int]


def hold(numbers: _Mask) -> _Mask:
    """Put off signals until `release`, and return the mask that was in force; only where `CAN_HOLD_SIGNALS`."""
    return signal.pthread_sigmask(signal.SIG_BLOCK, numbers)


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
