"""`[rolling]`: forecasts from many origins."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from rcsd.study.file.schema.base import MOST_DRAWS, Amount, GroupName, Section, SeriesName
from rcsd.study.file.schema.time import Window, Year

MOST_AHEAD = 400
"""Periods that a forecast goes ahead."""


class OriginGroupSection(Section):
    """`[rolling.groups.<name>]`: origins whose forecasts are scored together in a panel."""

    title: str = ""
    """Heading; first and last origin when empty."""
    origins: Window
    """First and last origin. Unit: Year."""
    until: Year | None = None
    """Last year scored; the last of the data when left out. Unit: Year."""
    horizons: list[Annotated[int, Field(ge=1, le=MOST_AHEAD)]] = Field([], max_length=4)
    """Scores are means over 1 to so many years ahead, one for each number; half and all of the horizon when empty.
    Unit: Year.
    """


class RollingSection(Section):
    """`[rolling]`: the years after which the model is fitted anew and forecasts, and how far."""

    first: Year
    """First year after which the model is fitted anew. Unit: Year."""
    last: Year
    """Last such year. Unit: Year."""
    horizon: int = Field(3, ge=1, le=MOST_AHEAD)
    """Years that are forecast from each. Unit: Year."""
    draws: int = Field(500, ge=100, le=MOST_DRAWS, multiple_of=100)
    """Draws behind each forecast, a multiple of 100: so many courses of the drivers are shared out among them."""
    jumps: dict[SeriesName, Annotated[Amount, Field(gt=0)]] = {}
    """By series, the largest change in a year that is one: beyond it a boundary has moved, and no forecast across it
    is scored. Unit: share of the value.
    """
    groups: dict[GroupName, OriginGroupSection] = {}
    """Groups of origins that a panel scores together; all of them when empty."""

    @model_validator(mode="after")
    def _forwards(self) -> RollingSection:
        """Refuse origins that run backwards."""
        if self.first > self.last:
            raise ValueError(f"the first origin, {self.first}, must not come after the last, {self.last}")
        return self
