"""The stages that a cluster passes through, and whether it is the path of the paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.digital_cluster.stages.table import STAGES
from rcsd.papers.rules import increasing

KINDS = (
    "stays conventional",
    "ends as a digital cluster",
    "full path",
    "skips the digital cluster",
    "begins later or turns back",
)
"""What a path can be. Full: conventional, then digital, then ecosystem to the end of the run, never back."""

FULL_PATH = KINDS.index("full path")


@dataclass(frozen=True, slots=True)
class ClusterSpan:
    """One stage from one year to another; `open` says that the run ends in it."""

    stage: str
    first_year: float
    last_year: float
    open: bool = False


def stage_spans(times: ArrayLike, stages: ArrayLike) -> tuple[ClusterSpan, ...]:
    """Gather equal neighbours of a path's stages into spans; a stage begins at the first saved time that shows it.

    Parameters
    ----------
    times
        Increasing, shape (n_times,).
    stages
        Indices of `STAGES`, shape (n_times,).

    Raises
    ------
    ParameterError
        When the times do not increase or the stages are not one for each.

    Examples
    --------
    >>> [span.stage for span in stage_spans([0.0, 1.0, 2.0], [0, 0, 1])]
    ['conventional cluster', 'digital cluster']
    """
    years = increasing("times", times)
    codes = np.asarray(stages)
    if codes.shape != years.shape or not np.isin(codes, range(len(STAGES))).all():
        raise ParameterError(f"the stages must be one of 0, 1 and 2 for each of the {years.size} times")
    begins = [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist()]
    edges = [*years[begins].tolist(), float(years[-1])]
    return tuple(
        ClusterSpan(STAGES[int(codes[first])], edges[i], edges[i + 1], open=i + 1 == len(begins))
        for i, first in enumerate(begins)
    )


def path_kinds(stages: NDArray[np.int_]) -> NDArray[np.int_]:
    """Return what each path is, as an index of `KINDS`, shape (n_runs,), from stages of shape (n_runs, n_times)."""
    rises = (np.diff(stages, axis=1) >= 0).all(axis=1) & (stages[:, 0] == 0)
    by_last = [rises & (stages[:, -1] == stage) for stage in range(len(STAGES))]
    digital = (stages == 1).any(axis=1)
    conditions = [*by_last[:2], by_last[2] & digital, by_last[2]]
    return np.select(conditions, range(len(conditions)), len(conditions))


def first_years(times: NDArray[np.float64], stages: NDArray[np.int_], stage: int) -> NDArray[np.float64]:
    """Return the first saved time at which each path shows a stage, NaN where never, shape (n_runs,)."""
    shown = stages == stage
    return np.where(shown.any(axis=1), times[np.argmax(shown, axis=1)], np.nan)
