"""Simulators with a closed form, and series made of plain numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.series import ObservedSeries
from rcsd.ensemble import Ensemble, RunStatus
from rcsd.simulator import broadcast_inputs

Formula = Callable[[NDArray[np.float64], Mapping[str, float]], NDArray[np.float64]]


@dataclass
class ClosedForm:
    """A simulator of one variable "Y" given by a formula of time and constants; a NaN counts as divergence."""

    formula: Formula
    constants: Mapping[str, float]
    name: str = "closed form"
    variables: tuple[str, ...] = ("Y",)
    units: Mapping[str, str] = field(default_factory=lambda: {"Y": "Dmnl"})
    batches: list[int] = field(default_factory=list)

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: NDArray[np.float64] | None = None,
    ) -> Ensemble:
        """Evaluate the formula row by row."""
        del outputs
        when = np.arange(2000.0, 2014.0) if times is None else times
        rows, n_runs = broadcast_inputs(inputs, self.constants)
        self.batches.append(n_runs)
        values = np.stack(
            [self.formula(when, {**self.constants, **{k: float(v[i]) for k, v in rows.items()}}) for i in range(n_runs)]
        )
        finite = np.isfinite(values).all(axis=1)
        return Ensemble(
            values=values[:, :, np.newaxis],
            times=when,
            variables=("Y",),
            units=self.units,
            status=np.where(finite, RunStatus.OK, RunStatus.DIVERGED),
            messages=tuple("" if ok else "Y is not finite" for ok in finite),
            inputs=rows,
        )


@pytest.fixture
def closed_form() -> type[ClosedForm]:
    """Give the simulator class."""
    return ClosedForm


@pytest.fixture
def observe() -> Callable[..., ObservedSeries]:
    """Make a series of years and values, without flags."""

    def make(years: ArrayLike, values: ArrayLike, name: str = "y") -> ObservedSeries:
        array = np.asarray(years, dtype=np.float64)
        return ObservedSeries(name, "Dmnl", array, np.asarray(values, dtype=np.float64), ((),) * array.size, None)

    return make


def logistic(times: NDArray[np.float64], constants: Mapping[str, float]) -> NDArray[np.float64]:
    """Verhulst growth K / (1 + (K/P0 - 1) exp(-r t)), t in years since 2000."""
    ceiling, rate, first = constants["K"], constants["r"], constants["P0"]
    return ceiling / (1 + (ceiling / first - 1) * np.exp(-rate * (times - 2000)))


@pytest.fixture
def logistic_formula() -> Formula:
    """Verhulst growth."""
    return logistic
