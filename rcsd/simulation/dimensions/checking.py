"""A model's units held against its equations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rcsd.errors import UnitError
from rcsd.names import canonical
from rcsd.simulation.dimensions.book import UnitBook
from rcsd.simulation.dimensions.conflict import Conflict
from rcsd.simulation.dimensions.finding import UnitFinding
from rcsd.simulation.dimensions.inference import Found, Inference
from rcsd.simulation.dimensions.missing import missing_units
from rcsd.simulation.dimensions.names import Pair, variants
from rcsd.simulation.dimensions.unknowns import Unknowns
from rcsd.simulation.dimensions.wording import Words
from rcsd.simulation.ir import Definition, Model, Variable
from rcsd.simulation.ir.expression import Call, Expression
from rcsd.units import Unit


def check_units(model: Model) -> tuple[UnitFinding, ...]:
    """Hold every equation of a model against the units that its variables have.

    Two names that are one but for a plural are told of once, and taken for one from then on.

    Parameters
    ----------
    model : Model
        As read: before arrays and functions are written out, so that findings speak of the file's equations.

    Returns
    -------
    tuple of UnitFinding
        In the order of the file. Empty for a model whose units are stated and fit.
    """
    same: dict[Pair, UnitFinding] = {}
    check = _Check(model, ())
    while new := [(pair, finding) for pair, finding in check.variants() if pair not in same]:
        for pair, finding in new:
            same.setdefault(pair, finding)
        check = _Check(model, tuple(same))
    found = [*same.values(), *check.findings()]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.line is None, each.line or 0)))


@dataclass(frozen=True, slots=True)
class _Equation:
    """A definition of a variable of the file, and what the reader has cut off from it."""

    owner: Definition
    parts: tuple[Definition, ...]


class _Check:
    """One check of one model."""

    def __init__(self, model: Model, same: Iterable[Pair]) -> None:
        self._model = model
        self._book = UnitBook(model.format, model.unit_names)
        for pair in same:
            self._book.join(pair)
        self._unknowns = Unknowns()
        self._units: dict[str, Found] = {}
        self._conflicts: list[tuple[Definition, Definition, Conflict]] = []
        self._unread: list[UnitFinding] = []
        self._missing: list[Variable] = []
        self._place: tuple[Definition, Definition] | None = None
        self._time = self._stated(_time_unit(model), None) or self._unknowns.fresh("Time")
        for variable in self._model:
            stated = self._stated(variable.unit, variable)
            if stated is None:
                self._missing.append(variable)
                stated = self._unknowns.fresh(variable.name)
            self._units[canonical(variable.name)] = stated
        if len(self._missing) < len(self._model.variables):
            self._infer()

    def variants(self) -> Iterator[tuple[Pair, UnitFinding]]:
        """Yield names of units that are two for want of a plural rule, with the first finding that comes of it."""
        words = self._words()
        for owner, part, conflict in self._conflicts:
            for pair in variants(conflict.found / conflict.expected):
                yield (min(pair), max(pair)), words.finding(owner, part, conflict)

    def findings(self) -> Iterator[UnitFinding]:
        """Yield what is found; the pieces of an array say the same thing once."""
        words = self._words()
        once: dict[tuple[str | None, str], UnitFinding] = {}
        for owner, part, conflict in self._conflicts:
            finding = words.finding(owner, part, conflict)
            once.setdefault((finding.variable, finding.message), finding)
        yield from once.values()
        yield from self._unread
        known = {v.name: self._known(v) for v in self._missing}
        yield from missing_units(self._model, self._missing, known)

    def _words(self) -> Words:
        return Words(self._model, self._book, self._unit_of, self._unknowns.reduced(self._time))

    def _stated(self, text: str, variable: Variable | None) -> Unit | None:
        """Return the unit that a text states; None where it states none, or cannot be read."""
        if not self._book.states(text):
            return None
        try:
            return self._book.unit(text)
        except UnitError as error:
            self._unread.append(
                UnitFinding(
                    "warning",
                    None if variable is None else variable.name,
                    None if variable is None else variable.line,
                    f"{'the time' if variable is None else repr(variable.name)}: its {error}",
                    "write the unit with names, *, / and ^; what it is now counts as no unit at all",
                )
            )
            return self._unknowns.fresh(lasts=True)

    def _unit_of(self, name: str) -> Unit | None:
        """Return the unit of a variable as far as it is known in the end."""
        unit = self._units.get(canonical(name))
        return self._unknowns.reduced(unit) if unit is not None and self._unknowns.is_known(unit) else None

    def _known(self, variable: Variable) -> str | None:
        unit = self._unit_of(variable.name)
        return None if unit is None else self._book.spelt(unit)

    def _infer(self) -> None:
        """Go through the equations: first those of variables without a unit, whose equations say best what it is."""
        missing = {canonical(variable.name) for variable in self._missing}
        inference = Inference(self._units, self._time, self._unknowns, self._tell)
        equations = sorted(self._equations(), key=lambda each: canonical(each.owner.name) not in missing)
        for equation in equations:
            self._unknowns.place = equation.owner.name
            for part in equation.parts:
                self._place = equation.owner, part
                self._part(inference, part)
            self._place = equation.owner, equation.owner
            if isinstance(equation.owner.content, Expression):
                unit = self._units[canonical(equation.owner.name)]
                inference.define(equation.owner.content, self._unknowns.fresh() if unit is None else unit)

    def _tell(self, conflict: Conflict) -> None:
        if self._place is not None:
            self._conflicts.append((*self._place, conflict))

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

    def _equations(self) -> Iterator[_Equation]:
        """Gather what the reader has cut off, of macros' calls and deep expressions, with what it was cut from."""
        own = {canonical(variable.name) for variable in self._model}
        parts: list[Definition] = []
        for definition in self._model.definitions:
            if canonical(definition.name) in own:
                yield _Equation(definition, tuple(parts))
                parts = []
            else:
                parts.append(definition)


def _time_unit(model: Model) -> str:
    """Return what a model states as the unit of time; "Time" is what tools write where nobody has."""
    unit = model.time.unit
    return "" if unit.casefold() == "time" and all(unit.casefold() not in v.unit.casefold() for v in model) else unit
