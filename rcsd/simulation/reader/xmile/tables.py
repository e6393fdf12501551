"""Graphical functions: the points of a <gf>, and how it goes on between and beyond them."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from lxml import etree
from pysd.translators.structures import abstract_expressions as ae

from rcsd.simulation.reader.source import Fault

_TYPES: dict[str, Literal["interpolate", "extrapolate", "hold_backward"]] = {
    "continuous": "interpolate",
    "extrapolate": "extrapolate",
    "discrete": "hold_backward",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A graphical function.

    Attributes
    ----------
    x, y : tuple of float
        Its points, x increasing.
    kind : {"continuous", "extrapolate", "discrete"}
        As the file calls it.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    kind: str

    @property
    def abstract(self) -> Any:
        """The table in PySD's abstract model."""
        return ae.LookupsStructure(
            x=self.x,
            y=self.y,
            x_limits=(min(self.x), max(self.x)),
            y_limits=(min(self.y), max(self.y)),
            type=_TYPES[self.kind],
        )

    def inverse(self) -> Table | None:
        """Return the table of x over y; None where y neither rises nor falls all the way."""
        y = self.y if self.y[-1] >= self.y[0] else self.y[::-1]
        x = self.x if self.y[-1] >= self.y[0] else self.x[::-1]
        if any(b <= a for a, b in itertools.pairwise(y)):
            return None
        return Table(y, x, "continuous")


def table_of(node: etree._Element, variable: str) -> Table | Fault:
    """Read a <gf>; a Fault when its points make no table."""

    def fault(message: str) -> Fault:
        return Fault(node.sourceline, variable, f"has a graphical function {message}")

    kind = node.get("type", "continuous").strip().lower()
    if kind not in _TYPES:
        return fault(f"of the type {kind!r}; use one of {', '.join(_TYPES)}")
    numbers: dict[str, tuple[float, ...]] = {}
    for tag in ("xpts", "ypts"):
        points = node.find(tag)
        if points is None:
            continue
        found = _numbers(points)
        if isinstance(found, str):
            return fault(f"with {found!r} among its {tag}, which is no number")
        numbers[tag] = found
    y = numbers.get("ypts", ())
    if not y:
        return fault("without points; give them as <ypts>")
    x = numbers.get("xpts") or _scaled(node.find("xscale"), len(y))
    if x is None:
        return fault("without <xscale min= max=> or <xpts>")
    if len(x) != len(y):
        return fault(f"with {len(x)} xpts and {len(y)} ypts; give as many of each")
    order = np.argsort(x, kind="stable")
    return Table(tuple(x[i] for i in order), tuple(y[i] for i in order), kind)


def _numbers(node: etree._Element) -> tuple[float, ...] | str:
    """Split the points of a table; the separator is a comma unless the file names another."""
    text = (node.text or "").strip()
    separator = node.get("sep", ",")
    words = text.split(separator) if separator.strip() else re.split(r"\s+", text)
    numbers = []
    for word in (word.strip() for word in words):
        if not word:
            continue
        try:
            number = float(word)
        except ValueError:
            return word
        if not math.isfinite(number) or "_" in word:
            return word
        numbers.append(number)
    return tuple(numbers)


def _scaled(scale: etree._Element | None, n: int) -> tuple[float, ...] | None:
    """Spread the points evenly over the scale of the axis."""
    try:
        least, most = (float(scale.get(key, "")) for key in ("min", "max")) if scale is not None else (0.0, math.nan)
    except ValueError:
        return None
    if not math.isfinite(most - least):
        return None
    return tuple(np.linspace(least, most, n).tolist())
