"""What each part of the model is worth: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass

WHOLE = "whole"
"""Name of the model with all its parts."""


@dataclass(frozen=True, slots=True)
class PartScore:
    """Forecasts without one part, over one origin or a group of them, and how they differ from the whole model's.

    Attributes
    ----------
    part
        Which; `WHOLE` for the whole model.
    origin
        One origin; None for a group.
    group
        Name of the group; empty for one origin.
    horizon
        Over 1 to so many years ahead.
    n
        Cells that both have.
    mase, crps, coverage
        Means of the forecasts without the part; CRPS in per cent.
    mase_lost, crps_lost
        Means less those of the whole model over the same cells: above 0 the part helps.
    mase_error, crps_error
        Standard errors of these differences, clustered by origin; NaN for one origin.
    """

    part: str
    origin: int | None
    group: str
    horizon: int
    n: int
    mase: float
    crps: float
    coverage: float
    mase_lost: float
    crps_lost: float
    mase_error: float
    crps_error: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is taken away: its name, title, and the reason of its setting."""

    name: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class AblationResult:
    """What parts of the model are worth.

    Attributes
    ----------
    file
        That names them.
    whole
        Title of the structure that they are taken from.
    series, variable, drivers
        What is forecast, and what is known of the drivers.
    parts
        In the order of the file.
    scores
        Of every part, and of the whole, by group and by origin.
    n_missing
        Forecasts that could not be made.
    """

    file: str
    whole: str
    series: str
    variable: str
    drivers: str
    parts: tuple[Part, ...]
    scores: tuple[PartScore, ...]
    n_missing: int
