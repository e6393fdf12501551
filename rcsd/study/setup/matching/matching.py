"""Columns of a table to variables of a model, each at most once, by names and units."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from rcsd.errors import ParameterError
from rcsd.names import canonical, element_form, near_matches
from rcsd.study.setup.asking import Ask, Question
from rcsd.study.setup.matching.candidates import Candidate
from rcsd.study.setup.matching.likeness import POSSIBLE, SURE, Weights, likeness
from rcsd.study.setup.matching.match import Match
from rcsd.study.setup.matching.units import AGREEING, UnitsOf
from rcsd.study.setup.matching.words import meaning_of, words_of
from rcsd.study.setup.tables import TableColumn

_WORD = re.compile(r"[^\W_]+")
_OFFERED = 4
_APART = 0.05
"""Likeness by which the best must lead the second for nothing to be in doubt."""
_LATER = 0.3
"""Share of the likeness left to an element of an array of which the heading says nothing: no element is the whole."""
_PREFERRED = {"stock": 0.08, "flow": 0.03, "auxiliary": 0.03, "data": 0.02, "lookup": 0.02, "constant": -0.3}
"""What the kind of a variable adds where names are like it, not the same: mostly stocks are observed."""
_NEW, _CUMULATIVE = frozenset({"new"}), frozenset({"cumulative", "cumulated", "cum", "accumulated"})
_LEANS, _PLAIN = 0.06, 0.4
"""By how much such words of a heading lean to or from a flow, and how plainly a sum up to date is none."""


@dataclass(frozen=True, slots=True)
class Matching:
    """What became of the columns.

    Attributes
    ----------
    matches : tuple of Match
        In the order of the table.
    unmatched : tuple of TableColumn
        Columns that nothing was found for.
    nearest : mapping of str to tuple of str
        By heading without a match: variables that come near.
    """

    matches: tuple[Match, ...]
    unmatched: tuple[TableColumn, ...] = ()
    nearest: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def match_columns(
    columns: Sequence[TableColumn],
    candidates: Sequence[Candidate],
    units: UnitsOf,
    given: Mapping[str, str],
    ask: Ask,
) -> Matching:
    """Match columns to variables.

    Parameters
    ----------
    columns
        Of one table, with different headings.
    candidates
        Of the model.
    units
        That read both.
    given
        By heading: the variable that a person has named for it, or empty to leave the column out.
    ask
        Asked where two variables come near, or the best is not sure.

    Raises
    ------
    ParameterError
        When a heading or a variable of `given` does not exist.
    """
    named = _named(columns, candidates, units, given)
    out = {canonical(heading) for heading, name in given.items() if not name.strip()}
    taken = {canonical(match.column.name) for match in named} | out
    spent = {match.candidate.name for match in named}
    left = [column for column in columns if canonical(column.name) not in taken]
    free = [candidate for candidate in candidates if candidate.name not in spent]
    if not left or not free:
        return Matching(tuple(named), tuple(left))
    scores = _scores(left, free, units)
    found: list[Match] = list(named)
    unmatched: list[TableColumn] = []
    nearest: dict[str, tuple[str, ...]] = {}
    assigned = dict(zip(*linear_sum_assignment(-(scores**2)), strict=True))
    for row, column in enumerate(left):
        best = assigned.get(row)
        choice = None if best is None else _settled(column, free, scores[row], int(best), ask)
        if choice is None:
            unmatched.append(column)
            nearest[column.name] = _near(free, scores[row])
            continue
        candidate = free[choice]
        subscript = scores[row][choice] > 1.1  # noqa: PLR2004 - of `_score`
        agreement = "unstated" if subscript else units.agreement(column.unit, candidate.variable.unit)
        found.append(Match(column, candidate, min(float(scores[row][choice]), 1.0), agreement, "by its name"))
    order = {id(column): place for place, column in enumerate(columns)}
    found.sort(key=lambda match: order[id(match.column)])
    return Matching(tuple(found), tuple(unmatched), nearest)


def _named(
    columns: Sequence[TableColumn], candidates: Sequence[Candidate], units: UnitsOf, given: Mapping[str, str]
) -> list[Match]:
    """Match what a person has named."""
    by_heading = {canonical(column.name): column for column in columns}
    by_name = {element_form(candidate.name): candidate for candidate in candidates}
    found = []
    for heading, name in given.items():
        column = by_heading.get(canonical(heading))
        if column is None:
            hint = near_matches(heading, [each.name for each in columns]) or f"it has {_listed(columns)}"
            raise ParameterError(f"the table has no column {heading!r}; {hint}")
        if not name.strip():
            continue
        candidate = by_name.get(element_form(name))
        if candidate is None:
            hint = near_matches(name, [each.name for each in candidates]) or "check the spelling against the model"
            raise ParameterError(f"the model has no variable {name!r} for the column {heading!r}; {hint}")
        agreement = units.agreement(column.unit, candidate.variable.unit)
        found.append(Match(column, candidate, 1.0, agreement, "named by you"))
    return found


def _scores(columns: Sequence[TableColumn], candidates: Sequence[Candidate], units: UnitsOf) -> NDArray[np.float64]:
    """Likeness of every column to every candidate, units counted; shape (n_columns, n_candidates)."""
    weights = Weights([candidate.name for candidate in candidates])
    return np.array([[_score(column, each, units, weights) for each in candidates] for column in columns])


def _score(column: TableColumn, candidate: Candidate, units: UnitsOf, weights: Weights) -> float:
    if column.unit and element_form(f"{column.name}[{column.unit}]") == element_form(candidate.name):
        return 1.2  # what looked like a unit in brackets is a subscript
    found = likeness(column.name, candidate.name, candidate.variable.documentation, weights)
    if "[" in candidate.name and not _names_element(column.name, candidate.name):
        found *= _LATER
    if found < POSSIBLE / 2:
        return found
    agreement = AGREEING[units.agreement(column.unit, candidate.variable.unit)]
    return max(found + agreement + _PREFERRED[candidate.variable.kind] + _counted(column.name, candidate), 0.0)


def _counted(heading: str, candidate: Candidate) -> float:
    """Add what a heading says of stocks and flows: new cases are a flow, cumulative ones are none."""
    said = set(_WORD.findall(canonical(heading))) - set(_WORD.findall(canonical(candidate.name)))
    is_flow = candidate.variable.kind == "flow"
    if said & _CUMULATIVE or "累计" in heading:
        return -_PLAIN if is_flow else -_PLAIN / 2
    if said & _NEW or "新增" in heading:
        return _LEANS if is_flow else -_LEANS
    return 0.0


def _names_element(heading: str, name: str) -> bool:
    """Whether a heading holds the words of all subscripts of an element."""
    inside = name.partition("[")[2].rstrip("]")
    said = {*words_of(heading), *map(meaning_of, _WORD.findall(canonical(heading)))}  # "LA" is more than an article
    return all(set(words_of(part)) <= said for part in inside.split(","))


def _settled(
    column: TableColumn, candidates: Sequence[Candidate], scores: NDArray[np.float64], best: int, ask: Ask
) -> int | None:
    """Say which candidate a column is; None for none."""
    if scores[best] < POSSIBLE:
        return None
    order = [int(each) for each in np.argsort(-scores, kind="stable") if scores[each] >= POSSIBLE][:_OFFERED]
    if best not in order:
        order = [best, *order[: _OFFERED - 1]]
    order.sort(key=lambda each: each != best)
    second = max((float(scores[each]) for each in order if each != best), default=0.0)
    if scores[best] >= SURE and scores[best] - second >= _APART:
        return best
    options = (*(candidates[each].name for each in order), "none of them: leave the column out")
    chosen = ask(Question(f"Which variable of the model is the column {column.name!r}?", options, 0))
    return order[chosen] if chosen < len(order) else None


def _near(candidates: Sequence[Candidate], scores: NDArray[np.float64]) -> tuple[str, ...]:
    order = np.argsort(-scores, kind="stable")[: _OFFERED - 1]
    return tuple(candidates[int(each)].name for each in order if scores[int(each)] > 0)


def _listed(columns: Sequence[TableColumn]) -> str:
    return ", ".join(repr(column.name) for column in columns)
