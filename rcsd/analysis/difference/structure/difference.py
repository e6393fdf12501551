"""What a comparison of two models finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rcsd.names import canonical
from rcsd.simulation.ir import Model, Variable

Aspect = Literal[
    "equation", "value", "table", "kind", "unit", "range", "documentation", "subscripts", "time axis", "view"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that two models say differently.

    Attributes
    ----------
    aspect : str
        What of a variable or of the model it is.
    old, new : str
        What either says, for people; empty for nothing.
    details : tuple of str
        Where the two differ, one line each.
    matters : bool
        Whether it changes what the model says or does. One that does not is another spelling of the same.
    name : str
        Of the setting, range or view that it is about; empty for an aspect of a variable.
    """

    aspect: Aspect
    old: str
    new: str
    details: tuple[str, ...] = ()
    matters: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class VariableChange:
    """A variable of both models that differs.

    Attributes
    ----------
    old, new : Variable
        As either model has it.
    changes : tuple of Change
        Empty for one that is only renamed.
    """

    old: Variable
    new: Variable
    changes: tuple[Change, ...]

    @property
    def is_renamed(self) -> bool:
        """Whether it has another name in the new model."""
        return canonical(self.old.name) != canonical(self.new.name)

    @property
    def matters(self) -> bool:
        """Whether it is more than another spelling."""
        return self.is_renamed or any(change.matters for change in self.changes)


@dataclass(frozen=True, slots=True)
class StructureDifference:
    """How the files of two models differ.

    Attributes
    ----------
    old, new : Model or None
        The models; None where there is none, as for a file that was added or removed.
    added, removed : tuple of Variable
        Of the new model alone, and of the old one alone.
    changed : tuple of VariableChange
        Variables of both that differ, renamed ones included, in the order of the new model.
    settings : tuple of Change
        The time axis, the subscript ranges and the views.
    counterparts : mapping of str to str
        The name in the new model of every variable that both have, by its name in the old one.
    uncompared : tuple of str
        Variables of the new model whose equations could not be compared.
    """

    old: Model | None
    new: Model | None
    added: tuple[Variable, ...]
    removed: tuple[Variable, ...]
    changed: tuple[VariableChange, ...]
    settings: tuple[Change, ...]
    counterparts: Mapping[str, str]
    uncompared: tuple[str, ...] = ()

    @property
    def renamed(self) -> tuple[VariableChange, ...]:
        """Variables that have another name in the new model."""
        return tuple(change for change in self.changed if change.is_renamed)

    @property
    def same(self) -> bool:
        """Whether both models say the same; equations that could not be compared may differ."""
        return not (
            self.added
            or self.removed
            or self.uncompared
            or any(change.matters for change in self.changed)
            or any(change.matters for change in self.settings)
        )
