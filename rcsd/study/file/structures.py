"""Other settings of the same model: what `[structures]` of a study file says, applied to the study file itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rcsd.analysis.priors import on_search
from rcsd.errors import ParameterError
from rcsd.names import canonical
from rcsd.study.file.lookup import Lookup
from rcsd.study.file.schema import ConstantSection, PriorSection, StructureSection, StudyFile
from rcsd.toml.faults import Faults
from rcsd.toml.lines import Keys

STATED = "stated"
"""Name of the study's own settings, which need no section."""


def check_structures(file: StudyFile, lookup: Lookup, faults: Faults) -> None:
    """Note values of estimated constants, priors of others, and that nothing is averaged: faults, none raised."""
    if file.structures and not any(section.averaged for section in file.structures.values()):
        faults.add(("structures",), "none is averaged, so that the model has no forecast: leave `averaged` out of one")
    for name, section in file.structures.items():
        keys: Keys = ("structures", name)
        if name == STATED and (section.values or section.priors):
            faults.add(keys, f"the name {STATED!r} is that of the study's own settings: change nothing or rename it")
        check_changes(file, section.values, section.priors, keys, lookup)


def check_changes(
    file: StudyFile, values: Mapping[str, float], priors: Mapping[str, PriorSection], keys: Keys, lookup: Lookup
) -> None:
    """Hold changed values and priors to a study's model; faults are noted."""
    for name in values:
        variable = lookup.constant((*keys, "values", name), name)
        if variable is not None and spelt(name, file.parameters) is not None:
            lookup.faults.add((*keys, "values", name), "is estimated by the study: change its prior under `priors`")
    for name, prior in priors.items():
        own = spelt(name, file.parameters)
        if own is None:
            lookup.faults.add(
                (*keys, "priors", name), "is not estimated by the study: give it a value under `values`, or correct it"
            )
            continue
        section = file.parameters[own]
        if prior.centre is not None and not section.lower <= prior.centre <= section.upper:
            lookup.faults.add(
                (*keys, "priors", name, "centre"),
                f"{prior.centre:g} lies outside the bounds [{section.lower:g}, {section.upper:g}] of the parameter",
            )
        elif prior.family is not None:
            try:
                on_search(prior.stated, section.scale, section.lower, section.upper)
            except ParameterError as error:
                lookup.faults.add((*keys, "priors", name), str(error))


def with_structure(file: StudyFile, section: StructureSection, lookup: Lookup) -> StudyFile:
    """Return the study file with the values and priors of a structure in the place of its own.

    Parameters
    ----------
    file
        Checked by `check_structures`.
    section
        One of its structures, or one like it.
    lookup
        Of the model, for the units of constants.
    """
    return changed(file, section.values, section.priors, section.reason, lookup)


def changed(
    file: StudyFile, values: Mapping[str, float], priors: Mapping[str, PriorSection], source: str, lookup: Lookup
) -> StudyFile:
    """Return a study file with other values of constants and other priors; `source` says why.

    What `check_changes` has a fault for is left as it is.
    """
    constants, parameters = dict(file.constants), dict(file.parameters)
    for name, value in values.items():
        variable = lookup.model.get(name)
        unit = "" if variable is None else variable.unit
        constants[spelt(name, constants) or name] = ConstantSection(value=value, unit=unit, source=source)
    for name, prior in priors.items():
        own = spelt(name, parameters)
        if own is not None:
            parameters[own] = parameters[own].model_copy(update={"prior": prior})
    return file.model_copy(update={"constants": constants, "parameters": parameters})


def spelt(name: str, among: Mapping[str, object] | Sequence[str]) -> str | None:
    """Find a name among others that may be spelt with other blanks or cases."""
    wanted = canonical(name)
    return next((other for other in among if canonical(other) == wanted), None)
