"""A whole study file."""

from __future__ import annotations

from pydantic import Field

from rcsd.analysis.clock import Clock
from rcsd.study.file.schema.base import GroupName, Section, SeriesName
from rcsd.study.file.schema.constants import ConstantSection
from rcsd.study.file.schema.drivers import DrawnSection, DriverSection, ForecastSection
from rcsd.study.file.schema.parameters import ParameterSection, StructureSection
from rcsd.study.file.schema.posterior import PosteriorSection
from rcsd.study.file.schema.rolling import RollingSection
from rcsd.study.file.schema.series import SeriesSection
from rcsd.study.file.schema.sobol import SobolSection
from rcsd.study.file.schema.study import StudySection
from rcsd.study.file.schema.time import TimeSection
from rcsd.study.file.schema.windows import SearchSection, WindowSection
from rcsd.study.file.schema.words import WordsSection


class StudyFile(Section):
    """A whole study, its base file merged in."""

    study: StudySection
    words: WordsSection = WordsSection()
    time: TimeSection = TimeSection()
    windows: WindowSection
    search: SearchSection = SearchSection()
    posterior: PosteriorSection | None = None
    rolling: RollingSection | None = None
    forecast: ForecastSection | None = None
    series: dict[SeriesName, SeriesSection] = Field(min_length=1)
    drivers: dict[SeriesName, DriverSection] = {}
    constants: dict[str, ConstantSection] = {}
    parameters: dict[str, ParameterSection] = Field(min_length=1)
    structures: dict[GroupName, StructureSection] = {}
    sobol: SobolSection | None = None

    @property
    def clock(self) -> Clock:
        """How times of the file are counted; `Study.clock` knows the model as well."""
        return self.time.clock

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
