"""Names of units that mean the same without a word of the file.

Those of Vensim are the synonyms that it puts into every new model; Stella knows plurals and abbreviations of times.
"""

from __future__ import annotations

from typing import Literal

_BOTH = (
    ("$", "dollar", "dollars", "$s"),
    ("second", "seconds"),
    ("minute", "minutes"),
    ("hour", "hours"),
    ("day", "days"),
    ("week", "weeks"),
    ("month", "months"),
    ("quarter", "quarters"),
    ("year", "years"),
    ("person", "people", "persons"),
    ("unit", "units"),
)
_STELLA = (
    ("second", "sec", "secs"),
    ("minute", "min", "mins"),
    ("hour", "hr", "hrs"),
    ("week", "wk", "wks"),
    ("month", "mo", "mos"),
    ("year", "yr", "yrs"),
)
ABBREVIATIONS = {short: name for name, *shorts in _STELLA for short in shorts}
"""Short forms of the units of time."""
DIMENSIONLESS = ("dmnl", "dimensionless", "unitless", "fraction", "radian", "radians")
"""What has a name and no dimension."""
TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})
"""Units of time, by their first names."""


def synonyms(format: Literal["vensim", "xmile"]) -> tuple[tuple[str, ...], ...]:
    """Return groups of names that mean one unit, the main name first."""
    return _BOTH if format == "vensim" else _BOTH + _STELLA
