"""How the units of a function's arguments give that of its value: the `dimension` of its entry, read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rcsd.errors import UnitError
from rcsd.units import Unit, parse_unit

TIME = "time"
_ANY, _MORE, _ARROW = "_", "...", "->"


@dataclass(frozen=True, slots=True)
class Rule:
    """Units of the arguments and of the value; None for any.

    Attributes
    ----------
    arguments : tuple of Unit or None
        In the order of the expression tree; their bases are letters and `TIME`.
    more : bool
        Whether there may be more arguments like the last.
    value : Unit or None
        Made of the same letters.
    """

    arguments: tuple[Unit | None, ...]
    more: bool
    value: Unit | None

    def argument(self, i: int) -> Unit | None:
        """Return the unit of an argument; of one that the rule does not name, any."""
        if i < len(self.arguments):
            return self.arguments[i]
        return self.arguments[-1] if self.more else None


@lru_cache(maxsize=512)
def rule_of(text: str) -> Rule:
    """Read a rule.

    Raises
    ------
    ValueError
        When the text is none.

    Examples
    --------
    >>> rule_of("a, time, ... -> a/time").value == parse_unit("a/time")
    True
    """
    left, arrow, right = text.partition(_ARROW)
    if not arrow:
        raise ValueError(f"{text!r} is no rule of units; write one such as 'a, time -> a'")
    parts = [part.strip() for part in left.split(",") if part.strip()]
    more = bool(parts) and parts[-1] == _MORE
    arguments = tuple(_unit(part, text) for part in (parts[:-1] if more else parts))
    return Rule(arguments, more, _unit(right.strip(), text))


def _unit(part: str, text: str) -> Unit | None:
    if part == _ANY:
        return None
    try:
        unit = parse_unit(part)
    except UnitError as error:
        raise ValueError(f"{text!r} is no rule of units: {error}") from error
    if not part or any(len(base) > 1 and base != TIME for base, _ in unit.powers):
        raise ValueError(f"{text!r} is no rule of units: a unit in it is a letter, '{TIME}', '1' or '{_ANY}'")
    return unit
