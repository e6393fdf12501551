"""From a page to places for all of it: placed, given shadows where arrows are long, placed again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from rcsd.simulation.layout.glyph import Glyph
from rcsd.simulation.layout.page import Page
from rcsd.simulation.layout.placing.annealing import GRID, place
from rcsd.simulation.layout.placing.cost import AIR, Pull
from rcsd.simulation.layout.placing.geometry import Floats, overlap_depth
from rcsd.simulation.layout.placing.sheet import Key, Sheet, sheet_of
from rcsd.simulation.layout.placing.splitting import split

WIDEST: Final = (1400.0, 850.0)
"""A sheet that fits a screen."""
_NARROWEST: Final = (420.0, 300.0)
_SPREAD: Final = 3.3
"""Times the room of all names that a page has."""
_STAGES: Final = ((1.0, 26), (0.5, 16), (0.3, 12))
"""Heat and sweeps of each round."""
_GROWTH: Final = 1.12
_MOST_REPAIRS: Final = 12
_BORDER: Final = 20.0
_WEIGHT: Final = 0.6
"""Per pixel, of the pull to the middle of what no arrow joins."""
_SEED: Final = (0, 0)


def arranged(page: Page) -> tuple[Sheet, Floats]:
    """Find places for everything on a page; the same page has the same places.

    Names never overlap: a page on which they would is made larger.

    Parameters
    ----------
    page : Page
        What is to be placed.

    Returns
    -------
    (sheet, origins)
        The page as arrays, with its final size, and the origin of each body, shape (body, 2).
    """
    rng = np.random.default_rng(_SEED)
    width, height = _size(page)
    known: dict[Key, Floats] = {}
    for stage, (heat, sweeps) in enumerate(_STAGES):
        sheet = sheet_of(page.bodies, page.arrows, width, height)
        start, pull = _start(sheet, page, known, rng)
        is_last = stage == len(_STAGES) - 1
        origins = place(sheet, start, pull, sweeps=sweeps, heat=heat, settled=is_last, rng=rng)
        if not is_last:
            known = dict(zip(_names(page), origins, strict=True))
            page, places = split(page, sheet, origins)
            known |= places
    for _ in range(_MOST_REPAIRS):
        if not _is_crowded(sheet, origins):
            break
        sheet = replace(sheet, width=sheet.width * _GROWTH, height=sheet.height * _GROWTH)
        origins = place(sheet, origins * _GROWTH, pull, sweeps=10, heat=0.3, rng=rng)
    return _cropped(sheet, origins)


def _names(page: Page) -> list[Key]:
    return [(body.glyphs[0].name, number) for body, number in page.bodies]


def _start(sheet: Sheet, page: Page, known: Mapping[Key, Floats], rng: np.random.Generator) -> tuple[Floats, Pull]:
    """Places to begin with; what no arrow joins is drawn to the middle."""
    anywhere = rng.uniform(size=(len(page.bodies), 2)) * (sheet.width, sheet.height)
    start = np.array([known.get(name, place) for name, place in zip(_names(page), anywhere, strict=True)])
    at, weight = start.copy(), np.zeros(len(start))
    alone = np.setdiff1d(np.arange(len(start)), sheet.body[sheet.ends])
    at[alone], weight[alone] = (sheet.width / 2, sheet.height / 2), _WEIGHT
    return start, Pull(at, weight)


def _size(page: Page) -> tuple[float, float]:
    """Width and height of the page: in the shape of a screen, wide enough for its widest chain."""
    rooms = [glyph.room for body, _ in page.bodies for glyph in body.glyphs]
    area = sum((right - left + 2 * AIR[0]) * (bottom - top + 2 * AIR[1]) for left, top, right, bottom in rooms)
    height = math.sqrt(_SPREAD * area * WIDEST[1] / WIDEST[0])
    extents = [_extent(body.glyphs) for body, _ in page.bodies]
    least = [max((extent[axis] for extent in extents), default=0.0) + 2 * _BORDER for axis in (0, 1)]
    wide = max(height * WIDEST[0] / WIDEST[1], _NARROWEST[0], least[0])
    return GRID * math.ceil(wide / GRID), GRID * math.ceil(max(height, _NARROWEST[1], least[1]) / GRID)


def _extent(glyphs: Sequence[Glyph]) -> tuple[float, float]:
    boxes = np.array([(g.x + g.room[0], g.y + g.room[1], g.x + g.room[2], g.y + g.room[3]) for g in glyphs])
    return float(boxes[:, 2].max() - boxes[:, 0].min()), float(boxes[:, 3].max() - boxes[:, 1].min())


def _is_crowded(sheet: Sheet, origins: Floats) -> bool:
    """Whether two rooms of different bodies overlap, or one leaves the sheet."""
    boxes = sheet.boxes(sheet.centres(origins))
    depth = overlap_depth(boxes[:, None], boxes[None]) * (sheet.body[:, None] != sheet.body)
    outside = (boxes[:, :2] < 0) | (boxes[:, 2:] > (sheet.width, sheet.height))
    return bool((depth > 0).any() or outside.any())


def _cropped(sheet: Sheet, origins: Floats) -> tuple[Sheet, Floats]:
    """Cut the margins off, but for a border, in which arrows may swing out."""
    boxes = sheet.boxes(sheet.centres(origins))
    low, high = boxes[:, :2].min(axis=0) - _BORDER, boxes[:, 2:].max(axis=0) + _BORDER
    low, high = np.floor(low / GRID) * GRID, np.ceil(high / GRID) * GRID
    width, height = (float(each) for each in high - low)
    return replace(sheet, width=width, height=height), origins - low
