"""What one name of a unit means in general."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from rcsd.errors import UnitError
from rcsd.units.known import names, symbols
from rcsd.units.scaled import Scaled
from rcsd.units.unit import Unit

MAIN = {name: group[0] for group in names.GROUPS for name in group}
"""The main name of a group, by any of it in small letters."""


def folded(name: str) -> str:
    """Return the form under which two spellings of one name agree."""
    return " ".join(name.replace("_", " ").split()).casefold()


@lru_cache(maxsize=1024)
def known_name(name: str) -> Scaled | None:
    """Say what a name means; None for one that nobody knows.

    Raises
    ------
    UnitError
        When it means two things.
    """
    small = folded(name)
    notes = Scaled(notes=noted(names.NOTED, small))
    if name in symbols.EXACT:
        return _defined(symbols.EXACT[name]) * notes
    if small in names.AMBIGUOUS:
        raise UnitError(f"the unit {name!r} may be {names.AMBIGUOUS[small]}: write which")
    if small in names.DIMENSIONLESS:
        return Scaled()
    main = MAIN.get(small, small)
    text = names.DEFINED.get(main) or symbols.WORDS.get(small.replace("-", " "))
    if text is None and small in MAIN:
        return base(main) * notes
    text = text or symbols.FOLDED.get(small)
    return None if text is None else _defined(text) * notes


@lru_cache(maxsize=1024)
def _defined(text: str) -> Scaled:
    """Work out a definition of the tables: a number, then names joined by ``*`` and ``/``, with ``^``."""
    size, _, rest = text.rpartition(" ") if " " in text else ("1", "", text)
    whole = Scaled(Fraction(size))
    above, *below = rest.replace("_", " ").split("/")
    for part, sign in [*((each, 1) for each in above.split("*")), *((each, -1) for each in below)]:
        if part.isdecimal():
            whole *= Scaled(Fraction(part)) ** sign
            continue
        name, _, power = part.partition("^")
        whole *= (known_name(name) or base(name)) ** (sign * int(power or 1))
    return whole


def base(name: str) -> Scaled:
    """Return a unit of its own."""
    return Scaled(unit=Unit(((name, Fraction(1)),)))


def noted(notes: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return what is said of a name, if anything is."""
    return (notes[name],) if name in notes else ()


def stem(name: str) -> str:
    """Cut the plural of a name that nobody knows, so that widgets are widgets."""
    return name[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith(("ss", "us", "is")) else name  # noqa: PLR2004


def of_what(whole: Scaled, label: str) -> Scaled:
    """Say what unknown words beside known ones are: what is counted, what a share is of, or which tonnes they are."""
    if whole.unit.powers:
        return base(f"of {label}")
    return Scaled(notes=(f"'of {label}' is not compared",)) if 0 < whole.factor < 1 else base(label)
