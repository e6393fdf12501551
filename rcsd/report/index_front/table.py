"""The small table of the first screen: a row a study, a column a series."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from rcsd.report.fact import below
from rcsd.report.front import Mark
from rcsd.report.index_front.cases import Case, cases_of
from rcsd.report.sections.holdout.tables import baseline_error
from rcsd.report.series_facts import fit_error, holdout_error, inside_of, rule_error
from rcsd.report.spoken import spoken
from rcsd.report.table import Cell, Table, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, capital, of_mean_size, shown_title
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.written.standing import Standing

MOST_SERIES = 6
"""Series up to which each has a column of its own; more are counted."""

_CELL_MARKS: Final[Mapping[Mark, str]] = {"better": "best", "worse": "alert"}


def small_table(results: Sequence[StudyResult], series: Sequence[Standing]) -> Table:
    """Hold every forecast against the best simple method, or count where the series are many."""
    by_series = [{case.study.info.name: case for case in cases_of(results, each)} for each in series]
    tested = any(case.mark != "unknown" for cases in by_series for case in cases.values())
    unit = capital(spoken().words.unit)
    if not tested:
        return _fits(results, series, by_series) if len(series) <= MOST_SERIES else Table("", words(unit), ())
    inside = [_inside(result) for result in results]
    rows = tuple(
        (
            _link(result),
            *(_cells(result, by_series) if len(series) <= MOST_SERIES else _counts(result, by_series)),
            held,
        )
        for result, held in zip(results, inside, strict=True)
    )
    columns = [each.variable for each in series] if len(series) <= MOST_SERIES else ["Better", "No better", "Worse"]
    targets = [target for result in results for target in result[BACKTEST].targets]
    return Table(
        caption="Error of the held-out forecasts, and in brackets of the best simple method"
        if len(series) <= MOST_SERIES
        else "In how many series the forecast is better than the best simple method",
        columns=(*words(unit), *numbers(*columns, "Inside the 90 % bands")),
        rows=rows,
        note="Star: better than the best simple method; red: worse. Inside: of the held-out values, which should be "
        f"nine in ten.{of_mean_size(targets)}",
    )


def _link(result: StudyResult) -> Cell:
    return Cell(shown_title(result.info), link=f"{result.info.name}/index.html")


def _cells(result: StudyResult, by_series: Sequence[Mapping[str, Case]]) -> list[Cell]:
    return [_cell(cases.get(result.info.name)) for cases in by_series]


def _cell(case: Case | None) -> Cell:
    """Write an error beside that of the best simple method."""
    score = None if case is None else case.target.holdout
    if case is None or score is None or not math.isfinite(score.error):
        return Cell(MISSING)
    text = holdout_error(case.target, score, 1)
    if math.isfinite(baseline_error(score, score.best_baseline)):
        text += f"{NO_BREAK}({rule_error(case.target, score, score.best_baseline, 1)})"
    return Cell(below(text, case.study.info.name), _CELL_MARKS.get(case.mark, ""))


def _counts(result: StudyResult, by_series: Sequence[Mapping[str, Case]]) -> list[Cell]:
    marks = [cases[result.info.name].mark for cases in by_series if result.info.name in cases]
    counted: tuple[Mark, ...] = ("better", "equal", "worse")
    return [Cell(str(marks.count(mark))) for mark in counted]


def _inside(result: StudyResult) -> Cell:
    found = [inside_of(result, target.name, "holdout") for target in result[BACKTEST].targets]
    n = sum(each.n for each in found)
    return Cell(f"{sum(each.n_inside for each in found)} of {n}" if n else MISSING)


def _fits(results: Sequence[StudyResult], series: Sequence[Standing], by_series: Sequence[Mapping[str, Case]]) -> Table:
    """Show the errors of the fits where nothing was held out."""
    rows = tuple((_link(result), *(_fit(cases.get(result.info.name)) for cases in by_series)) for result in results)
    return Table(
        caption="Error of the fits; nothing was held out",
        columns=(*words(capital(spoken().words.unit)), *numbers(*(each.variable for each in series))),
        rows=rows,
        note=of_mean_size([target for result in results for target in result[BACKTEST].targets]).lstrip(),
    )


def _fit(case: Case | None) -> Cell:
    return Cell(MISSING) if case is None else Cell(below(fit_error(case.target, 1), case.study.info.name))
