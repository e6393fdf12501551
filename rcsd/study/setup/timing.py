"""How the times of a table go with the time of a model: the clock of the study, and where the model starts and ends."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.clock import Clock, Word, word_of
from rcsd.simulation.ir import TimeAxis
from rcsd.study.file.schema.time import TimeSection
from rcsd.study.setup.tables import TableColumn, Times

_CALENDAR = (1000.0, 3000.0)
"""Numbers of a model's time that are years of the calendar."""
_LONGEST = 20
"""Lengths of a model's own run beyond which a table in other units of time cannot be meant."""
_MOST_STEPS = 2_000_000
_NEAR = 1e-6
_DIGITS = 10
_FINEST: tuple[Word, ...] = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class StudyTime:
    """The clock of a proposed study.

    Attributes
    ----------
    section : dict
        Content of ``[time]``; empty where a period is one unit of the model's time.
    clock : Clock
        That it makes, with the model.
    by_calendar : bool
        Whether times are dates; else numbers of the model's time.
    scale, shift : float
        From plain numbers of the table to the model's time: times the first plus the second.
    why : str
        In a sentence.
    doubts : tuple of str
        What might be wrong.
    """

    section: dict[str, Any] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)
    by_calendar: bool = False
    scale: float = 1.0
    shift: float = 0.0
    why: str = ""
    doubts: tuple[str, ...] = ()

    def labels(self, times: Times) -> tuple[str, ...]:
        """Return times as the data file has them."""
        if self.by_calendar:
            return times.labels
        return tuple(f"{self.shift + self.scale * position:.{_DIGITS}g}" for position in times.positions)

    def periods(self, times: Times) -> NDArray[np.int_]:
        """Return the periods of times by the study's clock, shape (n,)."""
        return np.array([self.clock.read(label) for label in self.labels(times)], dtype=np.int_)

    def to_model(self, periods: NDArray[np.int_]) -> NDArray[np.float64]:
        """Return the model's time at periods."""
        return self.clock.to_model(periods)

    def written(self, period: int) -> int | float | str:
        """Return a period as the study file has it."""
        label = self.clock.label(period)
        if self.by_calendar:
            return int(label) if label.isdigit() else label
        number = float(label)
        return int(number) if number.is_integer() else number


def study_time(columns: tuple[TableColumn, ...], axis: TimeAxis) -> StudyTime:
    """Find out how the times of columns go with a model's axis.

    Parameters
    ----------
    columns
        Of the table, at least one.
    axis
        Of the model.
    """
    kinds = {column.times.kind for column in columns}
    dated = kinds - {"number", "year"}
    if dated:
        return _dated(columns, axis)
    positions = np.unique(np.concatenate([column.times.positions for column in columns]))
    years = kinds == {"year"} or _are_years(positions)
    if years and not _is_calendar(axis) and not _inside(positions, axis).any():
        return _dated(columns, axis)
    unit = next((column.times.unit for column in columns if column.times.unit), "year" if kinds == {"year"} else "")
    return _numbered(positions, unit, axis, years=years)


def _is_calendar(axis: TimeAxis) -> bool:
    return _CALENDAR[0] <= axis.start <= _CALENDAR[1]


def _inside(positions: NDArray[np.float64], axis: TimeAxis) -> NDArray[np.bool_]:
    return np.asarray((positions >= axis.start - _NEAR) & (positions <= axis.stop + _NEAR))


def period_of(columns: tuple[TableColumn, ...]) -> str:
    """Return what each number of a table stands for, by its dates, such as "Year"; empty where they do not say."""
    kinds = {column.times.kind for column in columns}
    positions = np.concatenate([column.times.positions for column in columns])
    if kinds == {"year"} or (kinds == {"number"} and _are_years(positions)):
        return "Year"
    kind = next(iter(kinds))
    return kind.capitalize() if len(kinds) == 1 and kind in ("month", "quarter", "week", "day") else ""


def _are_years(positions: NDArray[np.float64]) -> bool:
    low, high = _CALENDAR
    return bool((positions >= low).all() and (positions <= high).all() and np.allclose(positions, np.round(positions)))


