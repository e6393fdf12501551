"""One case: a changed input is read; it is taken, or refused in one message, within a time, and nothing is left."""

from __future__ import annotations

import shutil
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rcsd.errors import ModelError, RcsdError, UnexpectedError
from tests.fuzz.mutations import mutated
from tests.fuzz.targets import TARGETS, Target, unwarned

LONGEST = 60.0
"""Seconds that a case may take."""

_LONGEST_MESSAGE = 20_000
_OF_LIMITS = ("took longer than", "of memory", "was ended by signal", "ended with code")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a case.

    Attributes
    ----------
    target, what : str
        Which reader, and the fault in one line: cases with the same are one.
    content : bytes
        The file.
    name : str
        Its name.
    details : str
        A traceback.
    """

    target: str
    what: str
    content: bytes
    name: str
    details: str


class Trying:
    """Tries cases of one reader in a folder of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._target: Target = TARGETS[name]
        self._valid = folder / "valid"
        self._valid.mkdir(parents=True)
        self._tried = folder / "tried"
        self.paths = [path.relative_to(self._valid) for path in self._target.seeds(self._valid)]
        self._contents = {path: (self._valid / path).read_bytes() for path in self.paths}

    def cases(self, seed: int, count: int) -> Iterator[Finding | None]:
        """Yield what is wrong with each case; None for nothing."""
        random = Random(seed)
        for _ in range(count):
            path = random.choice(self.paths)
            yield self.tried(path, mutated(self._contents[path], random))

    def valid(self) -> Iterator[Finding | None]:
        """Yield what is wrong with the inputs as they are."""
        for path in self.paths:
            yield self.tried(path, self._contents[path])

    def takes(self, path: Path) -> bool:
        """Say whether an input as it is is taken, and not refused."""
        try:
            with unwarned():
                self._target.ask(self._valid / path)
        except RcsdError:
            return False
        return True

    def tried(self, path: Path, content: bytes) -> Finding | None:
        """Try one case."""
        if not self._tried.exists():
            shutil.copytree(self._valid, self._tried)
        file = self._tried / path
        file.write_bytes(content)
        try:
            what, details = self._outcome(file)
        finally:
            file.write_bytes(self._contents[path])
        left = {each.relative_to(self._tried) for each in self._tried.rglob("*")}
        known = {each.relative_to(self._valid) for each in self._valid.rglob("*")}
        if left != known:
            shutil.rmtree(self._tried)
            what = what or f"leaves {sorted(map(str, left ^ known))[:3]}"
        return Finding(self._name, what, content, path.name, details) if what else None

    def _outcome(self, file: Path) -> tuple[str, str]:
        began = time.monotonic()
        try:
            with unwarned():
                self._target.ask(file)
        except UnexpectedError as error:
            return f"unexpected: {error.details.strip().splitlines()[-1][:80]} {_place(error.details)}", error.details
        except RcsdError as error:
            text = str(error)
            if isinstance(error, ModelError) and any(each in text for each in _OF_LIMITS):
                return f"limit: {text.partition(': ')[2][:80]}", text
            if not text.strip() or len(text) > _LONGEST_MESSAGE or "Traceback" in text:
                return "a message that nobody can read", text[:2000]
        except Exception as error:  # the very thing that is looked for
            details = traceback.format_exc()
            return f"{type(error).__name__} {_place(details)}", details
        took = time.monotonic() - began
        return (f"took {took:.0f} s", "") if took > LONGEST else ("", "")


def _place(details: str) -> str:
    """Return the last line of ours in a traceback."""
    ours = [line.strip() for line in details.splitlines() if "/rcsd/" in line and ", line " in line]
    return ours[-1].rpartition("/rcsd/")[2] if ours else ""


def smallest(trying: Trying, finding: Finding, path: Path, *, rounds: int = 400) -> Finding:
    """Take lines and letters out of a case as long as the same is wrong with it."""
    best, size = finding, max(1, len(finding.content) // 2)
    while size and rounds > 0:
        shorter = None
        for start in range(0, len(best.content), size):
            rounds -= 1
            found = trying.tried(path, best.content[:start] + best.content[start + size :])
            if found is not None and found.what == finding.what:
                shorter = found
                break
            if rounds <= 0:
                break
        if shorter is None:
            size //= 2
        else:
            best = shorter
    return best
