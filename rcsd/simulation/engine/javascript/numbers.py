"""Numbers, names and lists as JavaScript writes them, safe within a page."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable

_LIMITS = {math.inf: "Infinity", -math.inf: "(-Infinity)"}
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def number(value: float) -> str:
    """Write a number with all its digits.

    Examples
    --------
    >>> number(0.1), number(-2.0), number(float("nan"))
    ('0.1', '(-2)', 'NaN')
    """
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if value in _LIMITS:
        return _LIMITS[value]
    text = repr(value).removesuffix(".0")
    return f"({text})" if text.startswith("-") else text


def numbers(values: Iterable[float]) -> str:
    """Write a list of numbers."""
    return "[" + ",".join(map(number, values)) + "]"


def text(value: object) -> str:
    """Write a string, or what JSON can say; nothing in it can end a script or begin a tag."""
    written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return "".join(_ESCAPES.get(each, each) for each in written)
