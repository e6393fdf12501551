"""One page as arrays: bodies to be placed, and the straight pieces that run between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.layout.glyph import Body, Glyph
from rcsd.simulation.layout.placing.geometry import Flags, Floats

Ints = NDArray[np.int64]
Key = tuple[str, int]
"""A variable and which of its appearances on the page: 0 is its own, others are shadows."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from one appearance to another."""

    source: Key
    target: Key
    initial: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page holds.

    A piece is an arrow, or one straight part of a pipe; arrows come first. An arrow that meets a flow ends at the
    flow's valve or at its name, whichever is nearer its other end.

    Attributes
    ----------
    bodies : tuple of Body
        What is placed.
    keys : tuple of (str, int)
        The appearance that each glyph belongs to; a cloud's is ("", its number).
    arrows : tuple of Arrow
        What runs between them.
    width, height : float
        Of the page.
    glyphs : tuple of Glyph
        Those of all bodies, in order.
    body : NDArray of int, shape (glyph,)
        The body of each glyph.
    offset : NDArray, shape (glyph, 2)
        Its centre from its body's origin.
    room : NDArray, shape (glyph, 4)
        Its room from its centre: left, top, right, bottom.
    ends : NDArray of int, shape (arrow, 2)
        Glyphs at an arrow's start and head: a flow's name.
    valves : NDArray of int, shape (arrow, 2)
        The same, a flow's valve in the place of its name.
    tubes : NDArray, shape (part, 2, 2)
        Parts of pipes, from their body's origin.
    tube_body : NDArray of int, shape (part,)
        Their bodies.
    related : NDArray of bool, shape (piece, piece)
        Pieces whose crossing does not count: they share an end, or a body.
    free : NDArray of bool, shape (piece, glyph)
        Glyphs that a piece may touch: its ends, and for a pipe those of its body.
    """

    bodies: tuple[Body, ...]
    keys: tuple[Key, ...]
    arrows: tuple[Arrow, ...]
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    body: Ints
    offset: Floats
    room: Floats
    ends: Ints
    valves: Ints
    tubes: Floats
    tube_body: Ints
    related: Flags
    free: Flags

    def centres(self, origins: Floats) -> Floats:
        """Centre of each glyph, shape (glyph, 2), from the origin of each body."""
        return np.asarray(origins[self.body] + self.offset)

    def boxes(self, centres: Floats) -> Floats:
        """Room of each glyph on the page, shape (..., glyph, 4)."""
        return np.asarray(np.concatenate([centres, centres], axis=-1) + self.room)


def sheet_of(bodies: Sequence[tuple[Body, int]], arrows: Sequence[Arrow], width: float, height: float) -> Sheet:
    """Gather bodies, each with the number of its appearance, and arrows to a page."""
    glyphs = [glyph for body, _ in bodies for glyph in body.glyphs]
    body = np.array([i for i, (each, _) in enumerate(bodies) for _ in each.glyphs], dtype=np.int64)
    clouds = iter(range(len(glyphs)))
    keys = [(g.name, n if g.name else next(clouds)) for each, n in bodies for g in each.glyphs]
    named = {key: i for i, (key, g) in enumerate(zip(keys, glyphs, strict=True)) if g.role != "valve"}
    valve = named | {key: i for i, (key, g) in enumerate(zip(keys, glyphs, strict=True)) if g.role == "valve"}
    ends = np.array([[named[a.source], named[a.target]] for a in arrows], dtype=np.int64).reshape(-1, 2)
    valves = np.array([[valve[a.source], valve[a.target]] for a in arrows], dtype=np.int64).reshape(-1, 2)
    within = body[ends[:, 0]] == body[ends[:, 1]]  # an arrow along the pipe to the valve would not be seen
    valves[within] = ends[within]
    parts = [
        (i, tube.flow, pair)
        for i, (each, _) in enumerate(bodies)
        for tube in each.tubes
        for pair in zip(tube.points, tube.points[1:], strict=False)
    ]
    tube_body = np.array([i for i, _, _ in parts], dtype=np.int64)
    related, free = _exempt(ends, valves, tube_body, body)
    return Sheet(
        bodies=tuple(each for each, _ in bodies),
        keys=tuple(keys),
        arrows=tuple(arrows),
        width=width,
        height=height,
        glyphs=tuple(glyphs),
        body=body,
        offset=np.array([[g.x, g.y] for g in glyphs]).reshape(-1, 2),
        room=np.array([g.room for g in glyphs]).reshape(-1, 4),
        ends=ends,
        valves=valves,
        tubes=np.array([pair for _, _, pair in parts]).reshape(-1, 2, 2),
        tube_body=tube_body,
        related=related,
        free=free,
    )


def _exempt(ends: Ints, valves: Ints, tube_body: Ints, body: Ints) -> tuple[Flags, Flags]:
    """Which pieces may meet each other, and which glyphs a piece may touch."""
    n_arrows, n_pieces = len(ends), len(ends) + len(tube_body)
    free = np.zeros((n_pieces, len(body)), dtype=bool)
    for column in (ends, valves):
        for end in (0, 1):
            free[np.arange(n_arrows), column[:, end]] = True
    touching = free[:n_arrows].astype(np.int64)
    related = np.zeros((n_pieces, n_pieces), dtype=bool)
    related[:n_arrows, :n_arrows] = touching @ touching.T > 0
    free[n_arrows:] = tube_body[:, None] == body[None, :]
    related[n_arrows:, n_arrows:] = tube_body[:, None] == tube_body[None, :]
    return related, free
