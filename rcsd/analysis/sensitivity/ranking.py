"""Who comes first: parameters ordered by their total index, and how much of that order the sample supports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.sensitivity.estimators.indices import Indices
from rcsd.analysis.sensitivity.result import SobolResult


@dataclass(frozen=True, slots=True)
class Rank:
    """One parameter's total index.

    `shown` says whether its interval lies above zero, `tied` whether it overlaps with the leader's.
    """

    parameter: str
    total: float
    conf: float
    shown: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class PairIndex:
    """Second order of one pair."""

    parameters: tuple[str, str]
    second: float
    conf: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of the parameters for one output at one time.

    Attributes
    ----------
    output, time : str, float
        What and when.
    ranks : tuple of Rank
        From the largest total index to the smallest; empty for an output that is constant then, or whose indices the
        sample does not determine.
    sum_first : float
        Sum of the first-order indices: what is left to 1 is interaction.
    pairs : tuple of PairIndex
        Pairs whose interval lies above zero and reaches down to what both members' totals leave room for, the largest
        first.
    widest : float
        Half-width of the widest interval of a total index.
    undetermined : bool
        Whether the sample does not determine the indices.
    """

    output: str
    time: float
    ranks: tuple[Rank, ...]
    sum_first: float
    pairs: tuple[PairIndex, ...]
    widest: float
    undetermined: bool = False

    @property
    def leaders(self) -> tuple[str, ...]:
        """The first parameter, and those whose intervals overlap with its own."""
        return tuple(rank.parameter for rank in self.ranks if rank.tied)


def ranking(result: SobolResult, output: str, time: float) -> Ranking:
    """Order the parameters by their total index for one output at one saved time.

    Raises
    ------
    ModelError, ParameterError
        For an output that was not analysed, or a time that was not saved.
    """
    at = (result.time_index(time), result.output_index(output))
    indices = result.indices
    undetermined = bool(indices.undetermined[at])
    if undetermined or indices.constant[at]:
        return Ranking(output, time, (), float("nan"), (), float("nan"), undetermined)
    ranks = _ranks(result.parameters, indices.total[at], indices.total_conf[at])
    widest = max(rank.conf for rank in ranks)
    return Ranking(output, time, ranks, float(indices.first[at].sum()), _pairs(result, at), widest)


def outcome_ranks(parameters: tuple[str, ...], indices: Indices) -> tuple[Rank, ...]:
    """Order the parameters for a number derived from a trajectory; empty where it has no indices."""
    return () if indices.constant or indices.undetermined else _ranks(parameters, indices.total, indices.total_conf)


def _ranks(parameters: tuple[str, ...], total: NDArray[np.float64], conf: NDArray[np.float64]) -> tuple[Rank, ...]:
    order = np.argsort(-total, kind="stable")
    first = order[0]
    return tuple(
        Rank(
            parameters[i],
            float(total[i]),
            float(conf[i]),
            shown=bool(total[i] > conf[i]),
            tied=bool(i == first or total[i] + conf[i] >= total[first] - conf[first]),
        )
        for i in order
    )


def _pairs(result: SobolResult, at: tuple[int, int]) -> tuple[PairIndex, ...]:
    second, conf = result.indices.second, result.indices.second_conf
    if second is None or conf is None:
        return ()
    value, width = second[at], conf[at]
    # a pair can explain no more than either of its members takes part in
    room = result.indices.total[at] + result.indices.total_conf[at]
    found = [
        PairIndex((result.parameters[j], result.parameters[k]), float(value[j, k]), float(width[j, k]))
        for j, k in np.argwhere(value > width)
        if value[j, k] - width[j, k] <= min(room[j], room[k])
    ]
    return tuple(sorted(found, key=lambda pair: -pair.second))


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter whose total index for an output differs between two times by more than both intervals."""

    parameter: str
    before: float
    after: float


def changes(result: SobolResult, output: str, first: float, last: float) -> tuple[Change, ...]:
    """Say whose influence on an output grows or falls from one time to another, the largest change first.

    Raises
    ------
    ModelError, ParameterError
        For an output that was not analysed, or a time that was not saved.
    """
    index = result.output_index(output)
    a, b = (result.time_index(first), index), (result.time_index(last), index)
    shown = result.indices.shown
    before, after = shown.total[a], shown.total[b]
    clear = np.abs(after - before) > shown.total_conf[a] + shown.total_conf[b]
    found = [Change(result.parameters[i], float(before[i]), float(after[i])) for i in np.flatnonzero(clear)]
    return tuple(sorted(found, key=lambda change: -abs(change.after - change.before)))


@dataclass(frozen=True, slots=True)
class Opinion:
    """The parameter that PAWN puts first for an output at a time, and whether it is among the Sobol leaders."""

    output: str
    time: float
    first: str
    agrees: bool


def opinions(result: SobolResult) -> tuple[Opinion, ...]:
    """Compare the second opinion with the ranking, wherever there are both."""
    found = []
    for each in result.pawn:
        leaders = ranking(result, each.output, each.time).leaders
        if leaders and np.isfinite(each.median).all():
            first = result.parameters[int(np.argmax(each.median))]
            found.append(Opinion(each.output, each.time, first, first in leaders))
    return tuple(found)
