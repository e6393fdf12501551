"""How long work tells whoever waits for it how far it has come."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called after each finished piece of work: `done` of `total` pieces of the step named `step`."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take note; must return quickly and must not raise."""


def silent(step: str, done: int, total: int) -> None:
    """Report to nobody."""
