"""How forecasts and scenarios are put into words."""

import math

from rcsd.analysis.scenarios import Better, Claim, Comparison, Measure
from rcsd.report.wording import MISSING, NO_BREAK, listing, plain
from rcsd.study.findings.drivers.beyond import Beyond
from rcsd.study.written.ahead import Ahead

_MINUS = "−"


def signed(value: float, digits: int) -> str:
    """Write a number with its sign; one that rounds to zero has none.

    Examples
    --------
    >>> signed(1.26, 1), signed(-18.98, 1), signed(0.04, 1), signed(float("nan"), 1)
    ('+1.3', '−19.0', '0.0', '–')
    """
    if not math.isfinite(value):
        return MISSING
    rounded = round(value, digits)
    sign = "+" if rounded > 0 else _MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):.{digits}f}"


def difference_words(found: Comparison, at: int, measure: Measure) -> tuple[str, str]:
    """Write the median difference of a year, and its 90 % band."""
    digits = 1 if measure == "percent" else 3
    unit = f"{NO_BREAK}%" if measure == "percent" else ""
    low, median, high = (float(values[at]) for values in (found.low, found.median, found.high))
    return f"{signed(median, digits)}{unit}", f"{signed(low, digits)} to {signed(high, digits)}"


def share_words(share: float) -> str:
    """Write a share of draws; one that is not quite all or none never reads as if it were.

    Examples
    --------
    >>> [share_words(share).replace(NO_BREAK, " ") for share in (0.0, 0.002, 0.789, 0.998, 1.0)]
    ['0 %', 'under 1 %', '79 %', 'over 99 %', '100 %']
    """
    if not math.isfinite(share):
        return MISSING
    if 0 < share < 0.01:  # noqa: PLR2004 - one per cent
        return f"under{NO_BREAK}1{NO_BREAK}%"
    if 0.99 < share < 1:  # noqa: PLR2004 - 99 per cent
        return f"over{NO_BREAK}99{NO_BREAK}%"
    return f"{100 * share:.0f}{NO_BREAK}%"


def better_words(better: Better) -> str:
    """Say which of two values is the better one."""
    return better if better == "nearer zero" else f"{better} is better"


def beyond_words(ahead: Ahead, beyond: Beyond) -> str:
    """Say what is assumed of the drivers after the last fitted year."""
    drawn = [plain(course.driver) for course in (() if ahead.forecast is None else ahead.forecast.courses)]
    last = "the last fitted year" if ahead.refit is None else f"{ahead.refit.last}"
    prices = f"{listing(drawn)} drawn from its history" if drawn else ""
    if beyond == "drawn":
        return f"{prices}, every other driver at its value of {last}"
    if beyond == "frozen":
        return f"every driver at its value of {last}"
    return f"{prices}, every other driver as it was" if prices else "every driver as it was"


def beyond_label(ahead: Ahead, beyond: Beyond) -> str:
    """Name an assumption where there is little room."""
    drawn = [plain(course.driver) for course in (() if ahead.forecast is None else ahead.forecast.courses)]
    if beyond == "frozen":
        return "all held"
    others = "others held" if beyond == "drawn" else "others known"
    return f"{listing(drawn)} drawn, {others}" if drawn else "all known"


def claim_range(claim: Claim, measure: Measure) -> str:
    """Write the range that is claimed."""
    digits, unit = (0, f"{NO_BREAK}%") if measure == "percent" else (3, "")
    return f"{signed(claim.lower, digits)} to {signed(claim.upper, digits)}{unit}"
