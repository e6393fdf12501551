"""A model with a closed form: a stock that grows by a share of itself, by Euler's method, and what fills it."""

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.ensemble import Ensemble
from rcsd.simulation.ir.model import TimeAxis

STEP = 0.25


def stock(rate: NDArray[np.float64], times: NDArray[np.float64], start: float) -> NDArray[np.float64]:
    """Return (1 + rate step) to the number of steps, times the driver's value at the beginning."""
    return 100.0 * (1 + rate * STEP) ** np.round((times - start) / STEP)


class Growing:
    """Gives the closed form, and refuses times that are no step of it, as engines do."""

    def __init__(self, start: float = 0.0, stop: float = 200.0, level: tuple[float, ...] = (1.0,)) -> None:
        self.axis = TimeAxis(start, stop, STEP, STEP)
        self.level = level
        self.asked: NDArray[np.float64] = np.empty(0)
        self.tables: Mapping[str, tuple[ArrayLike, ArrayLike]] = {}

    name = "growing"
    constants: Mapping[str, float] = {"Rate": 0.01}
    variables = ("Stock", "Flow")
    units: Mapping[str, str] = {"Stock": "widget", "Flow": "widget/Month"}

    def with_tables(self, tables: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Self:
        """Keep what it was given."""
        other = type(self)(self.axis.start, self.axis.stop)
        other.tables = tables
        return other

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Return the closed form, at steps only."""
        self.asked = np.asarray(times, dtype=np.float64)
        assert self.axis.on_grid(self.asked).all()
        assert (np.diff(self.asked) > 0).all()
        assert self.axis.start <= self.asked[0] and self.asked[-1] <= self.axis.stop
        rate = np.atleast_1d(np.asarray((inputs or self.constants)["Rate"], dtype=np.float64))[:, np.newaxis]
        level = stock(rate, self.asked, self.axis.start)
        found = {"Stock": level, "Flow": rate * level}
        names = tuple(outputs or self.variables)
        n = len(level)
        return Ensemble(
            np.stack([found[name] for name in names], axis=-1),
            self.asked,
            names,
            self.units,
            np.zeros(n, dtype=int),
            ("",) * n,
            {"Rate": rate[:, 0]},
        )
