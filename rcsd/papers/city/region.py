"""Four cities linked and apart: the regional mode of the first paper in the model of the cities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.sensitivity import SobolResult, SobolSettings, sobol_indices
from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError, ParameterError
from rcsd.papers.city.link_gain import LinkGainSimulator, gain_in
from rcsd.simulation.loading import LoadedModel, load
from rcsd.study import load_study
from rcsd.study.sobol.varied import documented_range
from rcsd.work.progress import Progress, silent

Floats = NDArray[np.float64]

LINKED_MODEL, CITY_MODEL = "four_cities", "resource_city"
KNOWLEDGE, PEOPLE, DECAY = "Intercity Link", "Intercity Mobility", "Distance Decay"
OUTPUTS = ("GDP", "Population", "Industry Scale")
TOTALS = tuple(f"{output} of the Four" for output in OUTPUTS)

SWEPT = (0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1)
"""Strengths of the knowledge link that are tried when none are named, 1/year."""

OTHERS = ("Knowledge Elasticity", "Knowledge Depreciation Rate", "Institutional Elasticity")
"""What knowledge and institutions are worth, shared by the cities: varies beside links and co-evolution parameters."""

_GROUP_FROM = "jixi"
"""All four studies extend one file, which bounds the co-evolution parameters."""


@dataclass(frozen=True, slots=True, eq=False)
class RegionCase:
    """One run of the linked cities.

    Attributes
    ----------
    name
        What is on, in words.
    knowledge, people
        Strengths of the links, 1/year.
    values
        Shape (output, city, time).
    """

    name: str
    knowledge: float
    people: float
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class RegionComparison:
    """The four cities linked, against the same cities apart.

    Attributes
    ----------
    cities, outputs
        In the order of the arrays.
    units
        Of each output.
    times
        Saved times, shape (time,).
    decay
        How fast links weaken with distance.
    apart
        Four runs of the model of one city, shape (output, city, time).
    sweep
        Knowledge links alone, growing.
    people
        Mobility alone; None at zero.
    both
        Mobility with the strongest knowledge link; None where one of the two is off.
    neutral_gap
        Largest relative difference of the linked model with its links at zero from the runs apart, over every variable.
    """

    cities: tuple[str, ...]
    outputs: tuple[str, ...]
    units: Mapping[str, str]
    times: Floats
    decay: float
    apart: Floats
    sweep: tuple[RegionCase, ...]
    people: RegionCase | None
    both: RegionCase | None
    neutral_gap: float

    @property
    def cases(self) -> tuple[RegionCase, ...]:
        """Every case, the sweep first."""
        return (*self.sweep, *(case for case in (self.people, self.both) if case is not None))

    def effect(self, case: RegionCase) -> Floats:
        """Per cent above the cities apart, shape (output, city + 1, time); the four together come last."""
        return 100 * (_with_sum(case.values) / _with_sum(self.apart) - 1)


def compare_region(
    links: Sequence[float] = SWEPT, mobility: float = 0.03, decay: float = 1.0, *, progress: Progress = silent
) -> RegionComparison:
    """Run the four cities linked and apart.

    Parameters
    ----------
    links
        Strengths of the knowledge link, 1/year, growing; 0 is the cities apart and needs no mention.
    mobility
        Of people among the cities, 1/year.
    decay
        How fast links weaken with distance; 0 makes all equal.
    progress
        Told as step "compare".

    Raises
    ------
    ParameterError
        For a strength outside the range that the model documents, or links that do not grow.
    ModelError
        When the linked model does not hold the model of one city.
    """
    if any(later <= earlier for earlier, later in zip((0.0, *links), links, strict=False)):
        raise ParameterError(f"links must grow and lie above zero; got {', '.join(f'{link:g}' for link in links)}")
    linked, city = load(LINKED_MODEL), load(CITY_MODEL)
    for name, value in (*((KNOWLEDGE, link) for link in links), (PEOPLE, mobility), (DECAY, decay)):
        _check(linked, name, value)
    settings = _settings(links, mobility)
    progress("compare", 0, 2)
    simulator = linked.simulator()
    runs = simulator.run(
        {
            KNOWLEDGE: [knowledge for _, knowledge, _ in settings],
            PEOPLE: [people for _, _, people in settings],
            DECAY: [decay] * len(settings),
        }
    )
    runs.require_some()
    progress("compare", 1, 2)
    cities = linked.ir.ranges.members("City")
    apart = _apart(linked, city, cities, runs)
    progress("compare", 2, 2)
    cases = {
        case: RegionCase(case, knowledge, people, _values(runs, row, cities))
        for row, (case, knowledge, people) in enumerate(settings)
    }
    return RegionComparison(
        cities=cities,
        outputs=OUTPUTS,
        units={output: city.units[output] for output in OUTPUTS},
        times=runs.times,
        decay=decay,
        apart=np.stack([apart.of(output) for output in OUTPUTS]),
        sweep=tuple(case for case in cases.values() if case.knowledge > 0 and case.people == 0),
        people=next((case for case in cases.values() if case.knowledge == 0 and case.people > 0), None),
        both=next((case for case in cases.values() if case.knowledge > 0 and case.people > 0), None),
        neutral_gap=max(_gap(apart, row, runs, name) for row, name in enumerate(cities)),
    )


def region_sobol(n_base: int = 256, *, rng: np.random.Generator, progress: Progress = silent) -> SobolResult:
    """Say how much of the variance at the horizon the links explain, beside other constants that the cities share.

    The outputs are GDP, population and industry scale of the four together, and what the links gain, per cent, in
    these and in the population of each city. Links and `OTHERS` vary over the ranges that the model documents, the
    co-evolution parameters over those of the studies.

    Raises
    ------
    ParameterError
        For a base sample that is no power of two.
    """
    linked = load(LINKED_MODEL)
    cities = linked.ir.ranges.members("City")
    outputs = [*TOTALS, *map(gain_in, TOTALS), *(gain_in(f"Population[{city}]") for city in cities)]
    return sobol_indices(
        LinkGainSimulator(linked.simulator(), (KNOWLEDGE, PEOPLE)),
        region_space(linked),
        SobolSettings(n_base=n_base, second_order=False),
        rng=rng,
        outputs=outputs,
        times=[linked.time.stop],
        progress=progress,
    )


def region_space(linked: LoadedModel) -> ParameterSpace:
    """Say what `region_sobol` varies, and how far."""
    section = load_study(_GROUP_FROM).file.sobol
    group = None if section is None else section.groups.get("coevolution")
    given = {} if group is None else dict(group.bounds)
    parameters = []
    for name in (KNOWLEDGE, PEOPLE, DECAY, *OTHERS, *given):
        low, high = given.get(name) or _range(linked, name)
        source = "range that the model documents" if group is None or name not in given else group.source
        parameters.append(Parameter(linked.ir[name].name, low, high, unit=linked.ir[name].unit, source=source))
    return ParameterSpace(tuple(parameters))


def _settings(links: Sequence[float], mobility: float) -> list[tuple[str, float, float]]:
    """Name, knowledge link and mobility of each run; the first has none."""
    settings = [("apart", 0.0, 0.0), *((f"knowledge {link:g}", float(link), 0.0) for link in links)]
    if mobility > 0:
        settings.append((f"people {mobility:g}", 0.0, mobility))
        if links:
            settings.append((f"knowledge {links[-1]:g} and people {mobility:g}", float(links[-1]), mobility))
    return settings


def _apart(linked: LoadedModel, city: LoadedModel, cities: Sequence[str], runs: Ensemble) -> Ensemble:
    """Run the model of one city, one row per city, with the constants that the linked model has for each."""
    own = [variable for variable in linked.ir if variable.kind == "constant" and variable.subscripts == ("City",)]
    if stray := {variable.name for variable in own} - city.constants.keys():
        raise ModelError(
            f"{', '.join(sorted(stray))}: no constant of {CITY_MODEL}; write the linked model anew with "
            "python models/four_cities/build.py",
            path=linked.path,
        )
    inputs = {each.name: [float(runs.of(f"{each.name}[{name}]")[0, 0]) for name in cities] for each in own}
    return city.simulator().run(inputs, times=runs.times)


def _gap(apart: Ensemble, row: int, runs: Ensemble, name: str) -> float:
    """Largest relative difference of a city apart from the same city in the first of the runs together."""
    worst, known = 0.0, set(runs.variables)
    for variable in apart.variables:
        element = f"{variable}[{name}]"
        alone = apart.of(variable)[row]
        together = runs.of(element if element in known else variable)[0]
        scale = max(float(np.abs(alone).max()), 1e-12)
        worst = max(worst, float(np.abs(together - alone).max()) / scale)
    return worst


def _values(runs: Ensemble, row: int, cities: Sequence[str]) -> Floats:
    return np.stack([[runs.of(f"{output}[{city}]")[row] for city in cities] for output in OUTPUTS])


def _with_sum(values: Floats) -> Floats:
    """Append the four together to the axis of the cities."""
    return np.concatenate([values, values.sum(axis=1, keepdims=True)], axis=1)


def _check(linked: LoadedModel, name: str, value: float) -> None:
    low, high = _range(linked, name)
    if not low <= value <= high:
        raise ParameterError(f"{name} must lie between {low:g} and {high:g}; got {value:g}", field=name)


def _range(linked: LoadedModel, name: str) -> tuple[float, float]:
    found = documented_range(linked.ir[name])
    if found is None:
        raise ModelError(f"the documentation of {name!r} states no range 'Range 0 to 1.'", path=linked.path)
    return found
