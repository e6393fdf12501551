"""Parts a heading into the name of a quantity and its unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from rcsd.errors import UnitError
from rcsd.units import Lexicon, read_unit
from rcsd.units.known.names import TEMPERATURES
from rcsd.units.known.naming import folded, known_name

_BRACKETED = re.compile(
    r"(?P<name>.*?)\s*(?:\((?P<round>[^()]*(?:\([^()]*\))?[^()]*)\)|\[(?P<square>[^\[\]]*)\])\s*(?P<rest>.*)"
)
_BEHIND = re.compile(r"(?P<name>.+?)\s*(?:[,;:|/]|\s[-–—]\s|\bin\b|_in_)\s*(?P<unit>[^,;:|]+)", re.IGNORECASE)
_COUNTS = frozenset(
    {
        "case",
        "cases",
        "death",
        "deaths",
        "birth",
        "births",
        "head",
        "heads",
        "job",
        "jobs",
        "piece",
        "pieces",
        "item",
        "items",
        "vehicle",
        "vehicles",
        "car",
        "cars",
        "house",
        "houses",
        "patient",
        "patients",
        "animal",
        "animals",
        "pelt",
        "pelts",
        "tree",
        "trees",
        "cell",
        "cells",
        "count",
        "counts",
        "number",
        "numbers",
        "individual",
        "individuals",
        "order",
        "orders",
        "student",
        "students",
        "child",
        "children",
        "worker",
        "workers",
        "user",
        "users",
        "customer",
        "customers",
        "firm",
        "firms",
        "cow",
        "cows",
        "fish",
        "bird",
        "birds",
        "rabbit",
        "rabbits",
    }
)
"""Units in brackets that nothing else is known of."""
_SAID = re.compile(r"(?:单位|unit|units|unité|einheit|unidad|计量单位)\s*[::=]\s*(?P<unit>.+)", re.IGNORECASE)
_IN = re.compile(r"\(?\s*in\s+(?P<unit>[^()]+?)\s*\)?", re.IGNORECASE)
_SNAKE = re.compile(
    r"(?P<name>\w+?)_(?P<unit>[a-z0-9]+_per_[a-z0-9]+|per_\d+\w*|pct|percent"
    r"|(?:(?:thousand|million|billion|mln|mio|mn|bn|10k|100m)_)?(?:usd|eur|cny|yuan|kwh|mwh|gwh|kw|mw|kg|tonnes|tons|persons))",
    re.IGNORECASE,
)
_OF_EACH = re.compile(r"per\s+(?:capita|head|person|inhabitant|worker|household|cap\.?)", re.IGNORECASE)
"""Said of a quantity whose own unit is another."""
_SEVERAL = re.compile(r"[、,;]")


def parted(heading: str, own_units: Collection[str] = ()) -> tuple[str, str]:
    """Part a heading into name and unit; the unit is empty where there is none.

    Parameters
    ----------
    heading : str
        Such as "GDP (yi yuan)".
    own_units : collection of str
        Units of a model, which are known whatever they are called.

    Examples
    --------
    >>> parted("GDP (yi yuan)"), parted("人口(万人)"), parted("Population, total"), parted("Output, million tonnes")
    (('GDP', 'yi yuan'), ('人口', '万人'), ('Population, total', ''), ('Output', 'million tonnes'))
    """
    text = " ".join(unicodedata.normalize("NFKC", heading).split())
    inside = _BRACKETED.fullmatch(text)
    if inside is not None:
        unit = (inside["round"] if inside["square"] is None else inside["square"]).strip()
        name = f"{inside['name']} {inside['rest']}".strip()
        if name and unit and (is_unit(unit, own_units) or _looks_so(unit, square=inside["square"] is not None)):
            return name, _without_in(unit)
        return text, ""
    behind = _BEHIND.fullmatch(text)
    if behind is not None and _is_behind(behind["name"], behind["unit"], own_units):
        return behind["name"].strip(" ,_"), _without_in(behind["unit"].strip())
    last = re.fullmatch(r"(?P<name>.+\S)\s+(?P<unit>%|‰|°[CF]|℃)", text) or _SNAKE.fullmatch(text)
    unit = last["unit"].replace("_", " ") if last else ""
    known = last is not None and is_unit(unit, own_units) and not is_unit(last["name"], own_units)
    return (last["name"], unit) if last and known else (text, "")


def _is_behind(name: str, unit: str, own_units: Collection[str]) -> bool:
    """Whether what stands behind a comma, colon or slash is a unit; a letter such as the y of x/y is none."""
    return len(unit.encode()) > 1 and is_unit(unit, own_units) and not is_unit(name, own_units)


def _looks_so(unit: str, *, square: bool) -> bool:
    words = unit.casefold().split()
    return bool(words) and (
        words[0] in _COUNTS or words[-1] in _COUNTS or (square and not re.fullmatch(r"[\d ]+", unit))
    )


def _without_in(unit: str) -> str:
    return re.sub(r"^in\s+", "", unit, flags=re.IGNORECASE)


def stated_unit(text: str) -> str:
    """Find the unit that a line above or below a table states for all of it, such as "单位:万元"; empty for none.

    Examples
    --------
    >>> stated_unit("单位:万元"), stated_unit("(in millions of dollars)"), stated_unit("Population by city")
    ('万元', 'millions of dollars', '')
    """
    text = " ".join(unicodedata.normalize("NFKC", text).split()).strip("()[] ")
    found = _SAID.search(text)
    if found is not None:
        unit = found["unit"].strip("()[] .。")
        return "" if _SEVERAL.search(unit) else unit
    inside = re.fullmatch(_IN, text)
    return inside["unit"] if inside and is_unit(inside["unit"]) else ""


def is_unit(text: str, own_units: Collection[str] = ()) -> bool:
    """Whether a text is a unit: one of the model's, or of words that are known.

    Examples
    --------
    >>> is_unit("万吨"), is_unit("US$ m"), is_unit("persons per km2"), is_unit("total")
    (True, True, True, False)
    """
    text = _without_in(text.strip())
    return folded(text) in {folded(unit) for unit in own_units if unit.strip()} or _is_known(text)


@lru_cache(maxsize=4096)
def _is_known(text: str) -> bool:
    if not text or len(text) > 60 or re.fullmatch(r"[\d\s.,=]*", text):  # noqa: PLR2004 - no unit is as long
        return False
    if folded(text) in TEMPERATURES or _OF_EACH.fullmatch(text):
        return _OF_EACH.fullmatch(text) is None
    try:
        found = read_unit(text, Lexicon())
    except UnitError as error:
        return "may be" in str(error)
    return all(_is_main(base) for base, _ in found.unit.powers) and (
        bool(found.unit.powers) or _is_number(text, found.factor != 1)
    )


def _is_main(base: str) -> bool:
    """Whether a base is one that is known, or what such is of."""
    return base.startswith("of ") or known_name(base) is not None or base in ("tonne", "day", "year")


def _is_number(text: str, scaled: bool) -> bool:
    """Whether a text without a base is a share, a number in words or says that there is no unit."""
    return scaled or folded(text) in ("dmnl", "dimensionless", "unitless", "fraction", "1", "ratio")
