"""PySD's AbstractModel turned into the variables and the time axis of an `ir.Model`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from pysd.translators.structures.abstract_expressions import InlineLookupsStructure, IntegStructure
from pysd.translators.structures.abstract_model import AbstractData, AbstractLookup

from rcsd.errors import ModelError
from rcsd.names import canonical, near_matches
from rcsd.simulation.functions import FUNCTIONS, Format
from rcsd.simulation.ir import CONTROLS, TimeAxis, Variable, VariableKind
from rcsd.simulation.ir.ranges import MARK
from rcsd.simulation.reader.axis import axis_value
from rcsd.simulation.reader.checks.signs import sign_hint
from rcsd.simulation.reader.expressions import files_in, names_in, terms_of, value_of
from rcsd.simulation.reader.source import Fault, SourceText

_BUILT_IN = {"time", *CONTROLS}
_LONGEST = 1000
"""Letters of a name: what has more is a file that has lost its signs."""


def variables_of(section: Any, source: SourceText) -> tuple[Variable, ...]:
    """List the variables of a model's main section.

    Parameters
    ----------
    section : AbstractSection
        PySD's main section.
    source : SourceText
        For lines and equations.

    Returns
    -------
    tuple of Variable
        In the order of the file.
    """
    flows = {
        canonical(name)
        for element in section.elements
        for component in element.components
        if isinstance(component.ast, IntegStructure)
        for name in terms_of(component.ast.flow)
    }
    found = [
        _variable(element, source, flows) for element in section.elements if canonical(element.name) not in CONTROLS
    ]
    # PySD lists XMILE variables by kind; a reader of the model expects the order of the file
    return tuple(sorted(found, key=lambda variable: variable.line or 0))


def _variable(element: Any, source: SourceText, flows: set[str]) -> Variable:
    name = " ".join(element.name.split())
    entries = source.entries_of(name)
    component = element.components[0]
    subscripts = tuple(component.subscripts[0])
    value = None if subscripts or len(element.components) > 1 else value_of(component.ast)
    return Variable(
        name=name,
        kind=_kind(component, value, canonical(name) in flows),
        unit=" ".join((element.units or "").split()),
        documentation=" ".join((element.documentation or "").split()),
        line=entries[0].line if entries else None,
        equation="; ".join(entry.equation for entry in entries),
        value=value,
        subscripts=subscripts,
        tabulated=isinstance(component.ast, InlineLookupsStructure),
        limits=_limits(element.limits),
        keyword=" ".join((getattr(component, "keyword", None) or "").replace("_", " ").split()),
    )


def _limits(stated: Any) -> tuple[float | None, float | None]:
    """Take the range beside a unit as it stands, of which a third number is the step of a slider."""
    low, high = (*(stated or ()), None, None)[:2]
    return _end(low), _end(high)


def _end(stated: Any) -> float | None:
    return None if stated is None or math.isnan(stated) else float(stated)


def _kind(component: Any, value: float | None, is_flow: bool) -> VariableKind:
    if isinstance(component, AbstractLookup):
        return "lookup"
    if isinstance(component, AbstractData):
        return "data"
    if isinstance(component.ast, IntegStructure):
        return "stock"
    if value is not None or isinstance(component.ast, np.ndarray) or value_of(component.ast) is not None:
        return "constant"
    return "flow" if is_flow else "auxiliary"


def random_variables(sections: Any, format: Format) -> tuple[str, ...]:
    """Return the names of the variables, those of macros too, whose equations draw random numbers."""
    return tuple(
        " ".join(element.name.split())
        for section in sections
        for element in section.elements
        if any(
            called and (function := FUNCTIONS.read(format, name)) is not None and function.random
            for component in element.components
            for name, called in names_in(component.ast)
        )
    )


def external_files(sections: Any, folder: Path) -> tuple[Path, ...]:
    """Return the data files that equations and subscript ranges read; their paths are relative to `folder`."""
    named = []
    for section in sections:
        for subscript in section.subscripts:
            if isinstance(subscript.subscripts, dict):  # GET DIRECT SUBSCRIPT
                named.append(str(subscript.subscripts["file"]))
        for element in section.elements:
            named += [file for component in element.components for file in files_in(component.ast)]
    return tuple(folder / name for name in dict.fromkeys(named))


def time_axis_of(section: Any, source: SourceText) -> tuple[TimeAxis, tuple[str, ...]]:
    """Work out the time axis from the control variables.

    Parameters
    ----------
    section : AbstractSection
        PySD's main section.
    source : SourceText
        For the method, the save interval and lines.

    Returns
    -------
    (axis, clock)
        `clock` names the variables that it was worked out from.

    Raises
    ------
    ModelError
        When a control variable is missing, is not a number, or the axis makes no sense.
    """
    elements = {canonical(element.name): element for element in section.elements}
    used: dict[str, None] = {}

    def value(name: str, seen: tuple[str, ...] = ()) -> float | None:
        form = canonical(name)
        if form in seen or form not in elements:
            return None
        if form not in CONTROLS:
            used[" ".join(elements[form].name.split())] = None
        return axis_value(elements[form].components[0].ast, source, lambda other: value(other, (*seen, form)))

    numbers = {}
    for control in CONTROLS:
        if control == "saveper" and source.save_step is not None:
            numbers[control] = source.save_step
            continue
        number = value(control)
        if number is None:
            raise _no_number(control, control in elements, source)
        numbers[control] = number
    try:
        axis = TimeAxis(
            start=numbers["initial time"],
            stop=numbers["final time"],
            step=numbers["time step"],
            save_step=numbers["saveper"],
            method=source.method,
            unit=_time_unit(elements),
        )
    except ModelError as error:
        line = source.line_of("FINAL TIME")
        raise ModelError(str(error), path=source.path, line=line) from error
    return axis, tuple(used)


def _time_unit(elements: Mapping[str, Any]) -> str:
    """Return the unit of the time step, or of another number of the axis where that has none."""
    units = (elements[name].units for name in ("time step", *CONTROLS) if name in elements)
    return next((" ".join(unit.split()) for unit in units if unit and unit.strip()), "")


def _no_number(control: str, exists: bool, source: SourceText) -> ModelError:
    name = control.upper()
    if exists:
        message = "must be a number, or arithmetic on constants, since the time axis depends on it"
    else:
        message = f"is missing; add it, for example '{name} = ... ~ Year ~ |'"
    return ModelError(message, path=source.path, line=source.line_of(name), variable=name)


def reference_faults(section: Any, macros: set[str], source: SourceText) -> list[Fault]:
    """Find names that are used but not defined, and definitions given twice.

    Parameters
    ----------
    section : AbstractSection
        PySD's main section.
    macros : set of str
        Names of the model's macros.
    source : SourceText
        For lines.

    Returns
    -------
    list of Fault
        Empty for a sound model.
    """
    variables = {canonical(element.name): element.name for element in section.elements}
    known = {*variables, *_BUILT_IN, *_subscript_names(section)}
    own = {canonical(name) for name in macros}
    faults = []
    for element in section.elements:
        entries = source.entries_of(element.name)
        line = entries[0].line if entries else None
        if len(entries) > 1 and not element.components[0].subscripts[0]:
            lines = ", ".join(str(entry.line) for entry in entries)
            faults.append(Fault(line, element.name, f"is defined in lines {lines}; keep one"))
        faults += _name_faults(element.name, line)
        used = dict.fromkeys(
            (canonical(name), called) for component in element.components for name, called in names_in(component.ast)
        )
        for form, called in used:
            if form in known or (called and (form in own or FUNCTIONS.read(source.format, form) is not None)):
                continue
            what = "calls the function" if called else "refers to"
            candidates = [*variables.values(), *((*macros, *FUNCTIONS.names) if called else ())]
            hint = sign_hint(form) or near_matches(form, candidates) or "define it or correct the name"
            faults.append(Fault(line, element.name, f"{what} {form!r}, which is not defined; {hint}", "defined"))
    return faults


def _name_faults(name: str, line: int | None) -> list[Fault]:
    if canonical(name) == "time":
        return [Fault(line, name, "is the time of the simulation, which no equation can define; rename the variable")]
    if len(name) > _LONGEST:
        return [Fault(line, f"{name[:40]}...", f"has a name of {len(name):,} letters; {_LONGEST:,} are the most")]
    return []


def _subscript_names(section: Any) -> set[str]:
    """Return names of dimensions and elements: Vensim lets them stand for numbers."""
    names = {canonical(subscript.name) for subscript in section.subscripts}
    for subscript in section.subscripts:
        if isinstance(subscript.subscripts, list):
            names.update(canonical(element) for element in subscript.subscripts)
    return names | {f"{name}{MARK}" for name in names}
