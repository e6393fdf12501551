"""Finds what a study names in its model and its data, and notes what is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from rcsd.analysis.series import ObservedSeries
from rcsd.errors import ParameterError, UnitError
from rcsd.names import element_form, near_matches
from rcsd.simulation.backends import Request, make_simulator
from rcsd.simulation.dimensions import lexicon_of
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.meant import Shared, meant
from rcsd.simulation.passes.named import elements_of, named
from rcsd.simulation.passes.settable import asked, stock_named
from rcsd.study.file.converting import DataConversion, conversion_to, converted
from rcsd.toml.faults import Faults
from rcsd.toml.lines import Keys
from rcsd.units import Conversion, Lexicon

_MOST_LISTED = 6


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
        """Find the one thing that a name sets: see `inputs`."""
        found = self.inputs(keys, name)
        if len(found) > 1:
            names = ", ".join(repr(each.name) for each in found[:_MOST_LISTED])
            self.faults.add(keys, f"{name!r} has several elements; name one of them, such as {names}")
        return found[0] if len(found) == 1 else None

    def inputs(self, keys: Keys, name: str, shared: Shared = "no") -> tuple[Variable, ...]:
        """Find what can be set: a constant with one number, the initial value of a stock, elements, a table's point...

        All but the first come as variables of their own, such as ``Name[a]`` or ``initial: Name``, with the number of
        the model; see `rcsd.simulation.meant`. Nothing, and a fault, where there is none.
        """
        variable = self.model.get(name)
        if shared == "no" and variable is not None and variable.value is not None:
            return (variable,)
        try:
            found = self._on_demand(meant(self.model, name, shared))
        except ParameterError as error:
            self.faults.add(keys, str(error))
            return ()
        if found:
            return found
        if variable is None:
            hint = near_matches(name, self.model.constants) or "check the spelling against the model"
            self.faults.add(keys, f"the model has no constant {name!r}; {hint}", once=True)
        else:
            is_table = variable.tabulated or variable.kind == "lookup"
            way = f': name a point of it, such as "{variable.name}(0)", or take shared = "factor"' if is_table else ""
            self.faults.add(
                keys,
                f"{variable.name!r} is not a constant with one number ({variable.kind}){way or ': it cannot be set'}",
            )
        return ()

    def _on_demand(self, names: Sequence[str]) -> tuple[Variable, ...]:
        """Find inputs that a simulator has on demand; none unless all of them are there."""
        if all(self.model.get(asked(name).base) is None or self.model.get(name) is not None for name in names):
            return ()
        simulator = make_simulator(self.model, Request("auto", settable=tuple(names), once=True))
        known = {element_form(own): own for own in simulator.constants}
        found = [known.get(element_form(name)) for name in names]
        own = [name for name in found if name is not None]
        if len(own) < len(found):
            return ()
        values = {name: simulator.constants[name] for name in own}
        begin = {name: stock for name in own if (stock := stock_named(name)) is not None}
        if begin:
            begun = simulator.run(outputs=list(begin.values()), times=[self.model.time.start])
            values |= {name: float(begun.of(stock)[0, 0]) for name, stock in begin.items()}
        return tuple(self._input(name, values[name]) for name in own)

    def _input(self, name: str, value: float) -> Variable:
        """Make a variable of an input on demand, in the unit that its values have."""
        each = asked(name)
        variable = replace(self.model[each.base], name=name, value=value, subscripts=())
        if each.how == "factor":
            return replace(variable, unit="Dmnl", limits=(None, None), documentation=f"Factor on {each.variable}.")
        if each.what == "delay time":
            unit, said = self.model.time.unit, f"Time of a delay in {each.variable}."
            return replace(variable, unit=unit, limits=(None, None), documentation=said)
        return variable

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
