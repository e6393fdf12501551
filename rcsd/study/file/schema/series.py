"""`[series]`: what is observed, and how far a right model may be off."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rcsd.analysis.calibration import PLAIN, GapCourse, Kind, Spread
from rcsd.study.file.schema.base import Amount, Section, SeriesName, Weight
from rcsd.study.file.schema.time import FirstYear, Length


class CourseSection(Section):
    """`[series.<name>.gap]`: how a gap between model and data goes on from period to period.

    A period is that of the study: a year without `[time]`. A gap of one memory fades twelve times as fast in a study of
    months as in one of years. The standard deviations are in units of that of a period's innovation, whose scale is
    estimated.
    """

    momentum: float = Field(0.3, ge=0, lt=1)
    """Share of a period's change of the gap that goes on into the next."""
    shift: Annotated[Amount, Field(ge=0)] = 0.0
    """Standard deviation of a period's lasting shift of the gap, which has no momentum."""
    observation: Annotated[Amount, Field(ge=0)] = 0.0
    """Standard deviation of a period's error of observation, which leaves no trace."""
    memory: float = Field(PLAIN.memory, gt=0, lt=1)
    """What of a gap is left after a period: the median of its prior."""
    memory_sd: Annotated[Amount, Field(gt=0)] = PLAIN.memory_sd
    """Standard deviation of the prior of the logit of that memory."""
    jump: Annotated[Amount, Field(gt=0)] | None = None
    """Change of the series in a period beyond which the gap jumps for good, without momentum, as where a boundary
    moved.
    Unit: share of the value, or the unit of the series if its error is absolute.
    """
    source: str = ""
    """Where these come from, or why they are assumed."""

    @property
    def course(self) -> GapCourse:
        """The same as the calibration takes it."""
        return GapCourse(self.momentum, self.shift, self.observation, self.memory, self.memory_sd)


class SeriesSection(Section):
    """`[series.<name>]`: a series of the data, and the model variable that should reproduce it."""

    variable: str
    """Model variable that should reproduce the series."""
    error: Annotated[Amount, Field(gt=0)] | None = None
    """Standard error of a cell: how far a right model may be off. Kinds other than "relative" and "absolute" estimate
    it where it is left out; for Student's t it is the scale, for "negative-binomial" what counts scatter beyond
    Poisson's.
    Unit: share of the value, or the unit of the series if "absolute", "normal" or "student-t".
    """
    kind: Kind = "relative"
    """Errors: "relative" (a share of the value) and "absolute" (a fixed amount) go on from period to period as `gap`
    says; "normal", "log-normal", "student-t" and "log-student-t" are independent or have an `autocorrelation`;
    "poisson" and "negative-binomial" are those of counts."""
    scale: Literal["given", "estimated"] = "estimated"
    """Whether `error` is known, or estimated about what is stated (within a factor 1.6, one standard deviation); it is
    always estimated for "relative" and "absolute", there beside the posterior alone."""
    autocorrelation: float | Literal["estimated"] = 0.0
    """Correlation of neighbouring errors of "normal", "log-normal" and Student's kinds, or "estimated"."""
    freedom: Annotated[Amount, Field(gt=0)] | Literal["estimated"] = 4.0
    """Degrees of freedom of "student-t" and "log-student-t", or "estimated"."""
    weight: Annotated[Amount, Field(gt=0)] = 1.0
    """By how much the series counts: its log likelihood is multiplied by this."""
    measure: Literal["end", "mean", "sum"] = "end"
    """What a cell is of the variable: its value at the end of the time that the cell is dated with, or its mean or its
    sum (integral) over all of that time."""
    period: Length | None = None
    """Time that a cell stands for, ending where it is dated: a number of units of the model's time, or a word as in
    `[time]`; that of its dates, or a period of the study, when left out."""
    required: bool = True
    """Whether every period of the fit window must have a cell."""
    first: FirstYear | None = None
    """Year from which every cell must be there, where the series begins late. Unit: Year."""
    flags: dict[str, Weight] = {}
    """Weight of the cells with each flag: 1 keeps a cell, less weighs it down, 0 drops it. A flag that stands as
    `spike@2011` in the data is known from 2011 on: no fit to an earlier year sees it, and its name here is `spike`."""
    gap: CourseSection = CourseSection()
    """How a gap between model and data goes on."""
    reference: SeriesName | None = None
    """Driver that is the growth of what the series is a part of, in 1/Year: the two-line rule, a benchmark forecast,
    takes the nation's growth from it and lets the series' own gap to it fade."""

    @property
    def spread(self) -> Spread:
        """The same as the calibration takes it."""
        return Spread(self.scale, self.autocorrelation, self.freedom, self.weight)
