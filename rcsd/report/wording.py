"""How numbers, names and lists are written in the report."""

import math
from collections.abc import Sequence

from rcsd.analysis.backtest.baselines import BASELINES, EVERY, TWO_LINE
from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.analysis.forecasting import SEASONAL
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.info import StudyInfo

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Keeps a number and its unit on one line."""

MISSING = "–"
"""Stands where a number is not defined."""

_HUGE = 1e9
"""From here on the digits of a number are not read, only counted."""

BASELINE_LABELS = {name: EVERY[name].title for name in (*BASELINES, *SEASONAL)}
"""The benchmark forecasts in words, in the order in which they are always shown."""

TABLE_RULES = ("last", "log_drift", "ets", "auto_ets", "auto_arima", TWO_LINE)
"""Those with a column of their own in wide tables; the best of all stands beside them, the rest in the files."""

DRAWN_RULES = ("last", "log_drift", TWO_LINE)
"""Those that figures draw."""

KNOWLEDGE = {"forecast": "drivers forecast", "known": "drivers known", "frozen": "drivers frozen"}
"""What a forecast knows of the drivers, in words."""

KNOWLEDGE_NOTE = (
    "Drivers forecast: from what was known at the origin, with their own errors; known: as they were, which nobody "
    "knew then; frozen: every driver at its value of the origin."
)
"""What these words mean."""


_OPEN = {
    "": "closed",
    "left": "open to the left",
    "right": "open to the right",
    "both": "open on both sides",
}


def open_words(sides: str) -> str:
    """Say on which sides an interval is open.

    Examples
    --------
    >>> open_words("left"), open_words("")
    ('open to the left', 'closed')
    """
    return _OPEN[sides]


def percent(value: float | None, digits: int = 2) -> str:
    """Write a number that is already in percent.

    Examples
    --------
    >>> percent(5.5).replace(NO_BREAK, " "), percent(float("nan"))
    ('5.50 %', '–')
    """
    return MISSING if value is None or not math.isfinite(value) else f"{value:.{digits}f}{NO_BREAK}%"


def number(value: float | None, digits: int = 4) -> str:
    """Write a number with `digits` significant digits, thousands separated, from a billion on by its power of ten.

    Examples
    --------
    >>> number(123456.7), number(0.0123456), number(12.0), number(float("nan")), number(2.0348e26)
    ('123,457', '0.01235', '12', '–', '2.035e+26')
    """
    if value is None or not math.isfinite(value):
        return MISSING
    if abs(value) >= _HUGE:
        return f"{value:.{digits}g}"
    if abs(value) >= 10**digits:
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def measured(value: float | None, digits: int = 4) -> str:
    """Write a number with `digits` significant digits, trailing zeros kept, so that a column of them lines up.

    Examples
    --------
    >>> measured(161.0), measured(1555.3), measured(123456.7), measured(float("nan")), measured(2.0348e26)
    ('161.0', '1,555', '123,457', '–', '2.035e+26')
    """
    if value is None or not math.isfinite(value):
        return MISSING
    if abs(value) >= _HUGE:
        return f"{value:.{digits - 1}e}"
    if abs(value) >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    return f"{value:#.{digits}g}"


def plain(name: str) -> str:
    """Write an identifier as words.

    Examples
    --------
    >>> plain("coal_price")
    'coal price'
    """
    return name.replace("_", " ")


def fixed(value: float | None, digits: int = 3) -> str:
    """Write a number with `digits` decimals, as columns of shares and coefficients want it."""
    # Adding zero turns the -0.0 that rounding leaves into 0.0.
    return MISSING if value is None or not math.isfinite(value) else f"{round(value, digits) + 0.0:.{digits}f}"


def span(first: float, last: float) -> str:
    """Write a range of years; a single year stands alone.

    Examples
    --------
    >>> span(2000, 2010), span(2013, 2013)
    ('2000–2010', '2013')
    """
    return f"{first:g}" if first == last else f"{first:g}–{last:g}"


def listing(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listing(["coal"]), listing(["coal", "people", "price"])
    ('coal', 'coal, people and price')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def shown_title(info: StudyInfo) -> str:
    """Name a study where several stand side by side: one with the smaller search is marked."""
    return f"{info.title} (quick search)" if info.quick else info.title


def places(titles: Sequence[str]) -> str:
    """Join titles of places as a sentence does, what they all end with said once.

    Examples
    --------
    >>> places(["Jixi, Heilongjiang", "Hegang, Heilongjiang"]), places(["Jixi, Heilongjiang", "Fushun, Liaoning"])
    ('Jixi and Hegang, Heilongjiang', 'Jixi, Heilongjiang and Fushun, Liaoning')
    >>> places(["Jixi, Heilongjiang"])
    'Jixi, Heilongjiang'
    """
    parted = [title.partition(",") for title in titles]
    endings = {comma + rest for _, comma, rest in parted}
    return listing([name for name, _, _ in parted]) + endings.pop() if len(endings) == 1 else listing(titles)


def short_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Name places by what tells them apart: what all titles end with is left out.

    Examples
    --------
    >>> short_names(["Jixi, Heilongjiang", "Hegang, Heilongjiang"]), short_names(["Jixi, Heilongjiang"])
    (('Jixi', 'Hegang'), ('Jixi, Heilongjiang',))
    """
    parted = [title.partition(",") for title in titles]
    alike = len(titles) > 1 and len({rest for _, _, rest in parted}) == 1
    return tuple(name for name, _, _ in parted) if alike else tuple(titles)


def scored_cells(target: TargetResult, score: HoldoutScore) -> str:
    """Say how many cells of the hold-out window were scored; a flag may have dropped some, as in "2 of 3"."""
    return f"{score.statistics.n} of {target.n_holdout}"


def of_mean_size(targets: Sequence[TargetResult]) -> str:
    """Say, after a space, of which series errors are not shares of single values; empty where all are."""
    others = list(dict.fromkeys(target.variable for target in targets if not target.in_percent))
    if not others:
        return ""
    return (
        f" The errors of {listing(others)} are in percent of the mean size of the observed values (WAPE), since single "
        "ones are counts or near zero."
    )


def count(n: int, noun: str, plural: str = "") -> str:
    """Write a number of things; `plural` is for nouns that do not just take an s.

    Examples
    --------
    >>> count(1, "start"), count(8, "start"), count(4, "study", "studies")
    ('1 start', '8 starts', '4 studies')
    """
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {plural or noun + 's'}"


def capital(text: str) -> str:
    """Begin `text` with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]
