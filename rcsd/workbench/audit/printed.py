"""Numbers as a page prints them: held to the values that they state, and to those of a page drawn anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rcsd.workbench.audit.outcome import Part
from rcsd.workbench.audit.page import PageContent, Piece, PrintedFact

_NUMBER = re.compile(r"[-+\N{MINUS SIGN}]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_ROUNDING = 1e-9
"""Relative slack for a value that lies on the border between two printed ones."""
_SHOWN = 70


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it is printed, and what one in its last place is."""

    value: float
    unit: float


def numbers_in(text: str) -> list[Printed]:
    """Read the numbers that a text prints.

    Examples
    --------
    >>> numbers_in("1,555 by 2.0e3, 5.50 %")
    [Printed(value=1555.0, unit=1.0), Printed(value=2000.0, unit=100.0), Printed(value=5.5, unit=0.01)]
    """
    return [_printed(found.group()) for found in _NUMBER.finditer(text)]


def facts_part(facts: Sequence[PrintedFact], result: Mapping[str, Any]) -> Part:
    """Hold the printed numbers that state a place in result.json to the value there."""
    wrong = [(fact, _fact_fault(fact, result)) for fact in facts]
    faults = tuple(f"“{fact.text}”: {fault}" for fact, fault in wrong if fault)
    return Part("printed numbers", "number", len(facts) - len(faults), faults=faults)


def pieces_part(kept: PageContent, again: PageContent, tolerance: float, name: str) -> Part:
    """Hold all that a page says to a page drawn anew.

    Parameters
    ----------
    kept, again
        The page, and the one drawn anew.
    tolerance
        Relative difference up to which numbers count as close; printed ones may differ by one in their last place then.
        With 0 all must be equal.
    name
        Of the page's file.
    """
    equal, close, faults = 0, 0, []
    before, after = [piece.text for piece in kept.pieces], [piece.text for piece in again.pieces]
    for kind, i, j, k, m in _blocks(before, after):
        if kind == "equal":
            equal += j - i
        elif j - i == m - k:
            for piece, other in zip(kept.pieces[i:j], after[k:m], strict=True):
                if is_close(piece.text, other, tolerance):
                    close += 1
                else:
                    faults.append(_differs(piece, other))
        else:
            faults += [_differs(piece, "") for piece in kept.pieces[i:j]]
            faults += [f"“{_brief(text)}” is missing" for text in after[k:m]]
    return Part(f"{name}, drawn anew", "piece", equal, close, tuple(faults))


def is_close(text: str, other: str, tolerance: float) -> bool:
    """Whether two texts say the same but for numbers that differ by no more than one in their last decimal place.

    Examples
    --------
    >>> is_close("off by 5.51 %", "off by 5.52 %", 1e-6), is_close("off by 5.51 %", "off by 5.53 %", 1e-6)
    (True, False)
    >>> is_close("off by 5.51 %", "off by 5.52 %", 0.0)
    False
    """
    if tolerance == 0 or _NUMBER.sub("#", text) != _NUMBER.sub("#", other):
        return False
    return all(
        abs(one.value - two.value) <= max(_slack(one, two), tolerance * max(abs(one.value), abs(two.value)))
        for one, two in zip(numbers_in(text), numbers_in(other), strict=True)
    )


def _slack(one: Printed, two: Printed) -> float:
    """One in the last place; nothing for whole numbers, which count things."""
    unit = min(one.unit, two.unit)
    return 0.0 if unit >= 1 else unit * (1 + _ROUNDING)


def value_at(document: Any, pointer: str) -> Any:
    """Return the value at a JSON pointer.

    Raises
    ------
    LookupError
        When there is none.
    """
    value = document
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            value = value[key]
        elif isinstance(value, list) and key.isdecimal():
            value = value[int(key)]
        else:
            raise LookupError(pointer)
    return value


def _fact_fault(fact: PrintedFact, result: Mapping[str, Any]) -> str:
    """Say what is wrong with a fact; empty where nothing is."""
    if fact.value != fact.text:
        return f"its machine-readable value is “{fact.value}”"
    try:
        value = value_at(result, fact.at)
    except LookupError:
        return f"there is no {fact.at} in result.json"
    if isinstance(value, bool | list | dict):
        return f"{fact.at} is no single number"
    return "" if _says(fact, value) else f"{fact.at} is {value!r}{'' if fact.times == '1' else f', times {fact.times}'}"


def _says(fact: PrintedFact, value: str | float | None) -> bool:
    """Whether a fact prints a value, in so many digits as it prints; nothing is printed of one that is null."""
    if isinstance(value, str):
        return value in fact.text
    printed = numbers_in(fact.text)
    if value is None or not printed:
        return value is None and not printed
    stated = value * float(fact.times)
    return abs(stated - printed[0].value) <= printed[0].unit / 2 + _ROUNDING * abs(stated)


def _printed(text: str) -> Printed:
    mantissa, _, exponent = text.lower().replace(",", "").replace("\N{MINUS SIGN}", "-").partition("e")
    decimals = len(mantissa.partition(".")[2])
    power = int(exponent or 0)
    return Printed(float(f"{mantissa}e{power}"), float(f"1e{power - decimals}"))


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Align two pages; those of as many pieces, piece by piece, which finds the same and takes no time."""
    if len(before) != len(after):
        yield from SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        return
    for index, (one, other) in enumerate(zip(before, after, strict=True)):
        yield ("equal" if one == other else "replace"), index, index + 1, index, index + 1


def _differs(piece: Piece, other: str) -> str:
    """Show where two texts begin to differ."""
    pairs = zip(piece.text, other, strict=False)
    at = next((index for index, (one, two) in enumerate(pairs) if one != two), min(len(piece.text), len(other)))
    start = max(0, at - _SHOWN // 2)
    return f"line {piece.line}: “{_brief(piece.text[start:])}”, drawn anew “{_brief(other[start:])}”"


def _brief(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
