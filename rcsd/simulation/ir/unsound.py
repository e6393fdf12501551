"""What a pass raises: it knows the variable at fault, not the file."""

from __future__ import annotations

from rcsd.errors import ModelError


class EngineLimit(ModelError):  # noqa: N818 - named for what it tells
    """A model that the engine cannot take, and PySD perhaps can."""


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
    certain : bool
        Whether it is a fault of the model whatever runs it: a number that PySD gives all the same would be wrong.
    """

    def __init__(
        self, message: str, *, variable: str | None = None, line: int | None = None, certain: bool = False
    ) -> None:
        super().__init__(message)
        self.message = message
        self.variable = variable
        self.line = line
        self.certain = certain

    def at(self, variable: str, line: int | None) -> Unsound:
        """Return it with the place where it was found, as far as it does not know one itself."""
        kind, where = type(self), self.line or line
        return kind(self.message, variable=self.variable or variable, line=where, certain=self.certain)


class Excessive(Unsound):
    """A model that no backend may be given: it would run out of time or memory."""


class Circular(Unsound):
    """Equations that need one another."""
