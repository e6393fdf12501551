"""From assessment to optimisation to simulation to validation: a study told with the assessments that are asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rcsd.errors import ParameterError, StudyError
from rcsd.files import plain, sha256
from rcsd.names import near_matches
from rcsd.papers.city.lever_plan import LeverPlan, load_levers
from rcsd.papers.city.simulated import CityIndex, Simulated, StructurePlan, simulate
from rcsd.papers.resilience import Assessment, SeriesTable, assess, load_indicators
from rcsd.papers.resilience.studies import require_fit
from rcsd.papers.structure import CityStructure, StructureResult, solve_structure
from rcsd.papers.structure.file.reading import load_structure
from rcsd.software import code_sha256
from rcsd.study import Study, refitted_study, require_forecast
from rcsd.study.graph.result import RunCount, StepTime, StudyResult
from rcsd.work.progress import Progress, silent

STRUCTURE, RESILIENCE = "structure", "resilience"
WORDS = (STRUCTURE, RESILIENCE)
"""What a study can be run with."""

USED_BY = {"programme": STRUCTURE, "levers": STRUCTURE, "indicators": RESILIENCE}
"""Which of these reads which file."""

_CODE = ("papers",)


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

    def key(self, study: str) -> str:
        """Hash all that a study's simulation hangs on, beside the study."""
        parts = {
            "code": code_sha256(_CODE),
            "structure": plain(self.plan(study)),
            "resilience": None
            if self.resilience is None
            else {path.name: digest for path, digest in self.resilience.indicators.sha256.items()},
            "city": self.cities.get(study),
        }
        return sha256(json.dumps(parts, sort_keys=True).encode())


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
    steps
        Wall times of what was run for it beyond the study.
    """

    study: str
    assessments: Assessments
    simulated: Simulated
    steps: tuple[StepTime, ...]

    @property
    def title(self) -> str:
        """The city's name for people."""
        found = self.assessments
        own = found.city_structure(self.study)
        if own is not None:
            return own.account.title
        assert found.resilience is not None  # a story has one of the two
        return found.resilience.indicators.cities[found.cities[self.study]]


def read_words(text: str | None) -> tuple[str, ...]:
    """Read words that are separated by commas.

    Raises
    ------
    ParameterError
        For a word that nothing is known by, or none at all.

    Examples
    --------
    >>> read_words("resilience, structure"), read_words(None)
    (('structure', 'resilience'), ())
    """
    if text is None:
        return ()
    found = [word.strip() for word in text.split(",")]
    for word in found:
        if word not in WORDS:
            hint = near_matches(word, WORDS) or f"there are {' and '.join(WORDS)}"
            raise ParameterError(
                f"--with takes words separated by commas, such as {','.join(WORDS)}; got {word!r}; {hint}"
            )
    return tuple(word for word in WORDS if word in found)


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
        Of `WORDS`.
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


def with_story(result: StudyResult, story: Story) -> StudyResult:
    """Return a study's result with the steps and runs of its story counted in."""
    known = {step.name for step in result.steps}
    more, runs = story.simulated, result.runs
    return replace(
        result,
        steps=(*result.steps, *(step for step in story.steps if step.name not in known)),
        runs=RunCount(runs.total + more.n_runs, runs.failed + more.n_failed, runs.per_second),
    )


def tell_story(
    study: Study,
    assessments: Assessments,
    *,
    out: str | Path,
    quick: bool = False,
    progress: Progress = silent,
) -> Story:
    """Simulate a study with its assessments.

    Parameters
    ----------
    study
        One of those that the assessments were loaded for.
    assessments
        Of `load_assessments`.
    out, quick, progress
        Of `rcsd.study.run_study`, whose finished steps are reused.

    Raises
    ------
    CalibrationError
        When a posterior may not be summarised.
    SimulationError
        When the model runs in no draw.
    """
    refitted = refitted_study(study, out=out, quick=quick, progress=progress)
    simulated = simulate(
        refitted,
        structure=assessments.plan(study.name),
        index=assessments.index(study.name),
        key=assessments.key(study.name),
        progress=progress,
    )
    return Story(study.name, assessments, simulated, tuple(refitted.steps.times))
