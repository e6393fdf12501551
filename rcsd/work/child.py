"""A child process that is asked things: what it does can neither hang nor end this one, nor fill its memory."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rcsd.errors import ParameterError, UnexpectedError
from rcsd.work.serving import Head, read_frame, write_frame
from rcsd.work.signals import undisturbed
from rcsd.work.telling import error_heard, warn_again

_PACKAGE_FOLDER = str(Path(__file__).parents[2])
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from rcsd.work.serving import serve; "
    "serve(sys.argv[2], int(sys.argv[3]))"
)
_NOT_HANDED_ON = {"PYTHONWARNINGS", "PYTHONINSPECT", "PYTHONSTARTUP"}
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_MEMORY, _GIB = "RCSD_CHILD_GIB", 4.0


class ChildFailed(Exception):  # noqa: N818 - never leaves the package: whoever asked says it in the words of the work
    """A child that gave no answer; the text says why, as the rest of a sentence about the process."""


class Child:
    """A process that answers requests, one at a time; started when it is first asked, and again when it has ended.

    Parameters
    ----------
    module : str
        Whose function ``answer`` it calls; see `rcsd.work.serving`.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._said: Any = None
        self._open: Asked | None = None
        self._fresh = False
        self.generation = 0
        atexit.register(self.end)

    @contextmanager
    def asked(self, head: Head, body: bytes = b"", *, seconds: float) -> Iterator[Asked]:
        """Send a request, do something else, then take the answer.

        Leaving the block without having taken it, an interrupt for one, ends the process.

        Parameters
        ----------
        head : dict
            What is asked; plain data.
        body : bytes
            What goes with it.
        seconds : float
            How long the answer may take.

        Raises
        ------
        RuntimeError
            Where this thread has asked before and not taken the answer: it would be taken for this one's.
        """
        with self._lock:
            before = self._open
            if before is not None and not before.taken:
                raise RuntimeError("a request waits for its answer: take that before you ask again")
            asked = self._open = Asked(self, head, body, seconds)
            try:
                asked.send()
                yield asked
            finally:
                self._open = before
                if not asked.taken:
                    self.end()

    def ask(self, head: Head, body: bytes = b"", *, seconds: float) -> tuple[Head, bytes]:
        """Send a request and wait for its answer; errors are those of `Asked.take`."""
        with self.asked(head, body, seconds=seconds) as asked:
            return asked.take()

    def end(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, self._said):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue

    def write(self, head: Head, body: bytes) -> bool:
        """Hand a request to the process, which may have to be started; False where it has ended meanwhile."""
        process = self._process
        self._fresh = process is None or self._owner != os.getpid() or process.poll() is not None
        if self._fresh:
            self.end()
            process = self._process = self._started()
            self._owner = os.getpid()
            self.generation += 1
        assert process is not None and process.stdin is not None
        try:
            write_frame(process.stdin, head, body)
        except OSError:
            return False
        return True

    def answer(self, seconds: float) -> tuple[Head, bytes] | None:
        """Wait for an answer.

        Returns
        -------
        (head, body) or None
            None when the process had ended before, of its own will, and may be asked again.

        Raises
        ------
        ChildFailed
            When there is none in time, or the process has ended.
        """
        process = self._process
        assert process is not None and process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(seconds, stop)
        watch.daemon = True
        watch.start()
        try:
            frame = read_frame(process.stdout)
        finally:
            watch.cancel()
        if frame is not None:
            return frame
        if late.is_set():
            self.end()
            raise ChildFailed(f"took longer than {seconds:g} s")
        code = process.wait()
        if code == 0 and not self._fresh:
            return None
        said = self._last_words()
        self.end()
        raise ChildFailed(_ending(code, said))

    def _started(self) -> subprocess.Popen[bytes]:
        # the paths of this process without the current folder, which may hold anything; -P keeps it out from the start
        paths = [path for path in sys.path if path and os.path.isabs(path)]  # noqa: PTH117 - may be no path at all
        if _PACKAGE_FOLDER not in paths:
            paths.insert(0, _PACKAGE_FOLDER)
        environment = {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        with undisturbed():
            return subprocess.Popen(
                [sys.executable, "-P", "-c", _START, json.dumps(paths), self._module, str(memory_limit())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=environment | _ONE_THREAD,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    def _last_words(self) -> str:
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""


class Asked:
    """A request on its way."""

    def __init__(self, child: Child, head: Head, body: bytes, seconds: float) -> None:
        self._child, self._head, self._body, self._seconds = child, head, body, seconds
        self.taken = False

    def send(self) -> None:
        """Hand the request over; a process that has just ended is started again."""
        if not self._child.write(self._head, self._body):
            self._child.end()
            self._child.write(self._head, self._body)

    def take(self) -> tuple[Head, bytes]:
        """Wait for the answer, and give its warnings.

        Raises
        ------
        ChildFailed
            When the process took too long, too much memory, or its end.
        RcsdError
            What was raised there on purpose.
        UnexpectedError
            For any other error there.
        """
        answer = self._child.answer(self._seconds)
        if answer is None:  # it had waited too long for a request, and ended as this one came
            self._child.end()
            self.send()
            answer = self._child.answer(self._seconds)
        if answer is None:
            raise ChildFailed("ended at once")
        self.taken = True
        head, body = answer
        warn_again(head.get("warnings", ()), stacklevel=4)
        if "error" in head:
            raise error_heard(head["error"])
        if "unexpected" in head:
            raise UnexpectedError.told(head["unexpected"])
        return head, body


def memory_limit() -> int:
    """Return how many bytes a child may use: ``$RCSD_CHILD_GIB`` GiB, or 4."""
    return int(number_from_environment(_MEMORY, _GIB) * 2**30)


def number_from_environment(name: str, otherwise: float) -> float:
    """Return the positive number that an environment variable holds.

    Raises
    ------
    ParameterError
        When it holds something else.
    """
    text = os.environ.get(name, "")
    if not text.strip():
        return otherwise
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e9:  # noqa: PLR2004 - no number of seconds or GiB
        raise ParameterError(f"the environment variable {name} is {text!r}; set it to a positive number, or remove it")
    return number


def _ending(code: int, said: str) -> str:
    """Say how a process ended."""
    if "MemoryError" in said:
        return f"needs more than {memory_limit() / 2**30:g} GiB of memory; raise {_MEMORY} if the file is to be trusted"
    how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
    return f"{how} ({said})" if said else how
