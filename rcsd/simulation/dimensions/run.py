"""One pass over the equations of a model: what becomes of its units."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from rcsd.names import canonical
from rcsd.simulation.dimensions.conflict import Conflict
from rcsd.simulation.dimensions.inference import Found, Inference
from rcsd.simulation.dimensions.stated import Stated
from rcsd.simulation.dimensions.unknowns import Unknowns
from rcsd.simulation.ir import Definition, Model
from rcsd.simulation.ir.expression import Call, Expression, Lookup
from rcsd.units import Unit

TIME = "Time"
"""What the time is called where its unit is not known."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A conflict in its equation.

    Attributes
    ----------
    owner : Definition
        Of the variable of the file.
    part : Definition
        What the reader has cut off from it, a variable of a macro's call for example; else the owner.
    conflict : Conflict
        What does not fit.
    """

    owner: Definition
    part: Definition
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as an equation reads it.

    Attributes
    ----------
    owner : Definition
        Of the variable of the file.
    lookup : Lookup
        The table and its argument.
    unit : Unit
        Of the argument.
    """

    owner: Definition
    lookup: Lookup
    unit: Unit


@dataclass(frozen=True, slots=True)
class _Equation:
    owner: Definition
    parts: tuple[Definition, ...]


class Run:
    """Goes through the equations of a model.

    Parameters
    ----------
    stated : Stated
        The units of the model.
    doubted : collection of str
        Canonical names of variables, `TIME` among them, whose unit is not believed.

    Attributes
    ----------
    conflicts : list of Placed
        In the order in which they were met.
    time : Unit
        Of time.
    """

    def __init__(self, stated: Stated, doubted: Collection[str] = ()) -> None:
        self._stated, self._doubted = stated, doubted
        self.conflicts: list[Placed] = []
        self._readings: list[Reading] = []
        self._unknowns = Unknowns()
        known = stated.time if TIME not in doubted else None
        self.time = self._unknowns.fresh(TIME) if known is None else known
        self._units: dict[str, Found] = {}
        self._unsaid: set[str] = set()
        for variable in stated.model:
            form = canonical(variable.name)
            unit = stated.units.get(form) if form not in doubted else None
            if unit is None:
                self._unsaid.add(form)
                unit = self._unknowns.fresh(variable.name)
            self._units[form] = unit
        if len(self._unsaid) < len(stated.model.variables):
            self._go()

    def unit_of(self, name: str) -> Unit | None:
        """Return the unit of a variable, or of `TIME`, as far as it is known in the end."""
        unit = self.time if name == TIME else self._units.get(canonical(name))
        return self._unknowns.reduced(unit) if unit is not None and self._unknowns.is_known(unit) else None

    @property
    def readings(self) -> list[Reading]:
        """Tables that are read at a quantity whose unit is known, with that, in the order of the file."""
        known = (replace(each, unit=self._unknowns.reduced(each.unit)) for each in self._readings)
        return [each for each in known if self._unknowns.is_known(each.unit)]

    def _go(self) -> None:
        """Take first the equations of variables without a unit: these say best what it is."""
        inference = Inference(self._units, self.time, self._unknowns, self._tell, self._tell_reading)
        equations = list(_equations(self._stated.model))
        for equation in sorted(equations, key=lambda each: canonical(each.owner.name) not in self._unsaid):
            owner = equation.owner
            self._unknowns.place = owner.name
            for part in equation.parts:
                self._place = owner, part
                self._part(inference, part)
            self._place = owner, owner
            if isinstance(owner.content, Expression):
                unit = self._units[canonical(owner.name)]
                inference.define(owner.content, self._unknowns.fresh() if unit is None else unit)

    def _tell(self, conflict: Conflict) -> None:
        self.conflicts.append(Placed(*self._place, conflict))

    def _tell_reading(self, lookup: Lookup, unit: Found) -> None:
        if unit is not None:
            self._readings.append(Reading(self._place[0], lookup, unit))

    def _part(self, inference: Inference, part: Definition) -> None:
        """Work out the unit of what the reader has cut off; a bare number stays one."""
        form = canonical(part.name)
        if not isinstance(part.content, Expression):
            return
        if form not in self._units and not isinstance(part.content, Call):
            self._units[form] = inference.unit(part.content)
            return
        known = self._units.setdefault(form, self._unknowns.fresh(lasts=True))
        inference.define(part.content, self._unknowns.fresh() if known is None else known)


def _equations(model: Model) -> Iterator[_Equation]:
    """Gather what the reader has cut off, of macros' calls and deep expressions, with what it was cut from."""
    own = {canonical(variable.name) for variable in model}
    parts: list[Definition] = []
    for definition in model.definitions:
        if canonical(definition.name) in own:
            yield _Equation(definition, tuple(parts))
            parts = []
        else:
            parts.append(definition)
