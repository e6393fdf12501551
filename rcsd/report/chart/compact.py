"""A chart as the page's script reads it: one compact JSON document, which is also the data that a reader downloads."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from rcsd.report.chart.axis import Axis
from rcsd.report.chart.ends import ends
from rcsd.report.chart.layers import Layer
from rcsd.report.drawing.time_axis import period_labels, tick_levels
from rcsd.report.fact import bare

if TYPE_CHECKING:
    from rcsd.report.chart.chart import Chart, Panel

_T = TypeVar("_T", float, NDArray[np.float64])
_DIGITS = 7
"""Significant digits of a number: more than a reader of a chart takes out of it."""
_DIGITS_OF_ENDS = 12


def as_script(chart: Chart) -> Markup:
    """Return a chart as JSON that can stand in a script element whatever its texts hold."""
    text = json.dumps(compact(chart), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # no end of the script, no comment, and no ends of lines that JavaScript knows and JSON does not
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)


def compact(chart: Chart) -> dict[str, Any]:
    """Return a chart as plain values: each array stands once, and layers name it by its place.

    Returns
    -------
    dict
        name, alt, columns, widths, linked, vertical, arrays (lists of numbers, null for NaN), and panels. A layer has
        its kind under "is", and an array's place where the layer has the array.
    """
    arrays = _Arrays()
    panels = [_panel(panel, arrays) for panel in chart.panels]
    return {
        "name": chart.name,
        "alt": bare(chart.alt),
        "columns": chart.columns,
        "widths": list(chart.widths),
        "linked": chart.linked,
        "vertical": chart.vertical,
        "panels": panels,
        "arrays": arrays.kept,
    }


class _Arrays:
    """Arrays of a chart, equal ones kept once."""

    def __init__(self) -> None:
        self.kept: list[list[float | None]] = []
        self._places: dict[tuple[float | None, ...], int] = {}

    def place(self, values: NDArray[np.float64]) -> int:
        """Keep an array, and return where it stands."""
        digits = _digits(values)
        short = tuple(_short(value, digits) for value in values.tolist())
        if short not in self._places:
            self._places[short] = len(self.kept)
            self.kept.append(list(short))
        return self._places[short]


def _panel(panel: Panel, arrays: _Arrays) -> dict[str, Any]:
    across, up = ends(panel)
    return {
        "title": bare(panel.title),
        "height": panel.height,
        "across": panel.across,
        "x": _axis(panel.x, across),
        "y": _axis(panel.y, up),
        "layers": [_layer(layer, panel.x, arrays) for layer in panel.layers],
    }


def _axis(axis: Axis, between: tuple[float, float]) -> dict[str, Any]:
    """Write an axis; of one of time, periods that are a number become the model's time, and dates get their names."""
    low, high = between
    found: dict[str, Any] = {
        "kind": axis.kind,
        "label": axis.label,
        "low": _short(_told(low, axis), _DIGITS_OF_ENDS),
        "high": _short(_told(high, axis), _DIGITS_OF_ENDS),
        "said": axis.label or axis.said,
        "whole": axis.whole or axis.kind == "time",
    }
    if axis.names:
        found["names"] = list(axis.names)
    if axis.ticks is not None:
        found["ticks"] = [[at, label] for at, label in axis.ticks]
    if axis.kind == "time" and axis.clock.word is not None:
        found["levels"] = tick_levels(axis.clock, low, high)
        found["labels"] = period_labels(axis.clock, low, high)
    return found


def _layer(layer: Layer, x: Axis, arrays: _Arrays) -> dict[str, Any]:
    found: dict[str, Any] = {"is": type(layer).__name__.lower()}
    for each in fields(layer):
        value = getattr(layer, each.name)
        if each.name in ("names", "texts"):
            found[each.name] = _texts(value)
        elif isinstance(value, np.ndarray | Sequence) and not isinstance(value, str):
            values = np.asarray(value, dtype=np.float64)
            if each.name in ("x", "to_x", "left", "right"):
                values = _told(values, x)
            found[each.name] = [arrays.place(row) for row in values] if values.ndim > 1 else arrays.place(values)
        else:
            found[each.name] = value if isinstance(value, str | bool | None) else _short(float(value))
    return found


def _told(values: _T, axis: Axis) -> _T:
    if axis.kind != "time" or axis.clock.word is not None:
        return values
    return axis.clock.base + axis.clock.period * values


def _texts(value: Any) -> Any:
    return value if isinstance(value, str) else [_texts(each) for each in value]


def _digits(values: NDArray[np.float64]) -> int:
    """Return how many digits tell values apart that lie close together far from zero: times of a day are such."""
    finite = values[np.isfinite(values)]
    span = float(np.ptp(finite)) if finite.size else 0.0
    if span == 0:
        return _DIGITS
    return _DIGITS + max(0, math.ceil(math.log10(float(np.abs(finite).max()) / span)))


def _short(value: float, digits: int = _DIGITS) -> float | int | None:
    """Shorten a number to a few digits; whole ones are written whole, and what is no number is null."""
    if not np.isfinite(value):
        return None
    if value == int(value) and abs(value) < 10**15:
        return int(value)
    return float(f"{value:.{digits}g}")
