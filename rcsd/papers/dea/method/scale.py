"""Whether a unit has the right size: scale efficiency and returns to scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rcsd.errors import AssessmentError
from rcsd.papers.dea.method.analysis import bounded
from rcsd.papers.dea.method.data import DeaData, Floats
from rcsd.papers.dea.method.model import Orientation
from rcsd.papers.dea.method.radial import factors, farrell, held
from rcsd.papers.dea.method.result import TOLERANCE
from rcsd.papers.dea.method.technology import rows_for

if TYPE_CHECKING:
    import pandas as pd

ReturnsToScale: TypeAlias = Literal["increasing", "constant", "decreasing"]


@dataclass(frozen=True, slots=True, eq=False)
class ScaleResult:
    """Scale of every unit; row k is row k of the data.

    Attributes
    ----------
    data : DeaData
        What was compared.
    orientation : {"input", "output"}
        Of both models.
    ccr, bcc : NDArray, shape (n,)
        Scores with constant and with variable returns to scale; the second is pure technical efficiency.
    efficiency : NDArray, shape (n,)
        ccr / bcc, in (0, 1]: what is lost by being too small or too large.
    returns : tuple of str, length n
        "increasing" for a unit that is too small, "decreasing" for one too large, "constant" for the right size.
    sum_least, sum_greatest : NDArray, shape (n,)
        Bounds of the sum of lambda over all optima of the CCR model.
    """

    data: DeaData
    orientation: Orientation
    ccr: Floats
    bcc: Floats
    efficiency: Floats
    returns: tuple[ReturnsToScale, ...]
    sum_least: Floats
    sum_greatest: Floats

    def to_frame(self) -> pd.DataFrame:
        """Return one row per unit."""
        import pandas as pd  # noqa: PLC0415 - at the edge alone

        first = {"unit": list(self.data.units)} | ({"period": list(self.data.periods)} if self.data.periods else {})
        return pd.DataFrame(
            first
            | {
                "ccr": self.ccr,
                "bcc": self.bcc,
                "scale efficiency": self.efficiency,
                "returns to scale": list(self.returns),
                "least sum of lambda": self.sum_least,
                "greatest sum of lambda": self.sum_greatest,
            }
        )


def scale_efficiency(data: DeaData, orientation: Orientation = "output") -> ScaleResult:
    """Compare constant with variable returns to scale.

    Returns to scale follow Banker and Thrall (1992, European Journal of Operational Research 62, 74-84): constant where
    one optimum of the CCR model has a sum of lambda of one, increasing where all have less, decreasing where all have
    more. One optimum alone does not tell, so the least and the greatest sum over all of them are found, for the unit as
    projected by its orientation. Undesirable outputs are left out of this comparison.

    Parameters
    ----------
    data
        n units.
    orientation
        "input" or "output".

    Raises
    ------
    AssessmentError
        When a programme cannot be solved.
    """
    wanted = data.without_undesirable()
    constant, variable = (rows_for(wanted, wanted, returns) for returns in ("constant", "variable"))
    first = factors(constant, orientation)
    pure = factors(variable, orientation)
    least = held(constant, orientation, first, activity_cost=1.0)
    greatest = held(constant, orientation, first, activity_cost=-1.0)
    if not (first.solved & pure.solved & least.solved & greatest.solved).all():
        raise AssessmentError(
            "a programme of returns to scale has no solution: scale the columns to sizes that are alike"
        )
    ccr, bcc = (bounded(farrell(found, orientation)) for found in (first, pure))
    bcc = np.maximum(bcc, ccr)  # a theorem, to the last digit
    low, high = least.objective, -greatest.objective
    return ScaleResult(
        data=data,
        orientation=orientation,
        ccr=ccr,
        bcc=bcc,
        efficiency=ccr / bcc,
        returns=tuple(_returns(a, b) for a, b in zip(low, high, strict=True)),
        sum_least=low,
        sum_greatest=high,
    )


def _returns(least: float, greatest: float) -> ReturnsToScale:
    """Name the returns that the bounds of the sum leave."""
    if greatest < 1 - TOLERANCE:
        return "increasing"
    return "decreasing" if least > 1 + TOLERANCE else "constant"
