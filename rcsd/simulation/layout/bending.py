"""Curves of the arrows of a view: each gently bent, around names and away from one another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from rcsd.simulation.layout.notation import in_stella
from rcsd.simulation.layout.placing.geometry import Floats, crosses, enters
from rcsd.simulation.layout.placing.sheet import Ints
from rcsd.simulation.views import Kind, Link, Point, View
from rcsd.simulation.views.measure import labels_of, sheet_of

BENDS: Final = (0.0, 0.06, -0.06, 0.12, -0.12, 0.18, -0.18, 0.26, -0.26, 0.36, -0.36)
"""Height of an arc over its chord, as a share of the chord; above 0 it turns clockwise."""
_GENTLE: Final = 0.12
_N_PIECES: Final = 12
_ROUNDS: Final = 4
_PER_BEND: Final = 170.0
_TURNED_BACK: Final = 3.0
_CROSSING: Final = 45.0
_CROSSED_PIPE: Final = 80.0
_THROUGH_TEXT: Final = 180.0
_THROUGH_OWN: Final = 40.0
"""For an arrow at a valve through the name of its flow, and the other way round."""
_NARROW: Final = 70.0
_SAME_WAY: Final = 0.93
_OUTSIDE: Final = 900.0
_AIR: Final = 3.0


def bent(view: View, stocks: Collection[str]) -> View:
    """Return a view in Vensim's notation with its arrows bent, so that they run well in Stella's too.

    An arrow from a shadow or a constant stays straight where it can; others are slightly curved, turning clockwise
    where nothing speaks against it.

    Parameters
    ----------
    view : View
        The sheet.
    stocks : collection of str
        Stocks of the model, on this sheet or not.
    """
    if not view.links:
        return view
    arcs = _Arcs(view, stocks)
    chosen = np.zeros(len(view.links), dtype=np.int64)
    for _ in range(_ROUNDS):
        before = chosen.copy()
        for i in range(len(view.links)):
            chosen[i] = int(np.argmin(arcs.prices(i, chosen)))
        if (before == chosen).all():
            break
    links = [_with_bend(link, arcs.ends[i], BENDS[chosen[i]]) for i, link in enumerate(view.links)]
    return replace(view, links=tuple(links))


def _with_bend(link: Link, ends: Floats, bend: float) -> Link:
    if not bend:
        return replace(link, points=())
    middle = ends.mean(axis=0) + bend * _normal(ends[1] - ends[0])
    return replace(link, points=(Point(float(round(middle[0])), float(round(middle[1]))),), curved=True)


def _normal(chord: Floats) -> Floats:
    """To the left of a chord as the screen shows it, as long as the chord."""
    return np.stack([chord[..., 1], -chord[..., 0]], axis=-1)


def _sampled(ends: Floats, bend: float) -> Floats:
    """Places on the arcs over chords, shape (arrow, place, 2); `ends` has shape (arrow, 2, 2)."""
    share = np.linspace(-1, 1, _N_PIECES + 1)
    middle, chord = ends.mean(axis=1), ends[:, 1] - ends[:, 0]
    along, over = share / 2, np.zeros_like(share)
    if bend:
        half = 2 * np.arctan(2 * abs(bend))  # half the angle of the arc, whose chord has length 1
        radius = 1 / (2 * np.sin(half))
        along = radius * np.sin(share * half)
        over = np.sign(bend) * radius * (np.cos(share * half) - np.cos(half))
    return np.asarray(middle[:, None] + along[:, None] * chord[:, None] + over[:, None] * _normal(chord)[:, None])


class _Arcs:
    """Every arrow of a view in every bend.

    Attributes
    ----------
    ends : NDArray, shape (arrow, 2, 2)
        Centres of what each joins.
    lines : NDArray, shape (arrow, bend, place, 2)
        Places on it.
    base : NDArray, shape (arrow, bend)
        Cost that does not depend on other arrows.
    """

    def __init__(self, view: View, stocks: Collection[str]) -> None:
        self.ends = _ends(view)
        self.lines = _all_lines(self.ends)
        self.base = _for_itself(view)
        for each in (view, in_stella(view, stocks)):
            lines = _all_lines(_ends(each))
            self.base += _through(each, lines) + _over_pipes(each, lines) + _beyond(each, lines)
        valves = {element.id: element.valve for element in view.elements if element.valve is not None}
        at = np.array([[valves.get(id, id) for id in (link.source, link.target)] for link in view.links])
        self._same = at[:, None, :, None] == at[None, :, None, :]
        related = self._same.any(axis=(2, 3))
        low, high = self.lines.min(axis=(1, 2)), self.lines.max(axis=(1, 2))
        meeting = ((low[:, None] <= high) & (low <= high[:, None])).all(axis=-1)
        self._near = [np.flatnonzero(each) for each in meeting & ~related]
        np.fill_diagonal(related, val=False)
        self._beside = [np.flatnonzero(each) for each in related]

    def prices(self, i: int, chosen: Ints) -> Floats:
        """Cost of every bend of one arrow, given those of the others, shape (bend,)."""
        near = self._near[i]
        others = self.lines[near, chosen[near]]
        mine = self.lines[i, :, :, None, None]
        met = crosses(mine[:, :-1], mine[:, 1:], others[None, None, :, :-1], others[None, None, :, 1:])
        crossings = met.any(axis=(1, 3)).sum(axis=1)
        return np.asarray(self.base[i] + _CROSSING * crossings + self._narrow(i, chosen))

    def _narrow(self, i: int, chosen: Ints) -> Floats:
        """Cost of leaving an end in nearly the direction of another arrow."""
        beside = self._beside[i]
        others = self.lines[beside, chosen[beside]]
        cosine = np.einsum("bex,afx->baef", _departures(self.lines[i]), _departures(others))
        same = self._same[i, beside]
        near = np.maximum(cosine - _SAME_WAY, 0) / (1 - _SAME_WAY) * same
        return np.asarray(_NARROW * near.sum(axis=(1, 2, 3)))


def _ends(view: View) -> Floats:
    """Centres of what each arrow joins, shape (arrow, 2, 2)."""
    centres = {element.id: (element.centre.x, element.centre.y) for element in view.elements}
    return np.array([[centres[link.source], centres[link.target]] for link in view.links])


def _all_lines(ends: Floats) -> Floats:
    """Places on arrows in every bend, shape (arrow, bend, place, 2)."""
    return np.stack([_sampled(ends, bend) for bend in BENDS], axis=1)


def _departures(lines: Floats) -> Floats:
    """Return unit vectors in which lines leave their two ends, shape (..., 2, 2)."""
    k = _N_PIECES // 3
    along = np.stack([lines[..., k, :] - lines[..., 0, :], lines[..., -1 - k, :] - lines[..., -1, :]], axis=-2)
    return np.asarray(along / np.maximum(np.linalg.norm(along, axis=-1, keepdims=True), 1e-9))


def _through(view: View, lines: Floats) -> Floats:
    """Cost of running through text and shapes, shape (arrow, bend)."""
    boxes = [(id, label.box) for id, label in labels_of(view).items()]
    boxes += [(e.id, e.box) for e in view.elements if e.kind in ("valve", "cloud") or e.shape != "none"]
    grown = [box.grown(_AIR) for _, box in boxes]
    bounds = np.array([(box.left, box.top, box.right, box.bottom) for box in grown])
    valves = {element.id: element.valve for element in view.elements}
    cost = np.zeros(lines.shape[:2])
    for i, link in enumerate(view.links):
        ends = {link.source, link.target}
        beside = {valves.get(end) for end in ends} | {id for id, valve in valves.items() if valve in ends}
        price = [0.0 if id in ends else _THROUGH_OWN if id in beside else _THROUGH_TEXT for id, _ in boxes]
        met = enters(lines[i][:, :-1, None], lines[i][:, 1:, None], bounds[None, None]).any(axis=1)
        cost[i] = (met * np.array(price)).sum(axis=1)
    return cost


def _over_pipes(view: View, lines: Floats) -> Floats:
    """Cost of crossing pipes, shape (arrow, bend)."""
    parts = [((a.x, a.y), (b.x, b.y)) for pipe in view.pipes for a, b in pairwise(pipe.points)]
    if not parts:
        return np.zeros(lines.shape[:2])
    ends = np.array(parts)
    met = crosses(lines[:, :, :-1, None], lines[:, :, 1:, None], ends[:, 0], ends[:, 1])
    return np.asarray(_CROSSED_PIPE * met.any(axis=2).sum(axis=-1))


def _beyond(view: View, lines: Floats) -> Floats:
    """Cost of leaving the sheet, shape (arrow, bend)."""
    sheet = sheet_of(view).grown(-_AIR)
    inside = (lines >= (sheet.left, sheet.top)) & (lines <= (sheet.right, sheet.bottom))
    return np.asarray(_OUTSIDE * (~inside).any(axis=(2, 3)))


def _for_itself(view: View) -> Floats:
    """Cost of more or less than the bend that an arrow should have, shape (arrow, bend)."""
    kinds = {element.id: element.kind for element in view.elements}
    caused = {link.target for link in view.links}
    wanted = [_bend_wanted(link, kinds[link.source], caused) for link in view.links]
    off = np.abs(np.abs(BENDS) - np.array(wanted)[:, None])
    return np.asarray(_PER_BEND * off + _TURNED_BACK * (np.array(BENDS) < 0))


def _bend_wanted(link: Link, kind: Kind, caused: set[int]) -> float:
    """Return how much an arrow should be bent: not at all from what nothing on the sheet acts on."""
    is_given = kind == "shadow" or (kind == "auxiliary" and link.source not in caused)
    return 0.0 if link.initial or is_given else _GENTLE
