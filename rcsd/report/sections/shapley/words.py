"""Shapley effects in sentences."""

import numpy as np
from numpy.typing import NDArray

from rcsd.report.spoken import at_times, span, spoken
from rcsd.report.wording import capital, count, listing, percent
from rcsd.study.findings.shapley import PosteriorShares, Shapley
from rcsd.study.graph.result import StudyResult

_FOLLOWED = 0.9
"""A polynomial that explains less of an output leaves an error that the intervals do not hold."""


def opening(result: StudyResult, found: Shapley, shares: PosteriorShares) -> str:
    """Say what was run, and what a share is."""
    drivers = " with the drivers as the study gives them" if result.drivers else ""
    return (
        f"{capital(count(shares.n_draws, 'different draw'))} of the posterior of "
        f"{spoken().window(span(*found.fitted))} were run{drivers}, without errors of the data: the parameters vary "
        "together, as the data leave them. Shares are Shapley effects: they add up to 1 even where the data know two "
        "parameters only together, and what such a pair explains is divided evenly between them."
    )


def doubts(found: Shapley, shares: PosteriorShares) -> tuple[str, ...]:
    """Say what a reader should hold against the shares."""
    return tuple(filter(None, (_faults(found), _failed(found), _heavy(shares), _rough(shares), _constant(shares))))


def _faults(found: Shapley) -> str:
    return f"The draws have not converged: {'; '.join(found.faults)}." if found.faults else ""


def _failed(found: Shapley) -> str:
    return f"{count(found.n_failed, 'run')} of {found.n_runs:,} failed and count for nothing." if found.n_failed else ""


def _heavy(shares: PosteriorShares) -> str:
    heavy = _named(shares, shares.undetermined)
    return f"Not determined, for one draw makes more than a tenth of the variance: {heavy}." if heavy else ""


def _rough(shares: PosteriorShares) -> str:
    """Name the outputs of which the regression leaves much, and how much at most the shares may be off."""
    rough = np.asarray((shares.explained < _FOLLOWED) & ~shares.undetermined)
    if not rough.any():
        return ""
    least = 100 * float(shares.explained[rough].min())
    return (
        f"A polynomial of the parameters follows {_named(shares, rough)} only in part (the least, {percent(least, 0)} "
        "of the variance): shares there may be nearer to one another than they should be."
    )


def _constant(shares: PosteriorShares) -> str:
    still = _named(shares, np.asarray(np.isnan(shares.effects).all(axis=-1)))
    return f"Not touched by these parameters: {still}." if still else ""


def _named(shares: PosteriorShares, which: NDArray[np.bool_]) -> str:
    """List outputs with the times at which something holds of them; empty without any."""
    found = []
    for i, output in enumerate(shares.outputs):
        times = [time for k, time in enumerate(shares.times) if which[k, i]]
        if times:
            found.append(f"{output} {at_times(*times)}")
    return listing(found) if found else ""
