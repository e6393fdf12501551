"""From link scores to loop scores, for many loops, steps and runs at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from rcsd.analysis.loops.cycles import Cycle, closed
from rcsd.simulation.engine.links import Link

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """Works out the scores of some loops.

    Scores multiply along a loop and can leave the range of numbers where a dominance shifts, so their logarithms are
    added up, and shares are taken from those.

    Attributes
    ----------
    links : tuple of (str, str)
        Of all the loops.
    partition : NDArray of int, shape (loop,)
        To which each loop belongs.
    parts : csr_array, shape (loop, part)
        Which runs of links, always found together, are in each loop.
    in_parts : csr_array, shape (part, link)
        Which links these are made of.
    """

    links: tuple[Link, ...]
    partition: NDArray[np.int64]
    parts: csr_array
    in_parts: csr_array

    def logs(self, scores: Mapping[Link, Floats]) -> tuple[Floats, NDArray[np.bool_]]:
        """Return logarithms of absolute scores and which scores are negative.

        Parameters
        ----------
        scores : mapping of (str, str) to NDArray, shape (moment,)
            Of every link.

        Returns
        -------
        (logs, negative)
            Each of shape (loop, moment); -inf where a loop is at rest.
        """
        each = np.array([scores[link] for link in self.links])
        with np.errstate(divide="ignore"):
            size = np.log(np.abs(each))
        at_rest = np.isneginf(size)
        sums = self.parts @ (self.in_parts @ np.where(at_rest, 0.0, size))
        resting = self.parts @ (self.in_parts @ at_rest.astype(np.float64)) > 0
        signs = (self.parts @ (self.in_parts @ (each < 0).astype(np.float64))).astype(np.int64) % 2 == 1
        return np.where(resting, -np.inf, sums), signs & ~resting

    def shares(self, logs: Floats) -> Floats:
        """Return absolute relative scores: shares of all loops in the same partition; zero where all rest.

        Parameters
        ----------
        logs : NDArray, shape (loop, moment)

        Returns
        -------
        NDArray, shape (loop, moment)
        """
        shares = np.zeros_like(logs)
        for own in (np.flatnonzero(self.partition == i) for i in np.unique(self.partition)):
            most = logs[own].max(axis=0)
            size = np.exp(logs[own] - np.where(np.isneginf(most), 0.0, most))
            total = size.sum(axis=0)
            shares[own] = size / np.where(total > 0, total, 1.0)
        return shares


def weighing(cycles: Sequence[Cycle], partition: Sequence[int]) -> Weighing:
    """Make ready to score some loops, at least one."""
    number: dict[Link, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for i, cycle in enumerate(cycles):
        for link in closed(cycle):
            rows.append(i)
            columns.append(number.setdefault(link, len(number)))
    shape = (len(cycles), len(number))
    members = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsc()
    groups: dict[bytes, list[int]] = {}
    for i in range(shape[1]):
        own = np.sort(members.indices[members.indptr[i] : members.indptr[i + 1]])
        groups.setdefault(own.tobytes(), []).append(i)
    heads = [links[0] for links in groups.values()]
    at = [(part, link) for part, links in enumerate(groups.values()) for link in links]
    made = csr_array(
        (np.ones(len(at)), ([part for part, _ in at], [link for _, link in at])), shape=(len(groups), shape[1])
    )
    return Weighing(tuple(number), np.asarray(partition, dtype=np.int64), csr_array(members[:, heads]), made)
