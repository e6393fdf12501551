"""Whether a search found its optimum repeatedly: the starts near the best cost, and how far apart they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rcsd.analysis.calibration.fit.result import FitResult
from rcsd.analysis.parameters import ParameterSpace

SAME_PLACE = 0.05
"""Estimates closer together than this share of the search interval are the same place."""

Found = Literal["repeatedly", "in different places", "once"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The starts that ended within 1 % of the best cost.

    Attributes
    ----------
    n_starts, n_near
        How many starts there were, and how many of them ended near the best cost.
    positions
        By parameter, where the estimates of the near starts lie between its bounds on the scale of the search, in the
        order of the starts: 0 on the lower, 1 on the upper.
    spreads
        By parameter, the largest less the smallest of these positions.
    """

    n_starts: int
    n_near: int
    positions: Mapping[str, tuple[float, ...]]
    spreads: Mapping[str, float]

    @property
    def apart(self) -> tuple[str, ...]:
        """Parameters that the near starts disagree about, the widest spread first."""
        wide = [name for name, spread in self.spreads.items() if spread > SAME_PLACE]
        return tuple(sorted(wide, key=lambda name: -self.spreads[name]))

    @property
    def found(self) -> Found:
        """Whether the best cost was reached once, repeatedly in one place, or in different places."""
        if self.n_near == 1:
            return "once"
        return "in different places" if self.apart else "repeatedly"


def agreement(fit: FitResult, space: ParameterSpace) -> Agreement:
    """Compare the starts of a calibration that ended near the best cost."""
    near = [start for start in fit.starts if fit.is_near_best(start)]
    positions = {
        parameter.name: tuple(parameter.position(start.estimate[parameter.name]) for start in near)
        for parameter in space.parameters
    }
    return Agreement(
        n_starts=len(fit.starts),
        n_near=len(near),
        positions=positions,
        spreads={name: max(found) - min(found) for name, found in positions.items()},
    )
