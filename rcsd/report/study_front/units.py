"""Units that not every reader knows, spelt out once."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.errors import UnitError
from rcsd.report.wording import NO_BREAK
from rcsd.units.reading import read_unit

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def units_told(units: Sequence[str]) -> tuple[str, ...]:
    """Say what the numbers in some units are.

    Examples
    --------
    >>> [told.replace(NO_BREAK, " ") for told in units_told(["wan person", "yi yuan/Year", "yi yuan", "boy"])]
    ['wan person = 10⁴ person', 'yi yuan = 10⁸ yuan']
    """
    return tuple(dict.fromkeys(told for unit in units for told in _told(unit)))


def _told(unit: str) -> list[str]:
    try:
        notes = read_unit(unit).notes
    except UnitError:  # the study's own word for something: nothing to spell out
        return []
    return [_with_what_is_counted(unit, *note.split(" = ")) for note in notes if note.count(" = 10^") == 1]


def _with_what_is_counted(unit: str, word: str, power: str) -> str:
    """Write a number with what it counts, where the unit has them side by side."""
    base, _, exponent = power.partition("^")
    number = f"{base}{exponent.translate(_RAISED)}"
    counted = unit.split("/", maxsplit=1)[0].removeprefix(f"{word} ")
    plain = counted.replace(" ", "").isalpha() and unit.startswith(f"{word} ")
    told = f"{word} {counted} = {number} {counted}" if plain else f"{word} = {number}"
    return told.replace(" ", NO_BREAK)