def _numbered(positions: NDArray[np.float64], unit: str, axis: TimeAxis, *, years: bool) -> StudyTime:
    """Take numbers for the model's own time, or lay them beside it."""
    table, model = word_of(unit), word_of(axis.unit)
    first, span = float(positions[0]), float(positions[-1] - positions[0])
    if years and _is_calendar(axis):
        return _on_axis(positions, axis, 1.0, 0.0, "the table's times are the model's", ())
    if _inside(positions, axis).any():
        return _inside_axis(positions, table, axis, model)
    scale, doubts = 1.0, []
    if table is not None and model is not None and table != model:
        scale = _units_in(table, model)
        if span * scale > _LONGEST * (axis.stop - axis.start):
            doubts.append(
                f"the table counts {table}s, the model {model}s, but its run is far too short for that: one {table} of "
                f"the table was taken for one {model} of the model"
            )
            scale = 1.0
    why = f"{first:g} of the table is the model's initial time, {axis.start:g}"
    doubts.append(f"{why}: write other times into observed.csv if the model starts elsewhere")
    return _on_axis(positions, axis, scale, axis.start - scale * first, why, tuple(doubts))


def _inside_axis(positions: NDArray[np.float64], table: Word | None, axis: TimeAxis, model: Word | None) -> StudyTime:
    """Take numbers on the model's axis for its own time, unless they count in another unit and fit it in that too."""
    if table is None or model is None or table == model:
        return _on_axis(positions, axis, 1.0, 0.0, "the table's times are the model's", ())
    scale = _units_in(table, model)
    scaled = scale * positions
    steps = np.diff(scaled)
    is_long = scaled[-1] - axis.start > _LONGEST * (axis.stop - axis.start)
    if is_long or scaled[0] < axis.start - _NEAR or (steps.size and steps.min() < axis.step - _NEAR):
        why = f"the table's times are the model's: one {table} of the table is one {model} of the model"
        doubt = (
            f"the table counts {table}s, the model {model}s, but its run does not fit that: {why.partition(': ')[2]}"
        )
        return _on_axis(positions, axis, 1.0, 0.0, why, (doubt,))
    why = f"the table counts {table}s, the model {model}s: {scale:.6g} to one, from the same zero on"
    doubt = f"{why}; write the model's times into observed.csv if the table has them already"
    return _on_axis(positions, axis, scale, 0.0, why, (doubt,))


