"""What all loops of a partition come to at every moment, worked out for some moments after others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from rcsd.analysis.loops.weighing import Floats, Weighing
from rcsd.simulation.engine.links import Link

_AT_ONCE = 2**22
"""Scores that are worked out together."""


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums over the loops of each partition.

    Attributes
    ----------
    most, total : NDArray, shape (partition, moment)
        Logarithm of the greatest absolute score, -inf while the partition rests; sum of all, over the greatest.
    reinforcing : NDArray, shape (partition, moment)
        Share of the loops with a positive score; NaN while the partition rests.
    leader : NDArray of int, shape (partition, moment)
        Number of the loop with the greatest absolute score, -1 while the partition rests.
    family_share, family_net : NDArray, shape (family, moment)
        Sums of absolute and of signed relative scores over the loops of a family; NaN where all is at rest.
    mean, greatest : NDArray, shape (loop,)
        Of absolute relative scores over the moments at which the partition moves.
    """

    most: Floats
    total: Floats
    reinforcing: Floats
    leader: NDArray[np.int64]
    family_share: Floats
    family_net: Floats
    mean: Floats
    greatest: Floats

    def shares(self, logs: Floats, partition: NDArray[np.int64]) -> Floats:
        """Return absolute relative scores of some loops, shape (loop, moment), from the logarithms of their scores."""
        most, total = self.most[partition], self.total[partition]
        moves = np.isfinite(most)
        return np.where(moves, np.exp(logs - np.where(moves, most, 0.0)) / np.where(moves, total, 1.0), 0.0)


def sums_of(
    weigh: Weighing,
    scores: Mapping[Link, Floats],
    families: Sequence[Sequence[int]],
    n_partitions: int,
    n_moments: int,
) -> Sums:
    """Add loops up.

    Parameters
    ----------
    weigh : Weighing
        Of the loops.
    scores : mapping of (str, str) to NDArray, shape (moment,)
        Of links.
    families : sequence of sequence of int
        Numbers of the loops in each.
    n_partitions, n_moments : int
        How many there are.
    """
    n_loops = len(weigh.partition)
    shape = n_partitions, n_moments
    most, total = np.full(shape, -np.inf), np.zeros(shape)
    reinforcing, leader = np.full(shape, np.nan), np.full(shape, -1, dtype=np.int64)
    member = membership(families, n_loops)
    family_share, family_net = np.zeros((len(families), n_moments)), np.zeros((len(families), n_moments))
    added, greatest = np.zeros(n_loops), np.zeros(n_loops)
    size = max(1, _AT_ONCE // max(1, n_loops))
    for start in range(0, n_moments, size):
        part = slice(start, start + size)
        own = {link: scores[link][part] for link in weigh.links}
        logs, negative = weigh.logs(own, len(range(n_moments)[part]))
        shares = np.zeros_like(logs)
        for i, loops in weigh.by_partition:
            peak = logs[loops].max(axis=0)
            moves = np.isfinite(peak)
            absolute = np.exp(logs[loops] - np.where(moves, peak, 0.0))
            most[i, part], total[i, part] = peak, absolute.sum(axis=0)
            shares[loops] = np.where(moves, absolute / np.where(moves, total[i, part], 1.0), 0.0)
            positive = np.where(negative[loops], 0.0, shares[loops]).sum(axis=0)
            reinforcing[i, part] = np.where(moves, positive, np.nan)
            leader[i, part] = np.where(moves, loops[shares[loops].argmax(axis=0)], -1)
        added += shares.sum(axis=1)
        greatest = np.maximum(greatest, shares.max(axis=1, initial=0.0))
        family_share[:, part] = member @ shares
        family_net[:, part] = member @ np.where(negative, -shares, shares)
    at_rest = ~np.isfinite(most).any(axis=0)
    family_share[:, at_rest] = family_net[:, at_rest] = np.nan
    moving = np.maximum(np.isfinite(most).sum(axis=1), 1)
    return Sums(most, total, reinforcing, leader, family_share, family_net, added / moving[weigh.partition], greatest)


def membership(families: Sequence[Sequence[int]], n_loops: int) -> csr_array:
    """Return which loops are in each family, shape (family, loop)."""
    rows = [row for row, own in enumerate(families) for _ in own]
    columns = [i for own in families for i in own]
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(families), n_loops))
