"""Everything that `rcsd structure` finds out, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rcsd.errors import ParameterError
from rcsd.names import near_matches
from rcsd.papers.input_output import (
    Balance,
    InputOutputTable,
    Linkages,
    Multipliers,
    SectorMapping,
    aggregate,
    balance,
    block_table,
    linkages,
    multipliers,
    require_balanced,
    require_productive,
    technical_coefficients,
)
from rcsd.papers.structure.change import ResourceChange, resource_change
from rcsd.papers.structure.city import CityAccount, CityStructure, carry_over
from rcsd.papers.structure.optimum.building import build_programme, resource_coefficients
from rcsd.papers.structure.optimum.compromise import Compromise, compromise
from rcsd.papers.structure.optimum.front import Front, efficiency_gap, trace_front
from rcsd.papers.structure.optimum.prices import ShadowPrice, shadow_prices
from rcsd.papers.structure.optimum.programme import Programme
from rcsd.papers.structure.optimum.settings import Settings
from rcsd.papers.structure.optimum.solving import Solution
from rcsd.papers.structure.optimum.variation import Progress, Variation, silent, vary

_FEWEST = 2


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A file of settings with its tables, read and ready to be solved.

    Attributes
    ----------
    title, documentation : str
        What it is about.
    tables : tuple of InputOutputTable
        As printed, one a region.
    mappings : tuple of SectorMapping or None
        Groups of each table; None keeps its sectors.
    years : tuple of int
        Of each table.
    settings : Settings
        The numbers.
    broad : mapping of str to str
        Primary, secondary or tertiary, by code of the sector.
    history : tuple of (int, InputOutputTable, SectorMapping or None)
        Tables of other years of the first region.
    cities : mapping of str to CityAccount
        Cities of the first region.
    hashes : mapping of str to str
        SHA-256 of every file.
    said : tuple of str
        Words of the command line that asks for it; none for rcsd's own numbers as they are.
    """

    title: str
    documentation: str
    tables: tuple[InputOutputTable, ...]
    mappings: tuple[SectorMapping | None, ...]
    years: tuple[int, ...]
    settings: Settings
    broad: Mapping[str, str]
    history: tuple[tuple[int, InputOutputTable, SectorMapping | None], ...]
    cities: Mapping[str, CityAccount]
    hashes: Mapping[str, str]
    said: tuple[str, ...] = ()

    def grouped(self) -> InputOutputTable:
        """Return one table of all regions, its sectors put together."""
        return block_table([_grouped(t, m) for t, m in zip(self.tables, self.mappings, strict=True)])


@dataclass(frozen=True, slots=True)
class ResourceYear:
    """The resource industry of the first region in the table of one year.

    Attributes
    ----------
    year : int
        Of the table.
    output_share, value_share : float
        Of gross output, of value added.
    backward, forward : float
        Normalised linkages.
    kind : str
        Key, backward, forward or weak.
    total_use : float
        Of its product for a unit of final demand, directly and through inputs, mean of the sectors by output.
    """

    year: int
    output_share: float
    value_share: float
    backward: float
    forward: float
    kind: str
    total_use: float


@dataclass(frozen=True, slots=True, eq=False)
class StructureResult:
    """What was found out.

    Attributes
    ----------
    task : Task
        What was asked.
    balances : tuple of Balance
        Of each table as printed.
    table : InputOutputTable
        Of all regions, grouped.
    multipliers, linkages
        Of the grouped tables, one a region.
    programme : Programme
        What was solved.
    front : Front
        All efficient structures.
    gaps : tuple of float
        How far each point of the front is from efficient by a second solve.
    compromise : Compromise
        The paper's point.
    prices : tuple of ShadowPrice
        What binds at the compromise.
    changes : tuple of ResourceChange
        Of the resource industry at the compromise, one a region.
    vertex_changes : tuple of tuple of ResourceChange
        The same at every vertex of the front.
    variations : tuple of Variation
        The compromise with every number at the ends of its range.
    history : tuple of ResourceYear
        The resource industry in the tables of all years.
    cities : tuple of CityStructure
        Cities that were asked for.
    """

    task: Task
    balances: tuple[Balance, ...]
    table: InputOutputTable
    multipliers: tuple[Multipliers, ...]
    linkages: tuple[Linkages, ...]
    programme: Programme
    front: Front
    gaps: tuple[float, ...]
    compromise: Compromise
    prices: tuple[ShadowPrice, ...]
    changes: tuple[ResourceChange, ...]
    vertex_changes: tuple[tuple[ResourceChange, ...], ...]
    variations: tuple[Variation, ...]
    history: tuple[ResourceYear, ...]
    cities: tuple[CityStructure, ...]


