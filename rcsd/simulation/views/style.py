"""What an element looks like where the file says so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """A departure from the look of the view; None is the view's, and the view's None is the notation's.

    Attributes
    ----------
    font : str or None
        Name of the typeface.
    size : float or None
        Of the text: pixels of the em (Vensim's 12 points are 16 pixels).
    bold, italic, underline : bool
        Of the text.
    colour, border, fill : str or None
        Of text or line, of the outline and of the inside: ``#rrggbb``.
    """

    font: str | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str | None = None
    border: str | None = None
    fill: str | None = None


PLAIN = Style()
