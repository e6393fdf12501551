"""Tables with remarks, and comments, as a study file has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rcsd.toml.writing import key_of, value_of

_WIDTH = 118


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
