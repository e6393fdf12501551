"""From a page to places for all of it: placed, given shadows where arrows are long, placed again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from rcsd.simulation.layout.glyph import Glyph
from rcsd.simulation.layout.page import Page
from rcsd.simulation.layout.placing.annealing import GRID, place, total
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


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard a good page is sought.

    Attributes
    ----------
    starts : int
        How many times from the beginning; the cheapest is taken.
    sweeps : float
        Times the usual number of sweeps.
    """

    starts: int = 1
    sweeps: float = 1.0


@dataclass(frozen=True, slots=True)
class Hints:
    """Places chosen by hand.

    Attributes
    ----------
    size : tuple of float or None
        Width and height of the sheet, where it is not worked out; then it is not made larger.
    near, at : mapping of str to tuple of float
        Where the body of a variable should be about, or is.
    """

    size: tuple[float, float] | None = None
    near: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    at: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def arranged(
    page: Page, *, hints: Hints | None = None, effort: Effort | None = None, seed: int = 0
) -> tuple[Sheet, Floats]:
    """Find places for everything on a page.

    Names never overlap: a page on which they would is made larger.

    Parameters
    ----------
    page : Page
        What is to be placed.
    hints : Hints, optional
        Places chosen by hand.
    effort : Effort, optional
        How hard to try.
    seed : int
        Of the chance; the same seed gives the same places.

    Returns
    -------
    (sheet, origins)
        The page as arrays, with its final size, and the origin of each body, shape (body, 2).
    """
    hints, effort = hints or Hints(), effort or Effort()
    found = [_once(page, hints, effort, np.random.default_rng([seed, start])) for start in range(effort.starts)]
    _, sheet, origins = min(found, key=lambda each: each[0])
    return (sheet, origins) if hints.size else _cropped(sheet, origins)


def _once(page: Page, hints: Hints, effort: Effort, rng: np.random.Generator) -> tuple[float, Sheet, Floats]:
    width, height = hints.size or _size(page)
    known: dict[Key, Floats] = {}
    for stage, (heat, sweeps) in enumerate(_STAGES):
        sheet = sheet_of(page.bodies, page.arrows, width, height)
        start, pull, fixed = _start(sheet, page, hints, known, rng)
        n_sweeps = max(round(sweeps * effort.sweeps), 2)
        is_last = stage == len(_STAGES) - 1
        origins = place(sheet, start, pull, fixed=fixed, sweeps=n_sweeps, heat=heat, settled=is_last, rng=rng)
        if not is_last:
            known = dict(zip(_names(page), origins, strict=True))
            page, places = split(page, sheet, origins)
            known |= places
    for _ in range(_MOST_REPAIRS):
        if not _is_crowded(sheet, origins):
            break
        growth = 1.0 if hints.size else _GROWTH
        sheet = replace(sheet, width=sheet.width * growth, height=sheet.height * growth)
        origins = place(sheet, origins * growth, pull, fixed=fixed, sweeps=10, heat=0.3, rng=rng)
    return total(sheet, origins, pull), sheet, origins


def _names(page: Page) -> list[Key]:
    return [(body.glyphs[0].name, number) for body, number in page.bodies]


def _start(
    sheet: Sheet, page: Page, hints: Hints, known: Mapping[Key, Floats], rng: np.random.Generator
) -> tuple[Floats, Pull, frozenset[int]]:
    """Places to begin with, those to be near to, and bodies that stay."""
    anywhere = rng.uniform(size=(len(page.bodies), 2)) * (sheet.width, sheet.height)
    start = np.array([known.get(name, place) for name, place in zip(_names(page), anywhere, strict=True)]).reshape(
        -1, 2
    )
    at, weight, fixed = start.copy(), np.zeros(len(start)), set()
    alone = np.setdiff1d(np.arange(len(start)), sheet.body[sheet.ends])
    at[alone], weight[alone] = (sheet.width / 2, sheet.height / 2), _WEIGHT
    for i, (body, number) in enumerate(page.bodies):
        for glyph in body.glyphs if number == 0 else ():
            if glyph.role == "valve" or glyph.name not in {*hints.near, *hints.at}:
                continue
            chosen = hints.at.get(glyph.name) or hints.near[glyph.name]
            at[i] = chosen[0] - glyph.x, chosen[1] - glyph.y
            weight[i] = _WEIGHT
            start[i] = start[i] if (page.bodies[i][0].glyphs[0].name, 0) in known else at[i]
            if glyph.name in hints.at:
                fixed.add(i)
                start[i] = at[i]
    return start, Pull(at, weight), frozenset(fixed)


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
