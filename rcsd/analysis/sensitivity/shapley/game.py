"""How the Shapley value divides a whole among players, given what remains of it when some of them have had their turn.

A player's share is what it takes away on its turn, on average over all orders in which the players can come (Shapley
1953). With few players that is a sum over all sets; with many, orders are drawn, each with its reverse: of two players
that overlap each then comes first as often as the other, so that what pairs share is divided exactly (Mitchell et al.
2022). The shares of an order always add up to the whole.

References
----------
L. Shapley (1953), A value for n-person games, Contributions to the Theory of Games II, 307-317. J. Castro, D. Gomez and
J. Tejada (2009), Polynomial calculation of the Shapley value based on sampling, Computers and Operations Research 36,
1726-1730. R. Mitchell et al. (2022), Sampling permutations for Shapley value estimation, Journal of Machine Learning
Research 23(43).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

N_PAIRS = 16
"""Pairs of an order and its reverse, where not all sets are worked out."""

After = Callable[[frozenset[int]], NDArray[np.float64]]
"""What remains after some players' turns; any shape."""


def shares(after: After, n_players: int, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Divide a whole among players.

    Returns
    -------
    shares : NDArray, shape (player, ...)
        In the unit of `after`.
    error : NDArray, shape (player, ...)
        Standard error that is due to the orders drawn; 0 where all sets were worked out.
    """
    if 2**n_players <= 2 * N_PAIRS * n_players:
        found = np.stack([_exact(after, player, n_players) for player in range(n_players)])
        return found, np.zeros_like(found)
    orders = (rng.permutation(n_players) for _ in range(N_PAIRS))
    pairs = np.stack([(_turns(after, order) + _turns(after, order[::-1])) / 2 for order in orders])
    return pairs.mean(axis=0), pairs.std(axis=0, ddof=1) / math.sqrt(N_PAIRS)


def _exact(after: After, player: int, n_players: int) -> NDArray[np.float64]:
    """Average a player's turn over all sets that can come before it, each as often as orders have it."""
    others = [each for each in range(n_players) if each != player]
    total = np.zeros_like(after(frozenset()))
    for size in range(n_players):
        weight = 1 / (n_players * math.comb(n_players - 1, size))
        for before in map(frozenset, combinations(others, size)):
            total += weight * (after(before) - after(before | {player}))
    return total


def _turns(after: After, order: NDArray[np.int_]) -> NDArray[np.float64]:
    """Say what each player takes away in one order."""
    remains = [after(frozenset(map(int, order[:size]))) for size in range(len(order) + 1)]
    taken = np.empty((len(order), *remains[0].shape))
    taken[order] = -np.diff(np.stack(remains), axis=0)
    return taken
