"""Names of variables as a diagram shows them, and what could not be read of one."""

from __future__ import annotations

import re

Trouble = tuple[int, str]
"""A line of the file, and what is wrong with it."""


def plain(name: str) -> str:
    """Return a variable's name without its quotation marks, with blanks for underscores and line breaks."""
    inner = name.strip()
    if len(inner) > 1 and inner[0] == inner[-1] == '"':
        inner = inner[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return " ".join(re.sub(r"\\n", " ", inner).replace("_", " ").split())