def _units_in(longer: Word, unit: Word) -> float:
    """Count units in a length, months of 30.4375 days where it must be."""
    days = {"year": 365.25, "quarter": 91.3125, "month": 30.4375, "week": 7.0, "day": 1.0}
    days |= {"hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}
    exact = {("year", "month"): 12.0, ("year", "quarter"): 4.0, ("quarter", "month"): 3.0}
    return exact.get((longer, unit), days[longer] / days[unit])


def _on_axis(
    positions: NDArray[np.float64], axis: TimeAxis, scale: float, shift: float, why: str, doubts: tuple[str, ...]
) -> StudyTime:
    """Make the clock of numbers: its period is the widest that holds them all."""
    times = shift + scale * positions
    period = _common_step(times, axis.step)
    section: dict[str, Any] = {}
    base = times[0] - period * round(times[0] / period)
    if period != 1 or abs(base) > _NEAR:
        section["period"] = _tidy(period)
        if abs(base) > _NEAR * period:
            section["at"] = _tidy(float(times[0]))
    made = StudyTime(section, Clock(), False, scale, shift, why, doubts)
    return _reaching(made, axis, times)


def _common_step(times: NDArray[np.float64], finest: float) -> float:
    """Return the longest step that all distances are multiples of, no shorter than that of the model."""
    if times.size < 2:  # noqa: PLR2004 - one time has no distance
        return 1.0
    distances = np.unique(np.round(np.diff(times), 9))
    step = float(distances[0])
    for divisor in range(1, 61):
        trial = step / divisor
        if trial < finest / 2:
            break
        counts = distances / trial
        if np.abs(counts - np.round(counts)).max() < 0.02:  # noqa: PLR2004 - of a period, as decimals are rounded
            return trial
    return max(finest, float(step))


def _dated(columns: tuple[TableColumn, ...], axis: TimeAxis) -> StudyTime:
    """Take dates to the model's time."""
    period: Word = min((_word(column) for column in columns), key=_FINEST.index)
    unit = word_of(axis.unit)
    section: dict[str, Any] = {"period": period}
    doubts: list[str] = []
    first = min(column.times.labels[0] for column in columns)
    is_calendar = _is_calendar(axis) and unit in (None, "year")
    if unit is None:
        unit = "year" if is_calendar else period
        section["unit"] = unit
        doubts.append(f"the model does not say its unit of time: taken for a {unit}")
    if is_calendar:
        why = "the model's time is the year of the calendar"
    else:
        section |= {"origin": first, "at": _tidy(axis.start)}
        why = f"{first} of the table is the model's initial time, {axis.start:g}"
        doubts.append(f"{why}: change `origin` or `at` of [time] if the model starts elsewhere")
    made = StudyTime(section, Clock(), True, why=why, doubts=tuple(doubts))
    clock = TimeSection(**section).clock.on(axis.start, axis.unit)
    ends = [float(clock.to_model(clock.read(each.times.labels[-1]))) for each in columns]
    begins = [float(clock.to_model(clock.read(each.times.labels[0]))) for each in columns]
    length = max(ends) - min(begins)
    if not is_calendar and unit != period and length > _LONGEST * (axis.stop - axis.start):
        doubts.append(
            f"the model's run is far too short for {length:g} {unit}s: its unit of time was taken for a {period}"
        )
        made = replace(made, section={**section, "unit": period}, doubts=tuple(doubts))
        clock = TimeSection(**made.section).clock.on(axis.start, axis.unit)
        ends = [float(clock.to_model(clock.read(each.times.labels[-1]))) for each in columns]
    return _reaching(made, axis, np.array([min(begins), max(ends)]))


def _word(column: TableColumn) -> Word:
    kind = column.times.kind
    if kind == "second":
        seconds = np.gcd.reduce(np.round(np.diff(column.times.positions)).astype(np.int64)) if len(column) > 1 else 1
        return "hour" if seconds % 3600 == 0 else "minute" if seconds % 60 == 0 else "second"
    return "year" if kind == "number" else kind  # numbers come here only where they are years


def _reaching(made: StudyTime, axis: TimeAxis, times: NDArray[np.float64]) -> StudyTime:
    """Let the model run as long as the data and a forecast need, in steps that meet every period."""
    clock = TimeSection(**made.section).clock.on(axis.start, axis.unit)
    section = dict(made.section)
    a_period = float(clock.to_model(clock.origin + 1) - clock.to_model(clock.origin)) if clock.word else clock.period
    doubts = list(made.doubts)
    need = float(times[-1]) + 0.2 * (float(times[-1]) - max(float(times[0]), axis.start)) + a_period
    if float(times[-1]) > axis.stop + _NEAR:
        section["stop"] = _tidy(math.ceil(need / a_period) * a_period)
        doubts.append(
            f"the model ends at {axis.stop:g}, before the data do: it is run to {section['stop']:g}; tables of the "
            "model keep their last value"
        )
    step = _step_meeting(a_period, axis, float(times[0])) if clock.identity else None
    if step is not None:
        section["step"] = step
        doubts.append(f"the model's step, {axis.step:g}, does not meet every period: it is run in steps of {step:.6g}")
    clock = TimeSection(**section).clock.on(axis.start, axis.unit)
    return replace(made, section=section, clock=clock, doubts=tuple(doubts))


def _step_meeting(a_period: float, axis: TimeAxis, first: float) -> float | None:
    """Return a step no longer than the model's of which a period is a multiple; None where its own is such."""
    n = a_period / axis.step
    offset = (first - axis.start) / axis.step
    meets = abs(n - round(n)) < 1e-4 and round(n) >= 1 and abs(offset - round(offset)) < 1e-4  # noqa: PLR2004
    if meets:
        return None
    return a_period / math.ceil(n - _NEAR)


def _tidy(number: float) -> float:
    """Round away what arithmetic leaves over."""
    return float(f"{number:.{_DIGITS}g}")
