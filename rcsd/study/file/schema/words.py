"""`[words]`: what the report calls things."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rcsd.study.file.schema.base import Section

Noun = Annotated[str, Field(min_length=1, max_length=60)]


class WordsSection(Section):
    """`[words]`: what the report calls the things that a study is about."""

    unit: Noun = "study"
    """What is studied, where several stand side by side: city, school, product."""
    units: str = Field("", max_length=60)
    """Several of them; made from `unit` when empty."""
    period: str = Field("", max_length=60)
    """What a period of the study's clock is called; as `[time]`, or the model's unit of time, says it when empty."""
    periods: str = Field("", max_length=60)
    """Several of them; made from `period` when empty."""
    levers: str = Field("", max_length=1000)
    """What a reader must know of the scenarios' levers, such as who pays for them; it stands above the scenarios."""
    hindsight: str = Field("", max_length=2000)
    """What a reader should hold against the forecasts of past periods; it stands above those from many origins, and its
    first sentence on the first screen."""
