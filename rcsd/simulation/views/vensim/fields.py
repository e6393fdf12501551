"""One line of a sketch in its fields."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rcsd.simulation.views.style import Style

_FIELD = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^,]*)\s*(?:,|$)')
_COLOUR = re.compile(r"(\d{1,3})-(\d{1,3})-(\d{1,3})")
_MOST = 255
_POINTS_PER_INCH = 72
PIXELS_PER_INCH = 96


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a sketch.

    Attributes
    ----------
    line : int
        One-based line of the file.
    type, id : int
        What it is (1 arrow, 10 variable, 11 valve, 12 comment, cloud or control, 30 picture) and its number.
    fields : tuple of str
        What stands after these two, parted by commas.
    text : str
        The line below, where the object has one.
    """

    line: int
    type: int
    id: int
    fields: tuple[str, ...]
    text: str = ""

    def number(self, place: int, default: float | None = None) -> float:
        """Return the number in a field.

        Raises
        ------
        ValueError
            If it is none, or missing and without default.
        """
        written = self.fields[place].strip() if place < len(self.fields) else ""
        if not written and default is not None:
            return default
        return float(written)

    def integer(self, place: int) -> int:
        """Return the whole number in a field.

        Raises
        ------
        ValueError
            If it is none.
        """
        return int(self.at(place))

    def flags(self, place: int) -> int:
        """Return the bits in a field; none where it is missing or no number."""
        try:
            return int(self.number(place, 0))
        except (ValueError, OverflowError):
            return 0

    def at(self, place: int) -> str:
        """Return a field, "" where it is missing."""
        return self.fields[place].strip() if place < len(self.fields) else ""


def split(text: str) -> tuple[str, ...]:
    """Split a line at its commas; what stands in quotation marks may hold some."""
    fields, start = [], 0
    while start < len(text):
        found = _FIELD.match(text, start)
        assert found is not None
        fields.append(found[1])
        start = found.end()
    return tuple(fields)


def colour(written: str) -> str | None:
    """Return ``#rrggbb`` for ``r-g-b``, None for ``-1--1--1``, which is none, and for what is no colour."""
    found = _COLOUR.fullmatch(written.strip())
    if found is None or any(int(part) > _MOST for part in found.groups()):
        return None
    return "#" + "".join(f"{int(part):02x}" for part in found.groups())


def font(written: str, ppi: float) -> Style:
    """Read ``face|size|attributes|colour``; what is empty or 0 is the default."""
    face, size, attributes, tint = (*written.split("|"), "", "", "", "")[:4]
    points = float(size) if re.fullmatch(r"\d{1,3}(\.\d+)?", size.strip()) else 0.0
    return Style(
        font=face.strip() or None,
        size=points * ppi / _POINTS_PER_INCH if points else None,
        bold="B" in attributes,
        italic="I" in attributes,
        underline="U" in attributes,
        colour=colour(tint),
    )
