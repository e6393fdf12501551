"""`[windows]` and `[search]`: the years of a study, and how hard to look for the best fit."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rcsd.study.file.schema.base import MOST_EVALUATIONS, MOST_STARTS, Section
from rcsd.study.file.schema.time import Window, Year


class WindowSection(Section):
    """`[windows]`: the years to fit, to hold out, and to simulate to."""

    fit: Window
    """First and last year that parameters are fitted to. Unit: Year."""
    holdout: Window | None = None
    """First and last year that the fit does not see and the backtest scores. Unit: Year."""
    horizon: Year | None = None
    """Last simulated year; the last compared one when left out. Unit: Year."""

    @property
    def last(self) -> int:
        """Last year that is compared with data."""
        return self.fit[1] if self.holdout is None else self.holdout[1]

    @property
    def end(self) -> int:
        """Last simulated year."""
        return self.last if self.horizon is None else self.horizon


class SearchSection(Section):
    """`[search]`: how hard to look for the best fit."""

    starts: int = Field(8, ge=1, le=MOST_STARTS)
    """Points from which the fit descends."""
    quick_starts: int = Field(2, ge=1, le=MOST_STARTS)
    """The same for `--quick`."""
    sampler: Literal["sobol", "latin-hypercube", "differential-evolution"] = "sobol"
    """How starts are chosen; differential evolution begins where a global search ends."""
    max_evaluations: int = Field(100, ge=1, le=MOST_EVALUATIONS)
    """Most evaluations of the cost from one start."""
    quick_max_evaluations: int = Field(20, ge=1, le=MOST_EVALUATIONS)
    """The same for `--quick`."""
    tolerance: float = Field(1e-6, ge=1e-14, lt=1)
    """Relative change of the cost at which a descent ends."""
