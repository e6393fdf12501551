"""Parameters to estimate, with bounds and priors."""

from __future__ import annotations

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.errors import ParameterError
from rcsd.names import canonical
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.passes.settable import stock_named
from rcsd.study.file.resolving.base import Resolving
from rcsd.study.file.schema import (
    ParameterSection,
)
from rcsd.toml.lines import Keys


def space(at: Resolving) -> ParameterSpace:
    """Parameters: constants of the model with bounds in the model's units, not set by the study as well."""
    found: list[Parameter] = []
    for name, section in at.file.parameters.items():
        parameter = _parameter(at, name, section)
        if parameter is not None and canonical(parameter.name) in {canonical(other.name) for other in found}:
            at.faults.add(("parameters", name), "names a constant that another parameter names: keep one")
        elif parameter is not None:
            found.append(parameter)
    return ParameterSpace(tuple(found))


def _parameter(at: Resolving, name: str, section: ParameterSection) -> Parameter | None:
    keys: Keys = ("parameters", name)
    variable = at.lookup.constant(keys, name)
    if variable is not None:
        at.lookup.same_unit((*keys, "unit"), "the parameter", section.unit, variable)
        if canonical(name) in {canonical(other) for other in at.file.constants}:
            at.faults.add(keys, "is also set under [constants]: estimate it or set it, not both")
    try:
        return Parameter(
            name=name if variable is None else variable.name,
            lower=section.lower,
            upper=section.upper,
            unit=section.unit,
            source=section.source,
            scale=section.scale,
            start=_start(section, variable),
            prior=None if section.prior is None else section.prior.stated,
            documentation=section.documentation or ("" if variable is None else variable.documentation),
        )
    except ParameterError as error:
        field = error.field.split(".") if error.field else ()
        at.faults.add((*keys, *field), str(error))
        return None


def _start(section: ParameterSection, variable: Variable | None) -> float | None:
    """First value to try: that of the file or, for an input on demand, of the model, which has no default for it."""
    if section.start is not None or variable is None or not _is_on_demand(variable.name):
        return section.start
    value = variable.value
    return value if value is not None and section.lower < value < section.upper else None


def _is_on_demand(name: str) -> bool:
    return "[" in name or stock_named(name) is not None
