"""A panel: one study file, one model, and the series of many cities."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rcsd.analysis.parameters import ParameterSpace
from rcsd.assets import find_asset
from rcsd.errors import RcsdWarning, StudyError
from rcsd.files import is_file
from rcsd.names import near_matches
from rcsd.simulation.loading import LoadedModel
from rcsd.study import Study
from rcsd.study.file.reading import model_of, resolve_study
from rcsd.study.file.schema import StudyFile, context_of
from rcsd.study.file.section import study_schema
from rcsd.study.panel.cities import CLASSES, UNCLASSIFIED, City, cities_beside, read_cities
from rcsd.study.panel.table import CitySeries, read_panel_table
from rcsd.toml.faults import checked
from rcsd.toml.source import TomlSource, read_toml

FILE_NAME = "panel.toml"
HEADLINE = "real_gdp"
_SHOWN = 5
"""Cities that a warning names."""
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
    file, _ = checked(source, study_schema(), "study", context_of(source.table))
    if not file.clock.identity:
        raise StudyError(
            "a panel counts in units of the model's time: leave [time] out", path=source.path, field="time"
        )
    if file.windows.holdout is None:
        raise StudyError(
            "a panel compares forecasts: name the years held out", path=source.path, field="windows.holdout"
        )
    named = cities_beside(path) if cities is None else read_cities(cities)
    _say_unknown(path, series, named)
    listed = tuple(named.get(city, City(city, city)) for city in series)
    return Panel(path, source, file, model_of(source.path, file), series, listed, file.windows.holdout)


def headline_of(series: Iterable[str]) -> str:
    """Name the series that is shown first: real GDP where there is one of this name, else the first."""
    names = tuple(series)
    return HEADLINE if HEADLINE in names else names[0]


def _say_unknown(path: Path, series: Collection[str], named: Mapping[str, City]) -> None:
    """Warn of a class that is none of the State Council's, and of cities that the file of cities has not."""
    kinds = dict.fromkeys(city.kind for name, city in named.items() if name in series)
    for kind in (each for each in kinds if each not in (*CLASSES, UNCLASSIFIED)):
        hint = near_matches(kind, CLASSES) or f"the list of 2013 has {', '.join(CLASSES)}"
        _warn(f"{path}: the class {kind!r} is a class of its own; {hint}")
    unknown = [city for city in series if city not in named] if named else []
    if unknown:
        hint = near_matches(unknown[0], named) or "give each a line"
        more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        _warn(f"{path}: {', '.join(unknown[:_SHOWN])}{more}: not in the file of cities, and so unclassified; {hint}")


def _warn(message: str) -> None:
    warnings.warn(message, RcsdWarning, stacklevel=4)


def _packaged(what: str) -> Path:
    packaged = find_asset("calibration", _PACKAGED)
    if packaged is None:
        raise StudyError(f"no panel comes with this installation: name the {what}")
    return packaged
