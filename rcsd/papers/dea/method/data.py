"""What is compared: units with their inputs, outputs and undesirable outputs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError, SeriesError
from rcsd.names import near_matches
from rcsd.tables import LARGEST, number

if TYPE_CHECKING:
    import pandas as pd

Floats: TypeAlias = NDArray[np.float64]
Period: TypeAlias = int | str

_WIDEST = 1e12
"""Ratio of two cells of a column beyond which the digits of a programme are lost."""
_MOST_FAULTS = 12
"""Faults of a table that are listed; a column of words would list every line."""


@dataclass(frozen=True, slots=True, eq=False)
class DeaData:
    """Units to compare, one row each: a city, or a city in a year.

    Attributes
    ----------
    units : tuple of str, length n
        What each row is called.
    periods : tuple, length n
        The year or other period of each row; empty when there are none.
    inputs : NDArray, shape (n, m)
        Zero or more, each row with one above zero; any unit of measurement a column.
    outputs : NDArray, shape (n, s)
        The same for what is wanted.
    undesirable : NDArray, shape (n, k)
        Outputs of which less is better, zero or more; k may be 0.
    input_names, output_names, undesirable_names : tuple of str
        What the columns are.
    """

    units: tuple[str, ...]
    periods: tuple[Period, ...]
    inputs: Floats
    outputs: Floats
    undesirable: Floats
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    undesirable_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.units)

    @property
    def labels(self) -> tuple[str, ...]:
        """What each row is called, with its period where there is one."""
        if not self.periods:
            return self.units
        return tuple(f"{unit} {period}" for unit, period in zip(self.units, self.periods, strict=True))

    @property
    def distinct_periods(self) -> tuple[Period, ...]:
        """Periods in their order: numbers by size, words by the alphabet."""
        return tuple(sorted(set(self.periods), key=lambda p: (isinstance(p, str), p)))

    def take(self, rows: Sequence[int] | NDArray[np.intp]) -> DeaData:
        """Keep some rows, in the order given."""
        picked = np.asarray(rows, dtype=np.intp)
        return DeaData(
            units=tuple(self.units[i] for i in picked),
            periods=tuple(self.periods[i] for i in picked) if self.periods else (),
            inputs=self.inputs[picked],
            outputs=self.outputs[picked],
            undesirable=self.undesirable[picked],
            input_names=self.input_names,
            output_names=self.output_names,
            undesirable_names=self.undesirable_names,
        )

    def without_undesirable(self) -> DeaData:
        """Leave the undesirable outputs out."""
        if not self.undesirable_names:
            return self
        return replace(self, undesirable=self.undesirable[:, :0], undesirable_names=())

    def rows_of(self, period: Period) -> NDArray[np.intp]:
        """Find the rows of a period."""
        return np.flatnonzero([each == period for each in self.periods])

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        inputs: Sequence[str],
        outputs: Sequence[str],
        undesirable: Sequence[str] = (),
        unit: str | None = None,
        period: str | None = None,
    ) -> DeaData:
        """Take the columns of a data frame.

        Parameters
        ----------
        frame
            One row per unit, or a unit in a period.
        inputs, outputs, undesirable
            Names of columns of numbers, none in two roles.
        unit
            Column that names the rows; the index when None.
        period
            Column of periods, such as years; None when there are none.

        Raises
        ------
        ParameterError
            When the names of columns break a rule.
        SeriesError
            One error that lists every fault of the numbers with its row.
        """
        roles = Roles(tuple(inputs), tuple(outputs), tuple(undesirable), unit, period)
        roles.check([str(name) for name in frame.columns])
        names = frame.index if unit is None else frame[unit]
        columns = {name: frame[name].tolist() for name in roles.numbers}
        return build(
            [str(name) for name in names],
            [] if period is None else [_plain(value) for value in frame[period].tolist()],
            columns,
            roles,
            [f"row {k}" for k in range(1, len(frame) + 1)],
        )


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column of a table plays which part."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    undesirable: tuple[str, ...] = ()
    unit: str | None = None
    period: str | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns that hold numbers."""
        return (*self.inputs, *self.outputs, *self.undesirable)

    def check(self, columns: Sequence[str]) -> None:
        """Hold the names to the columns that there are.

        Raises
        ------
        ParameterError
            For a role without a column, a column in two roles, or one that is not there.
        """
        for role, names in (("input", self.inputs), ("output", self.outputs)):
            if not names:
                raise ParameterError(f"name at least one {role}: a column of the table", field=f"{role}s")
        named = [*self.numbers, *(name for name in (self.unit, self.period) if name is not None)]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ParameterError(
                f"column {twice[0]!r} is named in two places: give each column one role", field=twice[0]
            )
        for name in named:
            if name not in columns:
                hint = near_matches(name, columns) or f"it has {', '.join(columns)}"
                raise ParameterError(f"the table has no column {name!r} ({hint})", field=name)


