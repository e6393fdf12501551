"""One quantity as it was found in a sheet, and how it becomes a column of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rcsd.study.setup.tables.axis import label, times_at
from rcsd.study.setup.tables.numbers import NumberStyle, has_note, is_missing
from rcsd.study.setup.tables.sheet import Cell, text_of
from rcsd.study.setup.tables.table import TableColumn
from rcsd.study.setup.tables.times import TimeKind
from rcsd.tables import shortened

_FEWEST_NUMBERS = 0.5
"""Share of the cells with something in them that must be numbers."""
_STANDINS = (-9.0, -99.0, -999.0, -9999.0, -99999.0, -999999.0)
"""Numbers that stand for a missing value, where all others are positive or zero."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Strip:
    """Cells of one quantity.

    Attributes
    ----------
    name, unit, group, place : str
        As of a `TableColumn`.
    cells : tuple of (float or None, Cell, int)
        Position in time, cell, and line of the file.
    """

    name: str
    unit: str
    group: str
    place: str
    cells: tuple[tuple[float | None, Cell, int], ...]


@dataclass(slots=True)
class Told:
    """Sentences that are gathered while a file is read."""

    understood: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def column_of(strip: Strip, kind: TimeKind, time_unit: str, style: NumberStyle, told: Told) -> TableColumn | None:
    """Read the numbers of a strip; None where it holds none to speak of."""
    what = f"{strip.name!r}" + (f" of {strip.group!r}" if strip.group else "")
    timed = [(time, cell, line) for time, cell, line in strip.cells if time is not None and not is_missing(cell)]
    if not timed:
        told.left_out.append(f"{strip.place}, {what}: no value")
        return None
    read = [(time, value, line) for time, cell, line in timed if (value := style.value(cell)) is not None]
    if len(read) < _FEWEST_NUMBERS * len(timed):
        told.left_out.append(f"{strip.place}, {what}: words, such as {shortened(text_of(timed[0][1]), 30)!r}")
        return None
    _tell_cells(strip, what, timed, style, told)
    kept = _one_each(_without_standins(sorted(read), what, told), kind, what, told)
    percent = [cell for _, cell, _ in timed if isinstance(cell, str) and cell.strip().endswith(("%", "\uff05"))]
    unit = strip.unit or ("%" if len(percent) == len(timed) else "")
    if percent and unit not in ("%", "percent"):
        told.doubts.append(
            f"{what}: {len(percent)} of {len(timed)} cells end with a percent sign, which is cut: the numbers are "
            f"taken as they are, in {unit or 'no unit'}"
        )
    return TableColumn(
        strip.name,
        unit,
        times_at(kind, np.array([time for time, _, _ in kept]), time_unit),
        np.array([value for _, value, _ in kept]),
        strip.group,
        strip.place,
    )


def _tell_cells(
    strip: Strip, what: str, timed: Sequence[tuple[float, Cell, int]], style: NumberStyle, told: Told
) -> None:
    """Say which cells are no numbers, and that marks of notes were cut."""
    odd = [(text_of(cell), line) for _, cell, line in timed if style.value(cell) is None]
    if odd:
        shown = ", ".join(f"{shortened(text, 20)!r} in line {line}" for text, line in odd[:_SHOWN])
        more = f" and {len(odd) - _SHOWN} more" if len(odd) > _SHOWN else ""
        told.left_out.append(f"{strip.place}, {what}: {len(odd)} cell(s) that are no number: {shown}{more}")
    noted = sum(has_note(cell) for _, cell, _ in timed)
    if noted:
        told.understood.append(f"{what}: marks of notes behind {noted} number(s) were cut")


def _without_standins(
    read: Sequence[tuple[float, float, int]], what: str, told: Told
) -> list[tuple[float, float, int]]:
    """Leave out -9999 and its like, where no other number is negative."""
    negative = {value for _, value, _ in read if value < 0}
    if len(negative) == 1 and (standin := next(iter(negative))) in _STANDINS and len(read) > 1:
        kept = [each for each in read if each[1] != standin]
        if kept and max(value for _, value, _ in kept) < -standin * 100:
            told.doubts.append(f"{what}: {standin:g} is taken for a missing value in {len(read) - len(kept)} cell(s)")
            return kept
    return list(read)


def _one_each(
    read: Sequence[tuple[float, float, int]], kind: TimeKind, what: str, told: Told
) -> list[tuple[float, float, int]]:
    """Keep the first of several values of one time; differing ones are told of."""
    kept: dict[float, tuple[float, float, int]] = {}
    differing: list[str] = []
    for each in sorted(read, key=lambda own: (own[0], own[2])):
        first = kept.setdefault(each[0], each)
        if first[1] != each[1]:
            differing.append(
                f"{label(kind, each[0])} has {first[1]:g} (line {first[2]}) and {each[1]:g} (line {each[2]})"
            )
    if differing:
        more = f", and {len(differing) - 1} more" if len(differing) > 1 else ""
        told.doubts.append(f"{what}: {differing[0]}{more}; the first of each is kept: leave one of them in the file")
    return list(kept.values())
