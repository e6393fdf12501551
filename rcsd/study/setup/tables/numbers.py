"""Numbers as people write them: decimal comma or point, thousands parted by anything, marks of missing cells."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rcsd.study.setup.tables.sheet import Cell, is_blank
from rcsd.tables import LARGEST

_MISSING = frozenset(
    {
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "\u2212",
        ".",
        "..",
        "...",
        "…",
        "……",
        ":",
        "*",
        "?",
        "x",
        "na",
        "n/a",
        "n.a",
        "n.a.",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "missing",
        "nd",
        "n.d.",
        "n.d",
        "\\n",
        "#ref!",
        "#div/0!",
        "#value!",
        "#name?",
        "#num!",
        "#null!",
        "<na>",
        "inf",
        "-inf",
        "无",
        "缺",
        "缺失",
        "空",
        "暂无",
        "不详",
        "not available",
        "no data",
    }
)
_SPACES = re.compile(r"(?<=\d)[\u00a0\u202f\u2009\u2007 '\u2019](?=\d{3}(?!\d))")
_CURRENCY = re.compile(r"^([-+(]?)\s*(?:US\$|USD|EUR|CNY|RMB|[$€£¥￥₹])\s*|\s*(?:[$€£¥￥₹]|USD|EUR|CNY|RMB|元)$")
_NOTE = re.compile(
    r"(?<=\d)(?:\s*(?:\*+|†+|‡+|\[[\w ]{1,4}\]|[¹²³⁴⁵⁶⁷⁸⁹]+)|\s+[a-z]{1,2}|\s*\([a-z0-9]\))$", re.IGNORECASE
)
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_GROUPED = {
    ",": re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?"),
    ".": re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d*)?"),
}
_INDIAN = re.compile(r"[-+]?\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d*)?")
_SURE = {
    ",": re.compile(
        r"[-+]?(?:\d*,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})(?:e.*)?", re.I
    ),
    ".": re.compile(
        r"[-+]?(?:\d*\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{4,}\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})(?:e.*)?",
        re.I,
    ),
}
"""Numbers that can be read with one decimal mark alone."""
_OPEN = re.compile(r"[-+]?[1-9]\d{0,2}[,.]\d{3}")
"""Numbers that can be read with either: 1,234 and 1.234."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How the numbers of a file are written.

    Attributes
    ----------
    decimal : str
        ``.`` or ``,``.
    doubt : str
        A sentence where the cells do not settle it; else empty.
    """

    decimal: str = "."
    doubt: str = ""

    def value(self, cell: Cell) -> float | None:
        """Read a number; None for what is none."""
        if isinstance(cell, float):
            return cell if math.isfinite(cell) and abs(cell) <= LARGEST else None
        if not isinstance(cell, str):
            return None
        text = bare(cell)
        text = text.removesuffix("%").strip()
        if self.decimal == ",":
            if _GROUPED["."].fullmatch(text):
                text = text.replace(".", "")
            elif "." in text:
                return None
            text = text.replace(",", ".", 1)
        elif _GROUPED[","].fullmatch(text) or _INDIAN.fullmatch(text):
            text = text.replace(",", "")
        if not _PLAIN.fullmatch(text):
            return None
        found = float(text)
        return found if math.isfinite(found) and abs(found) <= LARGEST else None


def bare(text: str) -> str:
    """Take from a number what is none of it: currency, blanks between thousands, marks of notes, brackets of minus."""
    text = (
        unicodedata.normalize("NFKC", _NOTE.sub("", text.strip())).strip().replace("\u2212", "-").replace("\u2013", "-")
    )
    text = _SPACES.sub("", _CURRENCY.sub(r"\1", text).strip())
    if text.startswith("(") and text.endswith(")") and text[1:2].isdigit():
        return f"-{text[1:-1]}"
    if text.endswith("-") and text[:1].isdigit():
        return f"-{text[:-1]}"
    return text


def is_missing(cell: Cell) -> bool:
    """Whether a cell says that there is no value."""
    if isinstance(cell, float):
        return not math.isfinite(cell)
    return is_blank(cell) or (isinstance(cell, str) and cell.strip().casefold() in _MISSING)


def has_note(cell: Cell) -> bool:
    """Whether a mark of a note stands behind a number."""
    return isinstance(cell, str) and _NOTE.search(cell.strip()) is not None


def number_style(cells: Iterable[Cell], *, parted_by: str) -> NumberStyle:
    """Find the decimal mark of a file.

    Parameters
    ----------
    cells
        All that might be numbers.
    parted_by
        What parts the columns: semicolons do where the comma is the decimal mark.
    """
    sure = {",": 0, ".": 0}
    example = ""
    for cell in cells:
        if not isinstance(cell, str):
            continue
        text = bare(cell).removesuffix("%").strip()
        for mark, pattern in _SURE.items():
            sure[mark] += pattern.fullmatch(text) is not None
        if not example and _OPEN.fullmatch(text):
            example = text
    if sure[","] > sure["."]:
        return NumberStyle(",", _both(sure) if sure["."] else "")
    if sure["."] or not example:
        return NumberStyle(".", _both(sure) if sure[","] else "")
    comma = "," in example
    decimal = "," if comma and parted_by == "semicolons" else "."
    if parted_by == "commas" or (not comma and parted_by != "semicolons"):
        return NumberStyle(decimal)  # a comma beside commas parts thousands; a point elsewhere is a decimal one
    told = "nothing tells its mark from one of thousands: write one number with decimals if that is wrong"
    return NumberStyle(decimal, f"{example!r} is read as {NumberStyle(decimal).value(example):g}; {told}")


def _both(sure: dict[str, int]) -> str:
    return f"{sure[',']} number(s) have a decimal comma and {sure['.']} a decimal point; the fewer are left out"
