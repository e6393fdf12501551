"""What a structure means for the resource industry, of a region and of a city in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.papers.structure.optimum.programme import Programme
from rcsd.papers.structure.optimum.solving import Solution

Values = NDArray[np.float64]


def output_shares(programme: Programme, output: Values, region: str) -> Values:
    """Share of every sector of a region in its output, shape (n of the region,)."""
    own = output[programme.within(region)]
    return np.asarray(own / own.sum(), dtype=np.float64)


def value_shares(programme: Programme, output: Values, region: str) -> Values:
    """Share of every sector of a region in its value added, shape (n of the region,)."""
    own = (programme.value_added * output)[programme.within(region)]
    return np.asarray(own / own.sum(), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """The resource industry of a region in the actual and in an optimal structure.

    Attributes
    ----------
    region : str
        Name of the region.
    sector : str
        Code of the resource industry.
    actual_share, optimal_share : float
        Of value added.
    resource_growth, other_growth : float
        Value added of the resource industry, and of all other sectors, over the actual one.
    horizon : float
        Years until the optimal structure is reached.
    """

    region: str
    sector: str
    actual_share: float
    optimal_share: float
    resource_growth: float
    other_growth: float
    horizon: float

    @property
    def ratio(self) -> float:
        """Optimal share over actual share."""
        return self.optimal_share / self.actual_share

    @property
    def odds_ratio(self) -> float:
        """Growth of the resource industry over that of all others: what a city takes over."""
        return self.resource_growth / self.other_growth

    def with_ratio(self, ratio: float) -> ResourceChange:
        """Return the change to another optimal share, `ratio` times the actual one; other sectors grow alike."""
        share = ratio * self.actual_share
        odds_ratio = share / (1 - share) * (1 - self.actual_share) / self.actual_share
        return replace(self, optimal_share=share, resource_growth=odds_ratio * self.other_growth)

    def share_in(self, start: float, years: float | None = None) -> float:
        """Share of the resource industry in a city that begins with another share.

        The rule: the city's resource industry grows relative to its other sectors as the region's does, so that the
        odds s / (1 - s) are multiplied by `odds_ratio` over the horizon, by equal steps a year. The region's own share
        goes to `optimal_share`, no share leaves 0 to 1, and where mining is small the share is multiplied by `ratio`.
        That a city follows its region is assumed.

        Parameters
        ----------
        start : float
            Share in the city's value added now, 0 to 1.
        years : float, optional
            From now; the horizon if left out, and no further change after it.

        Raises
        ------
        ParameterError
            For a share outside 0 to 1, or years before now.

        Examples
        --------
        >>> change = ResourceChange("Heilongjiang", "Coal mining", 0.02, 0.015, 0.8, 1.07, 5.0)
        >>> round(change.share_in(0.3), 4), round(change.share_in(0.3, 0.0), 4)
        (0.2427, 0.3)
        """
        if not 0 <= start <= 1:
            raise ParameterError(f"a share lies between 0 and 1; got {start:g}", field="start")
        if years is not None and years < 0:
            raise ParameterError(f"years count from now on and are not negative; got {years:g}", field="years")
        part = 1.0 if years is None else min(years / self.horizon, 1.0)
        factor = float(self.odds_ratio**part)
        return start * factor / (start * factor + 1 - start)


def resource_change(programme: Programme, solution: Solution, region: str) -> ResourceChange:
    """Compare the resource industry of a region in an optimal structure with the actual one."""
    inside, mine = programme.within(region), programme.is_resource()
    before = programme.value_added * programme.actual
    after = programme.value_added * solution.output
    return ResourceChange(
        region=region,
        sector=programme.resource_sector,
        actual_share=float(before[inside & mine].sum() / before[inside].sum()),
        optimal_share=float(after[inside & mine].sum() / after[inside].sum()),
        resource_growth=float(after[inside & mine].sum() / before[inside & mine].sum()),
        other_growth=float(after[inside & ~mine].sum() / before[inside & ~mine].sum()),
        horizon=programme.horizon,
    )
