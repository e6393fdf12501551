"""Finds places for the bodies of a page: each in turn takes one of some places, by chance at first, the best at last.

Sampling one body's place given all others (Gibbs sampling, Geman and Geman 1984) under a falling temperature is
annealing whose every move is a good one; a page of forty names takes a second or so.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rcsd.simulation.layout.placing.cost import Cost, Pull
from rcsd.simulation.layout.placing.geometry import Floats
from rcsd.simulation.layout.placing.sheet import Sheet

GRID: Final = 10.0
_HOT, _COLD = 90.0, 3.0
_WIDE, _NEAR = 160.0, 14.0
"""Pixels that a body tries to move by, at first and at last."""
_BESIDE: Final = (90.0, 55.0)
"""Pixels about a neighbour within which it tries to stand, across and down."""
_SETTLING: Final = 4
"""Sweeps at the end in which each body takes the best of many places."""
_AROUND: Final = (280.0, 200.0)
_APART: Final = 20.0
"""Of these places: how far around its neighbours, across and down, and how far from each other."""
_CLOSE: Final = 30.0


def place(
    sheet: Sheet,
    start: Floats,
    pull: Pull,
    *,
    sweeps: int,
    heat: float = 1.0,
    settled: bool = True,
    rng: np.random.Generator,
) -> Floats:
    """Return the origin of each body, shape (body, 2), as multiples of a grid.

    Parameters
    ----------
    sheet : Sheet
        The page.
    start : NDArray, shape (body, 2)
        Origins to begin with.
    pull : Pull
        Where bodies should be, if anywhere.
    sweeps : int
        How often every body is moved.
    heat : float
        Share of the usual temperature and reach to begin with; less keeps more of the start.
    settled : bool
        Whether each body takes the best of many places in the end.
    rng : numpy.random.Generator
        The chance.
    """
    cost = Cost(sheet, pull)
    origins = np.round(start / GRID) * GRID
    bodies = np.arange(len(sheet.bodies))
    near = _neighbours(sheet)
    for sweep in range(sweeps):
        done = sweep / max(sweeps - 1, 1)
        temperature = max(_HOT * heat, _COLD) ** (1 - done) * _COLD**done
        reach = max(_WIDE * heat, _NEAR) ** (1 - done) * _NEAR**done
        for body in rng.permutation(bodies):
            places = _places(sheet, origins, int(body), near[body], reach, rng)
            prices = cost.at(int(body), origins, places)
            chances = np.exp(-(prices - prices.min()) / temperature)
            origins[body] = places[rng.choice(len(places), p=chances / chances.sum())]
    if settled:
        _settle(cost, origins, near)
    return np.asarray(origins)


def _settle(cost: Cost, origins: Floats, near: list[list[int]]) -> None:
    """Put each body in turn in the best of a net of places, until none moves."""
    for _ in range(_SETTLING):
        before = origins.copy()
        for body in range(len(origins)):
            places = _net(origins, body, near[body])
            origins[body] = places[int(np.argmin(cost.at(body, origins, places)))]
        if (before == origins).all():
            break


def _neighbours(sheet: Sheet) -> list[list[int]]:
    """Bodies that arrows join to each."""
    near: list[list[int]] = [[] for _ in sheet.bodies]
    for source, target in sheet.body[sheet.ends]:
        if source != target:
            near[source].append(int(target))
            near[target].append(int(source))
    return near


def _net(origins: Floats, body: int, near: list[int]) -> Floats:
    """Places close to where a body is, and farther around the middle of its neighbours; the first is where it is."""
    here = origins[body]
    nets = [here[None], here + _lattice(_CLOSE, _CLOSE, GRID)]
    if near:
        middle = np.round(origins[near].mean(axis=0) / GRID) * GRID
        nets.append(middle + _lattice(*_AROUND, _APART))
    return np.concatenate(nets)


def _lattice(across: float, down: float, apart: float) -> Floats:
    x, y = np.arange(-across, across + 1, apart), np.arange(-down, down + 1, apart)
    return np.asarray(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))


def _places(
    sheet: Sheet, origins: Floats, body: int, near: list[int], reach: float, rng: np.random.Generator
) -> Floats:
    """Places for a body: where it is, about it, about its neighbours, and anywhere."""
    here = origins[body]
    tried = [here[None], here + rng.normal(size=(24, 2)) * reach]
    if near:
        chosen = origins[rng.choice(near, size=14)]
        tried += [chosen + rng.normal(size=(14, 2)) * _BESIDE]
        middle = origins[near].mean(axis=0)
        tried += [middle + rng.normal(size=(12, 2)) * (reach + 30)]
    tried += [rng.uniform(size=(8, 2)) * (sheet.width, sheet.height)]
    return np.asarray(np.unique(np.round(np.concatenate(tried) / GRID) * GRID, axis=0))
