"""All studies and all their series in one table."""

from collections.abc import Sequence

from rcsd.analysis.backtest.baselines import TWO_LINE
from rcsd.report.sections.holdout.tables import baseline_error, knowledge_of, scored_cell
from rcsd.report.spoken import spoken
from rcsd.report.table import Cell, Column, Table, cells, numbers, words
from rcsd.report.wording import (
    BASELINE_LABELS,
    MISSING,
    capital,
    of_mean_size,
    percent,
    shown_title,
)
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.written.standing import Standing

_RULES = ("last", TWO_LINE)


def overview_table(results: Sequence[StudyResult]) -> Table:
    """One row per study and series: errors in both windows beside the benchmark forecasts."""
    shown = knowledge_of([target for result in results for target in result[BACKTEST].targets])
    rows = []
    for result in results:
        title = Cell(shown_title(result.info), link=f"{result.info.name}/index.html")
        rows += [(title, *_errors(target, shown)) for target in result[BACKTEST].targets]
    return Table(
        caption="Mean absolute percentage errors",
        columns=(
            *words(capital(spoken().words.unit), "Series"),
            Column("Fit", title="all cells of the fit window that count"),
            Column("Fit, unflagged", title="cells without a flag"),
            Column("Scored", title="cells of the hold-out window that count, of all that it has"),
            *numbers(*(spoken().with_knowledge("Hold-out", drivers) for drivers in shown)),
            *numbers(*(capital(BASELINE_LABELS[name]) for name in _RULES), "Best benchmark"),
            *words("Which"),
        ),
        rows=tuple(rows),
        note="Fit: the fitted run. Hold-out: the forecast made at the end of the fit window. "
        f"{spoken().knowledge_note.lstrip()}Beside it benchmark forecasts; the best of all is known only afterwards. "
        "Scored: the cells that the hold-out errors are the mean of; a "
        "cell that the study's flag rules drop is not among them."
        f"{of_mean_size([target for result in results for target in result[BACKTEST].targets])}",
    )


def _errors(target: TargetResult, shown: Sequence[str]) -> tuple[Cell, ...]:
    unflagged = None if target.fit_unflagged is None else target.error_of(target.fit_unflagged)
    fit = cells(target.variable, percent(target.error_of(target.fit_all)), percent(unflagged))
    score = target.holdout
    if score is None:
        return (*fit, *cells(*(MISSING,) * (len(shown) + len(_RULES) + 3)))
    others = (target.holdouts.get(drivers) for drivers in shown[1:])
    return (
        *fit,
        scored_cell(target, score),
        Cell(percent(score.error), "best" if score.beats_best else ""),
        *cells(*(MISSING if other is None else percent(other.error) for other in others)),
        *cells(*(percent(baseline_error(score, name)) for name in (*_RULES, score.best_baseline))),
        Cell(BASELINE_LABELS[score.best_baseline]),
    )


def wins_table(series: Sequence[Standing]) -> Table:
    """One row per series and knowledge of the drivers: in how many studies the model errs less than what is simple."""
    rows = [
        (
            Cell(standing.variable),
            *([Cell(spoken().knowing(drivers))] if spoken().drivers else []),
            Cell(f"{wins.over_last} of {wins.n}"),
            Cell(f"{wins.over_two_line} of {wins.n_two_line}" if wins.n_two_line else MISSING),
            Cell(f"{wins.over_best} of {wins.n}"),
        )
        for standing in series
        for drivers, wins in standing.wins.items()
    ]
    return Table(
        caption=f"In how many {spoken().words.units} the forecast of the hold-out errs less",
        columns=(
            *words("Series", *(["Drivers"] if spoken().drivers else [])),
            *numbers("Than the last value", "Than the two-line rule", "Than the best simple method"),
        ),
        rows=tuple(rows),
        note="A lead of less than 0.1 percentage points counts as none. The best simple method is known only "
        "afterwards.",
    )


def search_table(results: Sequence[StudyResult]) -> Table:
    """One row per study: how the search went."""
    return Table(
        caption=f"The search in each {spoken().words.unit}",
        columns=(
            *words(capital(spoken().words.unit)),
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
