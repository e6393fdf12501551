"""Parameters to estimate, with bounds and priors."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.errors import ParameterError
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.meant import Shared, meant, overlap
from rcsd.simulation.passes.settable import Asked, asked
from rcsd.study.file.resolving.base import Resolving
from rcsd.study.file.schema import (
    ParameterSection,
)
from rcsd.toml.lines import Keys


def space(at: Resolving) -> ParameterSpace:
    """Parameters: what the model lets a run set, with bounds in the model's units, not set by the study as well."""
    found: list[Parameter] = []
    for name, section in at.file.parameters.items():
        for parameter in _parameters(at, name, section):
            if any(overlap(parameter.name, other.name) for other in found):
                at.faults.add(
                    ("parameters", name), f"names what another parameter names ({parameter.name}): keep one", once=True
                )
            else:
                found.append(parameter)
    return ParameterSpace(tuple(found))


def _parameters(at: Resolving, name: str, section: ParameterSection) -> Iterator[Parameter]:
    """Make a parameter of each input that a name means; of the name itself where the model lacks it."""
    keys: Keys = ("parameters", name)
    shared: Shared = "no" if section.shared is False else "value" if section.shared is True else "factor"
    variables = at.lookup.inputs(keys, name, shared)
    elsewhere = [own for other in at.file.constants for own in meant(at.lookup.model, other)]
    for variable in {each.unit: each for each in reversed(variables)}.values():  # elements have that of their array
        at.lookup.same_unit((*keys, "unit"), "the parameter", section.unit, variable)
    for variable in variables:
        if any(overlap(variable.name, other) for other in elsewhere):
            at.faults.add(keys, "is also set under [constants]: estimate it or set it, not both", once=True)
    for each in variables or (None,):
        parameter = _parameter(at, keys, section, each)
        if parameter is None:
            return
        yield parameter


def _parameter(at: Resolving, keys: Keys, section: ParameterSection, variable: Variable | None) -> Parameter | None:
    try:
        return Parameter(
            name=keys[-1] if variable is None else variable.name,
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
    return "[" in name or asked(name) != Asked(name, name)
