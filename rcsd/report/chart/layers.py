"""What a panel of a chart shows, drawn in the order in which it is given: the last lies on top.

Layers of one label are one entry of the legend, which the reader hides and shows together. A layer without a label is
always there, and is neither read out nor in the data that the reader downloads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.report.drawing.style import MUTED, OBSERVED, SIMULATED

Values = Sequence[float] | NDArray[np.floating] | NDArray[np.integer]
"""Numbers of a layer, shape (n,); NaN where there is none."""

Dash = Literal["solid", "dashed", "dotted", "dashdot"]
Mark = Literal["circle", "dot", "triangle", "square", "diamond", "cross", "tick"]
Along = Literal["x", "y"]
Shades = Literal["blues", "differences"]


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """The space between two curves: 90 % of the draws, or a part of a stack.

    `edge` draws the curves themselves; a band of `opacity` 0 is its edges alone. One that is `stacked` is read by its
    height.
    """

    x: Values
    low: Values
    high: Values
    label: str = ""
    colour: str = SIMULATED
    opacity: float = 0.2
    edge: Dash | None = None
    stacked: bool = False

    def __post_init__(self) -> None:
        """Check that there is one low and one high for each x."""
        _alike("band", self.label, self.x, self.low, self.high)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A curve, with a mark on each of its points if need be; `width` is in points."""

    x: Values
    y: Values
    label: str = ""
    colour: str = SIMULATED
    dash: Dash = "solid"
    width: float = 1.8
    mark: Mark | None = None

    def __post_init__(self) -> None:
        """Check that there is one y for each x."""
        _alike("line", self.label, self.x, self.y)


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Marks at places; `size` is the diameter in points, and `names`, if any, are read out in place of values."""

    x: Values
    y: Values
    label: str = ""
    colour: str = OBSERVED
    mark: Mark = "circle"
    hollow: bool = False
    size: float = 5.0
    opacity: float = 1.0
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that there is one y for each x."""
        _alike("points", self.label, self.x, self.y, *((self.names,) if self.names else ()))


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Straight pieces from (`x`, `y`) to (`to_x`, `to_y`): whiskers, stems, strips. `width` is in points."""

    x: Values
    y: Values
    to_x: Values
    to_y: Values
    label: str = ""
    colour: str = SIMULATED
    width: float = 1.2
    opacity: float = 1.0

    def __post_init__(self) -> None:
        """Check that each has two ends."""
        _alike("segments", self.label, self.x, self.y, self.to_x, self.to_y)


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """Rectangles: the bars of a histogram, or of a bar chart."""

    left: Values
    right: Values
    low: Values
    high: Values
    label: str = ""
    colour: str = SIMULATED
    opacity: float = 0.55

    def __post_init__(self) -> None:
        """Check that each has four sides."""
        _alike("boxes", self.label, self.left, self.right, self.low, self.high)


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """A stretch of an axis, shaded behind all curves; `title` stands over it, outside of the frame."""

    low: float
    high: float
    colour: str
    label: str = ""
    title: str = ""
    along: Along = "x"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A straight line at a place of an axis, through the whole panel; `along` "y" is a level one."""

    at: float
    label: str = ""
    colour: str = MUTED
    dash: Dash = "solid"
    width: float = 0.8
    along: Along = "y"


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A table of coloured cells under axes of names.

    Attributes
    ----------
    values
        Shape (rows, columns), first row on top; NaN is an empty cell.
    texts
        What stands in each cell, or empty.
    low, high
        Values of the palest and of the darkest colour; of "differences" -high and high.
    pale
        Cells to draw pale, shape (rows, columns), or None.
    label
        What the values are.
    """

    values: NDArray[np.float64]
    texts: tuple[tuple[str, ...], ...] = ()
    low: float = 0.0
    high: float = 1.0
    shades: Shades = "blues"
    pale: NDArray[np.bool_] | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A short text in the panel; `x` and `y` are shares of its width and height, from the lower left."""

    text: str
    x: float = 0.5
    y: float = 0.5


Layer = Band | Line | Points | Segments | Boxes | Span | Rule | Cells | Words


def _alike(what: str, label: str, *columns: Sequence[object] | NDArray[np.generic]) -> None:
    lengths = [len(column) for column in columns]
    if len(set(lengths)) > 1:
        raise ValueError(
            f"{what} {label!r} of a chart: columns of {', '.join(map(str, lengths))} values; give every column as many"
        )
