"""Checks a study file against its model and its data, and takes from them what it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.forecasting.driver import mix
from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.analysis.scenarios import log_process
from rcsd.analysis.series import ObservedSeries, require_complete, weights
from rcsd.errors import ParameterError, SeriesError, UnitError
from rcsd.names import canonical, near_matches
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.passes.settable import stock_named
from rcsd.study.file.inputs import ConstantResult, DriverResult
from rcsd.study.file.lookup import Lookup
from rcsd.study.file.schema import (
    ConstantSection,
    DrawnSection,
    DriverSection,
    ParameterSection,
    SeriesSection,
    StudyFile,
)
from rcsd.study.file.section import brought
from rcsd.study.file.study import StudyTarget
from rcsd.toml.faults import Faults
from rcsd.toml.lines import Keys
from rcsd.toml.source import dotted
from rcsd.units import same_unit

_GROWTH = "1/Year"


@dataclass(frozen=True, slots=True)
class Resolver:
    """One pass over a study file: each method resolves a section and notes its faults, none of them raises."""

    file: StudyFile
    lookup: Lookup
    faults: Faults

    def check_windows(self) -> None:
        """Windows run forwards, one after the other, inside the model's time."""
        windows, time = self.file.windows, self.lookup.model.time
        named = {"fit": windows.fit, "holdout": windows.holdout}
        for name, window in named.items():
            if window is not None and window[0] > window[1]:
                self.faults.add(("windows", name), f"the first year must not come after the last, found {list(window)}")
        if windows.holdout is not None and windows.holdout[0] <= windows.fit[1]:
            self.faults.add(
                ("windows", "holdout"),
                f"begins in {windows.holdout[0]}, but the fit window ends in {windows.fit[1]}: "
                "years that were fitted cannot be held out; begin it later",
            )
        if windows.end < windows.last:
            self.faults.add(("windows", "horizon"), f"is {windows.end}, before the last compared year {windows.last}")
        if windows.fit[0] < time.start:
            self.faults.add(("windows", "fit"), f"begins in {windows.fit[0]}, before the model does ({time.start:g})")
        if windows.end > time.stop:
            key = "horizon" if windows.horizon is not None else "holdout"
            self.faults.add(
                ("windows", key),
                f"{windows.end} lies after the model's final time ({time.stop:g}): raise that or cut this",
            )

    def check_rolling(self) -> None:
        """Origins leave years to fit before them, and lie in the model's time with all that they forecast."""
        rolling, fit = self.file.rolling, self.file.windows.fit
        if rolling is None:
            return
        if rolling.first <= fit[0]:
            self.faults.add(
                ("rolling", "first"), f"{rolling.first} leaves no year to fit: the fit window begins in {fit[0]}"
            )
        if rolling.last + rolling.horizon > self.lookup.model.time.stop:
            self.faults.add(
                ("rolling", "last"),
                f"{rolling.last} and {rolling.horizon} years more lie after the model's final time "
                f"({self.lookup.model.time.stop:g}): cut one of them",
            )

    def histories(self) -> dict[str, ObservedSeries]:
        """By driver that a forecast draws: what it draws from, cut after the last compared year."""
        section, windows = self.file.forecast, self.file.windows
        if section is None:
            return {}
        if windows.end <= windows.last:
            self.faults.add(
                ("windows", "horizon"),
                f"leaves no year to forecast after {windows.last}: give a later one, or take [forecast] out",
            )
        found = {}
        for name, drawn in section.drawn.items():
            keys: Keys = ("forecast", "drawn", name)
            if name not in self.file.drivers:
                hint = near_matches(name, self.file.drivers) or f"it has {', '.join(self.file.drivers) or 'none'}"
                self.faults.add(keys, f"the study has no driver {name!r}; {hint}")
            growth = drawn.process == "growth"
            if growth and drawn.history is not None:
                self.faults.add(
                    (*keys, "history"),
                    "says nothing of a rate of growth, which is forecast from its own past: leave it out",
                )
            series = self._history((*keys, "history"), name, (not growth and drawn.history) or name)
            if series is not None and self._forecastable(keys, series, drawn):
                found[name] = series
        return found

    def _history(self, keys: Keys, driver: str, name: str) -> ObservedSeries | None:
        series, own = self.lookup.series(keys, name), self.lookup.data.get(driver)
        if series is None:
            return None
        if own is not None and own.unit != series.unit:
            self.faults.add(
                keys, f"series {name!r} is in {series.unit!r}, the driver in {own.unit!r}: give both one unit"
            )
        return series.window(-np.inf, self.file.last_origin)

    def _forecastable(self, keys: Keys, known: ObservedSeries, drawn: DrawnSection) -> bool:
        """Try a forecast from the last compared year."""
        last = self.file.windows.last
        try:
            require_complete(known, int(known.years[0]) if len(known) else 0, self.file.last_origin)
            if drawn.process == "growth":
                mix(dict(zip(map(round, known.years), known.values, strict=True)), self.file.windows.end - last)
            else:
                log_process(known.values)
        except (SeriesError, ParameterError) as error:
            self.faults.add((*keys, "history") if drawn.history is not None else keys, str(error))
            return False
        return True

    def check_repeatable(self) -> None:
        """No equation draws random numbers: PySD takes no seed for them, so no run could be repeated."""
        random = self.lookup.model.random
        if random:
            self.faults.add(
                ("study", "model"),
                f"draws random numbers in {', '.join(map(repr, random))}, so that no run of it can be repeated: "
                "replace them by constants or a table; `rcsd run` still runs the model",
            )

    def targets(self) -> tuple[StudyTarget, ...]:
        """Series beside model variables, units equal, complete where they must be, every flag with a rule."""
        found = (self._target(name, section) for name, section in self.file.series.items())
        return tuple(target for target in found if target is not None)

    def _target(self, name: str, section: SeriesSection) -> StudyTarget | None:
        keys: Keys = ("series", name)
        series = self.lookup.series(keys, name)
        variable = self.lookup.variable((*keys, "variable"), section.variable)
        if series is None or variable is None:
            return None
        self.lookup.same_unit((*keys, "variable"), f"series {name!r}", series.unit, variable)
        fit = self.file.windows.fit
        try:
            found, spent = weights(series, section.flags), self.file.years_set_from(name)
            # the model meets such a cell by construction: a residual of zero says nothing of parameters or noise
            found[np.isin(series.years, spent)] = 0.0
            if section.required:
                first = fit[0] if section.first is None else section.first
                require_complete(series, first, fit[1], remedy=_other_than_data(keys))
            target = StudyTarget(
                series=series,
                variable=variable.name,
                error=section.error,
                kind=section.kind,
                rules=dict(section.flags),
                weights=found,
                spent=tuple(spent),
                course=section.gap.course,
                jump=section.gap.jump,
                course_source=section.gap.source,
                reference=self._reference((*keys, "reference"), section),
            )
            if not (target.cells(*fit) & (target.weights_at(fit[1]) > 0)).any():
                self.faults.add(
                    keys, f"has no cell that counts in the fit window {fit[0]}-{fit[1]}: leave the series out"
                )
            self._require_ratios(keys, target, spent)
            target.target(*fit)  # makes its own checks, for example that ratios exist
        except (SeriesError, ParameterError) as error:
            self.faults.add(keys, str(error))
            return None
        return target

    def _reference(self, keys: Keys, section: SeriesSection) -> dict[int, float]:
        """Take the growth of what a series is a part of from the driver that the study names, by year."""
        name = section.reference
        if name is None:
            return {}
        if name not in self.file.drivers:
            hint = near_matches(name, self.file.drivers) or f"it has {', '.join(self.file.drivers) or 'none'}"
            self.faults.add(keys, f"the study has no driver {name!r}; {hint}")
            return {}
        series = self.lookup.data.get(name)
        if series is None:
            return {}  # a fault of the driver
        if not _is_growth(series.unit):
            self.faults.add(
                keys,
                f"driver {name!r} is in {series.unit!r}: name one in {_GROWTH!r}, the growth rate of what the series "
                "is a part of, or leave this out",
            )
            return {}
        return {round(year): float(value) for year, value in zip(series.years, series.values, strict=True)}

    def _require_ratios(self, keys: Keys, target: StudyTarget, spent: Sequence[int]) -> None:
        """Note a cell of zero or less where shares are compared, held out or in a constant: nobody lives there."""
        series, windows = target.series, self.file.windows
        counts = (target.weights > 0) | (target.weights_at(windows.fit[1]) > 0)
        compared = target.cells(windows.fit[0], windows.last) & counts
        wrong = (compared | np.isin(series.years, spent)) & (series.values <= 0)
        if target.kind == "relative" and wrong.any():
            year, value = series.years[wrong][0], series.values[wrong][0]
            self.faults.add(
                keys,
                f"is {value:g} in {year:g}, and its error is a share of the value: correct the cell, give it a flag "
                'with the weight 0, or write kind = "absolute"',
            )

    def drivers(self) -> tuple[DriverResult, ...]:
        """Series that fill tables of the model, covering every compared year and every origin."""
        found = (self._driver(name, section) for name, section in self.file.drivers.items())
        return tuple(driver for driver in found if driver is not None)

    def _driver(self, name: str, section: DriverSection) -> DriverResult | None:
        keys: Keys = ("drivers", name)
        series = self.lookup.series(keys, name)
        table = self.lookup.variable((*keys, "table"), section.table)
        if series is None or table is None:
            return None
        if not table.is_table:
            self.faults.add(
                (*keys, "table"),
                f"{table.name!r} is of the kind {table.kind}: a driver fills a table or a data variable",
            )
        self.lookup.same_unit((*keys, "table"), f"series {name!r}", series.unit, table)
        try:
            require_complete(series, int(np.ceil(self.lookup.model.time.start)), self.file.last_origin)
        except SeriesError as error:
            self.faults.add(keys, str(error))
        process = self.file.drawn[name].process if name in self.file.drawn else ""
        return DriverResult(name, series.unit, series.years, series.values, series.flags, table.name, process)

    def constants(self) -> tuple[ConstantResult, ...]:
        """Constants set from a cell of the data, never one after the fit window, or by a number."""
        found = (self._set_constant(name, section) for name, section in self.file.constants.items())
        return tuple(constant for constant in found if constant is not None)

    def _set_constant(self, name: str, section: ConstantSection) -> ConstantResult | None:
        keys: Keys = ("constants", name)
        variable = self.lookup.constant(keys, name)
        if section.unit is not None and variable is not None:
            self.lookup.same_unit((*keys, "unit"), "the constant", section.unit, variable)
        if section.value is not None:
            if variable is None:
                return None
            return ConstantResult(variable.name, section.value, variable.unit, section.source, "study")
        series = self.lookup.series((*keys, "from"), str(section.from_))
        if series is None or variable is None or section.at is None:
            return None
        if section.unit is None:
            self.lookup.same_unit((*keys, "from"), f"series {series.name!r}", series.unit, variable)
        if section.at > self.file.windows.fit[1]:
            self.faults.add(
                (*keys, "at"),
                f"{section.at} lies after the fit window, which ends in {self.file.windows.fit[1]}: "
                "a held-out year must not set a constant; take a year of the fit window or before it",
            )
            return None
        try:
            value = series.value_at(section.at) * (1.0 if section.scale is None else section.scale)
        except SeriesError as error:
            self.faults.add((*keys, "at"), str(error))
            return None
        flags = series.flags[int(np.flatnonzero(series.years == section.at)[0])]
        origin = f"{series.name}, {section.at}"
        return ConstantResult(variable.name, value, variable.unit, section.source, origin, flags)

    def space(self) -> ParameterSpace:
        """Parameters: constants of the model with bounds in the model's units, not set by the study as well."""
        found: list[Parameter] = []
        for name, section in self.file.parameters.items():
            parameter = self._parameter(name, section)
            if parameter is not None and canonical(parameter.name) in {canonical(other.name) for other in found}:
                self.faults.add(("parameters", name), "names a constant that another parameter names: keep one")
            elif parameter is not None:
                found.append(parameter)
        return ParameterSpace(tuple(found))

    def _parameter(self, name: str, section: ParameterSection) -> Parameter | None:
        keys: Keys = ("parameters", name)
        variable = self.lookup.constant(keys, name)
        if variable is not None:
            self.lookup.same_unit((*keys, "unit"), "the parameter", section.unit, variable)
            if canonical(name) in {canonical(other) for other in self.file.constants}:
                self.faults.add(keys, "is also set under [constants]: estimate it or set it, not both")
        prior = None if section.prior is None else Prior(section.prior.centre, section.prior.sd, section.prior.until)
        try:
            return Parameter(
                name=name if variable is None else variable.name,
                lower=section.lower,
                upper=section.upper,
                unit=section.unit,
                source=section.source,
                scale=section.scale,
                start=_start(section, variable),
                prior=prior,
                documentation=section.documentation or ("" if variable is None else variable.documentation),
            )
        except ParameterError as error:
            field = error.field.split(".") if error.field else ()
            self.faults.add((*keys, *field), str(error))
            return None

    def check_outputs(self) -> None:
        """Other variables that the study names exist."""
        for name in self.file.study.outputs:
            self.lookup.variable(("study", "outputs"), name)
        for section, content in brought(self.file):
            for key, name in section.variables(content).items():
                self.lookup.variable((section.name, key), name)


def _is_growth(unit: str) -> bool:
    try:
        return same_unit(unit, _GROWTH)
    except UnitError:
        return False  # a fault of the driver


def _start(section: ParameterSection, variable: Variable | None) -> float | None:
    """First value to try: that of the file or, for an input on demand, of the model, which has no default for it."""
    if section.start is not None or variable is None or not _is_on_demand(variable.name):
        return section.start
    value = variable.value
    return value if value is not None and section.lower < value < section.upper else None


def _is_on_demand(name: str) -> bool:
    return "[" in name or stock_named(name) is not None


def _other_than_data(keys: Keys) -> str:
    """Say what a study with a gap in a fitted series can do beside filling it."""
    section = dotted(keys)
    return (
        f", or set `first` of [{section}] to the year after the gap or `required = false` there, or change `fit` of "
        "[windows]"
    )
