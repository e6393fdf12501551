"""The sketch part of a file -> its sheets, each in rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rcsd.simulation.views.style import Style
from rcsd.simulation.views.vensim.fields import PIXELS_PER_INCH, Row, colour, font, split

_START = "\\\\\\---///"
_STOP = "///---\\\\\\"
_ROW = re.compile(r"\s*(\d{1,2}),(\d+),(.*)")
_TEXT_BELOW = 4
_BITS = {10: 6, 11: 6, 12: 6, 30: 6, 31: 6}
"""Where an object says whether a line of text follows it."""
_OLDER = re.compile(r"[|>]\d+,")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One view as it is written.

    Attributes
    ----------
    name : str
        Of the view.
    line : int
        One-based line of its start.
    style, arrows : Style
        The defaults of its text and shapes, and of its arrows.
    ppi : float
        Pixels to an inch, for the size of the text.
    rows : tuple of Row
        Its objects.
    unread : tuple of int
        Lines that are no object.
    version : str
        As the file states it, such as ``V300``.
    """

    name: str
    line: int
    style: Style
    arrows: Style
    ppi: float
    rows: tuple[Row, ...]
    unread: tuple[int, ...]
    version: str


def sheets_of(text: str) -> tuple[Sheet, ...]:
    """Return the sheets of a .mdl file, none if it has no sketch."""
    return tuple(_sheet(start, lines) for start, lines in _blocks(text.splitlines()))


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Give each sheet's first line, one-based, and its lines without the mark."""
    starts = [number for number, line in enumerate(lines) if line.startswith(_START)]
    if not starts:
        return
    stop = next((n for n in range(starts[0], len(lines)) if lines[n].startswith(_STOP)), len(lines))
    starts = [start for start in starts if start < stop]
    for start, after in zip(starts, [*starts[1:], stop], strict=True):
        yield start + 1, lines[start + 1 : after]


def _sheet(start: int, lines: list[str]) -> Sheet:
    name, version = "", ""
    style, arrows, ppi = Style(), Style(), float(PIXELS_PER_INCH)
    rows: list[Row] = []
    unread = []
    numbered = iter(enumerate(lines, start + 1))
    for number, line in numbered:
        if not rows and line.startswith("V") and not version:
            version = line.split()[0]
        elif not rows and line.startswith("*") and not name:
            name = line[1:].strip()
        elif not rows and line.startswith("$"):
            style, arrows, ppi = _defaults(line[1:])
        elif found := _ROW.fullmatch(line):
            row = Row(number, int(found[1]), int(found[2]), split(found[3]))
            below = row.type in _BITS and row.flags(_BITS[row.type]) & _TEXT_BELOW
            rows.append(Row(row.line, row.type, row.id, row.fields, next(numbered, (0, ""))[1]) if below else row)
        elif line.strip():
            unread.append(number)
    return Sheet(name, start, style, arrows, ppi, tuple(rows), tuple(unread), version)


def _defaults(written: str) -> tuple[Style, Style, float]:
    """Read the line of defaults: text and shapes, arrows, pixels to an inch."""
    fields = written.split(",")
    ppi = next((float(field) for field in fields[3:4] if field.strip().isdigit() and int(field)), PIXELS_PER_INCH)
    parts = (*fields[2].split("|"), "", "", "", "", "", "", "", "")[:8] if len(fields) > 2 else ("",) * 8  # noqa: PLR2004
    text = font("|".join(parts[:4]), ppi)
    style = Style(
        text.font,
        text.size,
        text.bold,
        text.italic,
        text.underline,
        text.colour,
        border=colour(parts[4]),
        fill=colour(parts[6]),
    )
    return style, Style(colour=colour(parts[5])), ppi
