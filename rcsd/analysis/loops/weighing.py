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
_AT_REST = -1e7
"""Stands for the logarithm of zero: no loop has links enough to come near it otherwise."""


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

    def logs(self, scores: Mapping[Link, Floats], n_moments: int) -> tuple[Floats, NDArray[np.bool_]]:
        """Return logarithms of absolute scores and which scores are negative.

        Parameters
        ----------
        scores : mapping of (str, str) to NDArray, shape (moment,)
            Of every link.
        n_moments : int
            How many there are.

        Returns
        -------
        (logs, negative)
            Each of shape (loop, moment); -inf where a loop is at rest.
        """
        each = np.array([scores[link] for link in self.links]).reshape(len(self.links), n_moments)
        with np.errstate(divide="ignore"):
            size = np.maximum(np.log(np.abs(each)), _AT_REST)
        sums = self.parts @ (self.in_parts @ size)
        n_negative = self.parts @ (self.in_parts @ (each < 0).astype(np.float64))
        resting = sums < _AT_REST / 2
        sums[resting] = -np.inf
        return sums, (n_negative.astype(np.int64) % 2 == 1) & ~resting

    def of(self, loops: NDArray[np.intp]) -> Weighing:
        """Return the same for some of the loops."""
        return Weighing(self.links, self.partition[loops], csr_array(self.parts[loops]), self.in_parts)

    @property
    def by_partition(self) -> list[tuple[int, NDArray[np.intp]]]:
        """Numbers of the loops in each partition that has any."""
        return [(int(i), np.flatnonzero(self.partition == i)) for i in np.unique(self.partition)]


def weighing(cycles: Sequence[Cycle], partition: Sequence[int]) -> Weighing:
    """Make ready to score some loops."""
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
