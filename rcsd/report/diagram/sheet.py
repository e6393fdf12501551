"""Several pictures on one sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rcsd.report.diagram.ink import FRAME, TEXT
from rcsd.report.diagram.shapes import Item, Picture, Stroke, Words, moved, rectangle
from rcsd.simulation.views import Box
from rcsd.simulation.views.text import LINE, text_width

_GAP = 24.0
_TITLE = 18.0
_ASPECT = 1.5
"""Width of the sheet over its height, about."""


def sheet_of(title: str, pictures: Sequence[Picture]) -> Picture:
    """Put pictures side by side in rows, in their order, each under its title; one alone stays as it is.

    Parameters
    ----------
    title : str
        Of the sheet.
    pictures : sequence of Picture
        At least one.
    """
    if len(pictures) == 1:
        return pictures[0]
    widths = [sum(p.box.width + _GAP for p in pictures[:k]) for k in range(1, len(pictures) + 1)]
    widest = max(picture.box.width for picture in pictures)
    tried = (_rows(pictures, width) for width in widths if width >= widest)
    places, box = min(tried, key=lambda rows: abs(math.log(rows[1].width / rows[1].height / _ASPECT)))
    items = [item for p, (x, y) in zip(pictures, places, strict=True) for item in _placed(p, x, y)]
    return Picture(title, box.grown(_GAP), tuple(items))


def _rows(pictures: Sequence[Picture], most: float) -> tuple[list[tuple[float, float]], Box]:
    """Return where each picture's corner is if no row is wider than `most`, and the box around all."""
    places = []
    x = y = wide = high = 0.0
    for picture in pictures:
        if x and x + picture.box.width > most:
            x, y, high = 0.0, y + high + _GAP, 0.0
        places.append((x, y))
        high = max(high, picture.box.height + _TITLE * 2)
        wide = max(wide, x + picture.box.width)
        x += picture.box.width + _GAP
    return places, Box(0.0, 0.0, wide, y + high)


def _placed(picture: Picture, x: float, y: float) -> list[Item]:
    top = y + _TITLE * 2
    frame = Box(x, top, x + picture.box.width, top + picture.box.height)
    wide = text_width(picture.title, _TITLE, bold=True)
    box = Box(x, y + _TITLE / 2, x + wide, y + _TITLE / 2 + _TITLE * LINE)
    title = Words((picture.title,), box, _TITLE, "right", TEXT, bold=True)
    right, down = x - picture.box.left, top - picture.box.top
    inside = [moved(item, right, down) for item in picture.items]
    return [Item((title, Stroke(rectangle(frame), FRAME))), *inside]
