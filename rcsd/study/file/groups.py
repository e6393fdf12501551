"""Which constants a sensitivity analysis varies together: those that the study estimates, and groups that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rcsd.errors import ParameterError
from rcsd.names import near_matches
from rcsd.study.file.schema import StudyFile

CALIBRATED = "calibrated"
"""The group of all parameters that a study estimates, which every study has."""

CHOSEN = "chosen"
"""The name of what is chosen for one analysis alone."""

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Group:
    """Constants that vary together, all others keeping their values.

    Attributes
    ----------
    name, title
        For folders and keys, and in words.
    parameters
        Constants of the model; None stands for those that the study estimates.
    bounds
        Ranges in place of those known.
    source
        Where these ranges are from.
    """

    name: str
    title: str
    parameters: tuple[str, ...] | None = None
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    source: str = ""


def groups_of(file: StudyFile) -> dict[str, Group]:
    """Return the groups of a study by name, the estimated parameters first."""
    found = {CALIBRATED: Group(CALIBRATED, "estimated parameters")}
    for name, section in ({} if file.sobol is None else file.sobol.groups).items():
        found[name] = Group(name, section.title or name, tuple(section.parameters), section.bounds, section.source)
    return found


def group_named(file: StudyFile, name: str) -> Group:
    """Return one group of a study.

    Raises
    ------
    ParameterError
        When the study has no group of that name.
    """
    groups = groups_of(file)
    if name not in groups:
        hint = near_matches(name, groups) or f"it has {', '.join(groups)}"
        raise ParameterError(
            f"the study {file.study.name!r} has no group {name!r} of parameters, which [sobol.groups] of the study "
            f"file would name; {hint}"
        )
    return groups[name]
