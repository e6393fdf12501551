"""Corrections, innovations and forecasts of a filter, as tables."""

import numpy as np

from rcsd.report.sections.state.words import PERSISTENT, correction, shown
from rcsd.report.spoken import a_period, period, when
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import fixed, percent
from rcsd.study.findings.state.estimating import States

_MOST = 15
"""Rows of corrections; state.csv has all."""


def pulls_table(found: States) -> Table:
    """One row per quantity that the data corrected, the most persistent first."""
    return Table(
        caption="What the data corrected",
        columns=(
            *words("Quantity", "Kind", "Disturbed"),
            *numbers(f"Mean {a_period()}", "In standard errors", "Largest", "In"),
        ),
        rows=tuple(
            (
                Cell(shown(pull.name)),
                *cells(pull.what, "yes" if pull.name in found.disturbed else ""),
                Cell(correction(pull, pull.mean)),
                Cell(fixed(pull.standardised, 1), "alert" if abs(pull.standardised) >= PERSISTENT else ""),
                *cells(correction(pull, pull.largest), when(pull.at)),
            )
            for pull in found.pulls[:_MOST]
        ),
        note=f"By how much the data of {a_period()} moved the mean of the members: in per cent of a quantity that "
        "stays positive, on the search scale of a parameter. If all assumptions hold, corrections have no mean and "
        f"are independent. Marked: a mean of {PERSISTENT:g} or more standard errors. The first {_MOST}; state.csv has "
        "all.",
    )


def innovations_table(found: States) -> Table:
    """One row per series: what had not been foreseen."""
    return Table(
        caption="Innovations: observations less forecasts, in units of what was expected",
        columns=(*words("Series"), *numbers("Cells", "Mean", "Standard deviation", "Lag one", "p white")),
        rows=tuple(
            (
                Cell(each.variable),
                Cell(str(each.times.size)),
                *cells(
                    fixed(float(np.mean(each.standardised)), 2),
                    fixed(float(np.std(each.standardised)), 2),
                    fixed(each.lag_one, 2),
                    fixed(each.p_white, 3),
                ),
            )
            for each in found.innovations
        ),
        note=f"Each is forecast from the {period()} before. If all assumptions hold, they have mean 0 and standard "
        "deviation 1 and do not remember one another. p: of Ljung and Box over two lags, with little power over so "
        "few cells.",
    )


def held_out_table(found: States) -> Table:
    """One row per series and assumption of the drivers."""
    return Table(
        caption="The hold-out, forecast from filtered states",
        columns=(*words("Series", "Drivers"), *numbers("Cells", "Inside 90 %", "Mean absolute error")),
        rows=tuple(
            (
                Cell(each.band.variable),
                *cells(each.band.drivers, str(each.years.size), f"{each.inside.sum()}", percent(each.mape)),
            )
            for each in found.held_out
        ),
        note="The error is that of the median, in per cent. Drivers are forecast from what was known at the origin, "
        "known as they were, or frozen at their values of the origin.",
    )
