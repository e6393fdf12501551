"""Questions on the way to a study: put to a person on a terminal, and answered by their defaults elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A choice between some answers.

    Attributes
    ----------
    text : str
        One sentence.
    options : tuple of str
        The answers, at least two.
    default : int
        Place of the one that is taken where nobody is asked.
    """

    text: str
    options: tuple[str, ...]
    default: int = 0


Ask = Callable[[Question], int]
"""Given a question, returns the place of the answer."""


def unasked(question: Question) -> int:
    """Take the default."""
    return question.default
