"""Checks the section [sobol] of a study file against its model."""

from __future__ import annotations

from rcsd.names import canonical, near_matches
from rcsd.study.file.groups import CALIBRATED, CHOSEN, Bounds
from rcsd.study.file.lookup import Lookup
from rcsd.study.file.schema import SobolGroupSection, StudyFile
from rcsd.study.sobol.varied import documented_range
from rcsd.toml.faults import Faults
from rcsd.toml.lines import Keys


def check_sobol(file: StudyFile, lookup: Lookup, faults: Faults) -> None:
    """Every output is a variable, every parameter of a group a constant with a range; faults are noted, not raised."""
    if file.sobol is None:
        return
    for name in file.sobol.outputs:
        lookup.variable(("sobol", "outputs"), name)
    for name, section in file.sobol.groups.items():
        keys = ("sobol", "groups", name)
        if name in {CALIBRATED, CHOSEN}:
            faults.add(keys, f"the name {name!r} is taken: {CALIBRATED!r} are the parameters that the study estimates")
        _check_parameters(file, section, keys, lookup, faults)
        _check_bounds(section, keys, faults)


def _check_parameters(file: StudyFile, section: SobolGroupSection, keys: Keys, lookup: Lookup, faults: Faults) -> None:
    ranged = {canonical(name) for name in (*file.parameters, *section.bounds)}
    seen: set[str] = set()
    for name in section.parameters:
        variable = lookup.constant((*keys, "parameters"), name)
        if variable is None:
            continue
        if canonical(name) in seen:
            faults.add((*keys, "parameters"), f"{name!r} stands twice; keep one of the two")
        elif canonical(name) not in ranged and documented_range(variable) is None:
            faults.add(
                (*keys, "parameters"),
                f"{name!r} has no range: it is not estimated, and its documentation in the model states none; give it "
                "one in `bounds`",
            )
        seen.add(canonical(name))


def _check_bounds(section: SobolGroupSection, keys: Keys, faults: Faults) -> None:
    varied = {canonical(name) for name in section.parameters}
    for name, pair in section.bounds.items():
        if canonical(name) not in varied:
            hint = near_matches(name, section.parameters) or f"it has {', '.join(section.parameters)}"
            faults.add((*keys, "bounds", name), f"{name!r} is not among the group's parameters; {hint}")
        fault = _reversed(pair)
        if fault:
            faults.add((*keys, "bounds", name), fault)


def _reversed(pair: Bounds) -> str:
    lower, upper = pair
    return "" if lower < upper else f"the lower bound must be below the upper, found [{lower:g}, {upper:g}]"