def build(
    units: Sequence[str],
    periods: Sequence[Period],
    columns: dict[str, list[object]],
    roles: Roles,
    places: Sequence[str],
) -> DeaData:
    """Check every cell and put the columns together.

    Parameters
    ----------
    units, periods, places
        Name, period and place in the file of every row; no periods when empty.
    columns
        Cells of each column of `roles`.
    roles
        Which is what.

    Raises
    ------
    SeriesError
        One error that lists every fault with its place.
    """
    faults: list[str] = []
    labels = [f"{u} {p}" for u, p in zip(units, periods, strict=True)] if periods else list(units)
    values = {name: _numbers(name, cells, labels, places, faults) for name, cells in columns.items()}
    _check_twice(labels, places, faults)
    faults += _mixed(periods, labels, places)
    faults += [fault for name, column in values.items() for fault in _apart(name, column, labels, places)]
    if len(units) < 2:  # noqa: PLR2004 - one has nothing to be compared with
        faults.append(f"the table has {len(units)} row(s) to compare: it takes at least two")

    def block(names: Sequence[str]) -> Floats:
        return np.column_stack([values[name] for name in names]) if names else np.empty((len(units), 0))

    data = DeaData(
        units=tuple(units),
        periods=tuple(periods),
        inputs=block(roles.inputs),
        outputs=block(roles.outputs),
        undesirable=block(roles.undesirable),
        input_names=roles.inputs,
        output_names=roles.outputs,
        undesirable_names=roles.undesirable,
    )
    faults += _empty(data, labels, places)
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults[:_MOST_FAULTS])
        more = f"\n  and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
        raise SeriesError(f"{len(faults)} fault(s) in the table, correct each:\n{shown}{more}")
    return data


def _numbers(
    name: str, cells: Sequence[object], labels: Sequence[str], places: Sequence[str], faults: list[str]
) -> Floats:
    """Read a column; NaN after noting a fault."""
    found = np.full(len(cells), math.nan)
    for k, cell in enumerate(cells):
        what = ""
        try:
            found[k] = number(str(cell))
        except ValueError as words:
            empty = str(cell).strip().casefold() in ("", "nan", "none")
            what = f"{name} is empty: leave out the rows without a value" if empty else f"{name}: {words}"
        else:
            if found[k] < 0:
                what = f"{name} is {found[k]:g}, but inputs and outputs are amounts, zero or more"
            elif 0 < found[k] < 1 / LARGEST:
                what = f"{name} is {found[k]:g}, too small beside others: write 0, or change its unit"
        if what:
            faults.append(f"{places[k]}: {labels[k]}: {what}")
    return found


def _mixed(periods: Sequence[Period], labels: Sequence[str], places: Sequence[str]) -> list[str]:
    """Find periods in words among numbers: they have no place in their order."""
    words = [isinstance(period, str) for period in periods]
    if all(words) or not any(words):
        return []
    return [
        f"{place}: {label}: the period {period!r} is not a whole number, as others are"
        for period, label, place, in_words in zip(periods, labels, places, words, strict=True)
        if in_words
    ]


def _apart(name: str, column: Floats, labels: Sequence[str], places: Sequence[str]) -> list[str]:
    """Find a cell so far above the least of its column that no programme can hold both."""
    known = np.where(np.isfinite(column) & (column > 0), column, math.nan)
    if np.isnan(known).all() or np.nanmax(known) <= _WIDEST * np.nanmin(known):
        return []
    k = int(np.nanargmax(known))
    return [f"{places[k]}: {labels[k]}: {name} is {known[k]:g}, beside {np.nanmin(known):g}: correct one of the two"]


def _check_twice(labels: Sequence[str], places: Sequence[str], faults: list[str]) -> None:
    first: dict[str, str] = {}
    for label, place in zip(labels, places, strict=True):
        if label in first:
            faults.append(f"{place}: {label} stands here for the second time, first in {first[label]}")
        first.setdefault(label, place)


def _empty(data: DeaData, labels: Sequence[str], places: Sequence[str]) -> list[str]:
    """Find rows and columns with nothing in them: they have no score."""
    faults = []
    for role, block, names in (("input", data.inputs, data.input_names), ("output", data.outputs, data.output_names)):
        for k in np.flatnonzero((block == 0).all(axis=1)).tolist():
            faults.append(f"{places[k]}: {labels[k]}: every {role} is zero ({', '.join(names)}), so it has no score")
        for j in np.flatnonzero((block == 0).all(axis=0)).tolist():
            faults.append(f"column {names[j]!r} is zero in every row: leave this {role} out")
    return faults


def _plain(value: object) -> Period:
    """Make a period an int where it is one."""
    return period_of(str(value))


def period_of(text: str) -> Period:
    """Read a period: a whole number where it looks like one, else the words.

    Examples
    --------
    >>> period_of("2003"), period_of("2003.0"), period_of("first half")
    (2003, 2003, 'first half')
    """
    text = text.strip()
    try:
        value = number(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else text
