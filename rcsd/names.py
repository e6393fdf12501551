"""How names of variables and settings are compared, and what to offer for a misspelt one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

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
    "initial: Name".

    Examples
    --------
    >>> element_form("Health Expense [ North, young ]") == element_form("health_expense[north,young]")
    True
    >>> element_form("Initial :Population")
    'initial: population'
    """
    first, colon, stock = name.partition(":")
    if colon and canonical(first) == "initial":
        return f"initial: {element_form(stock)}"
    variable, bracket, inside = name.strip().partition("[")
    if not bracket or not inside.endswith("]"):
        return canonical(name)
    return f"{canonical(variable)}[{','.join(map(canonical, inside[:-1].split(',')))}]"


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
