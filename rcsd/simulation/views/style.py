"""What an element looks like where the file says so."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Style:
    """A departure from the look of the view; None is the view's, and the view's None is the notation's.

    Attributes
    ----------
    font : str or None
        Name of the typeface.
    size : float or None
        Of the text: pixels of the em (Vensim's 12 points are 16 pixels).
    bold, italic, underline : bool or None
        Of the text.
    colour, border, fill : str or None
        Of text or line, of the outline and of the inside: ``#rrggbb``.
    """

    font: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    colour: str | None = None
    border: str | None = None
    fill: str | None = None

    def over(self, default: Style) -> Style:
        """Return this style, with what it leaves open from another."""
        return Style(*(getattr(default if getattr(self, f.name) is None else self, f.name) for f in fields(self)))


PLAIN = Style()
