"""Bands of rules that give a median only: from their own errors at earlier origins.

An outcome of year O + h is known at an origin T only if O + h <= T, so the errors of h years ahead come from the
origins O <= T - h. They are pooled over series by horizon and symmetrised: each error stands beside its negative, so
the median stays. Errors are of logarithms.

Where a rule has no known errors at a horizon (at the first origins), what is used is said in `ErrorSample.basis`:

- ``errors``: known errors of this horizon;
- ``shorter horizon``: the known errors of the longest shorter horizon h', times sqrt(h/h'), as errors of a random walk
  grow;
- ``yearly changes``: no error is known at all: the yearly log changes of the series up to the origin less each series'
  mean, times sqrt(h).

Fewer errors than `LEAST_ERRORS` count as none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.history import History
from rcsd.errors import SeriesError

Vector = NDArray[np.float64]
Basis = Literal["errors", "shorter horizon", "yearly changes"]
Medians = Mapping[int, Mapping[str, Vector]]
"""A rule's medians by origin and series, of the 1st, 2nd, ... year after the origin."""

LEAST_ERRORS = 20
"""Known errors of a horizon, below which its band does not rest on them: the tails of fewer say nothing of 90 %."""


@dataclass(frozen=True, slots=True, eq=False)
class ErrorSample:
    """Errors of a rule's log forecasts, as a sample of what its next error may be.

    Attributes
    ----------
    horizon
        Years ahead.
    errors
        Outcome less forecast, of logarithms, symmetrised and sorted, shape (n,).
    basis
        What they rest on.
    """

    horizon: int
    errors: Vector
    basis: Basis

    def draws(self, median: float) -> Vector:
        """Return the forecast as a sample about its median, shape (n,)."""
        return np.asarray(median * np.exp(self.errors))


def known_errors(
    medians: Medians,
    histories: Mapping[str, History],
    origin: int,
    *,
    breaks: Mapping[str, frozenset[int]] | None = None,
) -> dict[int, Vector]:
    """Collect a rule's log errors (outcome less median) whose outcomes are known at an origin, by horizon.

    Parameters
    ----------
    medians
        What the rule forecast from each origin; NaN, and medians that are not positive, have no error.
    histories
        Whole series; cells after the origin are not looked at.
    origin
        Last known year.
    breaks
        Years of a series in which it jumps, as `History.jumps` finds them: errors across them are left out.
    """
    found: dict[int, list[float]] = {}
    for name, history in histories.items():
        outcomes = dict(zip(history.years.tolist(), history.values.tolist(), strict=True))
        jumps = (breaks or {}).get(name, frozenset())
        for start, by_series in medians.items():
            if name not in by_series:
                continue
            for horizon, median in enumerate(by_series[name].tolist(), start=1):
                outcome = outcomes.get(start + horizon, np.nan)
                across = any(start < year <= start + horizon for year in jumps)
                if start + horizon <= origin and not across and median > 0 and outcome > 0:
                    found.setdefault(horizon, []).append(float(np.log(outcome / median)))
    return {horizon: np.array(found[horizon]) for horizon in sorted(found)}


def error_sample(errors: Mapping[int, Vector], horizon: int, changes: Vector) -> ErrorSample:
    """Take the errors that a forecast of one horizon is given.

    Parameters
    ----------
    errors
        As `known_errors` returns them.
    horizon
        Years ahead.
    changes
        What stands in at an origin before which nothing was forecast, as `spread_of_changes` returns it.

    Raises
    ------
    SeriesError
        When there is neither an error nor a change to take a spread from.
    """
    rests_on = [h for h, sample in errors.items() if h <= horizon and sample.size >= LEAST_ERRORS]
    if rests_on:
        nearest = max(rests_on)
        basis: Basis = "errors" if nearest == horizon else "shorter horizon"
        return ErrorSample(horizon, _symmetric(errors[nearest] * np.sqrt(horizon / nearest)), basis)
    if changes.size == 0:
        raise SeriesError("no earlier error and no yearly change to take a band from; give longer series")
    return ErrorSample(horizon, _symmetric(changes * np.sqrt(horizon)), "yearly changes")


def spread_of_changes(
    histories: Mapping[str, History], origin: int, *, breaks: Mapping[str, frozenset[int]] | None = None
) -> Vector:
    """Yearly log changes up to an origin less the mean of their series, pooled; fewer than two changes add none."""
    found = []
    for name, history in histories.items():
        if history.years[0] > origin:
            continue
        past = history.cut(origin)
        if not past.positive:
            continue
        changes = np.diff(past.filled(logs=True))
        years = range(round(float(past.years[0])) + 1, past.last_year + 1)
        smooth = [year not in (breaks or {}).get(name, frozenset()) for year in years]
        changes = changes[np.array(smooth, dtype=np.bool_)]
        if changes.size > 1:
            # the mean was estimated from the same n changes
            found.append((changes - changes.mean()) * np.sqrt(changes.size / (changes.size - 1)))
    return np.concatenate(found) if found else np.zeros(0)


def rule_bands(
    medians: Medians,
    histories: Mapping[str, History],
    origin: int,
    horizons: Iterable[int],
    *,
    breaks: Mapping[str, frozenset[int]] | None = None,
) -> dict[int, ErrorSample]:
    """Give a rule its spread at one origin, by horizon.

    Parameters
    ----------
    medians
        What the rule forecast from each origin, as `roll_rules` returns it for one rule. Begin years before the first
        origin that is scored: its band rests on them.
    histories, breaks
        As for `known_errors`.
    origin
        At which the bands are wanted.
    horizons
        Years ahead.
    """
    errors = known_errors(medians, histories, origin, breaks=breaks)
    changes = spread_of_changes(histories, origin, breaks=breaks)
    return {horizon: error_sample(errors, horizon, changes) for horizon in horizons}


def _symmetric(errors: Vector) -> Vector:
    """Put each error beside its negative, in order of size."""
    return np.sort(np.concatenate([errors, -errors]))
