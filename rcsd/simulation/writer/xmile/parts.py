"""The variables of a model as XMILE has them, before they are text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rcsd.simulation.ir.expression import Points

Tag = Literal["stock", "flow", "aux"]


@dataclass(frozen=True, slots=True)
class Equation:
    """The equation of a variable, or of one element of it.

    Attributes
    ----------
    elements : tuple of str
        The element; empty for all of the variable.
    text : str
        As XMILE spells it; empty for a table alone.
    initial : str
        What it is at the initial time, where that is another.
    table : Points or None
        Its graphical function.
    """

    elements: tuple[str, ...]
    text: str
    initial: str = ""
    table: Points | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A variable.

    Attributes
    ----------
    tag : {"stock", "flow", "aux"}
        What it is.
    name : str
        Without quotation marks.
    equations : tuple of Equation
        One for all of it, or one for each element.
    dimensions : tuple of str
        In order.
    unit, documentation : str
        As people read them.
    limits : tuple of float or None
        Least and greatest value that make sense.
    inflows, outflows : tuple of str
        Of a stock.
    """

    tag: Tag
    name: str
    equations: tuple[Equation, ...]
    dimensions: tuple[str, ...] = ()
    unit: str = ""
    documentation: str = ""
    limits: tuple[float | None, float | None] = (None, None)
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()
