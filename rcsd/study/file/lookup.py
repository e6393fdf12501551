"""Finds what a study names in its model and its data, and notes what is not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from rcsd.analysis.series import ObservedSeries
from rcsd.errors import UnitError
from rcsd.names import element_form, near_matches
from rcsd.simulation.backends import Request, make_simulator
from rcsd.simulation.dimensions import lexicon_of
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.passes.named import elements_of, named
from rcsd.simulation.passes.settable import stock_named
from rcsd.study.file.converting import DataConversion, conversion_to, converted
from rcsd.toml.faults import Faults
from rcsd.toml.lines import Keys
from rcsd.units import Conversion, Lexicon


@dataclass(frozen=True)
class Lookup:
    """Each method takes the key of the study file that names the thing, for the fault it may have to note."""

    model: Model
    data: Mapping[str, ObservedSeries]
    faults: Faults
    conversions: list[DataConversion] = field(default_factory=list)
    """What was converted so far."""

    @cached_property
    def lexicon(self) -> Lexicon:
        """The model's own words for units."""
        return lexicon_of(self.model)

    def series(self, keys: Keys, name: str) -> ObservedSeries | None:
        """Find a series of the data."""
        if name not in self.data:
            hint = near_matches(name, self.data) or f"it has {', '.join(self.data)}"
            self.faults.add(keys, f"the data file has no series {name!r}; {hint}", once=True)
        return self.data.get(name)

    def variable(self, keys: Keys, name: str) -> Variable | None:
        """Find a variable of the model, or an element of one."""
        variable = named(self.model, name)
        if variable is None:
            whole = self.model.get(name.partition("[")[0])
            of = elements_of(self.model, whole) if whole is not None and whole.subscripts else self.model.names
            hint = near_matches(name, of) or "check the spelling against the model"
            self.faults.add(keys, f"the model has no variable {name!r}; {hint}", once=True)
        return variable

    def one(self, keys: Keys, name: str) -> Variable | None:
        """Find what has one value at a time: a variable without subscripts, or an element."""
        variable = self.variable(keys, name)
        if variable is not None and variable.subscripts:
            some = " or ".join(repr(own) for own in islice(elements_of(self.model, variable), 2))
            self.faults.add(keys, f"{variable.name!r} has elements: name one, such as {some}")
            return None
        return variable

    def constant(self, keys: Keys, name: str) -> Variable | None:
        """Find what can be set: a constant with one number, an element of one, or the initial value of a stock.

        The last two come as a variable of their own, ``Name[a]`` or ``initial: Name``, with the number of the model.
        """
        variable = self._on_demand(name) or self.model.get(name)
        if variable is None:
            hint = near_matches(name, self.model.constants) or "check the spelling against the model"
            self.faults.add(keys, f"the model has no constant {name!r}; {hint}", once=True)
        elif variable.value is None:
            self.faults.add(
                keys, f"{variable.name!r} is not a constant with one number ({variable.kind}): it cannot be set"
            )
            return None
        return variable

    def _on_demand(self, name: str) -> Variable | None:
        """Find an element of a constant, or the initial value of a stock; None for any other name."""
        of_stock = stock_named(name)
        variable = self.model.get((of_stock or name).partition("[")[0])
        if variable is None or variable.kind != ("constant" if of_stock is None else "stock"):
            return None
        if of_stock is None and "[" not in name:
            return None
        simulator = make_simulator(self.model, Request("auto", settable=(name,), once=True))
        found = next((own for own in simulator.constants if element_form(own) == element_form(name)), None)
        if found is None:
            return None
        begun = simulator.run(outputs=[of_stock or found], times=[self.model.time.start])
        return replace(variable, name=found, value=float(begun.values[0, 0, 0]), subscripts=())

    def same_unit(self, keys: Keys, what: str, unit: str, variable: Variable) -> None:
        """Insist on the unit of a variable, by whatever name, for a number of the study file."""
        units = f"{what} is in {unit!r}, but {variable.name!r} of the model in {variable.unit!r}"
        try:
            found = conversion_to(unit, variable.unit, self.lexicon)
        except UnitError as error:
            self.faults.add(keys, f"{units}: {error}")
            return
        if not found.changes_nothing:
            self.faults.add(keys, f"{units} ({found}): convert the number")

    def in_unit_of(self, keys: Keys, series: ObservedSeries, variable: Variable) -> tuple[ObservedSeries, Conversion]:
        """Convert a series to the unit of a variable; where that cannot be, note it and return the series as it is."""
        try:
            found = conversion_to(series.unit, variable.unit, self.lexicon)
        except UnitError as error:
            self.faults.add(
                keys,
                f"series {series.name!r} is in {series.unit!r}, but {variable.name!r} of the model in "
                f"{variable.unit!r}: {error}; correct the unit in the data or name another variable",
            )
            return series, Conversion(series.unit, series.unit)
        if not found.changes_nothing or found.reasons:
            self.conversions.append(
                DataConversion(
                    series.name,
                    variable.name,
                    series.unit,
                    variable.unit,
                    float(found.factor),
                    found.offset,
                    found.reasons,
                )
            )
        return converted(series, found), found
