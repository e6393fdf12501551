"""Two documents number by number: what is equal to the last digit, what within a tolerance, what differs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rcsd.tables import written_rows
from rcsd.workbench.audit.outcome import Part

VARYING = frozenset({"/runs/per_second"})
"""Places of what no two runs share: wall times, and what follows from them. No key alone is one, since series and
parameters may have any name."""

_SMALL = 1e-6
"""Magnitude of numbers that are no more than roundings of zero: they are held to it, and not to their own."""


@dataclass(slots=True)
class Comparison:
    """Counts what was compared.

    `close` differences are those within a tolerance, relative to the larger value or to the largest of its list, where
    what is near zero is a rounding of the others.
    """

    tolerance: float
    equal: int = 0
    close: int = 0
    faults: list[str] = field(default_factory=list)

    def documents(self, kept: object, again: object, where: str = "", size: float = 0.0) -> None:
        """Compare two documents of JSON; `size` is the magnitude of the numbers beside these."""
        if isinstance(kept, Mapping) and isinstance(again, Mapping):
            self._mappings(kept, again, where)
        elif isinstance(kept, list) and isinstance(again, list) and len(kept) == len(again):
            beside = max((abs(each) for each in (*kept, *again) if _is_number(each)), default=0.0)
            for index, (one, other) in enumerate(zip(kept, again, strict=True)):
                self.documents(one, other, f"{where}/{index}", beside)
        else:
            self.values(kept, again, where, size)

    def values(self, kept: object, again: object, where: str, size: float = 0.0) -> None:
        """Compare two single values."""
        if type(kept) is type(again) and kept == again:
            self.equal += 1
        elif self._is_close(kept, again, size):
            self.close += 1
        else:
            self.faults.append(f"{where} is {_shown(kept)}, in the new run {_shown(again)}")

    def part(self, name: str, group: str = "") -> Part:
        """Return what was found."""
        return Part(name, "value", self.equal, self.close, tuple(self.faults), group)

    def _mappings(self, kept: Mapping[str, Any], again: Mapping[str, Any], where: str) -> None:
        for key in dict.fromkeys((*kept, *again)):
            place = f"{where}/{pointed(key)}"
            if place in VARYING:
                continue
            if key not in again:
                self.faults.append(f"{place} is there, but not in the new run")
            elif key not in kept:
                self.faults.append(f"{place} is missing: the new run has {_shown(again[key])}")
            else:
                self.documents(kept[key], again[key], place)

    def _is_close(self, kept: object, again: object, size: float) -> bool:
        if not (_is_number(kept) and _is_number(again)):
            return False
        one, other = float(kept), float(again)  # type: ignore[arg-type]  # numbers, as has been asked
        return abs(one - other) <= self.tolerance * max(abs(one), abs(other), size, _SMALL)


def compared_entries(kept: Mapping[str, Any], again: Mapping[str, Any], tolerance: float) -> Iterator[Part]:
    """Compare two results, an entry at a time."""
    for key in dict.fromkeys((*kept, *again)):
        found = Comparison(tolerance)
        found.documents({key: kept[key]} if key in kept else {}, {key: again[key]} if key in again else {})
        yield found.part(f"result.json: {key}", "result.json")


def compared_tables(kept: bytes, again: bytes, name: str, tolerance: float) -> Part:
    """Compare two CSV files cell by cell."""
    found = Comparison(tolerance)
    rows, others = (written_rows(each.decode("utf-8", "replace")) for each in (kept, again))
    if len(rows) != len(others):
        found.faults.append(f"{name} has {len(rows):,} rows, {len(others):,} in the new run")
    headings: Sequence[str] = rows[0] if rows else ()
    for line, (row, other) in enumerate(zip(rows, others, strict=False), start=1):
        if len(row) != len(other):
            found.faults.append(f"{name}, line {line}: {len(row)} cells, {len(other)} in the new run")
            continue
        for column, (one, two) in enumerate(zip(row, other, strict=True)):
            heading = headings[column] if column < len(headings) else str(column + 1)
            found.values(_number(one), _number(two), f"{name}, line {line}, {heading}")
    return found.part(name, "tables")


def pointed(key: str) -> str:
    """Write a key as JSON pointers have it (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def _number(text: str) -> object:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - about as much as a line takes
