"""Where things end in the text of an .mdl file: quoted names, comments within comments, definitions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_SPECIAL = re.compile(r'["{~|]')
_NAME_OR_COMMENT = re.compile(r'["{]')
_QUOTED = re.compile(r'"(?:\\.|[^"\\\n])*+"')
_BRACE = re.compile(r"[{}]")
_BAR = re.compile(r"\|")
_UNIT_END = re.compile(r"[~|]")


def equation_end(text: str, position: int) -> int:
    """Return where a ~ or | ends an equation; those in quoted names and comments do not."""
    while (found := _SPECIAL.search(text, position)) is not None:
        if found[0] in "~|":
            return found.start()
        position = _past(text, found.start())
    return len(text)


def unit_end(text: str, position: int) -> int:
    """Return where a ~ or | ends a unit."""
    found = _UNIT_END.search(text, position)
    return len(text) if found is None else found.start()


def definition_end(text: str, position: int) -> int:
    """Return where a | ends a documentation."""
    found = _BAR.search(text, position)
    return len(text) if found is None else found.start()


def without_comments(text: str) -> str:
    """Replace comments in braces by their line breaks; a quoted name may hold braces."""
    pieces, position = [], 0
    while (found := _NAME_OR_COMMENT.search(text, position)) is not None:
        begin, end = found.start(), _past(text, found.start())
        is_comment = found[0] == "{" and end > begin + 1
        pieces += [text[position:begin], "\n" * text.count("\n", begin, end) if is_comment else text[begin:end]]
        position = end
    return "".join([*pieces, text[position:]])


def past_blanks(text: str, position: int) -> int:
    """Return where the next thing that is neither blank nor comment begins."""
    while position < len(text):
        if text[position].isspace():
            position += 1
        elif text[position] == "{" and (end := _past(text, position)) > position + 1:
            position = end
        else:
            break
    return position


def split_at(text: str, sign: str) -> Iterator[str]:
    """Split a text at a sign that stands outside brackets, quoted names and strings."""
    depth, begin = 0, 0
    for found in re.finditer(r'"(?:\\.|[^"\\])*+"|\'[^\']*\'|[\[\](){}' + re.escape(sign) + "]", text):
        if found[0] in ("(", "[", "{"):
            depth += 1
        elif found[0] in (")", "]", "}"):
            depth -= 1
        elif found[0] == sign and depth == 0:
            yield text[begin : found.start()]
            begin = found.end()
    yield text[begin:]


class Lines:
    """Line numbers of positions in a text."""

    def __init__(self, text: str) -> None:
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def of(self, position: int) -> int:
        """Return the one-based line of a position."""
        return bisect_right(self._breaks, position - 1) + 1 if position else 1


def _past(text: str, position: int) -> int:
    """Return where a quoted name or a comment ends; past its first sign where it does not end."""
    if text[position] == '"':
        quoted = _QUOTED.match(text, position)
        return quoted.end() if quoted else position + 1
    depth = 0
    for brace in _BRACE.finditer(text, position):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return position + 1
