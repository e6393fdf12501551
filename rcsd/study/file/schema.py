"""What may stand in a study.toml, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from rcsd.analysis.calibration import PLAIN, GapCourse
from rcsd.analysis.sensitivity.estimators.saltelli import check_base
from rcsd.analysis.sensitivity.failures import OnFailure
from rcsd.analysis.series import name_fault
from rcsd.errors import ParameterError
from rcsd.tables import LARGEST

WINDOW_LENGTH = 2


def _pair(value: object) -> object:
    """Make a pair of TOML's list of two years."""
    if not isinstance(value, list | tuple) or len(value) != WINDOW_LENGTH:
        raise ValueError(f"a window is two years, such as [2000, 2010], found {value!r}")
    return tuple(value)


def _named(name: str) -> str:
    """Refuse a series whose name cannot become part of a file name."""
    if fault := name_fault(name):
        raise ValueError(fault)
    return name


def _path(text: str) -> str:
    """Refuse a path that no system can have."""
    if "\0" in text:
        raise ValueError(f"a path cannot hold a null character, found {text!r}")
    return text


def _range(value: object) -> object:
    """Make a pair of TOML's list of two numbers."""
    if not isinstance(value, list) or len(value) != WINDOW_LENGTH:
        raise ValueError(f"a range is [lower, upper], found {value}")
    return tuple(value)


def _amount(value: float) -> float:
    """Refuse a number whose square would be none."""
    if abs(value) > LARGEST:
        raise ValueError(f"no quantity is beyond {LARGEST:g}, found {value:g}: change its unit")
    return value


def _power_of_two(n: int) -> int:
    """Refuse a size that Sobol's sequence has no balance at."""
    try:
        check_base(n)
    except ParameterError as error:
        raise ValueError(str(error)) from None
    return n


MOST_SEED = 10**18
MOST_DRAWS, MOST_STARTS, MOST_EVALUATIONS = 100_000, 10_000, 1_000_000
"""Sizes beyond which a study would outlast its reader, or the memory of any machine."""

Seed = Annotated[int, Field(ge=0, le=MOST_SEED)]
Amount = Annotated[float, AfterValidator(_amount)]
Year = Annotated[int, Field(ge=-9999, le=9999)]
Window = Annotated[tuple[Year, Year], BeforeValidator(_pair)]
SeriesName = Annotated[str, AfterValidator(_named)]
FilePath = Annotated[str, AfterValidator(_path)]
Weight = Annotated[float, Field(ge=0, le=1)]
Range = Annotated[tuple[Amount, Amount], BeforeValidator(_range)]
BaseSize = Annotated[int, AfterValidator(_power_of_two)]
GroupName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=100)]


class Section(BaseModel):
    """A table of the file: every key known, every value of the stated type, nothing converted from text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, populate_by_name=True)


class StudySection(Section):
    """`[study]`: what is studied, with which model and data."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=100)
    """Short name: small letters, digits, `_` and `-`. It names the folder of the results."""
    title: str = ""
    """Heading of the report; the name when empty."""
    documentation: str = ""
    """What the study is about, in a sentence or two; it stands in the report."""
    model: FilePath
    """A model that comes with rcsd, or the path of a .mdl or .xmile file, relative to this file."""
    data: FilePath = "observed.csv"
    """Table of the observed series, relative to this file."""
    seed: Seed
    """Seed of every random number of the study."""
    outputs: list[str] = []
    """Variables to report and analyse beside those of the series."""
    backend: Literal["auto", "compiled", "pysd"] = "auto"
    """What simulates the model; "auto" compiles it where it can."""


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


