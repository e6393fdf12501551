"""A guess by what runs can do, for columns that no variable has the name of.

The model is run over a sample of its constants and initial values: a variable that some run brings near the column is
one that the column may be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import RcsdError
from rcsd.simulation.loading import LoadedModel
from rcsd.study.setup.asking import Ask, Question
from rcsd.study.setup.matching.candidates import Candidate
from rcsd.study.setup.matching.match import Match
from rcsd.study.setup.matching.matching import Matching
from rcsd.study.setup.matching.units import AGREEING, UnitsOf
from rcsd.study.setup.tables import TableColumn

_LEAST = 0.5
"""Score below which nothing is guessed."""
_KIND = {"stock": 0.15, "flow": 0.05}
"""What people observe is mostly what a model accumulates."""
_OFFERED = 5
_FEW = 4
_RUNS = 2048
_WIDER = 5.0
"""Factor by which a guess looks beyond positive bounds."""
_MOST_CELLS = 20_000_000
"""Values of all runs that are held."""


Known = Callable[[TableColumn], tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Given a column, times of the model and values (n,) each: what a guess may look at."""


def guessed(
    matching: Matching,
    candidates: Sequence[Candidate],
    model: LoadedModel,
    units: UnitsOf,
    known: Known,
    ranges: Mapping[str, tuple[float, float, float]],
    ask: Ask,
) -> Matching:
    """Guess what the columns without a match are.

    Parameters
    ----------
    matching
        By names, which found no series.
    candidates, model, units
        Of the model.
    known
        Of a column, what is not held out.
    ranges
        By constant or initial value: lower bound, the model's own value, upper bound.
    ask
        Asked about every guess.
    """
    free = [each for each in candidates if each.role == "series"]
    if not free or not matching.unmatched:
        return matching
    found: list[Match] = list(matching.matches)
    left: list[TableColumn] = []
    for column in matching.unmatched:
        nearness = _nearness(known(column), free, model, ranges)
        scores = [_score(column, each, near, units) for each, near in zip(free, nearness, strict=True)]
        order = sorted(range(len(free)), key=lambda i: -scores[i])[:_OFFERED]
        options = (*(free[i].name for i in order), "none of them: leave the column out")
        is_any = bool(order) and scores[order[0]] >= _LEAST
        question = Question(f"Which variable of the model is the column {column.name!r}?", options, 0)
        chosen = ask(question) if is_any else len(order)
        if chosen == len(order):
            left.append(column)
            continue
        candidate = free.pop(order[chosen])
        agreement = units.agreement(column.unit, candidate.variable.unit)
        why = "guessed, because runs of the model can take this course, for no name is like it"
        found.append(Match(column, candidate, min(scores[order[chosen]], 1.0), agreement, why))
    return Matching(tuple(found), tuple(left), matching.nearest)


def _score(column: TableColumn, candidate: Candidate, nearness: float, units: UnitsOf) -> float:
    agreement = AGREEING[units.agreement(column.unit, candidate.variable.unit)]
    return 0.8 * nearness + _KIND.get(candidate.variable.kind, 0.0) + agreement if nearness > 0 else 0.0


def _nearness(
    known: tuple[NDArray[np.float64], NDArray[np.float64]],
    candidates: Sequence[Candidate],
    model: LoadedModel,
    ranges: Mapping[str, tuple[float, float, float]],
) -> NDArray[np.float64]:
    """Share of a column's variation that the nearest run of each candidate explains, shape (n_candidates,)."""
    axis, (at, values) = model.time, known
    inside = (at >= axis.start) & (at <= axis.stop)
    times, where = np.unique(
        axis.start + np.round((at[inside] - axis.start) / axis.step) * axis.step, return_inverse=True
    )
    data = values[inside]
    if data.size < _FEW or np.ptp(data) == 0:
        return np.zeros(len(candidates))
    n_runs = max(min(_RUNS, _MOST_CELLS // (len(candidates) * times.size)), 1)
    try:
        simulator = model.simulator(settable=tuple(name for name in ranges if not model.ir.get(name)))
        run = simulator.run(_sample(ranges, n_runs), outputs=[each.name for each in candidates], times=times)
    except RcsdError:
        return np.zeros(len(candidates))
    courses = run.values[run.ok][:, where, :]
    if not len(courses):
        return np.zeros(len(candidates))
    with np.errstate(all="ignore"):
        missed = np.mean((courses - data[np.newaxis, :, np.newaxis]) ** 2, axis=1) / np.var(data)
    missed = np.where(np.isfinite(missed), missed, np.inf)
    order = [run.variables.index(each.name) for each in candidates]
    return np.asarray(np.clip(1.0 - missed.min(axis=0), 0.0, 1.0)[order])


def _sample(ranges: Mapping[str, tuple[float, float, float]], n_runs: int) -> dict[str, NDArray[np.float64]]:
    """Draw constants and initial values, by their logarithm where that exists; the first run is the model's own."""
    rng = np.random.default_rng(1)
    drawn = {}
    for name, (low, own, high) in ranges.items():
        lower, upper = low, high
        share = rng.random(n_runs)
        if lower > 0:
            lower, upper = lower / _WIDER, upper * (1.0 if upper == 1.0 else _WIDER)
        values = lower * (upper / lower) ** share if lower > 0 else lower + share * (upper - lower)
        values = np.where(rng.random(n_runs) < max(3.0 / len(ranges), 0.3), values, own)
        values[0] = own
        drawn[name] = values
    return drawn
