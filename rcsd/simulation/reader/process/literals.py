"""What PySD's parsers get in the place of Python's `eval`: something that reads literals, and runs nothing.

PySD hands numbers, strings, points and the limits of tables to `eval` as they stand in the file. Its grammar lets any
text be the limits.
"""

from __future__ import annotations

import re
from typing import Any

from pysd.translators.vensim import vensim_element
from pysd.translators.xmile import xmile_element

_UNSIGNED = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER = rf"[+-]?\s*{_UNSIGNED}"
_TERM = re.compile(_NUMBER)
_SUM = re.compile(rf"{_NUMBER}(?:\s*[+-]\s*{_UNSIGNED})*")
_PAIR = re.compile(rf"\(\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\)")
_BETWEEN = re.compile(r"[\s,\\]*")
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")


def literal(text: str) -> Any:
    r"""Read a number, a sum of numbers, a string in single quotation marks, or pairs of numbers.

    A string is what stands between the marks, backslashes and all.

    Raises
    ------
    ValueError
        For any other text.

    Examples
    --------
    >>> literal("2e3"), literal(r"'a\x27'"), literal("[(0,0),(10,1.5)]")
    (2000.0, 'a\\x27', [(0, 0), (10, 1.5)])
    """
    text = text.strip()
    if _SUM.fullmatch(text):  # PySD takes "1-2" for an array of two numbers that it need not take apart
        return sum(_number(term) for term in _TERM.findall(text))
    if len(text) > 1 and text[0] == text[-1] == "'" and "'" not in text[1:-1]:
        return text[1:-1]
    return _pairs(text[1:-1] if text.startswith("[") and text.endswith("]") else text)


def _pairs(text: str) -> list[tuple[float, float]]:
    pairs, position = [], _end(_BETWEEN, text, 0)
    while (found := _PAIR.match(text, position)) is not None:
        pairs.append((_number(found[1]), _number(found[2])))
        position = _end(_BETWEEN, text, found.end())
    if position < len(text) or not pairs:
        shown = " ".join(text[position : position + 40].split())
        raise ValueError(
            f"{shown!r} stands where a table has numbers; write its limits and points as in [(0,0)-(10,1)],(0,0),(10,1)"
        )
    return pairs


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return position if found is None else found.end()


def _number(text: str) -> float:
    """Read a number; short whole ones stay whole, as PySD has them."""
    text = "".join(text.split())
    return int(text) if _INTEGER.fullmatch(text) else float(text)


for _module in (vensim_element, xmile_element):
    vars(_module)["eval"] = literal
