"""Values, keys and whole documents as TOML has them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

_BARE = re.compile(r"[A-Za-z0-9_-]+")


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
    if isinstance(value, date):  # and a moment, which is one
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_of(str(key))} = {value_of(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(value_of, value))}]"
    return _text(str(value))


def document_of(table: Mapping[str, object]) -> str:
    r"""Write a table of tables as a document: two levels have headings, what is below stands in line.

    Examples
    --------
    >>> print(document_of({"study": {"seed": 1}, "series": {"gdp": {"error": 0.1}}}), end="")
    [study]
    seed = 1
    <BLANKLINE>
    [series.gdp]
    error = 0.1
    """
    plain = [f"{key_of(key)} = {value_of(value)}" for key, value in table.items() if not isinstance(value, Mapping)]
    blocks = ["\n".join(plain)] if plain else []
    for key, value in table.items():
        if isinstance(value, Mapping):
            blocks += map("\n".join, _blocks(key_of(key), value))
    return "\n\n".join(blocks) + "\n"


def _blocks(heading: str, content: Mapping[str, object]) -> Iterator[list[str]]:
    """Write a table of the first level, and those inside it that hold more than a line can show well."""
    named = bool(content) and all(isinstance(value, Mapping) for value in content.values())
    own = {} if named else content
    if own or not content:
        yield [f"[{heading}]", *(f"{key_of(key)} = {value_of(value)}" for key, value in own.items())]
    for key, value in content.items() if named else ():
        assert isinstance(value, Mapping)
        yield [
            f"[{heading}.{key_of(key)}]",
            *(f"{key_of(str(name))} = {value_of(each)}" for name, each in value.items()),
        ]


def _text(text: str) -> str:
    """Write a text as a basic string, with every sign that TOML forbids in one escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
