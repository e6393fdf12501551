"""An axis of a chart: what it measures, and from where to where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rcsd.analysis.clock import IDENTITY, Clock
from rcsd.report.spoken import spoken

Kind = Literal["linear", "log", "time", "names"]


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis measures; `linear`, `logarithmic`, `time` and `named` make the four kinds.

    Attributes
    ----------
    kind : str
        "linear", "log", "time" (periods of a clock), or "names" (places 0, 1, 2 ... with a name each; the first is on
        top where the axis is vertical).
    label : str
        What it measures, with its unit in brackets; empty where a title says it.
    low, high : float or None
        Its ends; None leaves an end to the data.
    ticks : tuple of (float, str) or None
        Places and their labels; None for round numbers. An empty tuple is an axis without labels.
    names : tuple of str
        Of an axis of names.
    said : str
        What its places are called in the data that a reader takes away; its label where it has one.
    whole : bool
        Whether only whole numbers are labelled.
    clock : Clock
        What the periods of an axis of time are called.
    """

    kind: Kind = "linear"
    label: str = ""
    low: float | None = None
    high: float | None = None
    ticks: tuple[tuple[float, str], ...] | None = None
    names: tuple[str, ...] = ()
    said: str = ""
    whole: bool = False
    clock: Clock = IDENTITY


def linear(
    label: str = "",
    low: float | None = None,
    high: float | None = None,
    *,
    ticks: Sequence[tuple[float, str]] | None = None,
    whole: bool = False,
) -> Axis:
    """Return an axis of numbers."""
    return Axis("linear", label, low, high, None if ticks is None else tuple(ticks), whole=whole)


def logarithmic(
    label: str = "",
    low: float | None = None,
    high: float | None = None,
    *,
    ticks: Sequence[tuple[float, str]] | None = None,
) -> Axis:
    """Return an axis of numbers above zero, on a logarithmic scale."""
    return Axis("log", label, low, high, None if ticks is None else tuple(ticks))


def time(low: float | None = None, high: float | None = None, *, label: str = "") -> Axis:
    """Return an axis of periods, which the study of the page dates."""
    return Axis("time", label, low, high, said=spoken().words.period, clock=spoken().clock)


def named(names: Sequence[str], label: str = "") -> Axis:
    """Return an axis of things with names."""
    return Axis("names", label, -0.5, len(names) - 0.5, names=tuple(names))
