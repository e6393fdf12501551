"""How names of variables and settings are compared, and what to offer for a misspelt one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

_PART = re.compile(r"initial|all|factor|point|delay time(?: \d+)?")
_POINT = re.compile(r"(?P<table>.*\S)\s*\(\s*(?P<x>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*\)")
_SPACING = re.compile(r"(?:\\[nr]|[\s_\u00a0])+")


@lru_cache(maxsize=8192)
def canonical(name: str) -> str:
    """Return the form under which two spellings of one variable name agree.

    Vensim and XMILE both hold that case does not matter and that a blank, a line break and an
    underscore are the same; outer quotation marks are not part of a name.

    Parameters
    ----------
    name : str
        A name as written in a model, a study or on the command line.

    Returns
    -------
    str
        Case-folded, single-spaced.

    Examples
    --------
    >>> canonical('"Birth_Rate"') == canonical("birth  rate")
    True
    """
    return _SPACING.sub(" ", name.strip().strip('"')).strip().casefold()


@lru_cache(maxsize=8192)
def element_form(name: str) -> str:
    """Return the form under which two spellings of a variable, one element of it, or its initial value agree.

    That of `canonical`, but that blanks do not matter around brackets, commas between subscripts, and the colon of
    "initial: Name" and its like; and that a point of a table is known by the number in its parentheses.

    Examples
    --------
    >>> element_form("Health Expense [ North, young ]") == element_form("health_expense[north,young]")
    True
    >>> element_form("Initial :Population")
    'initial: population'
    >>> element_form("point: Effect ( 2.50 )")
    'point: effect(2.5)'
    """
    first, colon, part = name.partition(":")
    if colon and _PART.fullmatch(kind := canonical(first)):
        point = point_named(part) if kind == "point" else None
        return f"{kind}: {element_form(part) if point is None else f'{element_form(point[0])}({point[1]:.12g})'}"
    variable, bracket, inside = name.strip().partition("[")
    if not bracket or not inside.endswith("]"):
        return canonical(name)
    return f"{canonical(variable)}[{','.join(map(canonical, inside[:-1].split(',')))}]"


def point_named(text: str) -> tuple[str, float] | None:
    """Part "Effect(2.5)" into a table and the x of one of its points; None for any other text."""
    found = _POINT.fullmatch(text.strip())
    return None if found is None else (found["table"].strip(), float(found["x"]))


def near_matches(name: str, candidates: Iterable[str], *, limit: int = 3) -> str:
    """Say which known names a misspelt one may have meant.

    Parameters
    ----------
    name : str
        The name that was not found.
    candidates : iterable of str
        The names that exist.
    limit : int
        Offer at most so many.

    Returns
    -------
    str
        ``"did you mean 'A' or 'B'?"``, or an empty string when nothing is near.

    Examples
    --------
    >>> near_matches("brith rate", ["Birth Rate", "Population"])
    "did you mean 'Birth Rate'?"
    """
    by_form = {canonical(candidate): candidate for candidate in candidates}
    found = difflib.get_close_matches(canonical(name), list(by_form), n=limit, cutoff=0.6)
    if not found:
        return ""
    return f"did you mean {' or '.join(repr(by_form[form]) for form in found)}?"
