"""Errors of rolling forecasts beside those of the benchmark ones."""

import math
from collections.abc import Mapping, Sequence

from rcsd.analysis.backtest.rolling import RollingScore
from rcsd.report.series_facts import told
from rcsd.report.spoken import change, periods, spoken
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import BASELINE_LABELS, TABLE_RULES, capital, fixed, percent, shown_title
from rcsd.study.findings.rolling_scores import GroupScore
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.written.cities_scores import CitiesScore

_LEVEL = 0.01
"""A MASE that is lower by less is no lower."""


def _note() -> str:
    """Say what the columns are."""
    return (
        f"MASE: mean absolute error over the mean {change()} of the series before the origin, of the model's median "
        "and of each benchmark forecast over the same cells; – where one is not defined for every cell, as with too "
        f"few {periods()}. Bold with a star: the lowest of its row, and any less than {_LEVEL:g} above it; a model "
        "that was told what the drivers would be gets none. Marked: a MASE of the model that is not below 1, "
        "and a coverage outside the band in which 95 % of such shares would lie if the intervals were right and the "
        "cells independent. The best benchmark is known only afterwards; all of them stand in result.json and "
        "rolling.csv."
    )


def rolling_tables(scores: Sequence[GroupScore], names: Mapping[str, str]) -> tuple[Table, ...]:
    """One table for each knowledge of the drivers, that which a forecaster has first."""
    return tuple(_rolling_table(scores, names, drivers) for drivers in dict.fromkeys(each.drivers for each in scores))


def _rolling_table(scores: Sequence[GroupScore], names: Mapping[str, str], drivers: str) -> Table:
    """One row per series and horizon; the scores stand in result.json in the order in which they come."""
    caption = spoken().with_knowledge(f"Rolling forecasts: MASE by series and {periods()} ahead", drivers)
    return Table(
        caption=caption,
        columns=(
            *words("Series"),
            *numbers(
                f"{capital(periods())} ahead",
                "Cells",
                "Model",
                *(capital(BASELINE_LABELS[rule]) for rule in TABLE_RULES),
            ),
            *numbers("Best benchmark"),
            *words("Which"),
            *numbers("Skill", "CRPS", "Inside 90 %", "Band"),
        ),
        rows=tuple(
            (
                Cell(names[each.series]),
                *cells(str(each.horizon), told(str(each.score.n), "rolling", k, "n")),
                *_errors(each.score.mase, each.score.baselines, each.best_baseline, drivers, ("rolling", k)),
                *cells(*(told(fixed(getattr(each.score, key), 2), "rolling", k, key) for key in ("skill", "crps"))),
                *_coverage(each.score, ("rolling", k)),
            )
            for k, each in enumerate(scores)
            if each.drivers == drivers
        ),
        note=f"{_note()} Skill: 1 − squared error over that of the last value. CRPS, scaled as MASE, judges the whole "
        "forecast; that of a forecast without spread is its MASE."
        if drivers == scores[0].drivers
        else "",
        folded=True,
    )


def cities_rolling_table(results: Sequence[StudyResult], scores: Sequence[CitiesScore]) -> Table:
    """One row per series, knowledge of the drivers and horizon: each city, the medians, pooled coverage."""
    rolled = [result for result in results if (found := result.get(ROLLING)) is not None and found.forecasts]
    return Table(
        caption=f"Rolling forecasts: MASE of every {spoken().words.unit}, and the median",
        columns=(
            *words("Series", "Drivers"),
            *numbers(f"{capital(periods())} ahead", *(shown_title(result.info).partition(",")[0] for result in rolled)),
            *numbers("Median", "Best benchmark, median"),
            *words("Which"),
            *numbers("Cells", "Inside 90 %", "Band"),
        ),
        rows=tuple(
            (
                Cell(each.variable),
                *cells(each.drivers, str(each.horizon)),
                *_by_city(each, rolled),
                *_errors(each.median, each.baselines, each.best_baseline, each.drivers, shown=()),
                Cell(str(each.pooled.n)),
                *_coverage(each.pooled),
            )
            for each in scores
        ),
        note=f"{_note()}{spoken().knowledge_note}Medians over the {spoken().words.units}; cells and coverage "
        f"of all of them together. A star beside a {spoken().words.unit}: its model beats every benchmark forecast "
        "there.",
    )


def _by_city(score: CitiesScore, rolled: Sequence[StudyResult]) -> tuple[Cell, ...]:
    found, fair = {result.info.name: each for result, each in score.each}, score.drivers != "known"
    return tuple(
        Cell(fixed(found[result.info.name].score.mase, 2), "best" if found[result.info.name].beats_all and fair else "")
        if result.info.name in found
        else Cell(fixed(None))
        for result in rolled
    )


def _errors(
    model: float,
    baselines: Mapping[str, float],
    best: str,
    drivers: str,
    at: tuple[str | int, ...] = (),
    shown: Sequence[str] = TABLE_RULES,
) -> tuple[Cell, ...]:
    """Write the errors of model and rules, the best of all rules last, with its name; `at` is where they stand.

    A lead of less than 0.01 is none, and a model that was told the drivers has won nothing over rules that were not.
    """
    rules = (*shown, best)
    errors = [model, *(baselines[rule] for rule in rules)]
    rivals = errors[1:] if drivers == "known" else errors
    least = min((error for error in rivals if math.isfinite(error)), default=math.nan)
    marks = ["best" if error <= least + _LEVEL else "" for error in errors]
    if drivers == "known":
        marks[0] = ""
    if not model < 1:
        marks[0] = f"{marks[0]} alert".strip()
    places = [("mase",), *(("baselines", rule) for rule in rules)]
    written = (
        Cell(told(fixed(error, 2), *at, *place) if at else fixed(error, 2), mark)
        for error, mark, place in zip(errors, marks, places, strict=True)
    )
    return (*written, Cell(BASELINE_LABELS[best]))


def _coverage(score: RollingScore, at: tuple[str | int, ...] = ()) -> tuple[Cell, ...]:
    low, high = score.band
    share = percent(100 * score.coverage, 0)
    outside = not low <= score.coverage <= high
    return (
        Cell(told(share, *at, "coverage", times=100) if at else share, "alert" if outside else ""),
        Cell(f"{100 * low:.0f}–{percent(100 * high, 0)}"),
    )
