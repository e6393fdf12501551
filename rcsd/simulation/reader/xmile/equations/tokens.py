"""An equation cut into numbers, names and signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from rcsd.simulation.reader.pysd_calls import Misread

Kind = Literal["number", "name", "sign", "end"]
Known = Callable[[str], bool]
"""Whether a name, as it is written in an equation, is one of the model."""

# a backslash at the end of a line goes on with the next
_BLANK = re.compile(r"(?:\s|\u00a0|\ufeff|\\(?=\s|$))+")
_COMMENT_OR_NAME = re.compile(r'"(?:\\.|[^"\\])*"|\{[^{}]*\}')
_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
# XMILE 1.0: letters, digits, _, $ and whatever lies beyond ASCII, but for its blanks
_WORD = re.compile(r"(?:[A-Za-z0-9_$]|\\[nr\\]|[^\s\x00-\x7f\u00a0])+")
_AFTER_APOSTROPHE = re.compile(r"(?:'(?:[A-Za-z0-9_$]|[^\s\x00-\x7f\u00a0])*)+")
_SIGN = re.compile(r"<=|>=|<>|//|[-+*/^(),;<>=\[\]:'.]")
# as people type them in another keyboard layout; what has a compatible ASCII sign is found by Unicode's own table
_SIGNS = {"×": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "≠": "<>"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an equation.

    Attributes
    ----------
    kind : {"number", "name", "sign", "end"}
        What it is.
    text : str
        Without quotation marks.
    at : int
        Where it stands.
    quoted : bool
        Whether it stood in quotation marks.
    """

    kind: Kind
    text: str
    at: int
    quoted: bool = False


def without_comments(equation: str) -> str:
    """Take out comments in braces; a quoted name may hold braces."""
    before = None
    while "{" in equation and before != equation:  # comments may lie in one another
        before = equation
        equation = _COMMENT_OR_NAME.sub(lambda match: match[0] if match[0][0] == '"' else " ", equation)
    return equation


def tokens(equation: str, known: Known) -> list[Token]:
    """Cut an equation up.

    Parameters
    ----------
    equation : str
        As the file has it.
    known : callable
        A word with full-width signs, or with an apostrophe, is a name where this says so.

    Raises
    ------
    Misread
        Naming the first character that has no meaning.
    """
    return list(_tokens(without_comments(equation), known))


def _tokens(text: str, known: Known) -> Iterator[Token]:
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
        elif quoted := _QUOTED.match(text, at):
            yield Token("name", quoted[1].replace('\\"', '"'), at, quoted=True)
            at = quoted.end()
        elif (number := _NUMBER.match(text, at)) and not _is_name(text, at, number.end(), known):
            yield Token("number", number[0], at)
            at = number.end()
        elif word := _WORD.match(text, at):
            name = _name(word[0], known)
            if not name:  # it begins with a full-width sign
                text = text[:at] + _narrow(text[at]) + text[at + 1 :]
                continue
            end = at + len(name)
            more = _AFTER_APOSTROPHE.match(text, end)
            if more and known(name + more[0]):
                name, end = name + more[0], more.end()
            yield Token("name", name, at)
            at = end
        elif sign := _SIGN.match(text, at):
            yield Token("sign", sign[0], at)
            at = sign.end()
        else:
            raise Misread(f"holds {text[at]!r}, which has no meaning at {text[at : at + 40]!r}")
    yield Token("end", "", len(text))


def _is_name(text: str, start: int, end: int, known: Known) -> bool:
    """Whether what begins with a digit is a name of the model."""
    word = _WORD.match(text, start)
    return word is not None and word.end() > end and known(word[0])


def _name(word: str, known: Known) -> str:
    """Return how much of a word is a name: full-width signs may end it, unless the model has such a name."""
    signs = [i for i, letter in enumerate(word) if _narrow(letter) != letter]
    if not signs or known(word):
        return word
    ends = sorted({end for i in signs for end in (i, i + 1)}, reverse=True)
    return next((word[:end] for end in ends if end and known(word[:end])), word[: signs[0]])


def _narrow(letter: str) -> str:
    """Return the ASCII sign that a full-width one stands for, else the letter itself."""
    if letter in _SIGNS:
        return _SIGNS[letter]
    plain = unicodedata.normalize("NFKC", letter)
    return plain if plain != letter and len(plain) == 1 and plain in "+-*/^()<>=[],;" else letter
