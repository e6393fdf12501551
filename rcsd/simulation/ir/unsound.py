"""What a pass raises: it knows the variable at fault, not the file."""

from __future__ import annotations


class Unsound(Exception):  # noqa: N818 - never leaves `flatten`, which makes a ModelError of it
    """A model that cannot be made ready to run.

    Attributes
    ----------
    message : str
        What is wrong and the remedy.
    variable : str or None
        The scalar at fault.
    line : int or None
        Where it is defined, if the pass knows.
    """

    def __init__(self, message: str, *, variable: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.variable = variable
        self.line = line


class Excessive(Unsound):
    """A model that no backend may be given: it would run out of time or memory."""
