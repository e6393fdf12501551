"""Whether the unit of a column can be that of a variable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rcsd.errors import UnitError
from rcsd.simulation.dimensions.naming.book import UnitBook
from rcsd.simulation.ir import Model

Agreement = Literal["same", "converted", "unstated", "different"]

AGREEING: dict[Agreement, float] = {"same": 0.03, "converted": 0.03, "unstated": 0.0, "different": -0.2}
"""What the units add to the likeness of the names."""


@dataclass(frozen=True, slots=True)
class UnitsOf:
    """The units of one model, beside those of tables.

    Attributes
    ----------
    book : UnitBook
        That reads the model's own words.
    """

    book: UnitBook

    @classmethod
    def of(cls, model: Model) -> UnitsOf:
        """Read what a model says of its units."""
        return cls(UnitBook(model.format, model.unit_names))

    def agreement(self, unit: str, variable: str) -> Agreement:
        """Say how the unit of a column goes with that of a variable."""
        if not self.book.states(unit) or not self.book.states(variable):
            return "unstated"
        try:
            return "same" if self.book.unit(unit) == self.book.unit(variable) else "different"
        except UnitError:
            return "different"
