"""Which loop rules each period of each run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.loops.cycles import with_arrows
from rcsd.analysis.loops.known import Known
from rcsd.analysis.loops.many.dominance import Ruling
from rcsd.analysis.loops.many.periods import Periods
from rcsd.analysis.loops.matching import Family
from rcsd.analysis.loops.sums import membership
from rcsd.analysis.loops.weighing import Floats, Weighing, weighing
from rcsd.bands import band
from rcsd.simulation.engine.links import Link

_AT_ONCE = 2**22
"""Scores that are worked out together."""
_SHOWN = 20
"""Single loops that are told."""
_HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Rulings:
    """Of families, of single loops, and of all reinforcing loops: see `rcsd.analysis.loops.Dominance`."""

    families: tuple[Ruling, ...]
    loops: tuple[Ruling, ...]
    reinforcing: Ruling


def rulings_of(known: Known, families: Sequence[Family], scores: Mapping[Link, Floats], when: Periods) -> Rulings:
    """Work out who rules.

    Parameters
    ----------
    known : Known
        Loops of one partition.
    families : sequence of Family
        Loops that are told together.
    scores : mapping of (str, str) to NDArray, shape (moment, run)
        Of links.
    when : Periods
        To which the moments belong.
    """
    weigh = weighing(known.cycles, known.partition)
    members = [each.members(known.cycles) for each in families]
    n_runs = next(iter(scores.values())).shape[1] if scores else 0
    counted = _Counted(weigh, members, when, n_runs)
    size = max(1, _AT_ONCE // max(1, len(known.cycles) * when.steps.size))
    for start in range(0, n_runs, size):
        counted.take(scores, slice(start, min(start + size, n_runs)))
    told = tuple(
        _ruling(family.name, counted.families[i], counted.family_net[i], _ruled(counted.families, i, counted.moves))
        for i, family in enumerate(families)
        if members[i]
    )
    return Rulings(told, tuple(_single(known, counted, scores)), _reinforcing(counted))


class _Counted:
    """What is added up run by run."""

    def __init__(self, weigh: Weighing, members: Sequence[Sequence[int]], when: Periods, n_runs: int) -> None:
        self._weigh, self._when = weigh, when
        self._member = membership(members, len(weigh.partition))
        shape = when.starts.size, n_runs
        self.families = np.full((len(members), *shape), np.nan)
        self.family_net = np.full((len(members), *shape), np.nan)
        self.reinforcing = np.full(shape, np.nan)
        self.leader = np.full(shape, -1, dtype=np.int64)
        self._most = np.full((when.steps.size, n_runs), np.nan)
        self._total = np.full((when.steps.size, n_runs), np.nan)

    @property
    def moves(self) -> NDArray[np.bool_]:
        """When anything moves, shape (period, run)."""
        return self.leader >= 0

    def take(self, scores: Mapping[Link, Floats], part: slice) -> None:
        """Work out some runs."""
        n_moments, n = self._when.steps.size, part.stop - part.start
        own = {link: scores[link][:, part].reshape(-1) for link in self._weigh.links}
        logs, negative = self._weigh.logs(own, n_moments * n)
        most, total = _scale(logs)
        self._most[:, part], self._total[:, part] = most.reshape(n_moments, n), total.reshape(n_moments, n)
        absolute = np.exp(logs - most) / total
        signed = np.where(negative, -absolute, absolute)
        self.families[:, :, part] = self._means(self._member @ absolute, n)
        self.family_net[:, :, part] = self._means(self._member @ signed, n)
        self.reinforcing[:, part] = self._means(np.maximum(signed, 0.0).sum(axis=0)[np.newaxis], n)[0]
        each = self._means(absolute, n)
        at_rest = ~np.isfinite(each).any(axis=0)
        self.leader[:, part] = np.where(at_rest, -1, np.nan_to_num(each).argmax(axis=0))

    def courses(self, scores: Mapping[Link, Floats], chosen: NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return mean absolute and mean relative scores of some loops, shape (loop, period, run)."""
        n_runs = self.leader.shape[1]
        own = {link: scores[link].reshape(-1) for link in self._weigh.links}
        logs, negative = self._weigh.of(chosen).logs(own, self._most.size)
        absolute = np.exp(logs - self._most.reshape(-1)) / self._total.reshape(-1)
        return self._means(absolute, n_runs), self._means(np.where(negative, -absolute, absolute), n_runs)

    def _means(self, values: Floats, n_runs: int) -> Floats:
        return self._when.means(values.reshape(len(values), self._when.steps.size, n_runs))


def _scale(logs: Floats) -> tuple[Floats, Floats]:
    """Return logarithms of the greatest score and the sum over the greatest, at every moment; NaN where all rest."""
    most = logs.max(axis=0, initial=-np.inf)
    most = np.where(np.isfinite(most), most, np.nan)
    return most, np.exp(logs - most).sum(axis=0)


def _ruled(families: Floats, i: int, moves: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say in which runs one family has more than any other, shape (period, run)."""
    others = np.delete(np.nan_to_num(families), i, axis=0)
    return np.asarray(moves & (np.nan_to_num(families[i]) > others.max(axis=0, initial=0.0)))


def _ruling(name: str, share: Floats, net: Floats, rules: NDArray[np.bool_]) -> Ruling:
    """Summarise runs; arrays of shape (period, run)."""
    moves = np.isfinite(share)
    n = moves.sum(axis=1)
    whole, part = np.nansum(share), np.nansum(net)
    found = band(np.nan_to_num(share).T)
    empty = n == 0
    return Ruling(
        name=name,
        sign=float(part / whole) if whole > 0 else 0.0,
        rules=np.where(empty, np.nan, (rules & moves).sum(axis=1) / np.maximum(n, 1)),
        low=np.where(empty, np.nan, found.low),
        median=np.where(empty, np.nan, found.median),
        high=np.where(empty, np.nan, found.high),
    )


def _reinforcing(counted: _Counted) -> Ruling:
    share = counted.reinforcing
    return _ruling("reinforcing", share, share, np.nan_to_num(share) > _HALF)


def _single(known: Known, counted: _Counted, scores: Mapping[Link, Floats]) -> list[Ruling]:
    """Tell of the single loops that rule most often."""
    ruled = np.bincount(counted.leader[counted.moves], minlength=len(known.cycles))
    chosen = np.lexsort((np.arange(ruled.size), -ruled))[:_SHOWN]
    chosen = chosen[ruled[chosen] > 0]
    if not chosen.size:
        return []
    shares, net = counted.courses(scores, chosen)
    names = [known.names.get(known.cycles[i]) or with_arrows(known.cycles[i]) for i in chosen]
    return [_ruling(names[row], shares[row], net[row], counted.leader == i) for row, i in enumerate(chosen)]
