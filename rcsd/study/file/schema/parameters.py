"""`[parameters]` and `[structures]`: what is estimated, and other settings of the same model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rcsd.study.file.schema.base import Amount, Section
from rcsd.study.file.schema.time import DataYear


class PriorSection(Section):
    """`prior = { centre = ..., sd = ... }`: normal on the search scale, the centre on the natural one."""

    centre: Amount
    """Centre of the normal prior, on the natural scale. Unit: of the parameter."""
    sd: Annotated[Amount, Field(gt=0)]
    """Standard deviation, on the search scale: of the value, its logarithm, or its logit."""
    until: DataYear | None = None
    """Last year of the data behind the prior; forecasts from earlier origins use a weak one. Unit: Year."""


class ParameterSection(Section):
    """`[parameters."<name>"]`: a constant of the model to estimate."""

    lower: Amount
    """Lower bound of the search. Unit: of the parameter."""
    upper: Amount
    """Upper bound. Unit: of the parameter."""
    unit: str
    """Unit; checked against the model's."""
    source: str
    """Where bounds and prior come from."""
    start: Amount | None = None
    """First value to try; the model's own when left out. Unit: of the parameter."""
    scale: Literal["linear", "log", "logit"] = "linear"
    """Scale of the search and of the prior."""
    prior: PriorSection | None = None
    """Normal prior; none when left out."""
    documentation: str = ""
    """A remark for the report."""


class StructureSection(Section):
    """`[structures.<name>]`: other settings of the same model, fitted and forecast beside the study's own."""

    title: str = ""
    """Heading in the report; the structure's name when empty."""
    reason: Annotated[str, Field(min_length=1)]
    """Source of the settings, or the word "assumed" or "hindsight"."""
    values: dict[str, Amount] = {}
    """Constants of the model that take another value. Unit: of the constant."""
    priors: dict[str, PriorSection] = {}
    """Estimated constants that have another prior."""
    averaged: bool = True
    """Whether the model's forecast averages over it, or it is forecast beside the average for comparison."""
