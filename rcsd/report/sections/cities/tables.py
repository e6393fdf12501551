"""All studies and all their series in one table."""

from collections.abc import Sequence

from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.report.sections.holdout.tables import baseline_error, scored_cell
from rcsd.report.table import Cell, Column, Table, cells, numbers, words
from rcsd.report.wording import BASELINE_LABELS, MISSING, capital, frozen_label, percent, shown_title
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS


def overview_table(results: Sequence[StudyResult]) -> Table:
    """One row per study and series: errors in both windows beside the benchmark forecasts."""
    rows = []
    frozen = frozen_label(*(result.frozen_drivers for result in results))
    for result in results:
        link = f"{result.info.name}/index.html"
        rows += [(Cell(shown_title(result.info), link=link), *_errors(target)) for target in result[BACKTEST].targets]
    held = f"{capital(frozen)}: at the value of the last fitted year, every other driver still given. "
    some = any(result.frozen_drivers for result in results)
    table = Table(
        caption="Mean absolute percentage errors",
        columns=(
            *words("City", "Series"),
            Column("Fit", title="all cells of the fit window that count"),
            Column("Fit, unflagged", title="cells without a flag"),
            Column("Scored", title="cells of the hold-out window that count, of all that it has"),
            *numbers("Hold-out", capital(frozen), "Last value", "Best benchmark"),
            *words("Which", "Beats"),
        ),
        rows=tuple(rows),
        note="Fit: the model in the fit window. Hold-out: the model in years that it has not seen, with the drivers "
        f"as they were. {held if some else ''}"
        "Beside it the last value and the best of four benchmark forecasts. Scored: the cells that the hold-out errors "
        "are the mean of; a cell that the study's flag rules drop is not among them.",
    )
    return table if some else table.without(capital(frozen))


def _errors(target: TargetResult) -> tuple[Cell, ...]:
    unflagged = None if target.fit_unflagged is None else target.fit_unflagged.mape
    fit = cells(target.variable, percent(target.fit_all.mape), percent(unflagged))
    score = target.holdout
    if score is None:
        return (*fit, *cells(*(MISSING,) * 7))
    frozen = None if target.holdout_frozen is None else target.holdout_frozen.statistics.mape
    best = score.best_baseline
    return (
        *fit,
        scored_cell(target, score),
        Cell(percent(score.statistics.mape), "best" if score.beats_best else ""),
        *cells(percent(frozen), percent(baseline_error(score, "last")), percent(baseline_error(score, best))),
        Cell(BASELINE_LABELS.get(best, best).removeprefix("exponential ")),
        _beaten(score),
    )


def _beaten(score: HoldoutScore) -> Cell:
    if score.beats_best:
        return Cell("both")
    return Cell("last value") if score.beats_last else Cell("neither", "alert")


def search_table(results: Sequence[StudyResult]) -> Table:
    """One row per study: how the search went."""
    return Table(
        caption="The search in each city",
        columns=(
            *words("City"),
            *numbers("Parameters", "On a bound", "Starts", "Starts that agree", "Runs", "Failed runs", "Seconds"),
        ),
        rows=tuple(
            (
                Cell(shown_title(result.info), link=f"{result.info.name}/index.html"),
                Cell(str(len(result[PARAMETERS].parameters))),
                Cell(str(result[PARAMETERS].n_on_bound), "alert" if result[PARAMETERS].n_on_bound else ""),
                *cells(
                    str(len(result[CALIBRATE].fit.starts)),
                    str(result[CALIBRATE].fit.agreement),
                    f"{result.runs.total:,}",
                    f"{result.runs.failed:,}",
                    f"{sum(step.seconds for step in result.steps):.0f}",
                ),
            )
            for result in results
        ),
        note="Starts that agree end within 1 % of the lowest cost. Runs: every simulation of the model, those for "
        "derivatives, the backtest and the figures among them. Seconds are those of the computation, reused steps "
        "included.",
    )
