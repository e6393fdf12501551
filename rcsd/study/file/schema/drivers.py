"""`[drivers]` and `[forecast]`: what drives the model, and how it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rcsd.study.file.schema.base import MOST_DRAWS, Amount, FilePath, Section, SeriesName


class DriverSection(Section):
    """`[drivers.<name>]`: a series of the data that fills a table of the model."""

    GONE: ClassVar[Mapping[str, str]] = {
        "freeze": "drivers are no longer frozen one by one: delete this line; forecasts with frozen drivers hold every "
        "driver at its value of the origin"
    }

    table: str
    """Table of the model that the series fills."""


class DrawnSection(Section):
    """`[forecast.drawn.<driver>]`: a driver whose later course is forecast; every other one keeps its last value."""

    process: Literal["price", "growth"] = "price"
    """How it goes on: a price returns to the mean of its history, drawn from the shocks of that; a growth rate follows
    the mean of a damped trend and of constant increments.
    """
    history: SeriesName | None = None
    """Series whose changes a price is drawn from; the driver itself when left out."""
    error: Annotated[Amount, Field(ge=0)] = 0.01
    """Standard deviation of what a year adds to the error of a growth rate. Unit: 1/Year."""


class ForecastSection(Section):
    """`[forecast]`: refitted to all compared years, the model forecasts to the horizon and compares scenarios."""

    draws: int = Field(1000, ge=100, le=MOST_DRAWS)
    """Draws of parameters, drivers and residuals."""
    drawn: dict[SeriesName, DrawnSection] = {}
    """Drivers whose later course is drawn, each a table of its own."""
    scenarios: FilePath | None = None
    """TOML file of scenarios, relative to the file that names it."""
