"""What a diagram tells of a variable under the pointer."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.names import canonical
from rcsd.simulation.ir import Model


@dataclass(frozen=True, slots=True)
class Told:
    """One variable, in words.

    Attributes
    ----------
    name, kind, unit, equation, documentation : str
        As the model has them.
    """

    name: str
    kind: str
    unit: str
    equation: str
    documentation: str

    @property
    def text(self) -> str:
        """All of it in lines, as the tooltip of an SVG."""
        unit = f" [{self.unit}]" if self.unit else ""
        parts = (f"{self.name}{unit}", f"{self.kind}: {self.equation}" if self.equation else "", self.documentation)
        return "\n".join(part for part in parts if part)


def told_of(model: Model) -> dict[str, Told]:
    """Return what there is to tell of each variable, by canonical name."""
    return {canonical(v.name): Told(v.name, v.kind, v.unit, v.equation, v.documentation) for v in model}
