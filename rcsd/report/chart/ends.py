"""From where to where an axis goes that leaves its ends to the data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rcsd.report.chart.layers import Band, Boxes, Layer, Line, Points, Rule, Segments, Values

if TYPE_CHECKING:
    from rcsd.report.chart.axis import Axis
    from rcsd.report.chart.chart import Panel

_MARGIN = 0.05
"""Share of what the data take that is left free on either side."""


def ends(panel: Panel) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ends of the horizontal and of the vertical axis of a panel; the lower before the higher."""
    across = _joined(_across(layer) for layer in panel.layers)
    up = _joined(_up(layer) for layer in panel.layers)
    return _ends(panel.x, across), _ends(panel.y, up)


def _across(layer: Layer) -> tuple[Values, ...]:
    match layer:
        case Band() | Line() | Points():
            return (layer.x,)
        case Segments():
            return (layer.x, layer.to_x)
        case Boxes():
            return (layer.left, layer.right)
        case Rule(along="x"):
            return ([layer.at],)
        case _:
            return ()


def _up(layer: Layer) -> tuple[Values, ...]:
    match layer:
        case Band() | Boxes():
            return (layer.low, layer.high)
        case Line() | Points():
            return (layer.y,)
        case Segments():
            return (layer.y, layer.to_y)
        case Rule(along="y"):
            return ([layer.at],)
        case _:
            return ()


def _joined(found: Iterable[tuple[Values, ...]]) -> NDArray[np.float64]:
    every = [np.asarray(values, dtype=np.float64).ravel() for several in found for values in several]
    joined = np.concatenate(every) if every else np.empty(0)
    return joined[np.isfinite(joined)]


def _ends(axis: Axis, values: NDArray[np.float64]) -> tuple[float, float]:
    if axis.kind == "log":
        low, high = _with_margin(np.log10(values[values > 0]))
        low, high = 10**low, 10**high
    else:
        low, high = _with_margin(values)
    return (low if axis.low is None else axis.low), (high if axis.high is None else axis.high)


def _with_margin(values: NDArray[np.float64]) -> tuple[float, float]:
    if values.size == 0:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    margin = _MARGIN * (high - low) or _MARGIN * abs(high) or 1.0
    return low - margin, high + margin
