"""Two units that should be one, and where in an equation they meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rcsd.simulation.ir.expression import Expression
from rcsd.units import Unit

Kind = Literal["equation", "term", "comparison", "branch", "argument", "exponent", "power", "flow", "initial"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two units that should be one.

    Attributes
    ----------
    kind : str
        What the part is in the equation: all of it, a term of a sum, one side of a comparison, one of several values
        (of a choice, of MIN), the argument of a function, an exponent, the base of a power, what flows into a stock,
        its initial value.
    part : Expression
        What has the unit `found`.
    found, expected : Unit
        Both reduced.
    other : Expression or None
        Where the unit that is expected comes from, if not from the variable.
    role : str
        Of an argument: its name, and the function's.
    rests_on : tuple of (str, str or None)
        Variables without a unit that either unit was worked out from, and in whose equation.
    """

    kind: Kind
    part: Expression
    found: Unit
    expected: Unit
    other: Expression | None = None
    role: str = ""
    rests_on: tuple[tuple[str, str | None], ...] = ()
