"""From assessment to optimisation to simulation to validation: a study told with the assessments that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rcsd.errors import StudyError
from rcsd.papers.city.lever_plan import LeverPlan, load_levers
from rcsd.papers.city.simulated import CityIndex, Simulated, StructurePlan
from rcsd.papers.resilience import Assessment, SeriesTable, assess, load_indicators
from rcsd.papers.resilience.studies import require_fit
from rcsd.papers.structure import CityStructure, StructureResult, solve_structure
from rcsd.papers.structure.file.reading import load_structure
from rcsd.study import Study, require_forecast
from rcsd.study.graph.codec import encode

STRUCTURE, RESILIENCE = "structure", "resilience"


@dataclass(frozen=True, slots=True, eq=False)
class Assessments:
    """What studies are run with: solved, and checked against each of them.

    Attributes
    ----------
    structure
        The optimal structure, carried over to every study's city; None where it is not asked for.
    plans
        By study: the levers of its model.
    resilience, table
        The index of all cities, and the series it was made from; None where it is not asked for.
    cities
        By study: its city in the data of the index.
    """

    structure: StructureResult | None
    plans: Mapping[str, LeverPlan]
    resilience: Assessment | None
    table: SeriesTable | None
    cities: Mapping[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        """What was asked for."""
        found = {STRUCTURE: self.structure, RESILIENCE: self.resilience}
        return tuple(word for word, assessment in found.items() if assessment is not None)

    def city_structure(self, study: str) -> CityStructure | None:
        """Return the structure of a study's city before and after."""
        if self.structure is None:
            return None
        return next(city for city in self.structure.cities if city.account.city == study)

    def plan(self, study: str) -> StructurePlan | None:
        """Return what a study's model is to be taken to."""
        if self.structure is None:
            return None
        return StructurePlan(self.structure.changes[0], self.plans[study])

    def index(self, study: str) -> CityIndex | None:
        """Return what a study's draws are turned into an index with."""
        if self.resilience is None or self.table is None:
            return None
        return CityIndex(self.resilience, self.table, self.cities[study])

    def decides(self, study: str) -> dict[str, object]:
        """Return all that decides a study's simulation, beside the study."""
        plan = self.plan(study)
        return {
            "structure": None if plan is None else encode(StructurePlan, plan),
            "resilience": None
            if self.resilience is None
            else {path.name: digest for path, digest in self.resilience.indicators.sha256.items()},
            "city": self.cities.get(study),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """A study told with its assessments.

    Attributes
    ----------
    study
        Its name.
    assessments
        What it was run with.
    simulated
        What the model made of them.
    """

    study: str
    assessments: Assessments
    simulated: Simulated

    @property
    def title(self) -> str:
        """The city's name for people."""
        found = self.assessments
        own = found.city_structure(self.study)
        if own is not None:
            return own.account.title
        assert found.resilience is not None  # a story has one of the two
        return found.resilience.indicators.cities[found.cities[self.study]]


def load_assessments(
    words: Sequence[str],
    studies: Sequence[Study],
    *,
    programme: str | Path | None = None,
    levers: str | Path | None = None,
    indicators: str | Path | None = None,
) -> Assessments:
    """Read and solve what studies are to be run with, and check that it fits each of them.

    Parameters
    ----------
    words
        "structure", "resilience", or both.
    studies
        Read by `load_study`.
    programme, levers, indicators
        Files; those of rcsd when None.

    Raises
    ------
    StudyError
        For a study that is of no city of the files, whose model PySD runs, or whose years do not suit; listing the
        faults of a file.
    TableError, ConstraintError, IndicatorError, SeriesError, UnitError
        As of `rcsd.papers.structure.file.reading.load_structure`, `solve_structure`, `load_indicators` and
        `look_ahead`.
    """
    for study in studies:
        require_forecast(study)
    structure, plans = None, {}
    if STRUCTURE in words:
        task = load_structure(programme)
        for study in studies:
            _require_city(study, task.cities, STRUCTURE, "add a line for it to calibration/structure/cities.csv")
            _require_years(study, task.settings.horizon.value)
            plans[study.name] = load_levers(study, levers)
        structure = solve_structure(task, cities=[study.name for study in studies])
    resilience, table, cities = None, None, {}
    if RESILIENCE in words:
        found, table = load_indicators(indicators)
        resilience = assess(found, table)
        by_study = {_own_name(found.path, name): city for city, name in found.studies.items()}
        for study in studies:
            _require_city(
                study, by_study, RESILIENCE, "add it and its series to calibration/resilience/indicators.toml"
            )
            cities[study.name] = by_study[study.name]
            require_fit(resilience, table, cities[study.name], study)
    return Assessments(structure, plans, resilience, table, cities)


def _own_name(indicators: Path, name: str) -> str:
    """Name the study that a file of indicators gives a path of by its folder."""
    path = indicators.parent / name
    return name if "/" not in name else (path.parent if path.suffix else path).resolve().name


def _require_city(study: Study, known: Mapping[str, object], word: str, remedy: str) -> None:
    if study.name not in known:
        raise StudyError(
            f"{study.name!r} is none of the cities that --with {word} knows ({', '.join(known)}): {remedy}, or leave "
            f"{word!r} out",
            path=study.path,
            field="study.name",
        )


def _require_years(study: Study, horizon: float) -> None:
    windows = study.file.windows
    if not float(horizon).is_integer():
        raise StudyError(
            f"an optimal structure is simulated to a whole year; its horizon is {horizon:g} years: round it"
        )
    if windows.last + 1 + horizon > windows.end:
        raise StudyError(
            f"ends in {windows.end:g}, before the optimal structure is reached, {horizon:g} years after "
            f"{windows.last + 1}: choose a later horizon",
            path=study.path,
            field="windows.horizon",
        )
