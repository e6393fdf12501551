"""The first screen of a page: what was asked, the verdicts, what failed, and what to hold against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rcsd.report.drawing.save import Picture

Mark = Literal["better", "equal", "worse", "unknown"]
"""How a series is forecast, held against the best simple forecast."""

RESERVATIONS = 3
"""As many reservations stand on the first screen, the gravest first."""


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
        How it is forecast: "better", "equal", "worse" than the best simple forecast, or "unknown".
    """

    subject: str
    sentence: str
    mark: Mark = "unknown"


@dataclass(frozen=True, slots=True)
class Front:
    """The first screen of a page.

    Attributes
    ----------
    asked : str
        What was asked: model, data, windows.
    verdicts : tuple of Verdict
        One a series.
    drawings : tuple of Drawing
        A figure a series, with its 90 % band.
    failed : tuple of str
        What did not work, one item each.
    reservations : tuple of str
        What to hold against the result, the gravest first; at most `RESERVATIONS`.
    repeat : str
        The command that repeats it.
    """

    asked: str
    verdicts: tuple[Verdict, ...] = ()
    drawings: tuple[Picture, ...] = ()
    failed: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()
    repeat: str = ""

    def __post_init__(self) -> None:
        """Check that the reservations fit on one screen."""
        if len(self.reservations) > RESERVATIONS:
            raise ValueError(f"a first screen has {len(self.reservations)} reservations; {RESERVATIONS} at most")
