"""Colours and weights of a diagram, by the notation of its tool."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.simulation.views import Style, View

PAPER = "#ffffff"
TEXT = "#1a1a1a"
PALE = "#8a8a8a"
"""Shadow variables, and arrows that only set an initial value."""
FRAME = "#c4c9cf"
_CALMER = {"#0000ff": "#2a5caa", "#ff007f": "#c2386f", "#ff0000": "#c0392b"}
"""The tools' own defaults glare on paper; a modeller's other colours stay."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours and weights of one view.

    Attributes
    ----------
    text, shape, arrow, pipe : str
        Colours: of text, of outlines, of arrows and of the two lines of a pipe.
    line : float
        Width of arrows and outlines, in pixels.
    """

    text: str = TEXT
    shape: str = "#333333"
    arrow: str = "#2a5caa"
    pipe: str = "#4a4a4a"
    line: float = 1.1


def ink_of(view: View) -> Ink:
    """Return the colours of a view."""
    plain = Ink()
    if view.notation == "stella":
        return Ink(shape="#34558b", arrow="#c2386f", pipe="#34558b")
    return Ink(
        text=tone(view.style.colour) or plain.text,
        shape=tone(view.style.border) or plain.shape,
        arrow=tone(view.arrows.colour) or plain.arrow,
    )


def tone(colour: str | None) -> str | None:
    """Return a file's colour as it is drawn."""
    return None if colour is None else _CALMER.get(colour, colour)


def text_colour(style: Style, default: str) -> str:
    """Return the colour of text; white text, which is not seen on paper, takes the default."""
    colour = tone(style.colour)
    return default if colour is None or (colour == PAPER and style.fill in (None, PAPER)) else colour
