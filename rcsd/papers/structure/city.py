"""A region's optimal structure carried over to a city that has no table of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rcsd.errors import ParameterError
from rcsd.papers.structure.change import resource_change
from rcsd.papers.structure.optimum.programme import Programme
from rcsd.papers.structure.optimum.solving import Solution

PARTS = ("primary", "mining", "other secondary", "tertiary")
"""Of a city's value added; mining is part of the secondary sector."""


@dataclass(frozen=True, slots=True)
class CityAccount:
    """What is known of a city: value added in one year.

    Attributes
    ----------
    city, title : str
        Identifier, and name for people.
    year : int
        Of the figures.
    primary, secondary, tertiary : float
        Value added.
    mining : float
        Share of mining in secondary value added, 0 to 1.
    unit : str
        Of value added.
    source : str
        Where the figures come from, and what of them is assumed.
    """

    city: str
    title: str
    year: int
    primary: float
    secondary: float
    tertiary: float
    mining: float
    unit: str
    source: str

    @property
    def parts(self) -> dict[str, float]:
        """Value added of each of `PARTS`."""
        mining = self.mining * self.secondary
        return dict(zip(PARTS, (self.primary, mining, self.secondary - mining, self.tertiary), strict=True))


@dataclass(frozen=True, slots=True)
class CityStructure:
    """A city's structure before, and after a change like its region's.

    Attributes
    ----------
    account : CityAccount
        The city before.
    growth : mapping of str to float
        Factor of each of `PARTS` over the horizon: the region's, which is assumed to hold for the city.
    actual, optimal : mapping of str to float
        Shares of value added before and after.
    target : float
        Share of mining by the simpler rule of `ResourceChange.share_in`, which knows mining and the rest alone.
    horizon : float
        Years.
    """

    account: CityAccount
    growth: Mapping[str, float]
    actual: Mapping[str, float]
    optimal: Mapping[str, float]
    target: float
    horizon: float

    @property
    def ratio(self) -> float:
        """Share of mining after over before."""
        return self.optimal["mining"] / self.actual["mining"]


def carry_over(
    programme: Programme, solution: Solution, region: str, broad: Mapping[str, str], account: CityAccount
) -> CityStructure:
    """Let each part of a city's value added grow as it does in the region.

    The city has no table: that its parts grow by the region's factors, and use inputs as the region does, is assumed.
    What the city has more of than the region (mining) weighs more.

    Parameters
    ----------
    programme, solution
        The region's.
    region : str
        Which of the programme's regions.
    broad : mapping of str to str
        Primary, secondary or tertiary, by code of the sector.
    account : CityAccount
        The city.

    Raises
    ------
    ParameterError
        When a sector has no part, or a part of the city none in the region.
    """
    mine = programme.is_resource()
    part_of = [
        "mining" if mine[i] else {"secondary": "other secondary"}.get(part, part)
        for i, sector in enumerate(programme.sectors)
        for part in [broad.get(sector.code, "")]
    ]
    inside = programme.within(region)
    growth: dict[str, float] = {}
    for part in PARTS:
        chosen = np.array([own == part for own in part_of]) & inside
        if not chosen.any():
            raise ParameterError(
                f"no sector of the table is {part}: name the sectors of each in `broad`", field="broad"
            )
        rate = programme.value_added[chosen]
        growth[part] = float(rate @ solution.output[chosen] / (rate @ programme.actual[chosen]))
    before = account.parts
    after = {part: before[part] * growth[part] for part in PARTS}
    actual = {part: before[part] / sum(before.values()) for part in PARTS}
    change = resource_change(programme, solution, region)
    return CityStructure(
        account=account,
        growth=growth,
        actual=actual,
        optimal={part: after[part] / sum(after.values()) for part in PARTS},
        target=change.share_in(actual["mining"]),
        horizon=programme.horizon,
    )
