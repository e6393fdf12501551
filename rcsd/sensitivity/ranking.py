"""Who comes first: parameters ordered by their total index, and how much of that order the sample supports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.sensitivity.result import SobolResult


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
        From the largest total index to the smallest; empty for an output that is constant then.
    sum_first : float
        Sum of the first-order indices: what is left to 1 is interaction.
    pairs : tuple of PairIndex
        Pairs whose interval excludes zero, the largest first.
    widest : float
        Half-width of the widest interval of a total index.
    """

    output: str
    time: float
    ranks: tuple[Rank, ...]
    sum_first: float
    pairs: tuple[PairIndex, ...]
    widest: float

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
    if indices.constant[at]:
        return Ranking(output, time, (), float("nan"), (), float("nan"))
    total, conf = indices.total[at], indices.total_conf[at]
    order = np.argsort(-total, kind="stable")
    first = order[0]
    ranks = tuple(
        Rank(
            result.parameters[i],
            float(total[i]),
            float(conf[i]),
            shown=bool(total[i] > conf[i]),
            tied=bool(i == first or total[i] + conf[i] >= total[first] - conf[first]),
        )
        for i in order
    )
    return Ranking(output, time, ranks, float(indices.first[at].sum()), _pairs(result, at), float(conf.max()))


def _pairs(result: SobolResult, at: tuple[int, int]) -> tuple[PairIndex, ...]:
    second, conf = result.indices.second, result.indices.second_conf
    if second is None or conf is None:
        return ()
    value, width = second[at], conf[at]
    found = [
        PairIndex((result.parameters[j], result.parameters[k]), float(value[j, k]), float(width[j, k]))
        for j, k in np.argwhere(np.abs(value) > width)
    ]
    return tuple(sorted(found, key=lambda pair: -abs(pair.second)))
