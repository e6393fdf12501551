"""The documentation of a variable, taken apart: what it means, its range and its source."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from rcsd.simulation.ir import Variable
from rcsd.simulation.ir.file.limits import limits_of

_RANGE = re.compile(r"\bRange:?\s+(?P<range>.+?)(?:\.(?=\s|$)|$)")
_SOURCE = re.compile(r"\bSource:\s*(?P<source>.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Documented:
    """What the documentation of a variable says.

    Attributes
    ----------
    meaning : str
        All but the other two.
    range : str
        What stands after "Range"; empty without.
    source : str
        What stands after "Source:"; empty without.
    """

    meaning: str
    range: str = ""
    source: str = ""


def documented(text: str) -> Documented:
    """Take a documentation apart.

    Examples
    --------
    >>> documented("Births per person. Range 0.01 to 0.08. Source: Coale 1972.")
    Documented(meaning='Births per person.', range='0.01 to 0.08', source='Coale 1972.')
    """
    rest = " ".join(text.split())
    source = _SOURCE.search(rest)
    if source is not None:
        rest = rest[: source.start()]
    stated = _RANGE.search(rest)
    if stated is not None:
        rest = f"{rest[: stated.start()].rstrip()} {rest[stated.end() :].lstrip()}"
    return Documented(
        rest.strip(), "" if stated is None else stated["range"], "" if source is None else source["source"].strip()
    )


def stated_range(variable: Variable) -> str:
    """Say the range that a model states for a variable, beside its unit or in its documentation; empty without."""
    limits = limits_of(variable)
    if limits is None:
        return ""
    low, high = limits
    if not np.isfinite(low):
        return f"at most {high:g}"
    return f"at least {low:g}" if not np.isfinite(high) else f"{low:g} to {high:g}"
