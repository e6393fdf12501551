"""Which parameters a model needs to meet the data: all that tell are fitted, then left out one by one.

What is left out stays at the model's own value. Of the sets on the way that one is taken which has the least
small-sample criterion of Akaike, AICc = n ln(S/n) + 2k + 2k(k+1)/(n-k-1), with the scale of the errors counted in k.
Leaving out, and not adding, finds parameters that help only together.

Reference: Burnham & Anderson, Model Selection and Multimodel Inference, 2nd ed. 2002, sections 2.4 and 2.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Search, fit
from rcsd.analysis.calibration.problem import PENALTY, Problem
from rcsd.analysis.parameters import ParameterSpace
from rcsd.errors import CalibrationError
from rcsd.study.setup.estimated.bounds import Bounded

_MOST_STARTS, _LEAST_STARTS = 1024, 32
_EFFORT = 13_000_000
"""Equations times time steps that the starts of the first fit may cost together, in each iteration."""
_LESS = Search(n_starts=8, max_evaluations=25, tolerance=1e-3)
_LAST = Search(n_starts=16, max_evaluations=80, tolerance=1e-5)
_LEAST_FREE = 3
"""Cells that must be left over for each fit."""
_AT_BOUND = 0.01
"""Share of a search interval within which an estimate is at its end."""
_WIDENINGS = 2
_LARGE = 400_000
"""Variables times time steps of a model beyond which parameters are left out, at first, by how little they tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What was chosen, and how near it comes.

    Attributes
    ----------
    chosen : tuple of Bounded
        With the estimates as first values, bounds wider where a fit ended at one.
    cost : float
        Half the sum of squares; infinite where no fit came to an end.
    residuals : tuple of NDArray
        By target, in units of the proposed errors.
    """

    chosen: tuple[Bounded, ...]
    cost: float
    residuals: tuple[NDArray[np.float64], ...]


def select(problem: Problem, tried: Sequence[Bounded], most: int, size: int) -> Selection:
    """Choose parameters.

    Parameters
    ----------
    problem
        Whose simulator may set all that is tried.
    tried
        Parameters, the most telling first.
    most
        To be chosen at most.
    size
        Of the model: variables times time steps.
    """
    n_starts = min(max(_EFFORT // max(size, 1), _LEAST_STARTS), _MOST_STARTS)
    whole = Search(n_starts=n_starts, max_evaluations=60, tolerance=1e-4)
    n_whole = max(min(len(tried), problem.n_data - _LEAST_FREE), 1)
    far = tuple(
        each.widened(below=True, above=True, factor=each.far) if each.is_assumed else each for each in tried[:n_whole]
    )
    chosen, cost = _fitted(problem, far, whole)
    path = [(chosen, cost)]
    while len(chosen) > 1:
        # half of the trials of a large model would take minutes: those that tell least go untried
        chosen, cost = _with_one_less(problem, chosen, hurried=size > _LARGE and len(chosen) > most)
        path.append((chosen, cost))
    small = [each for each in path if len(each[0]) <= most]
    best, _ = min(small, key=lambda each: (_criterion(each[1], len(each[0]), problem.n_data), len(each[0])))
    best, cost = _fitted(problem, best, _LAST)
    known = {each.name: each for each in tried}
    best = tuple(known[each.name].around(each.start) if each.is_assumed else each for each in best)
    return Selection(best, cost, _residuals(problem, best))


def _with_one_less(
    problem: Problem, chosen: tuple[Bounded, ...], *, hurried: bool
) -> tuple[tuple[Bounded, ...], float]:
    """Leave out the parameter whose absence costs least; of equals the one that tells less."""
    order = list(reversed(range(len(chosen))))
    trials = [
        _fitted(problem, tuple(each for j, each in enumerate(chosen) if j != i), _LESS)
        for i in (order[:1] if hurried else order)
    ]
    # a decision must not hang on the last digits
    return min(trials, key=lambda trial: float(f"{trial[1]:.3g}"))


def _criterion(cost: float, k: int, n: int) -> float:
    """AICc of k parameters, and a scale of the errors, from half a sum of squares."""
    k += 1
    if n - k - 1 <= 0 or not np.isfinite(cost):
        return np.inf
    return float(n * np.log(max(2 * cost, 1e-12) / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1))


def _fitted(problem: Problem, chosen: tuple[Bounded, ...], search: Search) -> tuple[tuple[Bounded, ...], float]:
    """Fit, with wider bounds where an estimate ends at one that was assumed."""
    cost = np.inf
    for _ in range(_WIDENINGS + 1):
        space = ParameterSpace(tuple(each.parameter for each in chosen))
        try:
            best = fit(replace(problem, space=space), search, rng=np.random.default_rng(1)).best
        except CalibrationError:
            return chosen, np.inf
        cost = best.cost if best.cost < PENALTY else np.inf
        chosen = tuple(each.started(best.estimate[each.name]) for each in chosen)
        wider = tuple(_wider(each, space, i) for i, each in enumerate(chosen))
        if wider == chosen:
            break
        chosen = wider
    return chosen, cost


def _wider(bounded: Bounded, space: ParameterSpace, i: int) -> Bounded:
    assert bounded.start is not None  # of a fit
    point = np.array([each.lower if each.start is None else each.start for each in space.parameters])
    point[i] = bounded.start
    at = float(((space.to_search(point) - space.lower) / (space.upper - space.lower))[i])
    if not bounded.is_assumed or _AT_BOUND <= at <= 1 - _AT_BOUND:
        return bounded
    return bounded.widened(below=at < _AT_BOUND, above=at > 1 - _AT_BOUND)


def _residuals(problem: Problem, chosen: tuple[Bounded, ...]) -> tuple[NDArray[np.float64], ...]:
    space = ParameterSpace(tuple(each.parameter for each in chosen))
    point = np.array([each.value if each.start is None else each.start for each in chosen])
    misfit = replace(problem, space=space).misfit(space.to_search(point[np.newaxis, :]))
    return tuple(each[0] for each in misfit.raw)
