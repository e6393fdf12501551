"""Whether the unit of a column can be that of a variable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import UnitError
from rcsd.simulation.dimensions import lexicon_of
from rcsd.simulation.ir import Model
from rcsd.study.file.converting import conversion_to
from rcsd.units import Lexicon

Agreement = Literal["same", "converted", "flow", "unstated", "different"]

AGREEING: dict[Agreement, float] = {"same": 0.03, "converted": 0.03, "flow": 0.02, "unstated": 0.0, "different": -0.2}
"""What the units add to the likeness of the names."""

_SILENT = {"", "?", "-", "n/a", "na", "none", "no units", "no unit", "nil"}


@dataclass(frozen=True, slots=True)
class UnitsOf:
    """The units of one model, beside those of tables.

    Attributes
    ----------
    lexicon : Lexicon
        The model's own words.
    period : str
        What each number of the table stands for, such as ``Year``: an amount of a year is a flow per year. Empty where
        the table does not say.
    """

    lexicon: Lexicon
    period: str = ""

    @classmethod
    def of(cls, model: Model, period: str = "") -> UnitsOf:
        """Read what a model says of its units."""
        return cls(lexicon_of(model), period)

    def agreement(self, unit: str, variable: str) -> Agreement:
        """Say how the unit of a column goes with that of a variable."""
        if unit.strip().casefold() in _SILENT or variable.strip().casefold() in _SILENT:
            return "unstated"
        try:
            return "same" if conversion_to(unit, variable, self.lexicon).changes_nothing else "converted"
        except UnitError:
            return "flow" if self._is_flow(unit, variable) else "different"

    def _is_flow(self, unit: str, variable: str) -> bool:
        """Whether the amount of a period is the flow of the variable."""
        if not self.period:
            return False
        try:
            return bool(conversion_to(self.of_period(unit), variable, self.lexicon).factor)
        except UnitError:
            return False

    def of_period(self, unit: str) -> str:
        """Return the unit of an amount as that of a flow."""
        return f"{unit}/{self.period}"

    def converted(self, values: NDArray[np.float64], unit: str, variable: str) -> NDArray[np.float64]:
        """Return values in the unit of a variable, as they are where no factor is known."""
        try:
            return conversion_to(unit, variable, self.lexicon)(values)
        except UnitError:
            return values
