"""The verdict on each series over several studies, and on all of them in one sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rcsd.report.fact import below
from rcsd.report.front import Mark, Verdict
from rcsd.report.index_front.cases import Case, cases_of
from rcsd.report.series_facts import fit_error, holdout_error, inside_of
from rcsd.report.spoken import spoken
from rcsd.report.wording import capital, count, listing
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.standing import Standing

_NAMED = 4
"""Studies up to which a sentence names them; more are counted."""
_WORDS: tuple[tuple[Mark, str], ...] = (("better", "better"), ("equal", "no better"), ("worse", "worse"))


def verdicts(results: Sequence[StudyResult], series: Sequence[Standing]) -> tuple[Verdict, ...]:
    """Return one verdict a series."""
    return tuple(
        Verdict(standing.variable, _sentence(cases), _over_all(cases))
        for standing in series
        for cases in [cases_of(results, standing)]
    )


def headline(cases: Sequence[Case]) -> str:
    """Sum the verdicts up; empty where nothing was scored."""
    scored = [case for case in cases if case.mark != "unknown"]
    if not scored:
        return ""
    parts = [f"{words} in {n}" for mark, words in _WORDS if (n := sum(case.mark == mark for case in scored))]
    return (
        f"Against the best simple method the models’ forecasts are {listing(parts)} of "
        f"{count(len(scored), 'case')}, a case being one series of one {spoken().words.unit}."
    )


def _over_all(cases: Sequence[Case]) -> Mark:
    """Give the mark that all scored cases share; without a better one they are worse, else mixed."""
    marks = {case.mark for case in cases} - {"unknown"}
    if len(marks) == 1:
        return marks.pop()
    return "unknown" if not marks else "mixed" if "better" in marks else "worse"


def _sentence(cases: Sequence[Case]) -> str:
    scored = [case for case in cases if case.mark != "unknown"]
    if not scored:
        return f"{_errors(cases, held_out=False)}; no forecast was tested."
    parts = [
        f"{words} in {_named(those, len(cases))}"
        for mark, words in _WORDS
        if (those := [case.place for case in scored if case.mark == mark])
    ]
    untested = [case.place for case in cases if case.mark == "unknown"]
    also = f"; not tested in {_named(untested, len(cases))}" if untested else ""
    return f"{capital('; '.join(parts))}{also}. {_errors(scored, held_out=True)}{_inside(scored)}."


def _named(places: Sequence[str], n: int) -> str:
    if len(places) == n > 1:
        return f"all {n}"
    return listing(places) if len(places) <= _NAMED else f"{len(places)} of {n}"


def _errors(cases: Sequence[Case], *, held_out: bool) -> str:
    """Give the smallest and the largest error, and where they are."""
    found = sorted((case for case in cases if math.isfinite(_size(case, held_out=held_out))),
                   key=lambda case: _size(case, held_out=held_out))  # fmt: skip
    what = "Forecast" if held_out else "Fit"
    if not found:
        return f"{what} without an error in percent"
    if len(found) == 1:
        return f"{what} off by {_told(found[0], held_out=held_out)} on average"
    low, high = (f"{_told(case, held_out=held_out)} ({case.place})" for case in (found[0], found[-1]))
    return f"{what} off by {low} to {high} on average"


def _size(case: Case, *, held_out: bool) -> float:
    score, target = case.target.holdout, case.target
    if not held_out:
        return target.error_of(target.fit_all)
    return math.nan if score is None else score.error


def _told(case: Case, *, held_out: bool) -> str:
    score, target = case.target.holdout, case.target
    text = holdout_error(target, score, 1) if held_out and score is not None else fit_error(target, 1)
    return below(text, case.study.info.name)


def _inside(cases: Sequence[Case]) -> str:
    found = [inside_of(case.study, case.target.name, "holdout") for case in cases]
    n = sum(each.n for each in found)
    return f"; {sum(each.n_inside for each in found)} of {count(n, 'value')} inside the 90 % bands" if n else ""
