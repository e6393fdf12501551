"""How the frontier moves, and who keeps up: the Malmquist productivity index.

Färe, Grosskopf, Norris and Zhang (1994, American Economic Review 84, 66-83). With E_t(u) the score of unit u's figures
held against the frontier of period t, constant returns to scale, and 0 and 1 for the unit in the first and second
period:

    M = [E_0(1)/E_0(0) x E_1(1)/E_1(0)]^(1/2) = efficiency change x technical change
    efficiency change = E_1(1)/E_0(0)                       catching up with the frontier, or falling behind
    technical change  = [E_0(1)/E_1(1) x E_0(0)/E_1(0)]^(1/2)   the frontier's own shift, where the unit is
    efficiency change = pure efficiency change x scale change   the first with variable returns, the second what is left

Scores are Farrell's, one over the output distance, so that above one is better throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from rcsd.errors import ParameterError
from rcsd.papers.dea.method.data import DeaData, Floats, Period
from rcsd.papers.dea.method.model import Orientation, Returns
from rcsd.papers.dea.method.radial import factors, farrell
from rcsd.papers.dea.method.technology import rows_for

if TYPE_CHECKING:
    import pandas as pd

FACTORS = ("productivity", "efficiency_change", "technical_change", "pure_efficiency_change", "scale_change")


@dataclass(frozen=True, slots=True, eq=False)
class MalmquistResult:
    """Change of every unit from each period to the next one in the data, p changes.

    Attributes
    ----------
    units : tuple of str, length p
        Who changes.
    first, second : tuple, length p
        From which period to which.
    orientation : {"input", "output"}
        Of the scores; with constant returns to scale both give the same, pure and scale change differ.
    productivity, efficiency_change, technical_change : NDArray, shape (p,)
        The index and its two factors; above 1 is better. NaN where a period's frontier cannot reach the unit, for
        example since nobody had an output that it has.
    pure_efficiency_change, scale_change : NDArray, shape (p,)
        The two factors of efficiency change.
    """

    units: tuple[str, ...]
    first: tuple[Period, ...]
    second: tuple[Period, ...]
    orientation: Orientation
    productivity: Floats
    efficiency_change: Floats
    technical_change: Floats
    pure_efficiency_change: Floats
    scale_change: Floats

    def to_frame(self) -> pd.DataFrame:
        """Return one row per change."""
        import pandas as pd  # noqa: PLC0415 - at the edge alone

        first = {"unit": list(self.units), "from": list(self.first), "to": list(self.second)}
        return pd.DataFrame(first | {name: getattr(self, name) for name in FACTORS})

    def cumulated(self, factor: str = "productivity") -> pd.DataFrame:
        """Multiply a factor up from the first period, where it is one.

        Parameters
        ----------
        factor
            "productivity", "efficiency_change", "technical_change", "pure_efficiency_change" or "scale_change".

        Returns
        -------
        pandas.DataFrame
            One row per period, one column per unit; NaN from where a unit's chain breaks.
        """
        frame = self.to_frame().pivot_table(index="to", columns="unit", values=factor, sort=False, dropna=False)
        wide = frame.reindex(columns=list(dict.fromkeys(self.units))).sort_index()
        wide.loc[min(self.first)] = 1.0
        wide = wide.sort_index()
        return wide.cumprod(skipna=False).rename_axis(index="period", columns="unit")

    def mean(self, factor: str = "productivity", *, first: Period | None = None) -> float:
        """Geometric mean over all changes that have a value; over those from one period on when `first` is given."""
        values: Floats = getattr(self, factor)
        chosen = np.isfinite(values) & np.array([first is None or each == first for each in self.first])
        return float(np.exp(np.log(values[chosen]).mean())) if chosen.any() else float("nan")


def malmquist(data: DeaData, orientation: Orientation = "output") -> MalmquistResult:
    """Find the Malmquist index of every unit between each two successive periods.

    Parameters
    ----------
    data
        Units in periods. The frontier of a period is made of all units in it; a unit has a change where it stands in
        both periods.
    orientation
        "output" as in the source, or "input".

    Raises
    ------
    ParameterError
        When there are fewer than two periods, or undesirable outputs, which this index does not know.
    """
    periods = data.distinct_periods
    if len(periods) < 2:  # noqa: PLR2004 - a change takes two
        raise ParameterError(
            "the Malmquist index needs two periods or more: name the column of periods", field="period"
        )
    if data.undesirable.shape[1]:
        raise ParameterError(
            "the Malmquist index of Färe and others has no undesirable outputs: leave them out", field="undesirable"
        )
    parts = [_step(data, a, b, orientation) for a, b in pairwise(periods)]
    index, efficiency, technical, pure, scale = np.concatenate([part[3] for part in parts]).T
    return MalmquistResult(
        units=tuple(each for part in parts for each in part[0]),
        first=tuple(each for part in parts for each in part[1]),
        second=tuple(each for part in parts for each in part[2]),
        orientation=orientation,
        productivity=index,
        efficiency_change=efficiency,
        technical_change=technical,
        pure_efficiency_change=pure,
        scale_change=scale,
    )


def _step(
    data: DeaData, first: Period, second: Period, orientation: Orientation
) -> tuple[list[str], list[Period], list[Period], Floats]:
    """Find the changes of the units that stand in both periods, shape (units, 5)."""
    old, new = data.take(data.rows_of(first)), data.take(data.rows_of(second))
    names = [unit for unit in old.units if unit in set(new.units)]
    before, after = (np.array([each.units.index(name) for name in names], dtype=np.intp) for each in (old, new))

    def score(reference: DeaData, evaluated: DeaData, returns: Returns) -> Floats:
        """Score of all evaluated units; NaN where the reference cannot reach one."""
        rows = rows_for(reference, evaluated, returns, own=reference is evaluated)
        return farrell(factors(rows, orientation), orientation)

    own_old, own_new = score(old, old, "constant")[before], score(new, new, "constant")[after]
    old_by_new, new_by_old = score(new, old, "constant")[before], score(old, new, "constant")[after]
    pure = score(new, new, "variable")[after] / score(old, old, "variable")[before]
    efficiency = own_new / own_old
    technical = np.sqrt(new_by_old / own_new * own_old / old_by_new)
    # the index from its definition, not from its factors: that they multiply up to it is a check, not a rule
    index = np.sqrt(new_by_old / own_old * own_new / old_by_new)
    values = np.column_stack([index, efficiency, technical, pure, efficiency / pure])
    return names, [first] * len(names), [second] * len(names), values
