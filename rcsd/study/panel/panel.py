"""A panel: one study file, one model, and the series of many cities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rcsd.analysis.parameters import ParameterSpace
from rcsd.assets import find_asset
from rcsd.errors import StudyError
from rcsd.files import is_file
from rcsd.simulation.loading import LoadedModel
from rcsd.study import Study
from rcsd.study.file.reading import model_of, resolve_study
from rcsd.study.file.schema import StudyFile
from rcsd.study.file.section import study_schema
from rcsd.study.panel.cities import City, cities_beside, read_cities
from rcsd.study.panel.table import CitySeries, read_panel_table
from rcsd.toml.faults import checked
from rcsd.toml.source import TomlSource, read_toml

FILE_NAME = "panel.toml"
_PACKAGED = Path("panel") / "observed.csv"


@dataclass(frozen=True, slots=True)
class Panel:
    """What is fitted to every city.

    Attributes
    ----------
    path
        The table of series.
    source, file
        The study file of all cities, as text and as read.
    model
        The model of all cities.
    series
        By city.
    cities
        Names and classes, in the table's order.
    holdout
        First and last year held out.
    """

    path: Path
    source: TomlSource
    file: StudyFile
    model: LoadedModel
    series: Mapping[str, CitySeries]
    cities: tuple[City, ...]
    holdout: tuple[int, int]

    @property
    def origin(self) -> int:
        """Last fitted year."""
        return self.file.windows.fit[1]

    def study(self, city: City, space: ParameterSpace | None = None) -> Study:
        """State the study of one city.

        Parameters
        ----------
        city
            Of this panel.
        space
            Takes the place of the file's parameters and priors.

        Raises
        ------
        StudyError
            Listing what the city's series lack.
        """
        section = self.file.study.model_copy(update={"name": city.city, "title": city.name})
        file = self.file.model_copy(update={"study": section})
        own = self.series[city.city]
        study = resolve_study(self.source, file, self.model, self.path, own.series, own.sha256)
        if space is None:
            return study
        return Study(**{name: getattr(study, name) for name in Study.__slots__ if name != "space"}, space=space)


def load_panel(table: str | Path | None = None, *, study: Path | None = None, cities: Path | None = None) -> Panel:
    """Read a panel.

    Parameters
    ----------
    table
        CSV of `rcsd.study.panel.table.read_panel_table`; those that come with the package when None.
    study
        Study file of all cities; else ``panel.toml`` beside the table, else that of the package.
    cities
        Names and classes; else ``cities.csv`` beside the table, else every city is unclassified.

    Raises
    ------
    SeriesError
        For faults of the table, with line, city and series.
    StudyError
        When there is no study file, or it holds nothing out.
    ModelError
        When the model cannot be read.
    """
    path = _packaged("table") if table is None else Path(table)
    series = read_panel_table(path)
    beside = path.parent / FILE_NAME
    source = read_toml(study or (beside if is_file(beside) else _packaged("study").parent / FILE_NAME))
    file, _ = checked(source, study_schema(), "study")
    if file.windows.holdout is None:
        raise StudyError(
            "a panel compares forecasts: name the years held out", path=source.path, field="windows.holdout"
        )
    named = cities_beside(path) if cities is None else read_cities(cities)
    listed = tuple(named.get(city, City(city, city)) for city in series)
    return Panel(path, source, file, model_of(source.path, file), series, listed, file.windows.holdout)


def _packaged(what: str) -> Path:
    packaged = find_asset("calibration", _PACKAGED)
    if packaged is None:
        raise StudyError(f"no panel comes with this installation: name the {what}")
    return packaged
