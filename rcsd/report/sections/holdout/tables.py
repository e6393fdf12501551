"""Our errors of the hold-out years beside those of forecasts that anyone could make."""

import math
from collections.abc import Sequence

from rcsd.analysis.backtest.baselines import TWO_LINE
from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.analysis.backtest.scoring import LEVEL
from rcsd.bands import between
from rcsd.report.series_facts import held_out_at, holdout_error, other_error, rule_error, said_at
from rcsd.report.spoken import period, periods, span, spoken, when
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import (
    BASELINE_LABELS,
    KNOWLEDGE,
    MISSING,
    NO_BREAK,
    TABLE_RULES,
    capital,
    measured,
    of_mean_size,
    percent,
    scored_cells,
)
from rcsd.study.findings.rolling_scores import DRIVERS
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


def knowledge_of(targets: Sequence[TargetResult]) -> tuple[str, ...]:
    """List what the forecasts of some series know of the drivers, that which a forecaster has first."""
    found = {drivers for target in targets for drivers in target.holdouts}
    return tuple(drivers for drivers in DRIVERS if drivers in found)


def holdout_table(result: StudyResult) -> Table:
    """One row per scored series: the mean absolute error of the model and of the benchmark forecasts."""
    window, targets = result.info.holdout_window, result[BACKTEST].targets
    shown, rules = knowledge_of(targets), table_rules([target.holdout for target in targets])
    return Table(
        caption="Mean absolute percentage error in the hold-out window" + (f", {span(*window)}" if window else ""),
        columns=(
            *words("Series"),
            *numbers("Scored", *(spoken().with_knowledge("Model", drivers) for drivers in shown)),
            *numbers(*(capital(BASELINE_LABELS[name]) for name in rules), "Best benchmark"),
            *words("Which"),
        ),
        rows=tuple(
            (
                Cell(target.variable),
                scored_cell(target, target.holdout),
                *_errors(targets, target, target.holdout, shown, rules),
            )
            for target in targets
            if target.holdout is not None
        ),
        note="Scored: how many cells each error is the mean of; the others are dropped by a flag rule. Bold with a "
        f"star: the lowest of the first model column and the benchmark forecasts, and any less than {LEVEL:g} points "
        "above it: so small a lead is no win. The best benchmark is known only afterwards; all of them stand in "
        f"result.json.{spoken().knowledge_note.rstrip()}{of_mean_size(targets)}",
    )


def table_rules(scores: Sequence[HoldoutScore | None]) -> tuple[str, ...]:
    """Name the benchmark forecasts with a column: all, but the two-line rule where no series has a reference."""
    referred = any(score is not None and math.isfinite(baseline_error(score, TWO_LINE)) for score in scores)
    return tuple(name for name in TABLE_RULES if name != TWO_LINE or referred)


def scored_cell(target: TargetResult, score: HoldoutScore) -> Cell:
    """Say how many cells were scored, marked where a flag rule has dropped one."""
    return Cell(scored_cells(target, score), "alert" if score.statistics.n < target.n_holdout else "")


def best_error(score: HoldoutScore) -> float:
    """Return the lowest error of the model and the benchmark forecasts, NaN where none is defined."""
    errors = [score.error, *(baseline_error(score, name) for name in BASELINE_LABELS)]
    return min((error for error in errors if math.isfinite(error)), default=math.nan)


def baseline_error(score: HoldoutScore, name: str) -> float:
    """Return the error of one benchmark forecast, NaN where it is not defined."""
    baseline = score.baselines.get(name)
    error = math.inf if baseline is None else baseline.error(in_percent=score.in_percent)
    return error if math.isfinite(error) else math.nan


def _errors(
    targets: Sequence[TargetResult],
    target: TargetResult,
    score: HoldoutScore,
    shown: Sequence[str],
    rules: Sequence[str],
) -> tuple[Cell, ...]:
    best = best_error(score)

    def marked(text: str, error: float) -> Cell:
        return Cell(text, "best" if error <= best + LEVEL else "")

    return (
        marked(holdout_error(target, score), score.error),
        *(
            Cell(other_error(targets, target, drivers) if drivers in target.holdouts else MISSING)
            for drivers in shown[1:]
        ),
        *(
            marked(rule_error(target, score, name), baseline_error(score, name))
            for name in (*rules, score.best_baseline)
        ),
        Cell(BASELINE_LABELS[score.best_baseline]),
    )


def single_table(result: StudyResult) -> Table:
    """One row per series and held-out period, dropped cells included."""
    targets = result[BACKTEST].targets
    others = [drivers for drivers in knowledge_of(targets)[1:] if any(drivers in each.forecasts for each in targets)]
    forecast = any(target.forecasts for target in targets)
    return Table(
        caption=f"The hold-out {periods()} one by one",
        columns=(
            *words("Series", capital(period())),
            *numbers("Actual", *(("Forecast", "Error", "90 % interval") if forecast else ())),
            *numbers(*(capital(KNOWLEDGE[drivers]) for drivers in others), "Fitted run", "Its error"),
            *words("Remark"),
        ),
        rows=tuple(
            (
                *cells(target.variable, when(target.years[index]), _observed(targets, target, index)),
                *(_forecast(targets, target, index) if forecast else ()),
                *cells(*(_median(target, drivers, index) for drivers in others)),
                *cells(measured(target.simulated[index]), percent(target.error_percent[index])),
                Cell("not scored" if target.weights[index] == 0 else ""),
            )
            for target in targets
            for index, window in enumerate(target.windows)
            if window == "holdout"
        ),
        note=_one_by_one(forecast=forecast),
        folded=True,
    )


def _one_by_one(*, forecast: bool) -> str:
    """Say what the columns of the table of single cells are."""
    drivers = spoken().drivers
    run = "Fitted run: least squares" + (", with the drivers as they were" if drivers else "")
    if not forecast:
        return f"{run}."
    known = "with the drivers known as a forecaster knows them and " if drivers else "with "
    return (
        f"Forecast: the median, {known}the gap between model and data carried on from the last fitted {periods()}. "
        f"Marked: an interval that does not hold what came. {run}{' and' if drivers else ', with'} no gap carried on."
    )


def _observed(targets: Sequence[TargetResult], target: TargetResult, index: int) -> str:
    place = held_out_at(targets, target, target.years[index])
    return said_at(measured(target.observed[index]), place, "observed")


def _forecast(targets: Sequence[TargetResult], target: TargetResult, index: int) -> tuple[Cell, ...]:
    """Write the median of the forecast of a period, its error, and the interval."""
    found, year, observed = target.forecast, target.years[index], target.observed[index]
    if found is None:
        return cells(*(MISSING,) * 3)
    at = found.years.tolist().index(year)
    place = held_out_at(targets, target, year)
    low, high = (
        said_at(measured(ends[at]), place, what) for ends, what in ((found.lower, "lower"), (found.upper, "upper"))
    )
    inside = bool(between(observed, found.lower[at], found.upper[at]))
    error = 100 * (found.median[at] / observed - 1) if observed else math.nan
    median = said_at(measured(found.median[at]), place, "simulated")
    interval = f"{low}{NO_BREAK}to{NO_BREAK}{high}"
    return (*cells(median, percent(error)), Cell(interval, "" if inside else "alert"))


def _median(target: TargetResult, drivers: str, index: int) -> str:
    found = target.forecasts.get(drivers)
    return MISSING if found is None else measured(found.median[found.years.tolist().index(target.years[index])])
