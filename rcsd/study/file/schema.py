"""What may stand in a study.toml, section by section."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from rcsd.analysis.sensitivity.estimators.saltelli import check_base
from rcsd.analysis.sensitivity.failures import OnFailure
from rcsd.analysis.series import name_fault
from rcsd.errors import ParameterError

WINDOW_LENGTH = 2


def _pair(value: object) -> object:
    """Make a pair of TOML's list of two years."""
    if isinstance(value, list) and len(value) != WINDOW_LENGTH:
        raise ValueError(f"a window is [first year, last year], found {value}")
    return tuple(value) if isinstance(value, list) else value


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


def _power_of_two(n: int) -> int:
    """Refuse a size that Sobol's sequence has no balance at."""
    try:
        check_base(n)
    except ParameterError as error:
        raise ValueError(str(error)) from None
    return n


Year = Annotated[int, Field(ge=-9999, le=9999)]
Window = Annotated[tuple[Year, Year], BeforeValidator(_pair)]
SeriesName = Annotated[str, AfterValidator(_named)]
FilePath = Annotated[str, AfterValidator(_path)]
Weight = Annotated[float, Field(ge=0, le=1)]
Range = Annotated[tuple[float, float], BeforeValidator(_range)]
BaseSize = Annotated[int, AfterValidator(_power_of_two)]
GroupName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class Section(BaseModel):
    """A table of the file: every key known, every value of the stated type, nothing converted from text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, populate_by_name=True)


class StudySection(Section):
    """`[study]`: what is studied, with which model and data."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title: str = ""
    documentation: str = ""
    model: FilePath
    data: FilePath = "observed.csv"
    seed: int = Field(ge=0)
    outputs: list[str] = []
    backend: Literal["auto", "compiled", "pysd"] = "auto"


class WindowSection(Section):
    """`[windows]`: the years to fit, to hold out, and to simulate to."""

    fit: Window
    holdout: Window | None = None
    horizon: Year | None = None

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

    starts: int = Field(8, ge=1)
    quick_starts: int = Field(2, ge=1)
    sampler: Literal["sobol", "latin-hypercube", "differential-evolution"] = "sobol"
    max_evaluations: int = Field(100, ge=1)
    quick_max_evaluations: int = Field(20, ge=1)
    tolerance: float = Field(1e-6, ge=1e-14, lt=1)


class SeriesSection(Section):
    """`[series.<name>]`: a series of the data, and the model variable that should reproduce it."""

    variable: str
    error: float = Field(gt=0)
    kind: Literal["relative", "absolute"] = "relative"
    required: bool = True
    first: Year | None = None
    flags: dict[str, Weight] = {}


class RollingSection(Section):
    """`[rolling]`: the years after which the model is fitted anew and forecasts, and how far."""

    first: Year
    last: Year
    horizon: int = Field(3, ge=1, le=20)
    draws: int = Field(500, ge=100)

    @model_validator(mode="after")
    def _forwards(self) -> RollingSection:
        """Refuse origins that run backwards."""
        if self.first > self.last:
            raise ValueError(f"the first origin, {self.first}, must not come after the last, {self.last}")
        return self


class DrawnSection(Section):
    """`[forecast.drawn.<driver>]`: a driver whose later course is drawn; every other one keeps its last value."""

    history: SeriesName | None = None


class ForecastSection(Section):
    """`[forecast]`: refitted to all compared years, the model forecasts to the horizon and compares scenarios."""

    draws: int = Field(1000, ge=100)
    drawn: dict[SeriesName, DrawnSection] = {}
    scenarios: FilePath | None = None


class DriverSection(Section):
    """`[drivers.<name>]`: a series of the data that fills a table of the model."""

    table: str
    freeze: str | None = None


class ConstantSection(Section):
    """`[constants."<name>"]`: a constant set from a cell of the data, or by a number with its unit and source."""

    from_: str | None = Field(None, alias="from")
    at: Year | None = None
    scale: float | None = None
    value: float | None = None
    unit: str | None = None
    source: str = ""

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

    centre: float
    sd: float = Field(gt=0)
    until: Year | None = None


class ParameterSection(Section):
    """`[parameters."<name>"]`: a constant of the model to estimate."""

    lower: float
    upper: float
    unit: str
    source: str
    start: float | None = None
    scale: Literal["linear", "log", "logit"] = "linear"
    prior: PriorSection | None = None
    documentation: str = ""


class SobolGroupSection(Section):
    """`[sobol.groups.<name>]`: constants that are varied together, beside the group of those that are estimated."""

    title: str = ""
    parameters: list[str] = Field(min_length=1)
    bounds: dict[str, Range] = {}
    source: str = ""


class SobolSection(Section):
    """`[sobol]`: the sensitivity analysis of the study's report.

    A study without it has the analysis of its estimated parameters by these defaults; `skip` leaves it out and says
    why.
    """

    n_base: BaseSize = 1024
    quick_n_base: BaseSize = 64
    resamples: int = Field(200, ge=2)
    distribution: Literal["bounds", "priors"] = "bounds"
    on_failure: OnFailure = "refuse"
    outputs: list[str] = []
    skip: str = ""
    groups: dict[GroupName, SobolGroupSection] = {}


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
    sobol: SobolSection | None = None

    def years_set_from(self, series: str) -> list[int]:
        """Years of the cells of a series that set constants."""
        return [c.at for c in self.constants.values() if c.from_ == series and c.at is not None]
