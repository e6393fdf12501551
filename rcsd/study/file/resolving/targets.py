"""Series beside the model variables that should reproduce them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rcsd.analysis.calibration import COUNTS, GAPS, HEAVY, LOGARITHMS
from rcsd.analysis.series import ObservedSeries, require_complete, weights
from rcsd.errors import ParameterError, SeriesError, UnitError
from rcsd.names import near_matches
from rcsd.study.file.converting import in_new_unit
from rcsd.study.file.resolving.base import Resolving
from rcsd.study.file.resolving.measuring import check_measures, observed_of, spanned
from rcsd.study.file.schema import (
    SeriesSection,
)
from rcsd.study.file.study import StudyTarget
from rcsd.toml.lines import Keys
from rcsd.toml.source import dotted
from rcsd.units import Conversion, same_unit

_GROWTH = "1/Year"


def targets(at: Resolving) -> tuple[StudyTarget, ...]:
    """Series beside model variables, units equal, complete where they must be, every flag with a rule."""
    found = (_target(at, name, section) for name, section in at.file.series.items())
    whole = tuple(target for target in found if target is not None)
    check_measures(at, whole)
    return whole


def _target(at: Resolving, name: str, section: SeriesSection) -> StudyTarget | None:
    keys: Keys = ("series", name)
    series = at.lookup.series(keys, name)
    variable = at.lookup.one((*keys, "variable"), section.variable)
    if series is None or variable is None:
        return None
    series, conversion = at.lookup.in_unit_of((*keys, "variable"), series, observed_of(at, section, variable))
    _require_fitting_keys(at, keys, section)
    if section.kind in COUNTS and not conversion.changes_nothing:
        _refuse_converted_counts(at, keys, section, series, conversion)
        return None
    fit = at.file.windows.fit
    try:
        series = spanned(at, keys, section, series)
        found, spent = weights(series, section.flags), at.file.years_set_from(name)
        # the model meets such a cell by construction: a residual of zero says nothing of parameters or noise
        found[np.isin(series.years, spent)] = 0.0
        if section.required:
            first = fit[0] if section.first is None else section.first
            require_complete(series, first, fit[1], remedy=_other_than_data(keys))
        target = StudyTarget(
            series=series,
            variable=variable.name,
            measure=section.measure,
            error=None if section.error is None else in_new_unit(section.error, section.kind, conversion),
            kind=section.kind,
            rules=dict(section.flags),
            weights=found,
            spent=tuple(spent),
            course=section.gap.course,
            jump=in_new_unit(section.gap.jump, section.kind, conversion),
            course_source=section.gap.source,
            reference=_reference(at, (*keys, "reference"), section),
            spread=section.spread,
        )
        if not (target.cells(*fit) & (target.weights_at(fit[1]) > 0)).any():
            at.faults.add(
                keys, f"has no cell that counts in the fit window {at.clock.span_words(*fit)}: leave the series out"
            )
        if _has_fitting_values(at, keys, target, spent):
            target.target(*fit)  # makes its own checks, for example that ratios exist
    except ParameterError as error:
        at.faults.add((*keys, error.field) if error.field in section.model_fields_set else keys, str(error))
        return None
    except SeriesError as error:
        at.faults.add(keys, str(error))
        return None
    return target


def _require_fitting_keys(at: Resolving, keys: Keys, section: SeriesSection) -> None:
    """Note a key that says nothing of the errors of its kind: it would be read past without a word."""
    given, kind = section.model_fields_set, section.kind
    located = frozenset({"normal", "log-normal"}) | HEAVY
    belongs = {
        "gap": (GAPS, "relative"),
        "scale": (located | {"negative-binomial"}, "log-normal"),
        "autocorrelation": (located, "log-normal"),
        "freedom": (HEAVY, "student-t"),
    }
    for key, (kinds, other) in belongs.items():
        if key in given and kind not in kinds:
            at.faults.add(
                (*keys, key),
                f'says nothing of errors of the kind "{kind}": leave it out, or take a kind that has it, such as '
                f'"{other}"',
            )


def _refuse_converted_counts(
    at: Resolving, keys: Keys, section: SeriesSection, series: ObservedSeries, conversion: Conversion
) -> None:
    """Note counts in another unit than their variable: converted ones do not scatter as what was counted does."""
    at.faults.add(
        (*keys, "kind"),
        f'"{section.kind}" is of counts as they were counted, and series {series.name!r} would be converted: '
        f"{conversion}; write the data in {conversion.wanted!r}, name a variable in {conversion.found!r}, or take "
        'another kind, such as "log-normal"',
    )


def _reference(at: Resolving, keys: Keys, section: SeriesSection) -> dict[int, float]:
    """Take the growth of what a series is a part of from the driver that the study names, by year."""
    name = section.reference
    if name is None:
        return {}
    if name not in at.file.drivers:
        hint = near_matches(name, at.file.drivers) or f"it has {', '.join(at.file.drivers) or 'none'}"
        at.faults.add(keys, f"the study has no driver {name!r}; {hint}")
        return {}
    series = at.lookup.data.get(name)
    if series is None:
        return {}  # a fault of the driver
    if not at.clock.identity:
        at.faults.add(keys, "is of studies whose period is a unit of the model's time, by whole years: leave this out")
        return {}
    if not _is_growth(series.unit):
        at.faults.add(
            keys,
            f"driver {name!r} is in {series.unit!r}: name one in {_GROWTH!r}, the growth rate of what the series "
            "is a part of, or leave this out",
        )
        return {}
    return {round(year): float(value) for year, value in zip(series.years, series.values, strict=True)}


def _has_fitting_values(at: Resolving, keys: Keys, target: StudyTarget, spent: Sequence[int]) -> bool:
    """Note a cell of zero or less where shares are compared, held out or in a constant, and a count below zero."""
    series, windows = target.series, at.file.windows
    counts = (target.weights > 0) | (target.weights_at(windows.fit[1]) > 0)
    compared = target.cells(windows.fit[0], windows.last) & counts
    wrong = (compared | np.isin(series.years, spent)) & (series.values <= 0)
    if target.kind in LOGARITHMS and wrong.any():
        year, value = series.years[wrong][0], series.values[wrong][0]
        at.faults.add(
            keys,
            f"is {value:g} in {series.label(year)}, and its error is a share of the value: correct the cell, give it "
            f'a flag with the weight 0, or write kind = "{"absolute" if target.kind in GAPS else "normal"}"',
        )
        return False
    below = compared & (series.values < 0)
    if target.kind in COUNTS and below.any():
        year, value = series.years[below][0], series.values[below][0]
        at.faults.add(
            keys,
            f"is {value:g} in {series.label(year)}, which is no count: correct the cell, give it a flag with the "
            'weight 0, or write kind = "normal"',
        )
        return False
    return True


def _is_growth(unit: str) -> bool:
    try:
        return same_unit(unit, _GROWTH)
    except UnitError:
        return False  # a fault of the driver


def _other_than_data(keys: Keys) -> str:
    """Say what a study with a gap in a fitted series can do beside filling it."""
    section = dotted(keys)
    return (
        f", or set `first` of [{section}] to the year after the gap or `required = false` there, or change `fit` of "
        "[windows]"
    )
