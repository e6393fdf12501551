"""Errors inside the fit window, with Theil's decomposition."""

from collections.abc import Sequence

from rcsd.analysis.metrics import FitStatistics
from rcsd.report.series_facts import forecast_at, inside_of, inside_told, told
from rcsd.report.spoken import change, period, periods, span, spoken
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, fixed, measured, percent
from rcsd.study.file.converting import DataConversion
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST

_ERRORS = ("n", "MAPE", "RMSPE", "MAE")
_CORRELATIONS = ("R² (corr.)", "R² (expl.)")
_SHARES = ("U_M", "U_S", "U_C", "U1", "U2")
_SHARE_KEYS = ("theil_um", "theil_us", "theil_uc", "theil_u1", "theil_u2")

Place = Sequence[str | int]
"""Where statistics stand in result.json."""


def _reading() -> str:
    """Say what the columns are."""
    return (
        "All that count: all but the dropped cells (weight 0), those that set a constant among them. "
        "MAPE and RMSPE: mean absolute and root mean square error in percent of the actual value. R²: squared "
        "correlation, and 1 − SSE/SST. Theil's shares of the mean square error sum to one: U_M is bias, U_S unequal "
        "variation, U_C what is left, which is where a good fit has its error. U1 lies between 0 (perfect) and 1; U2 "
        f"below 1 is better than forecasting no change from one {period()} to the next."
    )


def fit_table(result: StudyResult) -> Table:
    """Two rows per series: all its cells of the fit window that count, and those without a flag if they are fewer."""
    rows = []
    for target in result[BACKTEST].targets:
        at = ("series", target.name)
        every = measures(target.fit_all, target, (*at, "fit"))
        rows.append((Cell(target.variable), *cells("all that count", *every, _inside(result, target))))
        if any(target.flags) and (target.fit_unflagged is None or target.fit_unflagged.n < target.fit_all.n):
            trusted = measures(target.fit_unflagged, target, (*at, "fit_unflagged"))
            rows.append((Cell(target.variable), *cells("unflagged", *trusted, "")))
    return Table(
        caption=f"Errors in the fit window, {span(*result.info.fit_window)}",
        columns=(*words("Series", "Cells"), *numbers(*_ERRORS, *_CORRELATIONS, *_SHARES, "Inside 90 %")),
        rows=tuple(rows),
        note=f"{_reading()} Inside 90 %: cells of at least half weight inside the posterior's bands.",
    )


def _inside(result: StudyResult, target: TargetResult) -> str:
    """Say how many cells of the fit window the bands of the posterior hold."""
    inside = inside_of(result, target.name, "fit")
    return inside_told(inside, target.name, "fit") if inside.n else MISSING


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
    rows, targets = [], result[BACKTEST].targets
    for target in targets:
        for drivers, score in target.holdouts.items():
            at = (*forecast_at(targets, drivers), target.name)
            statistics = (*errors(score.statistics, target, at), *shares(score.statistics, at))
            scaled = (told(fixed(score.mase), *at, "mase"), told(fixed(score.skill), *at, "skill"))
            rows.append((Cell(target.variable), *cells(*_drivers(drivers), *statistics, *scaled)))
    window = result.info.holdout_window
    return Table(
        caption="More statistics of the hold-out window" + (f", {span(*window)}" if window else ""),
        columns=(*words("Series", *_drivers("Drivers")), *numbers(*_ERRORS, *_SHARES, "MASE", "Skill")),
        rows=tuple(rows),
        note=f"MASE: mean absolute error over the mean absolute {change()} inside the fit window. Skill: 1 − MSE / "
        f"MSE of the last-value forecast; negative is worse than the last value. With so few {periods()} Theil's "
        "shares say little.",
        folded=True,
    )


def _drivers(text: str) -> tuple[str, ...]:
    """Return a column of what is known of the drivers, where there are any."""
    return (text,) if spoken().drivers else ()


def errors(statistics: FitStatistics, target: TargetResult, at: Place) -> tuple[str, ...]:
    """Return the errors in the order of their columns; none in percent of single values that are near zero."""
    s = statistics
    relative = (told(percent(s.mape), *at, "mape"), told(percent(s.rmspe), *at, "rmspe"))
    shown = relative if target.in_percent else (MISSING, MISSING)
    return (told(str(s.n), *at, "n"), *shown, told(measured(s.mae), *at, "mae"))


def correlations(statistics: FitStatistics, at: Place) -> tuple[str, ...]:
    """Return both R² in the order of their columns."""
    keys = ("r2_correlation", "r2_explained")
    return tuple(told(fixed(getattr(statistics, key)), *at, key) for key in keys)


def shares(statistics: FitStatistics, at: Place) -> tuple[str, ...]:
    """Return Theil's statistics in the order of their columns."""
    return tuple(told(fixed(getattr(statistics, key)), *at, key) for key in _SHARE_KEYS)


def measures(statistics: FitStatistics | None, target: TargetResult, at: Place) -> tuple[str, ...]:
    """Return all statistics in the order of the columns, dashes where there are none."""
    if statistics is None:
        return (MISSING,) * len((*_ERRORS, *_CORRELATIONS, *_SHARES))
    return (*errors(statistics, target, at), *correlations(statistics, at), *shares(statistics, at))
