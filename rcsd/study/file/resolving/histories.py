"""What a forecast draws the drivers' later course from."""

from __future__ import annotations

import numpy as np

from rcsd.analysis.forecasting.driver import mix
from rcsd.analysis.scenarios import log_process
from rcsd.analysis.series import ObservedSeries, require_complete
from rcsd.errors import ParameterError, SeriesError
from rcsd.names import near_matches
from rcsd.study.file.resolving.base import Resolving
from rcsd.study.file.schema import (
    DrawnSection,
)
from rcsd.toml.lines import Keys


def histories(at: Resolving) -> dict[str, ObservedSeries]:
    """By driver that a forecast draws: what it draws from, cut after the last compared year."""
    section, windows = at.file.forecast, at.file.windows
    if section is None:
        return {}
    if windows.end <= windows.last:
        at.faults.add(
            ("windows", "horizon"),
            f"leaves no year to forecast after {at.clock.label(windows.last)}: give a later one, or take "
            "[forecast] out",
        )
    found = {}
    for name, drawn in section.drawn.items():
        keys: Keys = ("forecast", "drawn", name)
        if name not in at.file.drivers:
            hint = near_matches(name, at.file.drivers) or f"it has {', '.join(at.file.drivers) or 'none'}"
            at.faults.add(keys, f"the study has no driver {name!r}; {hint}")
        growth = drawn.process == "growth"
        if growth and drawn.history is not None:
            at.faults.add(
                (*keys, "history"),
                "says nothing of a rate of growth, which is forecast from its own past: leave it out",
            )
        series = _history(at, (*keys, "history"), name, (not growth and drawn.history) or name)
        if series is not None and _forecastable(at, keys, series, drawn):
            found[name] = series
    return found


def _history(at: Resolving, keys: Keys, driver: str, name: str) -> ObservedSeries | None:
    series, own = at.lookup.series(keys, name), at.lookup.data.get(driver)
    if series is None:
        return None
    if own is not None and own.unit != series.unit:
        at.faults.add(keys, f"series {name!r} is in {series.unit!r}, the driver in {own.unit!r}: give both one unit")
    section = at.file.drivers.get(driver)
    table = None if section is None else at.lookup.model.get(section.table)
    if table is not None:
        series, _ = at.lookup.in_unit_of(keys, series, table)
    return series.window(-np.inf, at.file.last_origin)


def _forecastable(at: Resolving, keys: Keys, known: ObservedSeries, drawn: DrawnSection) -> bool:
    """Try a forecast from the last compared year."""
    last = at.file.windows.last
    try:
        require_complete(known, int(known.years[0]) if len(known) else 0, at.file.last_origin)
        if drawn.process == "growth":
            mix(dict(zip(map(round, known.years), known.values, strict=True)), at.file.windows.end - last)
        else:
            log_process(known.values)
    except (SeriesError, ParameterError) as error:
        at.faults.add((*keys, "history") if drawn.history is not None else keys, str(error))
        return False
    return True
