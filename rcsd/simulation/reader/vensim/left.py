"""What stands on the left of a definition, and the operator after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rcsd.simulation.reader.vensim.scan import split_at

_NAME = re.compile(r'\s*(?P<name>"(?:\\.|[^"\\])*+"|[^=\[(:<"]+)\s*')
_LIST = re.compile(r'\[(?P<inside>(?:"(?:\\.|[^"\\])*+"|[^\]"])*+)\]\s*')
_EXCEPT = re.compile(r":EXCEPT:\s*", re.IGNORECASE)
_KEYWORD = re.compile(r":\s*(?P<word>[A-Za-z][A-Za-z ]*?)\s*:(?!=)\s*")
_OPERATOR = re.compile(r"(?P<operator>==|:=|<->|=|\(|:|$)\s*")
_COMMA = re.compile(r",\s*")


@dataclass(frozen=True, slots=True)
class Left:
    """The left-hand side of a definition.

    Attributes
    ----------
    name : str
        What is defined.
    subscripts : tuple of str
        Ranges or elements.
    exceptions : tuple of tuple of str
        Each list after ``:EXCEPT:``.
    keyword : str
        Between colons, such as ``THE CONDITION`` or ``RAW``, in capitals; empty without.
    operator : str
        ``=``, ``==``, ``:=``, ``<->``, ``:`` (a subscript range), ``(`` (a table), empty when nothing follows, and
        ``?`` for what is none of them.
    right : str
        What follows the operator.
    """

    name: str
    subscripts: tuple[str, ...]
    exceptions: tuple[tuple[str, ...], ...]
    keyword: str
    operator: str
    right: str


def left_of(definition: str) -> Left:
    """Take the left-hand side off a definition without comments and line breaks."""
    named = _NAME.match(definition)
    if named is None:
        return Left(definition, (), (), "", "?", definition)
    position = named.end()
    subscripts: tuple[str, ...] = ()
    if inside := _LIST.match(definition, position):
        subscripts, position = _listed(inside["inside"]), inside.end()
    exceptions: list[tuple[str, ...]] = []
    if word := _EXCEPT.match(definition, position):
        position = word.end()
        while inside := _LIST.match(definition, position):
            exceptions.append(_listed(inside["inside"]))
            comma = _COMMA.match(definition, inside.end())
            position = comma.end() if comma else inside.end()
    keyword = ""
    if word := _KEYWORD.match(definition, position):
        keyword, position = " ".join(word["word"].upper().split()), word.end()
    sign = _OPERATOR.match(definition, position)
    operator, right = (sign["operator"], definition[sign.end() :]) if sign else ("?", definition[position:])
    return Left(named["name"].strip(), subscripts, tuple(exceptions), keyword, operator, right)


def _listed(inside: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in split_at(inside, ","))
