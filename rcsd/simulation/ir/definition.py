"""What a variable is defined by, before its subscripts are resolved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.ir.expression import Expression, Points


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """One piece of a variable: the elements it covers and their right-hand side.

    Attributes
    ----------
    name : str
        The variable, as written in the file.
    subscripts : tuple of str
        A dimension, subrange or element for each axis; empty for a scalar.
    exceptions : tuple of tuple of str
        Elements that it leaves out (``:EXCEPT:``), each like `subscripts`.
    content : Expression, Points, NDArray or None
        An equation, a table, an array of constants shaped as the elements covered, or nothing for a data
        variable whose series is given from outside.
    line : int or None
        Where it stands.
    """

    name: str
    subscripts: tuple[str, ...]
    exceptions: tuple[tuple[str, ...], ...]
    content: Expression | Points | NDArray[np.float64] | None
    line: int | None = None
