"""What an assessment says in figures that a sentence can hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.method.data import Period

_ENOUGH = 3
"""Units to a column below which a frontier tells few units apart (Cooper, Seiford and Tone 2007, section 9.4)."""

_BEYOND = 1.2
"""Score against the others from which a row's own figures deserve a second look."""


@dataclass(frozen=True, slots=True)
class PeerCount:
    """A row that the frontier depends on: how many others it stands for, and its score against the others."""

    label: str
    n_units: int
    super_score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Counts and means.

    Attributes
    ----------
    n_efficient, n_rows : int
        Rows on the frontier of all without slack, and rows.
    n_first, n_last : int
        How many of the former are of the first and of the last period.
    smallest_frontier : int
        Units of the period with the fewest, or of all rows without periods.
    few : bool
        Whether that is fewer than the columns can tell apart: max(m s, 3 (m + s)).
    returns : dict of str to int
        Rows by returns to scale.
    peers : tuple of PeerCount
        The rows that stand for most others, most first.
    beyond : tuple of PeerCount
        Rows whose score against the others is above 1.2, highest first.
    first, last : Period or None
        First and last period.
    """

    n_efficient: int
    n_rows: int
    n_first: int
    n_last: int
    smallest_frontier: int
    few: bool
    returns: dict[str, int]
    peers: tuple[PeerCount, ...]
    beyond: tuple[PeerCount, ...]
    first: Period | None
    last: Period | None


def enough(n_inputs: int, n_outputs: int) -> int:
    """Return the number of units from which a frontier tells them apart, by the usual rule of thumb.

    Examples
    --------
    >>> enough(3, 2)
    15
    """
    return max(n_inputs * n_outputs, _ENOUGH * (n_inputs + n_outputs))


def read(found: Assessment, *, most: int = 10) -> Reading:
    """Count; `most` rows are listed as peers."""
    data, result = found.data, found.result
    periods = data.distinct_periods
    labels = data.labels
    counts = Counter(peer for k, row in enumerate(result.peers) for peer in row if peer != k)
    on = result.efficient
    sizes = [data.rows_of(period).size for period in periods] or [len(data)]
    scores = found.super_scores.scores
    known = np.nan_to_num(scores, nan=0.0)
    columns = len(data.output_names) + len(data.undesirable_names)
    return Reading(
        n_efficient=len(on),
        n_rows=len(data),
        n_first=sum(data.periods[k] == periods[0] for k in on) if periods else 0,
        n_last=sum(data.periods[k] == periods[-1] for k in on) if periods else 0,
        smallest_frontier=min(sizes),
        few=min(sizes) < enough(len(data.input_names), columns),
        returns={kind: found.scale.returns.count(kind) for kind in ("increasing", "constant", "decreasing")},
        peers=tuple(PeerCount(labels[k], n, float(scores[k])) for k, n in counts.most_common(most)),
        beyond=tuple(
            PeerCount(labels[k], counts[k], float(scores[k])) for k in np.argsort(-known) if known[k] > _BEYOND
        ),
        first=periods[0] if periods else None,
        last=periods[-1] if periods else None,
    )


def last_rows(found: Assessment) -> tuple[int, ...]:
    """Rows of the last period, or all rows, best score first; one without a score stands first: nobody reaches it."""
    data, periods = found.data, found.data.distinct_periods
    rows = data.rows_of(periods[-1]) if periods else np.arange(len(data))
    scores = np.nan_to_num(found.result.scores[rows], nan=np.inf)
    return tuple(int(k) for k in rows[np.lexsort((rows, -scores))])
