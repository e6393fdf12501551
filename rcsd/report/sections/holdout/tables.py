"""Our errors of the hold-out years beside those of forecasts that anyone could make."""

import math

from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.analysis.backtest.scoring import LEVEL
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import BASELINE_LABELS, MISSING, capital, fixed, frozen_label, measured, percent, scored_cells
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


def holdout_table(result: StudyResult) -> Table:
    """One row per scored series: the mean absolute error of the model and of the four benchmark forecasts."""
    window, frozen = result.info.holdout_window, frozen_label(result.frozen_drivers)
    rows = tuple(
        (
            Cell(target.variable),
            scored_cell(target, target.holdout),
            *_errors(target.holdout, target.holdout_frozen),
        )
        for target in result[BACKTEST].targets
        if target.holdout is not None
    )
    held = f"“{capital(frozen)}”: at the value of the last fitted year; every other driver is still given."
    table = Table(
        caption="Mean absolute percentage error in the hold-out window"
        + (f", {window[0]}–{window[1]}" if window else ""),
        columns=(
            *words("Series"),
            *numbers("Scored", "Model", f"Model, {frozen}", *map(capital, BASELINE_LABELS.values()), "MASE", "Skill"),
        ),
        rows=rows,
        note="Scored: how many cells each error is the mean of; the others are dropped by a flag rule. Bold with a "
        f"star: the lowest of the model and the four benchmark forecasts, and any less than {LEVEL:g} points above it: "
        "so small a lead is no win. The benchmark forecasts know the series of the fit window and nothing else; the "
        "model is also given the drivers of the hold-out years. " + (held if result.frozen_drivers else ""),
    )
    return table if result.frozen_drivers else table.without(f"Model, {frozen}")


def scored_cell(target: TargetResult, score: HoldoutScore) -> Cell:
    """Say how many cells were scored, marked where a flag rule has dropped one."""
    return Cell(scored_cells(target, score), "alert" if score.statistics.n < target.n_holdout else "")


def best_error(score: HoldoutScore) -> float:
    """Return the lowest MAPE of the model and the benchmark forecasts, NaN where none is defined."""
    errors = [score.statistics.mape, *(baseline_error(score, name) for name in BASELINE_LABELS)]
    return min((error for error in errors if math.isfinite(error)), default=math.nan)


def baseline_error(score: HoldoutScore, name: str) -> float:
    """Return the MAPE of one benchmark forecast, NaN where it is not defined."""
    baseline = score.baselines.get(name)
    return math.nan if baseline is None or baseline.statistics is None else baseline.statistics.mape


def _errors(score: HoldoutScore, frozen: HoldoutScore | None) -> tuple[Cell, ...]:
    best = best_error(score)

    def marked(error: float) -> Cell:
        return Cell(percent(error), "best" if error <= best + LEVEL else "")

    return (
        marked(score.statistics.mape),
        Cell(MISSING if frozen is None else percent(frozen.statistics.mape)),
        *(marked(baseline_error(score, name)) for name in BASELINE_LABELS),
        *cells(fixed(score.mase, 2), fixed(score.skill, 2)),
    )


def yearly_table(result: StudyResult) -> Table:
    """One row per series and hold-out year, dropped cells included."""
    rows, label = [], f"Simulated, {frozen_label(result.frozen_drivers)}"
    for target in result[BACKTEST].targets:
        for index, window in enumerate(target.windows):
            if window != "holdout":
                continue
            frozen = MISSING if target.simulated_frozen is None else measured(target.simulated_frozen[index])
            dropped = "not scored" if target.weights[index] == 0 else ""
            rows.append(
                (
                    Cell(target.variable),
                    *cells(
                        f"{target.years[index]:.0f}",
                        measured(target.observed[index]),
                        measured(target.simulated[index]),
                        percent(target.error_percent[index]),
                        frozen,
                        dropped,
                    ),
                )
            )
    table = Table(
        caption="The hold-out years one by one",
        columns=(
            *words("Series", "Year"),
            *numbers("Actual", "Simulated", "Error", label),
            *words("Remark"),
        ),
        rows=tuple(rows),
    )
    return table if result.frozen_drivers else table.without(label)
