"""The definition of a Vensim subscript range: its elements, and the ranges that it is mapped to."""

from __future__ import annotations

import re
from typing import Any

from rcsd.simulation.ir.ranges import Mapped
from rcsd.simulation.reader.subscripts import MappedRange
from rcsd.simulation.reader.vensim.scan import split_at

_FROM_FILE = re.compile(r"GET[\s_]+(?:XLS|DIRECT)[\s_]+SUBSCRIPT\s*\((?P<arguments>.*)\)\s*$", re.IGNORECASE)
_FILE_PARTS = ("file", "tab", "firstcell", "lastcell", "prefix")
_SERIES = re.compile(r"\(\s*(?P<first>[^()-]+?)\s*-\s*(?P<last>[^()-]+?)\s*\)")
_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<digits>\d+)\Z", re.DOTALL)
_TO = re.compile(r"\(\s*(?P<target>[^:()]+?)\s*:(?P<elements>[^()]*)\)")
_MOST_DIGITS = 18
_LARGEST = 100_000


def range_of(name: str, operator: str, right: str) -> Any:
    """Read the definition of a range.

    Parameters
    ----------
    name : str
        Of the range.
    operator : {":", "<->"}
        Whether it lists elements or equals another.
    right : str
        What follows.

    Returns
    -------
    MappedRange

    Raises
    ------
    ValueError
        What cannot be read.
    """
    if operator == "<->":
        return MappedRange(name, right.strip(), [])
    listed, _, mapped = right.partition("->")
    targets = tuple(_target(part.strip()) for part in split_at(mapped, ",")) if mapped.strip() else ()
    # PySD maps in order only: it is told of no mapping that lists elements
    plain = [target.target for target in targets if not target.elements]
    return MappedRange(name, _elements(listed.strip()), plain, targets)


def _elements(text: str) -> Any:
    if from_file := _FROM_FILE.match(text):
        arguments = [part.strip().strip("'") for part in split_at(from_file["arguments"], ",")]
        if len(arguments) != len(_FILE_PARTS):
            raise ValueError(f"takes its elements from a file with {len(arguments)} arguments; give {len(_FILE_PARTS)}")
        return dict(zip(_FILE_PARTS, arguments, strict=True))
    elements: list[str] = []
    for part in (part.strip() for part in split_at(text, ",")):
        if not part:
            raise ValueError("has an empty place in its list of elements")
        series = _SERIES.fullmatch(part)
        elements += _series(series["first"], series["last"]) if series else [part]
    return elements


def _series(first: str, last: str) -> list[str]:
    """List the elements of a series such as (A1-A5)."""
    one, other = _NUMBERED.match(first), _NUMBERED.match(last)
    if one is None or other is None or not one["stem"] or one["stem"].lower() != other["stem"].lower():
        raise ValueError(f"cannot count from {first!r} to {last!r}; both need one name with a number after it")
    longest = max(len(one["digits"]), len(other["digits"]))
    start, stop = (int(one["digits"]), int(other["digits"])) if longest <= _MOST_DIGITS else (0, 0)
    if not start < stop < start + _LARGEST:
        raise ValueError(
            f"cannot count from {first[:40]!r} to {last[:40]!r}; the second number must be larger, by {_LARGEST:,} at "
            "most"
        )
    width = len(one["digits"]) if one["digits"].startswith("0") else 0
    return [f"{one['stem']}{i:0{width}d}" for i in range(start, stop + 1)]


def _target(text: str) -> Mapped:
    if not text.startswith("("):
        return Mapped(text)
    to = _TO.fullmatch(text)
    if to is None:
        raise ValueError(f"its mapping cannot be read at {text[:40]!r}; write -> (range: element, element)")
    return Mapped(to["target"], tuple(part.strip() for part in split_at(to["elements"], ",")))
