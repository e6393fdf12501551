"""How forecasts and scenarios are put into words."""

import math
from collections.abc import Mapping

from rcsd.analysis.scenarios import Better, Claim, Comparison, Measure
from rcsd.report.spoken import period, periods, spoken, when
from rcsd.report.wording import MISSING, NO_BREAK, listing, plain
from rcsd.study.findings.drivers.beyond import Beyond
from rcsd.study.written.ahead import Ahead

_MINUS = "−"
_EVEN = 0.5

_ASSUMED = (
    "All of this is by assumption: the strength of every lever is assumed, and what it acts on is the model's. That "
    "one scenario comes out better than another in nearly all draws is therefore no evidence that it is: no share of "
    "the draws measures it. The bands hold parameters{drivers}, not the strength."
)


def assumed() -> str:
    """Say, before scenarios are compared, what is assumed of them."""
    return _ASSUMED.format(drivers=" and drivers" if spoken().drivers else "")


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
    last = f"the last fitted {period()}" if ahead.refit is None else when(ahead.refit.last)
    prices, growth = _courses(ahead, "price"), _courses(ahead, "growth")
    if beyond == "frozen":
        return f"every driver at its value of {last}"
    forecast = [f"{listing(prices)} drawn from its history"] if prices else []
    if beyond == "drawn" and growth:
        forecast.append(f"{listing(growth)} forecast from the last {periods()}")
    others = f"at its value of {last}" if beyond == "drawn" else "as it was"
    return f"{' and '.join(forecast)}, every other driver {others}" if forecast else f"every driver {others}"


def beyond_label(ahead: Ahead, beyond: Beyond) -> str:
    """Name an assumption where there is little room."""
    prices, growth = _courses(ahead, "price"), _courses(ahead, "growth")
    if beyond == "frozen":
        return "all held"
    if beyond == "drawn":
        return f"{listing([*prices, *growth])} forecast, others held"
    return f"{listing(prices)} forecast, others known" if prices else "all known"


def _courses(ahead: Ahead, process: str) -> list[str]:
    """Name the drivers that a process forecasts."""
    courses = () if ahead.forecast is None else ahead.forecast.courses
    return [plain(course.driver) for course in courses if course.process == process]


def furthest(found: Mapping[str, Comparison], at: int) -> str | None:
    """Pick what takes an outcome furthest to the better in a year, of what does so in most draws; None without any."""
    better = [name for name, each in found.items() if each.share_better[at] > _EVEN]
    return max(better, key=lambda name: abs(float(found[name].median[at])), default=None)


def one_sided(found: Comparison, at: int) -> bool:
    """Tell whether the 90 % band of a difference leaves zero out."""
    return float(found.low[at]) > 0 or float(found.high[at]) < 0


def claim_range(claim: Claim, measure: Measure) -> str:
    """Write the range that is claimed."""
    digits, unit = (0, f"{NO_BREAK}%") if measure == "percent" else (3, "")
    return f"{signed(claim.lower, digits)} to {signed(claim.upper, digits)}{unit}"
