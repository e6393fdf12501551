"""Errors inside the fit window, with Theil's decomposition."""

from collections.abc import Sequence

from rcsd.analysis.metrics import FitStatistics
from rcsd.report.spoken import change, period, periods, span, spoken
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, fixed, measured, percent
from rcsd.study.file.converting import DataConversion
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.info import StudyInfo
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST

_ERRORS = ("n", "MAPE", "RMSPE", "MAE")
_CORRELATIONS = ("R² (corr.)", "R² (expl.)")
_SHARES = ("U_M", "U_S", "U_C", "U1", "U2")


def _reading() -> str:
    """Say what the columns are."""
    return (
        "All that count: all but the dropped cells (weight 0), those that set a constant among them. "
        "MAPE and RMSPE: mean absolute and root mean square error in percent of the actual value. R²: squared "
        "correlation, and 1 − SSE/SST. Theil's shares of the mean square error sum to one: U_M is bias, U_S unequal "
        "variation, U_C what is left, which is where a good fit has its error. U1 lies between 0 (perfect) and 1; U2 "
        f"below 1 is better than forecasting no change from one {period()} to the next."
    )


def fit_table(info: StudyInfo, targets: Sequence[TargetResult]) -> Table:
    """Two rows per series: all its cells of the fit window that count, and those without a flag."""
    rows = []
    for target in targets:
        rows.append((Cell(target.variable), *cells("all that count", *measures(target.fit_all, target))))
        if any(target.flags):
            rows.append((Cell(target.variable), *cells("unflagged", *measures(target.fit_unflagged, target))))
    return Table(
        caption=f"Errors in the fit window, {span(*info.fit_window)}",
        columns=(*words("Series", "Cells"), *numbers(*_ERRORS, *_CORRELATIONS, *_SHARES)),
        rows=tuple(rows),
        note=_reading(),
    )


def conversions_table(conversions: Sequence[DataConversion]) -> Table:
    """One row per series that is in another unit in its file than in the model."""
    return Table(
        caption="Units of the data",
        columns=words("Data", "Variable", "In the file", "In the model", "Conversion"),
        rows=tuple(
            cells(each.series, each.variable, each.unit or MISSING, each.model_unit or MISSING, each.words)
            for each in conversions
        ),
        note="Everything else in this report is in the unit of the model.",
    )


def holdout_statistics_table(result: StudyResult) -> Table:
    """Return the statistics of the hold-out by what is known of the drivers; R² says nothing there."""
    rows = []
    for target in result[BACKTEST].targets:
        for drivers, score in target.holdouts.items():
            statistics = (*errors(score.statistics, target), *shares(score.statistics))
            rows.append(
                (Cell(target.variable), *cells(*_drivers(drivers), *statistics, fixed(score.mase), fixed(score.skill)))
            )
    window = result.info.holdout_window
    return Table(
        caption="More statistics of the hold-out window" + (f", {span(*window)}" if window else ""),
        columns=(*words("Series", *_drivers("Drivers")), *numbers(*_ERRORS, *_SHARES, "MASE", "Skill")),
        rows=tuple(rows),
        note=f"MASE: mean absolute error over the mean absolute {change()} inside the fit window. Skill: 1 − MSE / "
        f"MSE of the last-value forecast; negative is worse than the last value. With so few {periods()} Theil's "
        "shares say little.",
    )


def _drivers(text: str) -> tuple[str, ...]:
    """Return a column of what is known of the drivers, where there are any."""
    return (text,) if spoken().drivers else ()


def errors(statistics: FitStatistics, target: TargetResult) -> tuple[str, ...]:
    """Return the errors in the order of their columns; none in percent of single values that are near zero."""
    s = statistics
    relative = (percent(s.mape), percent(s.rmspe)) if target.in_percent else (MISSING, MISSING)
    return (str(s.n), *relative, measured(s.mae))


def correlations(statistics: FitStatistics) -> tuple[str, ...]:
    """Return both R² in the order of their columns."""
    return (fixed(statistics.r2_correlation), fixed(statistics.r2_explained))


def shares(statistics: FitStatistics) -> tuple[str, ...]:
    """Return Theil's statistics in the order of their columns."""
    s = statistics
    return tuple(fixed(value) for value in (s.theil_um, s.theil_us, s.theil_uc, s.theil_u1, s.theil_u2))


def measures(statistics: FitStatistics | None, target: TargetResult) -> tuple[str, ...]:
    """Return all statistics in the order of the columns, dashes where there are none."""
    if statistics is None:
        return (MISSING,) * len((*_ERRORS, *_CORRELATIONS, *_SHARES))
    return (*errors(statistics, target), *correlations(statistics), *shares(statistics))