class CourseSection(Section):
    """`[series.<name>.gap]`: how a gap between model and data goes on from year to year.

    The standard deviations are in units of that of a year's innovation, whose scale is estimated.
    """

    momentum: float = Field(0.3, ge=0, lt=1)
    """Share of a year's change of the gap that goes on into the next year."""
    shift: Annotated[Amount, Field(ge=0)] = 0.0
    """Standard deviation of a year's lasting shift of the gap, which has no momentum."""
    observation: Annotated[Amount, Field(ge=0)] = 0.0
    """Standard deviation of a year's error of observation, which leaves no trace."""
    memory: float = Field(PLAIN.memory, gt=0, lt=1)
    """What of a gap is left after a year: the median of its prior."""
    memory_sd: Annotated[Amount, Field(gt=0)] = PLAIN.memory_sd
    """Standard deviation of the prior of the logit of that memory."""
    jump: Annotated[Amount, Field(gt=0)] | None = None
    """Yearly change of the series beyond which the gap jumps for good, without momentum, as where a boundary was moved.
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
    error: Annotated[Amount, Field(gt=0)]
    """Standard error of a cell: how far a right model may be off. Unit: share of the value, or the unit of the series
    if absolute.
    """
    kind: Literal["relative", "absolute"] = "relative"
    """Whether the error is a share of the value or a fixed amount."""
    required: bool = True
    """Whether every year of the fit window must have a cell."""
    first: Year | None = None
    """Year from which every cell must be there, where the series begins late. Unit: Year."""
    flags: dict[str, Weight] = {}
    """Weight of the cells with each flag: 1 keeps a cell, less weighs it down, 0 drops it. A flag that stands as
    `spike@2011` in the data is known from 2011 on: no fit to an earlier year sees it, and its name here is `spike`."""
    gap: CourseSection = CourseSection()
    """How a gap between model and data goes on."""
    reference: SeriesName | None = None
    """Driver that is the growth of what the series is a part of, in 1/Year: the two-line rule, a benchmark forecast,
    takes the nation's growth from it and lets the series' own gap to it fade."""


class OriginGroupSection(Section):
    """`[rolling.groups.<name>]`: origins whose forecasts are scored together in a panel."""

    title: str = ""
    """Heading; first and last origin when empty."""
    origins: Window
    """First and last origin. Unit: Year."""
    until: Year | None = None
    """Last year scored; the last of the data when left out. Unit: Year."""
    horizons: list[Annotated[int, Field(ge=1, le=20)]] = Field([], max_length=4)
    """Scores are means over 1 to so many years ahead, one for each number; half and all of the horizon when empty.
    Unit: Year.
    """


class RollingSection(Section):
    """`[rolling]`: the years after which the model is fitted anew and forecasts, and how far."""

    first: Year
    """First year after which the model is fitted anew. Unit: Year."""
    last: Year
    """Last such year. Unit: Year."""
    horizon: int = Field(3, ge=1, le=20)
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


class DriverSection(Section):
    """`[drivers.<name>]`: a series of the data that fills a table of the model."""

    GONE: ClassVar[Mapping[str, str]] = {
        "freeze": "drivers are no longer frozen one by one: delete this line; forecasts with frozen drivers hold every "
        "driver at its value of the origin"
    }

    table: str
    """Table of the model that the series fills."""


class ConstantSection(Section):
    """`[constants."<name>"]`: a constant set from a cell of the data, or by a number with its unit and source."""

    from_: str | None = Field(None, alias="from")
    """Series of the data that holds the cell."""
    at: Year | None = None
    """Year of the cell. Unit: Year."""
    scale: Amount | None = None
    """What the cell is multiplied by."""
    value: Amount | None = None
    """A number in place of a cell."""
    unit: str | None = None
    """Unit of the value, or of the scaled cell; checked against the model's."""
    source: str = ""
    """Where the number comes from."""

    @model_validator(mode="after")
    def _one_origin(self) -> ConstantSection:
        """Refuse two origins, or none."""
        if self.value is None and (self.from_ is None or self.at is None):
            raise ValueError("give either `from` and `at` (a cell of the data) or `value` and `unit`")
        if self.value is not None and not (self.from_ is None and self.at is None and self.scale is None):
            raise ValueError("`value` excludes `from`, `at` and `scale`: keep one of the two")
        if self.value is not None and self.unit is None:
            raise ValueError("a `value` needs its `unit`")
        if self.scale is not None and self.unit is None:
            raise ValueError("a `scale` changes the unit: give the resulting `unit`")
        return self


class PriorSection(Section):
    """`prior = { centre = ..., sd = ... }`: normal on the search scale, the centre on the natural one."""

    centre: Amount
    """Centre of the normal prior, on the natural scale. Unit: of the parameter."""
    sd: Annotated[Amount, Field(gt=0)]
    """Standard deviation, on the search scale: of the value, its logarithm, or its logit."""
    until: Annotated[Year, Field(le=2100)] | None = None
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


class SobolGroupSection(Section):
    """`[sobol.groups.<name>]`: constants that are varied together, beside the group of those that are estimated."""

    title: str = ""
    """Heading in the report; the group's name when empty."""
    parameters: list[str] = Field(min_length=1)
    """Constants of the model that vary together."""
    bounds: dict[str, Range] = {}
    """Ranges by constant; else those of the study, or those that the model documents. Unit: of the constant."""
    source: str = ""
    """Where the ranges come from."""


class SobolSection(Section):
    """`[sobol]`: the sensitivity analysis of the study's report.

    A study without it has the analysis of its estimated parameters by these defaults; `skip` leaves it out and says
    why.
    """

    n_base: BaseSize = 1024
    """Base samples N, a power of two: N (2 D + 2) runs for D parameters."""
    quick_n_base: BaseSize = 64
    """The same for `--quick`."""
    resamples: int = Field(200, ge=2, le=MOST_DRAWS)
    """Bootstrap resamples behind the intervals."""
    distribution: Literal["bounds", "priors"] = "bounds"
    """How parameters vary: evenly over their bounds, or by the study's priors."""
    on_failure: OnFailure = "refuse"
    """Leave the analysis out where runs fail, or put the median of the others in their place."""
    outputs: list[str] = []
    """Variables to analyse; those of the series, of `[study]` and of the steps when empty."""
    skip: str = ""
    """A reason leaves the analysis out, and stands in the report."""
    groups: dict[GroupName, SobolGroupSection] = {}
    """Groups of constants beside `calibrated`, each a table of its own."""


class StudyFile(Section):
    """A whole study, its base file merged in."""

    study: StudySection
    windows: WindowSection
    search: SearchSection = SearchSection()
    rolling: RollingSection | None = None
    forecast: ForecastSection | None = None
    series: dict[SeriesName, SeriesSection] = Field(min_length=1)
    drivers: dict[SeriesName, DriverSection] = {}
    constants: dict[str, ConstantSection] = {}
    parameters: dict[str, ParameterSection] = Field(min_length=1)
    structures: dict[GroupName, StructureSection] = {}
    sobol: SobolSection | None = None

    @property
    def drawn(self) -> dict[str, DrawnSection]:
        """Drivers whose later course is forecast."""
        return {} if self.forecast is None else self.forecast.drawn

    @property
    def last_origin(self) -> int:
        """Last year that a fit ends with: the last compared one, or a later origin."""
        return self.windows.last if self.rolling is None else max(self.windows.last, self.rolling.last)

    def years_set_from(self, series: str) -> list[int]:
        """Years of the cells of a series that set constants."""
        return [c.at for c in self.constants.values() if c.from_ == series and c.at is not None]
