"""Shadows where an arrow would cross the page: a second appearance of its cause, close to the effect."""

from __future__ import annotations

from typing import Final

import numpy as np

from rcsd.simulation.layout.page import Page
from rcsd.simulation.layout.placing.cost import Cost, Pull
from rcsd.simulation.layout.placing.geometry import Floats, crosses, enters
from rcsd.simulation.layout.placing.sheet import Arrow, Key, Sheet

_FAR_OWN: Final = 470.0
_FAR_SHADOW: Final = 250.0
"""Pixels from which on an arrow is replaced, from a variable that stands on this page and from a shadow."""
_CROSSED: Final = 0.7
_THROUGH: Final = 0.45
"""Shares of these, where the arrow crosses many others, and where it runs through a name."""
_MANY: Final = 4
_TOGETHER: Final = 230.0
"""Pixels within which effects share a shadow."""


def split(page: Page, sheet: Sheet, origins: Floats) -> tuple[Page, dict[Key, Floats]]:
    """Give the far effects of a variable shadows of it; return the page and the places of the new shadows."""
    pieces = Cost(sheet, Pull(origins, np.zeros(len(origins)))).pieces(origins)
    arrows = pieces[: len(sheet.arrows)]
    length = np.linalg.norm(arrows[:, 1] - arrows[:, 0], axis=-1)
    far = np.where([a.source[1] > 0 for a in sheet.arrows], _FAR_SHADOW, _FAR_OWN)
    is_far = length > _patience(sheet, pieces, origins) * far
    count: dict[Key, int] = {}
    for arrow in sheet.arrows:
        count[arrow.source] = count.get(arrow.source, 0) + 1
    moved: dict[Arrow, Key] = {}
    places: dict[Key, Floats] = {}
    heads: dict[Key, list[Floats]] = {}
    for i in np.argsort(-length, kind="stable"):
        arrow = sheet.arrows[i]
        lone = count[arrow.source] == 1 and (arrow.source[1] > 0 or _is_free(sheet, arrow.source))
        if is_far[i] and not lone:
            key = _shadow_near(arrow, arrows[i, 1], heads, page)
            moved[arrow] = key
            heads.setdefault(key, []).append(arrows[i, 1])
            places[key] = np.mean(heads[key], axis=0)
            count[arrow.source] -= 1
    return page.with_shadows(moved), places


def _is_free(sheet: Sheet, key: Key) -> bool:
    """Whether a variable has no cause on the page and is part of no chain, so that it can come to its effect."""
    glyph = sheet.glyphs[sheet.keys.index(key)]
    return glyph.role == "auxiliary" and all(arrow.target != key for arrow in sheet.arrows)


def _shadow_near(arrow: Arrow, head: Floats, heads: dict[Key, list[Floats]], page: Page) -> Key:
    name = arrow.source[0]
    for key, places in heads.items():
        if key[0] == name and np.linalg.norm(np.mean(places, axis=0) - head) < _TOGETHER:
            return key
    taken = {number for body, number in page.bodies if body.glyphs[0].name == name and body.glyphs[0].role == "shadow"}
    taken |= {number for other, number in heads if other == name}
    return name, 1 + max(taken, default=0)


def _patience(sheet: Sheet, pieces: Floats, origins: Floats) -> Floats:
    """Return which share of the length of others an arrow may have: less where it is in the way."""
    n_arrows = len(sheet.arrows)
    arrows = pieces[:n_arrows]
    boxes = sheet.boxes(sheet.centres(origins))
    through = enters(arrows[:, None, 0], arrows[:, None, 1], boxes[None]) & ~sheet.free[:n_arrows]
    met = crosses(arrows[:, None, 0], arrows[:, None, 1], pieces[None, :, 0], pieces[None, :, 1])
    met &= ~sheet.related[:n_arrows]
    crossed = np.where(met.sum(axis=1) >= _MANY, _CROSSED, 1.0)
    return np.asarray(np.where(through.any(axis=1), _THROUGH, crossed))
