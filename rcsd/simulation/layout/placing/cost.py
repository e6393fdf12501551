"""What makes a page hard to read, as a number: long arrows, crossings, arrows through names, names over one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rcsd.simulation.layout.placing.geometry import Floats, crosses, enters, overlap_depth
from rcsd.simulation.layout.placing.sheet import Ints, Sheet

AIR: Final = (5.0, 4.0)
"""Kept free around every name, to the sides, and over and under it."""
_PER_PIXEL: Final = 0.8
_LONG: Final = (240.0, 60.0)
"""Pixels from which on the length of an arrow counts more than once, and how much twice that length does."""
_SHORT: Final = (30.0, 3.0)
"""Pixels of an arrow that should be seen, and what each missing one costs."""
_CROSSING: Final = 40.0
_CROSSED_PIPE: Final = 80.0
_THROUGH_NAME: Final = 220.0
_THROUGH_STOCK: Final = 400.0
_PIPE_THROUGH_NAME: Final = 700.0
_OVERLAP: Final = (200.0, 20.0)
"""For two names that overlap: at once, and for each pixel."""
_OUTSIDE: Final = 120.0
_EDGE: Final = 10.0
_NARROW: Final = 60.0
"""For two arrows at one place that run nearly the same way."""
_SAME_WAY: Final = 0.94
"""Cosine of the angle from which on they do."""
_ABREAST: Final = 7.0
"""Off for a neighbour in the same line."""
_NEIGHBOUR: Final = (260.0, 130.0)
_MARGIN: Final = 3.0


@dataclass(frozen=True, slots=True)
class Pull:
    """Places that bodies are drawn to: `at`, shape (body, 2), by `weight`, shape (body,), per pixel."""

    at: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class _Share:
    """What of a page moves with one body.

    Attributes
    ----------
    own, others : NDArray of int
        Glyphs of the body and all others.
    mine, rest : NDArray of int
        Pieces that move with it and all others.
    pairs : NDArray of int, shape (pair, 2)
        An arrow that moves, by its place in `mine`, and another that starts or ends where it does.
    signs : NDArray, shape (pair,)
        1 where both start or both end there, -1 otherwise; halved where the other moves too and is met twice.
    """

    own: Ints
    others: Ints
    mine: Ints
    rest: Ints
    pairs: Ints
    signs: Floats
    halves: Floats


class Cost:
    """The cost of a page's bodies in their places.

    Parameters
    ----------
    sheet : Sheet
        The page.
    pull : Pull
        Where bodies should be, if anywhere.
    """

    def __init__(self, sheet: Sheet, pull: Pull) -> None:
        self.sheet = sheet
        self.pull = pull
        self._air = np.array([-AIR[0], -AIR[1], AIR[0], AIR[1]])
        self._is_main = np.array([glyph.role in ("stock", "auxiliary", "shadow") for glyph in sheet.glyphs])
        is_stock = np.array([glyph.role == "stock" for glyph in sheet.glyphs])
        self._through_price = np.where(is_stock, _THROUGH_STOCK, _THROUGH_NAME)
        self._is_tube = np.arange(len(sheet.related)) >= len(sheet.arrows)
        self._shares = [self._share(body) for body in range(len(sheet.bodies))]

    def _share(self, body: int) -> _Share:
        sheet, ends = self.sheet, self.sheet.ends
        touched = np.concatenate([(sheet.body[ends] == body).any(axis=1), sheet.tube_body == body])
        mine = np.flatnonzero(touched)
        arrows = mine[: int(touched[: len(ends)].sum())]
        signs = np.zeros((len(arrows), len(ends)))
        for i, j, sign in ((0, 0, 1.0), (0, 1, -1.0), (1, 0, -1.0), (1, 1, 1.0)):
            signs += sign * (ends[arrows, i][:, None] == ends[:, j][None, :])
        signs[arrows[:, None] == np.arange(len(ends))] = 0
        first, second = np.nonzero(signs)
        return _Share(
            own=np.flatnonzero(sheet.body == body),
            others=np.flatnonzero(sheet.body != body),
            mine=mine,
            rest=np.flatnonzero(~touched),
            pairs=np.stack([first, second], axis=1),
            signs=signs[first, second],
            halves=np.where(touched[second], 0.5, 1.0),
        )

    def pieces(self, origins: Floats) -> Floats:
        """Return the ends of every piece, shape (piece, 2, 2); `origins` has shape (body, 2)."""
        sheet = self.sheet
        arrows = arrow_ends(sheet.centres(origins), sheet.ends, sheet.valves)
        return np.concatenate([arrows, sheet.tubes + origins[sheet.tube_body, None, :]])

    def at(self, body: int, origins: Floats, places: Floats) -> Floats:
        """Cost of what changes when one body stands at each of some places, shape (place,).

        Parameters
        ----------
        body : int
            Which.
        origins : NDArray, shape (body, 2)
            Of all bodies.
        places : NDArray, shape (place, 2)
            Its possible origins.
        """
        sheet, share = self.sheet, self._shares[body]
        centres = places[:, None] + sheet.offset[share.own]
        boxes = np.concatenate([centres, centres], axis=-1) + sheet.room[share.own]
        fixed = origins[sheet.body[share.others]] + sheet.offset[share.others]
        fixed_boxes = np.concatenate([fixed, fixed], axis=-1) + sheet.room[share.others]
        pieces = self.pieces(origins)
        moved, still = self._moved(body, origins, places), pieces[None, share.rest]
        cost = (
            self._overlaps(boxes, fixed_boxes)
            + self._outside(boxes)
            + self._lengths(moved, share, boxes, fixed_boxes)
            + self._met(moved, share.mine, still, share.rest)
            + self._narrow(moved, share, pieces)
            + self._through(moved, fixed_boxes[None], share.mine, share.others)
            + self._through(still, boxes, share.rest, share.own)
            + self._pulled(body, places)
            - self._abreast(centres, fixed, share.others)
        )
        if len(share.own) > 1:
            cost += self._met(moved, share.mine, moved, share.mine) / 2
            cost += self._through(moved, boxes, share.mine, share.own)
        return np.asarray(cost)

    def _moved(self, body: int, origins: Floats, places: Floats) -> Floats:
        """Pieces of a body at each place, shape (place, piece, 2, 2)."""
        sheet, mine = self.sheet, self._shares[body].mine
        arrows, tubes = mine[~self._is_tube[mine]], mine[self._is_tube[mine]] - len(sheet.arrows)
        met = []
        for glyphs in (sheet.ends[arrows], sheet.valves[arrows]):
            of = sheet.body[glyphs]
            start = np.where((of == body)[..., None], places[:, None, None], origins[of])
            met.append(start + sheet.offset[glyphs])
        return np.concatenate([nearer_ends(*met), sheet.tubes[tubes] + places[:, None, None]], axis=1)

    def _overlaps(self, boxes: Floats, fixed: Floats) -> Floats:
        depth = overlap_depth((boxes + self._air)[:, :, None], (fixed + self._air)[None, None])
        return np.asarray(((depth > 0) * _OVERLAP[0] + _OVERLAP[1] * depth).sum(axis=(1, 2)))

    def _outside(self, boxes: Floats) -> Floats:
        edge = np.array([self.sheet.width, self.sheet.height]) - _EDGE
        beyond = np.maximum(_EDGE - boxes[..., :2], 0) + np.maximum(boxes[..., 2:] - edge, 0)
        return np.asarray(_OUTSIDE * beyond.sum(axis=(1, 2)))

    def _lengths(self, moved: Floats, share: _Share, boxes: Floats, fixed: Floats) -> Floats:
        """Cost of arrows that are long, and of those too short to be seen."""
        arrows = ~self._is_tube[share.mine]
        length = np.linalg.norm(moved[:, arrows, 1] - moved[:, arrows, 0], axis=-1)
        cost = _PER_PIXEL * length + _LONG[1] * np.maximum(length / _LONG[0] - 1, 0) ** 1.5
        cost += _SHORT[1] * np.maximum(_SHORT[0] - self._seen(share, boxes, fixed), 0)
        return np.asarray(cost.sum(axis=1))

    def _seen(self, share: _Share, boxes: Floats, fixed: Floats) -> Floats:
        """How far the boxes at the two ends of arrows are apart, shape (place, arrow)."""
        ends = self.sheet.ends[share.mine[~self._is_tube[share.mine]]]
        place_of = np.empty(len(self.sheet.body), dtype=np.int64)
        place_of[share.own], place_of[share.others] = np.arange(len(share.own)), np.arange(len(share.others))
        inside = np.isin(ends, share.own)
        both = np.empty((len(boxes), *ends.shape, 4))
        both[:, inside] = boxes[:, place_of[ends[inside]]]
        both[:, ~inside] = fixed[place_of[ends[~inside]]]
        a, b = both[:, :, 0], both[:, :, 1]
        gap = np.maximum(np.maximum(a[..., :2] - b[..., 2:], b[..., :2] - a[..., 2:]), 0)
        return np.asarray(np.linalg.norm(gap, axis=-1))

    def _met(self, moved: Floats, mine: Ints, still: Floats, rest: Ints) -> Floats:
        """Cost of crossings."""
        met = crosses(moved[:, :, None, 0], moved[:, :, None, 1], still[:, None, :, 0], still[:, None, :, 1])
        met &= ~self.sheet.related[np.ix_(mine, rest)]
        price = np.where(self._is_tube[mine][:, None] | self._is_tube[rest], _CROSSED_PIPE, _CROSSING)
        return np.asarray((met * price).sum(axis=(1, 2)))

    def _narrow(self, moved: Floats, share: _Share, pieces: Floats) -> Floats:
        """Cost of arrows that share an end and leave it in nearly the same direction."""
        if not len(share.pairs):
            return np.zeros(len(moved))
        first, second = share.pairs.T
        place_of = np.full(len(pieces), -1)
        place_of[share.mine] = np.arange(len(share.mine))
        mine = place_of[second] >= 0
        other = np.repeat(pieces[None, second], len(moved), axis=0)
        other[:, mine] = moved[:, place_of[second[mine]]]
        cosine = (_directions(moved[:, first]) * _directions(other)).sum(axis=-1) * share.signs
        near = np.maximum(cosine - _SAME_WAY, 0.0) / (1 - _SAME_WAY)
        return np.asarray(_NARROW * (near * share.halves).sum(axis=1))

    def _through(self, pieces: Floats, boxes: Floats, which: Ints, glyphs: Ints) -> Floats:
        """Cost of pieces that run through boxes that are none of their ends."""
        grown = boxes + np.array([-_MARGIN, -_MARGIN, _MARGIN, _MARGIN])
        met = enters(pieces[:, :, None, 0], pieces[:, :, None, 1], grown[:, None])
        met &= ~self.sheet.free[np.ix_(which, glyphs)]
        price = np.where(self._is_tube[which][:, None], _PIPE_THROUGH_NAME, self._through_price[glyphs])
        return np.asarray((met * price).sum(axis=(1, 2)))

    def _pulled(self, body: int, places: Floats) -> Floats:
        return np.asarray(self.pull.weight[body] * np.linalg.norm(places - self.pull.at[body], axis=-1))

    def _abreast(self, centres: Floats, fixed: Floats, others: Ints) -> Floats:
        """Return what a body gains by standing in line with others near it."""
        away = np.abs(centres[:, 0, None] - fixed[None, self._is_main[others]])
        row = (away[..., 1] < 1) & (away[..., 0] < _NEIGHBOUR[0])
        column = (away[..., 0] < 1) & (away[..., 1] < _NEIGHBOUR[1])
        return np.asarray(_ABREAST * (row.any(axis=1) * 1.0 + column.any(axis=1)))


def arrow_ends(centres: Floats, ends: Ints, valves: Ints) -> Floats:
    """Where arrows start and end, shape (..., arrow, 2, 2); at a flow, the nearer of its valve and its name."""
    return nearer_ends(centres[..., ends, :], centres[..., valves, :])


def nearer_ends(named: Floats, valved: Floats) -> Floats:
    """Take the nearer to the other end of two places for each end of arrows, shape (..., arrow, 2, 2)."""
    other = named[..., ::-1, :]
    nearer = ((valved - other) ** 2).sum(axis=-1) < ((named - other) ** 2).sum(axis=-1)
    return np.asarray(np.where(nearer[..., None], valved, named))


def _directions(pieces: Floats) -> Floats:
    """Return unit vectors from the first to the second end."""
    along = pieces[..., 1, :] - pieces[..., 0, :]
    return np.asarray(along / np.maximum(np.linalg.norm(along, axis=-1, keepdims=True), 1e-9))
