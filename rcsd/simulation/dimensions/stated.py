"""The units that a model states, read."""

from __future__ import annotations

from collections.abc import Iterable

from rcsd.errors import UnitError
from rcsd.names import canonical
from rcsd.simulation.dimensions.finding import UnitFinding
from rcsd.simulation.dimensions.naming.alike import Pair
from rcsd.simulation.dimensions.naming.book import UnitBook
from rcsd.simulation.ir import Model, Variable
from rcsd.units import Unit

_REMEDY = "write the unit with names, *, / and ^; what it is now counts as no unit at all"


class Stated:
    """What a model says about its units.

    Parameters
    ----------
    model : Model
        As read.
    same : iterable of (str, str)
        Names of units that are taken for one.

    Attributes
    ----------
    model : Model
        The model.
    book : UnitBook
        Reads and writes its units.
    units : dict of str to Unit
        Of the variables that have one, by canonical name.
    time : Unit or None
        Of time.
    missing : list of Variable
        Those without a unit.
    unread : list of UnitFinding
        Units that cannot be read: their variables have none of the above.
    """

    def __init__(self, model: Model, same: Iterable[Pair] = ()) -> None:
        self.model = model
        self.book = UnitBook(model.format, model.unit_names)
        for pair in same:
            self.book.join(pair)
        self.units: dict[str, Unit] = {}
        self.missing: list[Variable] = []
        self.unread: list[UnitFinding] = []
        self.time = self._read(_time_unit(model), None)
        for variable in model:
            if not self.book.states(variable.unit):
                self.missing.append(variable)
            elif (unit := self._read(variable.unit, variable)) is not None:
                self.units[canonical(variable.name)] = unit

    def _read(self, text: str, variable: Variable | None) -> Unit | None:
        try:
            return self.book.unit(text) if self.book.states(text) else None
        except UnitError as error:
            name, line = (None, None) if variable is None else (variable.name, variable.line)
            message = f"{'the time: ' if name is None else ''}its {error}"
            self.unread.append(UnitFinding("warning", name, line, message, _REMEDY))
            return None


def _time_unit(model: Model) -> str:
    """Return what a model states as the unit of time; "Time" is what tools write where nobody has."""
    unit = model.time.unit
    is_placeholder = unit.casefold() == "time" and not any("time" in v.unit.casefold() for v in model)
    return "" if is_placeholder else unit
