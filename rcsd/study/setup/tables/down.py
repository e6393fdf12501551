"""Tables with times down a column: wide, with a quantity in each other column, or long, with a row for each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rcsd.study.setup.tables.axis import Axis
from rcsd.study.setup.tables.headings import is_unit, parted
from rcsd.study.setup.tables.keys import CODES, GROUPS, NOTES, SERIES, UNITS, VALUES, sort_keys
from rcsd.study.setup.tables.layout import Layout
from rcsd.study.setup.tables.moments import month_number
from rcsd.study.setup.tables.numbers import NumberStyle, is_missing
from rcsd.study.setup.tables.sheet import Cell, Row, column_name, is_blank, text_of
from rcsd.study.setup.tables.strip import Strip, Told

_MONTHS = 12
_FEW = 0.5
_SHOWN = 3
_NAMED = 5
"""Lines without a time that are named one by one."""


class Down:
    """A table with times down a column.

    Parameters
    ----------
    rows, lines
        Of the sheet, and their numbers in the file.
    layout : Layout
        Where its times are.
    style : NumberStyle
        Of its numbers.
    own_units : sequence of str
        Units of a model.
    title : str
        Name of a quantity that has no other.
    within : str
        Of which sheet, for places.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        lines: Sequence[int],
        layout: Layout,
        style: NumberStyle,
        own_units: Sequence[str],
        title: str,
        within: str,
    ) -> None:
        self.rows = rows[layout.first :]
        self.lines = lines[layout.first :]
        self.layout = layout
        self.style = style
        self.own_units = own_units
        self.title = title
        self.within = within
        self.told = Told()
        self.axis = layout.axis
        self.unit_row = self._unit_row(rows)
        self.headings = self._headings(rows)
        self._leave_long_rows()

    def strips(self) -> list[Strip]:
        """Find the quantities."""
        if (calendar := self._calendar()) is not None:
            return [calendar]
        self._combine()
        others = [column for column in range(len(self.headings)) if column not in self._times and self._has(column)]
        words = [column for column in others if self._is_words(column)]
        numbers = [column for column in others if column not in words]
        value = self._value_column(words, numbers)
        labels = [column for column in words if column != value]
        if value is not None:
            labels += [column for column in numbers if column != value and self._is_key(column)]
            dropped = [column for column in numbers if column != value and column not in labels]
            self._leave(dropped, "beside the column of values")
            return self._long(labels, value)
        if self._repeats() and labels:
            return self._grouped(labels, numbers)
        self._leave(labels, "words")
        counts = [column for column in numbers if self._is_count(column)]
        self._leave(counts, "the numbers of the rows, or a code")
        numbers = [column for column in numbers if column not in counts]
        return [self._strip(column, range(len(self.rows))) for column in numbers]

    @property
    def time_place(self) -> str:
        """Where the times stand, for the account."""
        return self._place(self.layout.at) + (f", {self.time_name!r}" if self.time_name else "")

    @property
    def time_name(self) -> str:
        """What stands above the times."""
        return self.headings[self.layout.at][0]

    def rows_left_out(self) -> list[str]:
        """Say which rows are no data: totals, notes, and words where a time should be."""
        if not self.axis.positions:
            return []
        found: list[tuple[int, str]] = []
        for at, time in enumerate(self.axis.positions):
            words = next((text for text in map(text_of, self.rows[at]) if text), "")
            if time is None and words:
                found.append((self.lines[at], words[:40]))
        if len(found) > _NAMED:
            (first, words), (last, end) = found[0], found[-1]
            return [f"{len(found)} lines from {first}, {words!r}, to {last}, {end!r}: no times"]
        return [f"line {line}, {words!r}: no time" for line, words in found]

    def _unit_row(self, rows: Sequence[Row]) -> int | None:
        """Find the row of headings that holds units alone."""
        for at in self.layout.headings:
            cells = [
                text_of(cell) for place, cell in enumerate(rows[at]) if place != self.layout.at and not is_blank(cell)
            ]
            said = UNITS.fullmatch(text_of(rows[at][self.layout.at])) is not None
            bare = [cell.strip("()[] ") for cell in cells]
            known = sum(is_unit(cell, self.own_units) or cell in ("-", "1", "") for cell in bare)
            if len(self.layout.headings) > 1 and cells and (said or known > _FEW * len(cells)):
                return at
        return None

    def _headings(self, rows: Sequence[Row]) -> list[tuple[str, str]]:
        """Join the rows of headings of each column, and part name and unit."""
        named = [at for at in self.layout.headings if at != self.unit_row and not self._is_note(rows, at)]
        width = len(rows[0])
        found: list[tuple[str, str]] = []
        levels = [self._spread(rows[at], last=at == named[-1]) for at in named]
        for column in range(width):
            words = list(dict.fromkeys(level[column] for level in levels if level[column]))
            under = words.pop() if len(words) > 1 and is_unit(words[-1].strip("()[] "), self.own_units) else ""
            name, unit = parted(" ".join(words), self.own_units)
            unit = unit or under.strip("()[] ")
            if self.unit_row is not None and (stated := text_of(rows[self.unit_row][column]).strip("()[] ")):
                unit = "" if stated in ("-", "—") else stated
            found.append((name, unit))
        return found

    def _leave_long_rows(self) -> None:
        """Leave out rows with more cells than there are headings: what stands below which is not to be told."""
        headed = max((column for column, (name, _) in enumerate(self.headings) if name), default=-1)
        long = [at for at, row in enumerate(self.rows) if any(not is_missing(cell) for cell in row[headed + 1 :])]
        if headed < 0 or not long or len(long) > _FEW * len(self.rows):
            return
        self.axis = replace(
            self.axis, positions=tuple(None if at in set(long) else p for at, p in enumerate(self.axis.positions))
        )
        lines = ", ".join(str(self.lines[at]) for at in long[:_SHOWN]) + (" and more" if len(long) > _SHOWN else "")
        self.told.doubts.append(
            f"line(s) {lines} have more cells than there are headings and are left out: is there a comma in a number?"
        )

    def _is_note(self, rows: Sequence[Row], at: int) -> bool:
        """Whether a row of headings says where the numbers are from, or holds codes."""
        first = text_of(rows[at][self.layout.at]).strip()
        return at != self.layout.headings[0] and (NOTES.fullmatch(first) or CODES.fullmatch(first)) is not None

    def _spread(self, row: Row, *, last: bool) -> list[str]:
        """Take a heading over several columns for each of them, where rows of headings stand below it."""
        texts = [text_of(cell) for cell in row]
        if last:
            return texts
        current = ""
        for column, text in enumerate(texts):
            current = text or current
            texts[column] = current if column != self.layout.at else text
        return texts

    _parts: tuple[int, ...] = ()

    @property
    def _times(self) -> set[int]:
        return {self.layout.at, *self._parts}

    def _has(self, column: int) -> bool:
        """Whether a column has a value; one with neither heading nor value is not spoken of."""
        if any(not is_missing(row[column]) for row in self.rows):
            return True
        if self.headings[column][0]:
            self.told.left_out.append(f"{self._place(column)}, {self.headings[column][0]!r}: no value")
        return False

    def _is_words(self, column: int) -> bool:
        present = [row[column] for row, time in zip(self.rows, self.axis.positions, strict=True) if time is not None]
        present = [cell for cell in present if not is_missing(cell)]
        return sum(self.style.value(cell) is not None for cell in present) < _FEW * len(present)

    def _place(self, column: int) -> str:
        return f"column {column_name(column)}{self.within}"

    def _leave(self, columns: Sequence[int], why: str) -> None:
        for column in columns:
            self.told.left_out.append(f"{self._place(column)}, {self.headings[column][0]!r}: {why}")

    def _repeats(self) -> bool:
        known = [time for time in self.axis.positions if time is not None]
        return len(set(known)) < len(known)

    def _value_column(self, words: Sequence[int], numbers: Sequence[int]) -> int | None:
        """Find the one column of numbers of a long table."""
        headings = [self._key(column) for column in range(len(self.headings))]
        named = [column for column in numbers if VALUES.fullmatch(headings[column])]
        series = [column for column in words if SERIES.fullmatch(headings[column])]
        if len(named) == 1 and series:
            return named[0]
        measured = [column for column in numbers if not self._is_key(column)]
        if len(measured) == 1 and (series or (self._repeats() and words)):
            return measured[0]
        return None

    def _key(self, column: int) -> str:
        """Return a heading as the patterns of labels have it."""
        return self.headings[column][0].replace("_", " ").strip()

    def _is_key(self, column: int) -> bool:
        """Whether numbers in a column are codes."""
        name = self._key(column)
        values = {self.style.value(row[column]) for row in self.rows}
        whole = all(value is None or value.is_integer() for value in values)
        named = any(pattern.fullmatch(name) for pattern in (CODES, GROUPS, NOTES))
        return whole and named

    def _is_count(self, column: int) -> bool:
        """Whether a column without a heading, or with that of a code, but numbers the rows."""
        name = self._key(column)
        values = [self.style.value(row[column]) for row in self.rows]
        known = [value for value in values if value is not None]
        if len(set(known)) == 1 and CODES.fullmatch(name) is not None:
            return True
        counted = known in ([float(at) for at in range(len(known))], [float(at + 1) for at in range(len(known))])
        return counted and (not name or CODES.fullmatch(name) is not None or name.startswith("Unnamed"))

    def _long(self, labels: Sequence[int], value: int) -> list[Strip]:
        """Gather a long table: a row is a number, and its labels say of what."""
        heading, unit = self.headings[value]
        has_name = bool(heading) and VALUES.fullmatch(heading.strip()) is None
        series = any(SERIES.fullmatch(self._key(column)) for column in labels)
        columns = [self._filled_down(column) for column in labels]
        names = [self._key(column) for column in labels]
        keys = sort_keys(names, columns, need_name=series or not has_name)
        self._leave([labels[at] for at in keys.left_out], "a code, a note, or the same in all rows")
        rows_of: dict[tuple[str, ...], list[int]] = {}
        for at in range(len(self.rows)):
            rows_of.setdefault(tuple(columns[key][at] for key in (*keys.names, *keys.groups)), []).append(at)
        found = []
        for parts, rows in rows_of.items():
            own = [part for part in parts[: len(keys.names)] if part]
            group = ", ".join(part for part in parts[len(keys.names) :] if part)
            name, own_unit = parted(" ".join(own), self.own_units) if own else (heading or self.title, "")
            stated = (
                "" if keys.unit is None else next((columns[keys.unit][at] for at in rows if columns[keys.unit][at]), "")
            )
            self._require_one_unit(name, keys.unit, columns, rows)
            cells = self._cells(value, rows)
            found.append(Strip(name, stated or own_unit or unit, group, self._place(value), cells))
        return found

    def _require_one_unit(
        self, name: str, unit: int | None, columns: Sequence[Sequence[str]], rows: Sequence[int]
    ) -> None:
        units = {columns[unit][at] for at in rows if columns[unit][at]} if unit is not None else set()
        if len(units) > 1:
            listed = ", ".join(map(repr, sorted(units)))
            self.told.doubts.append(f"{name!r} has {len(units)} units, {listed}: the first is taken for all; part them")

    def _grouped(self, labels: Sequence[int], numbers: Sequence[int]) -> list[Strip]:
        """Gather a wide table that has each time once for each of several places."""
        columns = [self._filled_down(column) for column in labels]
        keys = sort_keys([self._key(column) for column in labels], columns, need_name=False)
        self._leave([labels[at] for at in keys.left_out], "a code, a note, or the same in all rows")
        rows_of: dict[str, list[int]] = {}
        for at in range(len(self.rows)):
            rows_of.setdefault(", ".join(columns[key][at] for key in keys.groups if columns[key][at]), []).append(at)
        kept = [column for column in numbers if not self._is_key(column)]
        self._leave([column for column in numbers if column not in kept], "a code")
        return [self._strip(column, rows, group) for group, rows in rows_of.items() for column in kept]

    def _filled_down(self, column: int) -> list[str]:
        """Take a label for the rows below it that have none, as below merged cells."""
        texts = [text_of(row[column]) for row in self.rows]
        if not texts or not texts[0] or UNITS.fullmatch(self._key(column)):
            return texts
        current = ""
        for at, text in enumerate(texts):
            current = text or current
            texts[at] = current
        return texts

    def _strip(self, column: int, rows: Sequence[int], group: str = "") -> Strip:
        name, unit = self.headings[column]
        return Strip(name or self._place(column), unit, group, self._place(column), self._cells(column, rows))

    def _cells(self, column: int, rows: Sequence[int]) -> tuple[tuple[float | None, Cell, int], ...]:
        return tuple((self.axis.positions[at], self.rows[at][column], self.lines[at]) for at in rows)

    def _combine(self) -> None:
        """Put a column of years together with one of months or quarters beside it."""
        if self.axis.kind != "year":
            return
        for column, (name, _) in enumerate(self.headings):
            text = name.strip().casefold()
            if column == self.layout.at:
                continue
            if text in ("month", "months", "mon", "monat", "mois", "mes", "月", "月份"):
                self._join(column, 12, [month_number(row[column]) for row in self.rows])
            elif text in ("quarter", "quarters", "qtr", "q", "季度", "季"):
                self._join(column, 4, [_quarter(row[column]) for row in self.rows])

    def _join(self, column: int, per_year: int, parts: Sequence[int | None]) -> None:
        years = self._years_filled()
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) / 2 or max(known) > per_year:
            return
        positions = tuple(
            None if year is None or part is None else per_year * year + part - 1
            for year, part in zip(years, parts, strict=True)
        )
        self._parts = (column,)
        kind, name = ("month", "months") if per_year == _MONTHS else ("quarter", "quarters")
        self.axis = Axis("month" if kind == "month" else "quarter", positions, "", f"years and {name} in two columns")

    def _years_filled(self) -> list[float | None]:
        current: float | None = None
        years: list[float | None] = []
        for year in self.axis.positions:
            current = current if year is None else year
            years.append(current)
        return years

    def _calendar(self) -> Strip | None:
        """Read a table with years down and the twelve months across."""
        months = {
            column: month_number(name) for column, (name, _) in enumerate(self.headings) if column != self.layout.at
        }
        own = {column: month for column, month in months.items() if month is not None}
        if self.axis.kind != "year" or sorted(own.values()) != list(range(1, _MONTHS + 1)):
            return None
        self._leave(
            [column for column in months if column not in own and self._has(column)], "beside the twelve months"
        )
        cells = tuple(
            (None if year is None else 12 * year + month - 1, row[column], line)
            for year, row, line in zip(self.axis.positions, self.rows, self.lines, strict=True)
            for column, month in own.items()
        )
        self.axis = Axis("month", (), "", "years down and months across")
        return Strip(self.title, "", "", f"columns of the months{self.within}", cells)


def _quarter(cell: Cell) -> int | None:
    text = text_of(cell).casefold().strip("q第季度 ")
    return {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4}.get(
        text
    )
