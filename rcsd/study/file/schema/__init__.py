"""What may stand in a study.toml, a file a section."""

from rcsd.study.file.schema.base import Amount, FilePath, GroupName, Range, Section, SeriesName
from rcsd.study.file.schema.constants import ConstantSection
from rcsd.study.file.schema.drivers import DrawnSection, DriverSection, ForecastSection
from rcsd.study.file.schema.file import StudyFile
from rcsd.study.file.schema.parameters import ParameterSection, PriorSection, StructureSection
from rcsd.study.file.schema.posterior import PosteriorSection
from rcsd.study.file.schema.rolling import OriginGroupSection, RollingSection
from rcsd.study.file.schema.series import CourseSection, SeriesSection
from rcsd.study.file.schema.sobol import SobolGroupSection, SobolSection
from rcsd.study.file.schema.study import StudySection
from rcsd.study.file.schema.time import FirstYear, Length, TimeSection, Year, context_of, span_of
from rcsd.study.file.schema.windows import SearchSection, WindowSection
from rcsd.study.file.schema.words import WordsSection

__all__ = [
    "Amount",
    "ConstantSection",
    "CourseSection",
    "DrawnSection",
    "DriverSection",
    "FilePath",
    "FirstYear",
    "ForecastSection",
    "GroupName",
    "Length",
    "OriginGroupSection",
    "ParameterSection",
    "PosteriorSection",
    "PriorSection",
    "Range",
    "RollingSection",
    "SearchSection",
    "Section",
    "SeriesName",
    "SeriesSection",
    "SobolGroupSection",
    "SobolSection",
    "StructureSection",
    "StudyFile",
    "StudySection",
    "TimeSection",
    "WindowSection",
    "WordsSection",
    "Year",
    "context_of",
    "span_of",
]
