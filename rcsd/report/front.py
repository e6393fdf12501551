"""The first screen of a page: what was asked, the verdicts, what failed, and what to hold against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from rcsd.report.drawing.save import Picture
from rcsd.report.table import Table

Mark = Literal["better", "equal", "worse", "mixed", "unknown"]
"""How a series is forecast, held against the best simple forecast."""

_WORDS: Final[Mapping[Mark, str]] = {
    "better": "▲ better",
    "equal": "= no better",
    "worse": "▼ worse",
    "mixed": "◆ mixed",
    "unknown": "",
}
"""What stands before a verdict: a sign and a word, since not every reader tells the colours apart."""

RESERVATIONS = 3
"""As many reservations stand on the first screen, the gravest first."""


SIMPLE_METHODS: Final = (
    "Simple methods need no model: the last value, a trend carried on, exponential smoothing, ARIMA and the like; the "
    "best of them is known only afterwards, which favours it."
)
"""What forecasts are held against."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader should take home of one series.

    Attributes
    ----------
    subject : str
        The series.
    sentence : str
        Its fit, its hold-out against the best simple forecast, and its coverage, in one sentence.
    mark : str
        How it is forecast: "better", "equal", "worse" than the best simple forecast, "mixed" over several studies, or
        "unknown".
    """

    subject: str
    sentence: str
    mark: Mark = "unknown"

    @property
    def word(self) -> str:
        """The mark as it is shown; empty for "unknown"."""
        return _WORDS[self.mark]


@dataclass(frozen=True, slots=True)
class Front:
    """The first screen of a page.

    Attributes
    ----------
    asked : str
        What was asked: model, data, windows.
    headline : str
        The verdict over all series in one sentence, or empty.
    verdicts : tuple of Verdict
        One a series.
    notes : tuple of str
        How the verdicts are to be read: what the words mean, and the units.
    tables : tuple of Table
        A small one, of a page that sets several things side by side.
    reading : str
        How the figures are to be read, said once for all of them, or empty.
    drawings : tuple of Drawing
        A figure a series, with its 90 % band.
    failed : tuple of str
        What did not work, one item each.
    reservations : tuple of str
        What to hold against the result, the gravest first; at most `RESERVATIONS`.
    repeat : str
        The command that repeats it, or several, one a line.
    repeating : str
        Where to give the commands and what they do, or empty.
    """

    asked: str
    headline: str = ""
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    reading: str = ""
    drawings: tuple[Picture, ...] = ()
    failed: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()
    repeat: str = ""
    repeating: str = ""

    def __post_init__(self) -> None:
        """Check that the reservations fit on one screen."""
        if len(self.reservations) > RESERVATIONS:
            raise ValueError(f"a first screen has {len(self.reservations)} reservations; {RESERVATIONS} at most")
