"""What a child process does: it answers requests, one at a time, until whoever asks is gone.

A request and an answer are each a line of JSON and so many bytes behind it. Nothing is pickled.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import IO, Any

from rcsd.errors import RcsdError
from rcsd.work.posix import hear, limit_memory
from rcsd.work.telling import error_told, warnings_told

Head = dict[str, Any]
Answer = Callable[[Head, bytes], tuple[Head, bytes]]
"""Given a request's head and body, returns those of the answer."""

_IDLE = 60.0
"""Seconds without a request after which the process ends; who asks later starts another."""

_STACK = 512 * 2**20
"""Bytes of stack for the work, so that a deep expression ends in an answer and not in a crash."""

_DEEPEST = 150_000
"""Calls within each other."""


def serve(module: str, memory: int) -> None:
    """Answer requests with the function ``answer`` of a module, in at most `memory` bytes of address space.

    What anything prints goes to stderr. An interrupt from the keyboard is left to whoever asks.
    """
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a device
        os.dup2(nothing.fileno(), 0)
    if os.name != "nt":  # on Windows the read of whoever asks ends only when this process does
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    hear({signal.SIGTERM})
    limit_memory(memory)
    requests: queue.SimpleQueue[tuple[Head, bytes]] = queue.SimpleQueue()
    threading.stack_size(_STACK)
    sys.setrecursionlimit(_DEEPEST)
    threading.Thread(target=_work, args=(module, requests, answers), daemon=True).start()
    while (frame := read_frame(asked)) is not None:
        requests.put(frame)
    os._exit(0)  # whoever asked is gone; nothing here is worth finishing


def read_frame(stream: IO[bytes]) -> tuple[Head, bytes] | None:
    """Read a request or an answer; None at the end of the stream."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    body = stream.read(head["length"])
    return (head, body) if len(body) == head["length"] else None


def write_frame(stream: IO[bytes], head: Head, body: bytes = b"") -> None:
    """Write a request or an answer; errors are those of the stream."""
    stream.write(json.dumps(head | {"length": len(body)}).encode() + b"\n")
    stream.write(body)
    stream.flush()


def _work(module: str, requests: queue.SimpleQueue[tuple[Head, bytes]], answers: IO[bytes]) -> None:
    """Answer one request after the other; whatever ends this ends the process."""
    answer: Answer | None = None
    try:
        while True:
            head, body = requests.get(timeout=_IDLE)
            if answer is None:
                answer = import_module(module).answer
            write_frame(answers, *_answered(answer, head, body))
    except queue.Empty:
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _answered(answer: Answer, head: Head, body: bytes) -> tuple[Head, bytes]:
    """Answer a request, with the warnings on the way; an error is an answer too."""
    content = b""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        try:
            told, content = answer(head, body)
        except RcsdError as error:
            told = {"error": error_told(error)}
        except (MemoryError, SystemExit):
            raise
        except Exception:
            told = {"unexpected": traceback.format_exc()}
    return told | {"warnings": warnings_told(caught)}, content
