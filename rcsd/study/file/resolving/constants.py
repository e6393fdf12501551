"""Constants set from cells or by numbers."""

from __future__ import annotations

import numpy as np

from rcsd.errors import SeriesError
from rcsd.study.file.inputs import ConstantResult
from rcsd.study.file.resolving.base import Resolving
from rcsd.study.file.schema import (
    ConstantSection,
)
from rcsd.toml.lines import Keys


def constants(at: Resolving) -> tuple[ConstantResult, ...]:
    """Constants set from a cell of the data, never one after the fit window, or by a number."""
    found = (_set_constant(at, name, section) for name, section in at.file.constants.items())
    return tuple(constant for constant in found if constant is not None)


def _set_constant(at: Resolving, name: str, section: ConstantSection) -> ConstantResult | None:
    keys: Keys = ("constants", name)
    variable = at.lookup.constant(keys, name)
    if section.unit is not None and variable is not None:
        at.lookup.same_unit((*keys, "unit"), "the constant", section.unit, variable)
    if section.value is not None:
        if variable is None:
            return None
        return ConstantResult(variable.name, section.value, variable.unit, section.source, "study")
    series = at.lookup.series((*keys, "from"), str(section.from_))
    if series is None or variable is None or section.at is None:
        return None
    if section.unit is None:
        series, _ = at.lookup.in_unit_of((*keys, "from"), series, variable)
    label = at.clock.label
    if section.at > at.file.windows.fit[1]:
        at.faults.add(
            (*keys, "at"),
            f"{label(section.at)} lies after the fit window, which ends in {label(at.file.windows.fit[1])}: "
            "a held-out year must not set a constant; take a year of the fit window or before it",
        )
        return None
    try:
        value = series.value_at(section.at) * (1.0 if section.scale is None else section.scale)
    except SeriesError as error:
        at.faults.add((*keys, "at"), str(error))
        return None
    flags = series.flags[int(np.flatnonzero(series.years == section.at)[0])]
    origin = f"{series.name}, {series.label(section.at)}"
    return ConstantResult(variable.name, value, variable.unit, section.source, origin, flags)
