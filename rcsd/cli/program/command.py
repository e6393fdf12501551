"""What a command of the program is, whoever adds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command of `rcsd`.

    Its module is imported when the command is called, and by `rcsd --help`: what takes long to import belongs into
    the function.

    Attributes
    ----------
    function
        What typer calls: the signature gives the options, the docstring the help.
    group
        Heading of `rcsd --help` under which it stands: Model, Study, Papers, or a new one.
    summary
        What it does, in at most 60 letters, for that list.
    example
        A call of it, with which its help ends.
    keeps
        Whether it keeps finished steps, so that the same command goes on where it was stopped.
    completed
        Adds to the function the options that take long to find, once the command is called.
    """

    function: Callable[..., None]
    group: str
    summary: str
    example: str
    keeps: bool = False
    completed: Callable[[Callable[..., None]], Callable[..., None]] | None = None
