"""Comparisons on what an estimate has not seen: later years, and other cities."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from rcsd.papers.coevolution.evidence.clocks import Clock
from rcsd.papers.coevolution.evidence.fit import Estimate, fit
from rcsd.papers.coevolution.evidence.forecast import Cell, scored
from rcsd.papers.coevolution.evidence.likelihood import evidence
from rcsd.papers.coevolution.evidence.proxies import Proxy

HORIZON = 3
"""Years ahead."""

_STARTS = 1
"""Drawn starts of each refit, beside the estimate that it goes on from."""


def rolling_scores(
    clock: Clock, proxies: tuple[Proxy, ...], origins: Sequence[int], *, note: Callable[[], None] = lambda: None
) -> list[Cell]:
    """Refit at every origin from what was known then, forecast, and score.

    Parameters
    ----------
    clock
        The family of courses.
    proxies
        With all years.
    origins
        Increasing; each fit begins from the one before, never from a later one.
    note
        Called after each origin.
    """
    cells, start = [], None
    for origin in origins:
        known = tuple(proxy.until(origin) for proxy in proxies)
        estimate = fit(evidence(clock, known), start=start, n_starts=_STARTS)
        cells += scored(estimate, proxies, origin, horizon=HORIZON)
        start = estimate.point
        note()
    return cells


def held_out_cities(
    whole: Estimate, *, n_folds: int = 5, note: Callable[[], None] = lambda: None
) -> NDArray[np.float64]:
    """Return the log score of each city's deviations under an estimate without it, shape (n_cities,).

    Every fifth city of the alphabet is left out at once, unless another number of folds is asked for. What is scored
    is the city's deviation from the mean of all cities; a course that all cities share says nothing about that.
    """
    found, fold = np.full(len(whole.evidence.cities), np.nan), np.arange(len(whole.evidence.cities)) % n_folds
    for each in range(n_folds):
        kept = (fold != each).astype(np.float64)
        estimate = fit(whole.evidence, start=whole.point, n_starts=0, weights=kept)
        logs = whole.evidence.parts(estimate.point[np.newaxis])[1][0] + np.log(whole.evidence.clock.weights)
        found[fold == each] = logsumexp(logs, axis=1)[fold == each]
        note()
    return found
