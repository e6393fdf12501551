"""What the cells of a series are of its variable: values at the end of a stretch of time, means or sums over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rcsd.analysis.clock import ONE, Measured
from rcsd.analysis.series import ObservedSeries
from rcsd.errors import SeriesError, UnitError
from rcsd.simulation.ir.model import Variable
from rcsd.study.file.resolving.base import Resolving
from rcsd.study.file.schema import SeriesSection, span_of
from rcsd.study.file.study import StudyTarget
from rcsd.toml.lines import Keys
from rcsd.units import parse_unit


def observed_of(at: Resolving, section: SeriesSection, variable: Variable) -> Variable:
    """Return a variable with the unit that a series of it has: a sum over time is in its unit times that of time."""
    if section.measure != "sum":
        return variable
    try:
        return replace(variable, unit=str(parse_unit(variable.unit) * parse_unit(at.lookup.model.time.unit)))
    except UnitError as error:
        at.faults.add(("series",), str(error), once=True)
        return variable


def spanned(at: Resolving, keys: Keys, section: SeriesSection, series: ObservedSeries) -> ObservedSeries:
    """Return a series that knows how long its cells stand for, and note what has no such length.

    Raises
    ------
    SeriesError
        For a mean or a sum over a stretch that begins before the model does.
    """
    try:
        span = span_of(section.period, at.clock, series.span)
    except ValueError as error:
        at.faults.add((*keys, "period"), str(error))
        return series
    found = replace(series, span=span)
    if section.measure == "end" or not len(series):
        return found
    if span == ONE and section.period is None and at.clock.word is None and np.any(np.diff(series.years) != 1):
        at.faults.add(
            keys,
            f'measure = "{section.measure}" needs to know the time that a cell stands for, and the cells do not follow '
            "one another by a period: give `period`",
        )
    begin = at.lookup.model.time.start
    for year in series.window(*at.file.windows.fit).years:
        if at.clock.to_model(at.clock.before(round(year), span)) < begin - at.lookup.model.time.step / 2:
            raise SeriesError(
                f"series {series.name!r}: the cell of {found.label(year)} stands for time before the model begins "
                f"({begin:g}), over which it has no {section.measure}: begin the fit window later, or take "
                'measure = "end"',
                path=series.path,
            )
    return found


def check_measures(at: Resolving, targets: Sequence[StudyTarget]) -> None:
    """Note two series that want different things of one variable."""
    known: dict[str, tuple[str, Measured]] = {}
    for target in targets:
        name, measured = target.series.name, target.measured
        other, before = known.setdefault(target.variable, (name, measured))
        if before != measured:
            at.faults.add(
                ("series", name, "measure"),
                f"takes {_words(measured)} of {target.variable!r}, and series {other!r} takes {_words(before)}: a "
                "variable is observed in one way in a study; give the model a second variable that equals it",
            )


def _words(measured: Measured) -> str:
    if measured.measure == "end":
        return "the value at the end of a period"
    span = measured.span
    over = f"a {span}" if isinstance(span, str) else "a period" if span == ONE else f"{span} periods"
    return f"the {measured.measure} over {over}"