def solve_structure(
    task: Task, *, cities: Sequence[str] = (), n_points: int = 21, progress: Progress = silent
) -> StructureResult:
    """Check the tables, analyse them, and trace the front of the programme.

    Parameters
    ----------
    task : Task
        Read from a file.
    cities : sequence of str
        Which of the task's cities to carry the result over to.
    n_points : int
        Points of the epsilon-constraint grid, 2 or more.
    progress : callable
        Told the name of a step, pieces done and pieces in all.

    Raises
    ------
    TableError
        When a table does not balance or is not productive.
    ConstraintError
        When the constraints clash, naming them.
    ParameterError
        For a city of which nothing is known, or fewer than two points.
    """
    if n_points < _FEWEST:
        raise ParameterError(f"a front has {_FEWEST} points or more; got {n_points}", field="n_points")
    for name in cities:
        if name not in task.cities:
            hint = near_matches(name, task.cities) or f"there are {', '.join(task.cities) or 'none'}"
            raise ParameterError(f"nothing is known of the city {name!r}; {hint}", field="cities")
    for one in task.tables:
        require_balanced(one)
        require_productive(technical_coefficients(one), one.title)
    settings = task.settings
    table = task.grouped()
    programme = build_programme(table, settings)
    front = trace_front(programme, n_points)
    picked = compromise(programme, front, settings.weight.value)
    grouped = [_grouped(t, m) for t, m in zip(task.tables, task.mappings, strict=True)]
    first = programme.regions[0]
    return StructureResult(
        task=task,
        balances=tuple(balance(one) for one in task.tables),
        table=table,
        multipliers=tuple(multipliers(one, resource_coefficients(one, settings)) for one in grouped),
        linkages=tuple(linkages(one) for one in grouped),
        programme=programme,
        front=front,
        gaps=tuple(efficiency_gap(programme, point) for point in front.points),
        compromise=picked,
        prices=shadow_prices(programme, picked.solution),
        changes=_changes(programme, picked.solution),
        vertex_changes=tuple(_changes(programme, vertex) for vertex in front.vertices),
        variations=vary(table, settings, progress),
        history=_history(task),
        cities=tuple(carry_over(programme, picked.solution, first, task.broad, task.cities[name]) for name in cities),
    )


def _grouped(table: InputOutputTable, mapping: SectorMapping | None) -> InputOutputTable:
    return table if mapping is None else aggregate(table, mapping)


def _changes(programme: Programme, solution: Solution) -> tuple[ResourceChange, ...]:
    return tuple(resource_change(programme, solution, region) for region in programme.regions)


def _history(task: Task) -> tuple[ResourceYear, ...]:
    """Follow the resource industry through the tables of one region, in the order of years."""
    if len(task.tables[0].regions) > 1:
        return ()
    own = (task.years[0], task.tables[0], task.mappings[0])
    return tuple(
        _resource_year(year, _grouped(table, mapping), task.settings.resource_sector)
        for year, table, mapping in sorted([*task.history, own], key=lambda each: each[0])
    )


def _resource_year(year: int, table: InputOutputTable, code: str) -> ResourceYear:
    row = table.index_of(code)
    linked, value = linkages(table), table.total_value_added
    use = multipliers(table, technical_coefficients(table)[row]).resource
    return ResourceYear(
        year=year,
        output_share=float(table.output[row] / table.output.sum()),
        value_share=float(value[row] / value.sum()),
        backward=float(linked.normalised_backward[row]),
        forward=float(linked.normalised_forward[row]),
        kind=linked.kinds[row],
        total_use=float(use @ table.output / table.output.sum()),
    )
