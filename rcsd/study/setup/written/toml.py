"""Values and keys as TOML has them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 118


def key_of(name: str) -> str:
    """Write a key, quoted where it must be.

    Examples
    --------
    >>> key_of("Birth Rate"), key_of("gdp")
    ('"Birth Rate"', 'gdp')
    """
    return name if _BARE.fullmatch(name) else _text(name)


def value_of(value: object) -> str:
    """Write a value.

    Examples
    --------
    >>> value_of([2000, 2010]), value_of(0.05), value_of({"centre": 1.0}), value_of(True)
    ('[2000, 2010]', '0.05', '{ centre = 1.0 }', 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_of(str(key))} = {value_of(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(value_of, value))}]"
    return _text(str(value))


def table_of(heading: str, content: Mapping[str, object], remarks: Mapping[str, str] | None = None) -> list[str]:
    """Write a table, each key with a remark behind it where there is one."""
    said = remarks or {}
    lines = [f"[{heading}]"]
    for key, value in content.items():
        line = f"{key_of(key)} = {value_of(value)}"
        lines.append(f"{line}  # {said[key]}" if key in said else line)
    return lines


def comment(text: str) -> list[str]:
    """Break a text into lines of comment."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += _wrapped(paragraph.split())
    return lines


def _wrapped(words: Iterable[str]) -> list[str]:
    lines, line = [], "#"
    for word in words:
        if len(line) + len(word) >= _WIDTH and line != "#":
            lines.append(line)
            line = "#"
        line += f" {word}"
    return [*lines, line]


def _text(text: str) -> str:
    """Write a text as a basic string, with every sign that TOML forbids in one escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
