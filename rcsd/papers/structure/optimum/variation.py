"""What the result depends on: every number of the programme at both ends of its range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from rcsd.errors import ConstraintError
from rcsd.papers.input_output import InputOutputTable
from rcsd.papers.structure.change import resource_change
from rcsd.papers.structure.optimum.building import build_programme
from rcsd.papers.structure.optimum.compromise import compromise
from rcsd.papers.structure.optimum.front import trace_front
from rcsd.papers.structure.optimum.settings import Settings

Progress = Callable[[str, int, int], None]

_FEWEST = 2
"""Grid points of a front whose vertices alone are wanted."""


@dataclass(frozen=True, slots=True)
class Variation:
    """The compromise with one number at an end of its range.

    Attributes
    ----------
    name : str
        Of the number, as in the file.
    value : float
        What it was set to.
    value_added, resource_use : float
        Of the compromise, over the actual ones; NaN where the constraints clash.
    ratio : float
        Of the resource industry's share of value added in the first region, optimal over actual.
    clash : tuple of str
        Names of the constraints that clash.
    """

    name: str
    value: float
    value_added: float
    resource_use: float
    ratio: float
    clash: tuple[str, ...] = ()


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def vary(table: InputOutputTable, settings: Settings, progress: Progress = silent) -> tuple[Variation, ...]:
    """Solve for the compromise anew with each number at both ends of its range, the others as they are.

    Numbers without a range (equal ends) and the horizon, which no constraint depends on, are left out.
    """
    varied = [(n, number) for n, number in settings.numbers.items() if number.lower < number.upper and n != "horizon"]
    found: list[Variation] = []
    for (name, number), end in product(varied, ("lower", "upper")):
        progress("ranges", len(found), 2 * len(varied))
        found.append(_varied(table, settings, name, getattr(number, end)))
    progress("ranges", len(found), 2 * len(varied))
    return tuple(found)


def _varied(table: InputOutputTable, settings: Settings, name: str, value: float) -> Variation:
    changed = settings.with_value(name, value)
    try:
        programme = build_programme(table, changed)
        picked = compromise(programme, trace_front(programme, _FEWEST), changed.weight.value).solution
    except ConstraintError as clash:
        nan = float("nan")
        return Variation(name, value, nan, nan, nan, clash.names)
    return Variation(
        name,
        value,
        picked.value_added / programme.actual_value,
        picked.resource_use / programme.actual_use,
        resource_change(programme, picked, programme.regions[0]).ratio,
    )
