"""The line on which each key of a TOML document stands.

Python's reader says nothing of places, so the text is walked a second time. The reader has accepted it before, hence
nothing is checked here: it is enough to tell keys from what only looks like one inside a string, a comment or a value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Keys = tuple[str, ...]

_BLANK = re.compile(r"[ \t]*")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\]|\\.)*"')
_LITERAL = re.compile(r"'[^']*'")
# up to two quotation marks may stand before the three that close
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'''(?:'{0,2})", re.DOTALL)
_STRINGS = (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL)
_PLAIN = re.compile(r"[^,\]}#\r\n]*")


def key_lines(text: str) -> dict[Keys, int]:
    r"""Find the line of every key and table header that is written down.

    Parameters
    ----------
    text
        A document that `tomllib` accepts.

    Returns
    -------
    dict of tuple of str to int
        Lines count from 1. A table of an array of tables, and an element of an array, has its number, from "0" on,
        after the key of the array. A table that is there only because of what is in it, such as ``a`` of ``a.b = 1``,
        has no entry.

    Examples
    --------
    >>> key_lines("[town]\nnote = '''\nname = none'''\n'long name'.unit = 'm'\n")
    {('town',): 1, ('town', 'note'): 2, ('town', 'long name', 'unit'): 4}
    """
    return _Walk(text).document()


class _Walk:
    """One pass over a text; `at` is the place of the next letter."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted = (0, 1)  # a place, and the line it is on
        self._tables: dict[Keys, int] = {}  # arrays of tables, and how many they have
        self._lines: dict[Keys, int] = {}

    def document(self) -> dict[Keys, int]:
        """Walk to the end."""
        table: Keys = ()
        self._skip(_SPACE)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_SPACE)
        return self._lines

    def _header(self) -> Keys:
        """Take the header of a table or of one more table of an array, and return where its keys lie."""
        line, brackets = self._line(), 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        *outer, last = self._key()
        self._at += brackets
        table: Keys = ()
        for key in outer:
            table = self._last_of((*table, key))
        table = (*table, last)
        self._lines.setdefault(table, line)
        if brackets == 1:
            return table
        self._tables[table] = self._tables.get(table, 0) + 1
        element = self._last_of(table)
        self._lines[element] = line
        return element

    def _last_of(self, table: Keys) -> Keys:
        """Add to the key of an array of tables the number of its last one; any other key stays as it is."""
        return (*table, str(self._tables[table] - 1)) if table in self._tables else table

    def _pair(self, table: Keys) -> None:
        """Take a key and its value."""
        line = self._line()
        keys = (*table, *self._key())
        self._lines.setdefault(keys, line)
        self._at += 1  # =
        self._skip(_BLANK)
        self._value(keys)

    def _key(self) -> Keys:
        """Take a key, dotted or not, and the blanks around it."""
        return tuple(self._parts())

    def _parts(self) -> Iterator[str]:
        while True:
            self._skip(_BLANK)
            yield self._part()
            self._skip(_BLANK)
            if not self._text.startswith(".", self._at):
                return
            self._at += 1

    def _part(self) -> str:
        start = self._at
        if self._text[start] not in "\"'":
            self._skip(_BARE)
            return self._text[start : self._at]
        self._skip(_BASIC if self._text[start] == '"' else _LITERAL)
        key: str = tomllib.loads(f"key = {self._text[start : self._at]}")["key"]
        return key

    def _value(self, keys: Keys) -> None:
        """Take a value; keys lie in inline tables only, which arrays may hold."""
        first = self._text[self._at]
        if first in "\"'":
            self._string()
        elif first == "[":
            self._array(keys)
        elif first == "{":
            self._inline(keys)
        else:
            self._skip(_PLAIN)

    def _string(self) -> None:
        for pattern in _STRINGS:
            if pattern.match(self._text, self._at):
                self._skip(pattern)
                return

    def _array(self, keys: Keys) -> None:
        for n in self._listed("]"):
            element = (*keys, str(n))
            self._lines[element] = self._line()
            self._value(element)

    def _inline(self, keys: Keys) -> None:
        for _ in self._listed("}"):
            self._pair(keys)

    def _listed(self, closing: str) -> Iterator[int]:
        """Stop at each member of an array or inline table, for the caller to take it."""
        self._at += 1
        self._skip(_SPACE)
        n = 0
        while self._text[self._at] != closing:
            yield n
            n += 1
            self._skip(_SPACE)
            if self._text[self._at] == ",":
                self._at += 1
                self._skip(_SPACE)
        self._at += 1

    def _line(self) -> int:
        """Line of the next letter."""
        at, line = self._counted
        self._counted = self._at, line + self._text.count("\n", at, self._at)
        return self._counted[1]

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        self._at = self._at if found is None else found.end()
