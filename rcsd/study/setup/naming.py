"""Names of a study and of its series, from those of files and headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_NOT_IN_NAME = re.compile(r"[^a-z0-9]+")
_NOT_IN_KEY = re.compile(r"[^\w-]+")
_LONGEST = 40


def study_name(text: str) -> str:
    """Make the name of a study, which becomes that of a folder: small letters, digits, and underscores.

    Examples
    --------
    >>> study_name("Predator Prey (v2)"), study_name("人口")
    ('predator_prey_v2', 'study')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return _NOT_IN_NAME.sub("_", plain).strip("_")[:_LONGEST].strip("_") or "study"


def key_for(heading: str, taken: Container[str]) -> str:
    """Make the name of a series, of letters of any script, digits and underscores, that no other has.

    Examples
    --------
    >>> key_for("Hare (thousands)", ()), key_for("人口", ()), key_for("GDP", ("gdp",))
    ('hare_thousands', '人口', 'gdp_2')
    """
    bare = _NOT_IN_KEY.sub("_", unicodedata.normalize("NFKC", heading).casefold()).strip("_-")[:_LONGEST] or "series"
    name, n = bare, 1
    while name in taken:
        n += 1
        name = f"{bare}_{n}"
    return name
