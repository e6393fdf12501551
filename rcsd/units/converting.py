"""Finds how numbers in one unit become numbers in another."""

from __future__ import annotations

from fractions import Fraction

from rcsd.errors import UnitError
from rcsd.units.conversion import Conversion
from rcsd.units.known.names import TEMPERATURES
from rcsd.units.known.naming import folded
from rcsd.units.lexicon import Lexicon
from rcsd.units.parsing import same_unit
from rcsd.units.reading import read_unit
from rcsd.units.scaled import Scaled
from rcsd.units.unit import Unit

_YEAR_IN_DAYS = Fraction(1461, 4)
_TIMES = frozenset({"year", "day"})


def convert_unit(found: str, wanted: str, lexicon: Lexicon | None = None, *, period: str | None = None) -> Conversion:
    """Find how numbers in one unit become numbers in another.

    An empty unit is dimensionless. Money is never exchanged, and years of prices are not compared.

    Parameters
    ----------
    found, wanted : str
        Of the numbers, and what they are to be in.
    lexicon : Lexicon, optional
        The words of the model that wants them.
    period : str, optional
        Unit of time for which each number stands. With it, an amount and a flow may be turned into one another: 3 yuan
        in a Year are 3 yuan/Year.

    Raises
    ------
    UnitError
        When a unit cannot be read or means two things, or when the two are not of one kind; the message says what is
        missing.

    Examples
    --------
    >>> str(convert_unit("yi yuan", "wan yuan"))
    '1 yi yuan = 10000 wan yuan; yi = 10^8; wan = 10^4'
    >>> str(convert_unit("Mt", "kg"))
    '1 Mt = 1000000000 kg'
    >>> str(convert_unit("yi yuan", "yuan/Year", period="Year"))
    '1 yi yuan = 100000000 yuan/Year; yi = 10^8; an amount in each Year is a flow per Year'
    """
    if _are_same(found, wanted, lexicon):
        return Conversion(found, wanted)
    if (warm := _temperature(found, wanted)) is not None:
        return warm
    a, b = read_unit(found, lexicon), read_unit(wanted, lexicon)
    ratio = _without_calendar(a / b)
    if period is not None and ratio.unit.powers:
        ratio = _over_period(ratio, period, lexicon)
    if ratio.unit.powers:
        raise _of_two_kinds(found, wanted, a.unit / b.unit)
    notes = [note for note in ratio.notes if not (note in a.notes and note in b.notes)]
    return Conversion(found, wanted, ratio.factor, reasons=tuple(notes))


def _are_same(found: str, wanted: str, lexicon: Lexicon | None) -> bool:
    """Whether both are one unit by their spelling, capitals apart: but those tell mg from Mg."""
    if found.strip() == wanted.strip():
        return True
    try:
        if not same_unit(found, wanted):
            return False
    except UnitError:
        return False
    try:
        return read_unit(found, lexicon).factor == read_unit(wanted, lexicon).factor
    except UnitError:
        return True  # both are called the same, whatever that is


def _without_calendar(ratio: Scaled) -> Scaled:
    """Cancel years against days, where both are left."""
    powers = dict(ratio.unit.powers)
    years, days = powers.get("year", Fraction(0)), powers.get("day", Fraction(0))
    if not years or years != -days or years.denominator != 1:
        return ratio
    rest = Unit(tuple((base, power) for base, power in ratio.unit.powers if base not in _TIMES))
    return Scaled(ratio.factor * _YEAR_IN_DAYS ** int(years), rest, (*ratio.notes, "a year has 365.25 days"))


def _over_period(ratio: Scaled, period: str, lexicon: Lexicon | None) -> Scaled:
    """Turn an amount into a flow, or a flow into an amount, if that is what is missing."""
    time = read_unit(period, lexicon)
    as_flow, as_amount = _without_calendar(ratio / time), _without_calendar(ratio * time)
    if not as_flow.unit.powers:
        return as_flow * Scaled(notes=(f"an amount in each {period} is a flow per {period}",))
    if not as_amount.unit.powers:
        return as_amount * Scaled(notes=(f"a flow over a {period} is the amount of that {period}",))
    return ratio


def _temperature(found: str, wanted: str) -> Conversion | None:
    """Convert degrees, whose scales begin at different points."""
    scales = [TEMPERATURES.get(folded(text)) for text in (found, wanted)]
    if scales[0] is None or scales[1] is None:
        return None
    (size, zero), (own_size, own_zero) = scales[0], scales[1]
    factor = Fraction(size) / Fraction(own_size)
    return Conversion(found, wanted, factor, float(Fraction(zero) * factor - Fraction(own_zero)))


def _of_two_kinds(found: str, wanted: str, ratio: Unit) -> UnitError:
    """Say what one has that the other has not."""
    have, want = (repr(text) if text.strip() else "no unit, which is dimensionless" for text in (found, wanted))
    above, below = (_side(ratio, sign) for sign in (1, -1))
    left = " and ".join(each for each in (above and f"'{above}'", below and f"'1/{below}'") if each)
    time = dict(ratio.powers)
    flows = {base: power for base, power in time.items() if base in _TIMES}
    hint = ""
    if len(ratio.powers) == 1 and flows:
        per = next(iter(flows.values()))
        hint = (
            ": the first is an amount, the second a flow; if each number is the total of its period, that is a flow "
            'per period: write its unit so, or measure = "sum" for a series of a study'
            if per > 0
            else ": the first is a flow, the second an amount"
        )
    return UnitError(f"{have} cannot be turned into {want}, {left} is left over{hint}")


def _side(ratio: Unit, sign: int) -> str:
    kept = Unit(tuple((base.removeprefix("of "), sign * power) for base, power in ratio.powers if sign * power > 0))
    return "" if not kept.powers else str(kept)
