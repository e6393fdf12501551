"""Simulators in closed form, and functions whose indices are known exactly.

Ishigami: T. Ishigami and T. Homma (1990), An importance quantification technique in uncertainty analysis for computer
models. Sobol-G: A. Saltelli and I. Sobol (1995), About the use of rank transformation in sensitivity analysis of model
output, Reliability Engineering and System Safety 50, 225-239.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.ensemble import Ensemble, RunStatus
from rcsd.simulator import broadcast_inputs


class ClosedForm:
    """A simulator whose outputs are functions of the inputs and of time; it counts its calls and their rows."""

    def __init__(
        self,
        constants: Mapping[str, float],
        outputs: Mapping[str, Callable[[dict[str, NDArray], NDArray], NDArray]],
        times: ArrayLike = (0.0,),
        fails: Callable[[dict[str, NDArray]], NDArray] | None = None,
    ) -> None:
        self.name = "closed form"
        self.constants = dict(constants)
        self.outputs = dict(outputs)
        self.variables = tuple(outputs)
        self.units = dict.fromkeys([*constants, *outputs], "Dmnl")
        self.times = np.asarray(times, dtype=np.float64)
        self.fails = fails
        self.calls: list[int] = []

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Evaluate the functions; a run that fails has NaN from the middle of its times on."""
        rows, n = broadcast_inputs(inputs, self.constants)
        self.calls.append(n)
        columns = {name: np.full(n, value) for name, value in self.constants.items()} | rows
        when = self.times if times is None else np.atleast_1d(np.asarray(times, dtype=np.float64))
        names = tuple(outputs or self.variables)
        shaped = {name: column[:, None] for name, column in columns.items()}
        values = np.stack(
            [np.broadcast_to(self.outputs[name](shaped, when[None, :]), (n, when.size)) for name in names], axis=-1
        ).copy()
        failed = np.zeros(n, dtype=bool) if self.fails is None else self.fails(columns)
        values[failed, when.size // 2 :] = np.nan
        return Ensemble(
            values=values,
            times=when,
            variables=names,
            units={name: "Dmnl" for name in names},
            status=np.where(failed, RunStatus.DIVERGED, RunStatus.OK),
            messages=tuple("it went wrong" if each else "" for each in failed),
            inputs=rows,
        )


@dataclass(frozen=True)
class Known:
    """A function with its exact indices; `second` maps pairs to those that are not zero."""

    names: tuple[str, ...]
    space: ParameterSpace
    value: Callable[[dict[str, NDArray], NDArray], NDArray]
    first: NDArray
    total: NDArray
    second: Mapping[tuple[int, int], float]

    def simulator(self) -> ClosedForm:
        """Return it as a simulator of one output at one time."""
        return ClosedForm(dict.fromkeys(self.names, 0.5), {"y": self.value})

    def second_matrix(self) -> NDArray:
        """Return the exact second order, zero where no pair interacts."""
        d = len(self.names)
        matrix = np.full((d, d), np.nan)
        for pair in combinations(range(d), 2):
            matrix[pair] = self.second.get(pair, 0.0)
        return matrix


def space_of(names: Sequence[str], lower: float, upper: float) -> ParameterSpace:
    """Return a space with the same bounds for all."""
    return ParameterSpace(tuple(Parameter(name, lower, upper, "Dmnl", "by definition") for name in names))


def make_ishigami(a: float = 7.0, b: float = 0.1) -> Known:
    """Return sin x1 + a sin^2 x2 + b x3^4 sin x1 over (-pi, pi)^3."""

    def value(x: dict[str, NDArray], time: NDArray) -> NDArray:
        return np.sin(x["x1"]) + a * np.sin(x["x2"]) ** 2 + b * x["x3"] ** 4 * np.sin(x["x1"]) + 0 * time

    v1, v2, v13 = (1 + b * np.pi**4 / 5) ** 2 / 2, a**2 / 8, 8 * b**2 * np.pi**8 / 225
    variance = v1 + v2 + v13
    names = ("x1", "x2", "x3")
    return Known(
        names,
        space_of(names, -np.pi, np.pi),
        value,
        np.array([v1, v2, 0.0]) / variance,
        np.array([v1 + v13, v2, v13]) / variance,
        {(0, 2): v13 / variance},
    )


def make_sobol_g(a: Sequence[float] = (0.0, 1.0, 4.5, 9.0, 99.0, 99.0)) -> Known:
    """Return the product of (|4 x_i - 2| + a_i)/(1 + a_i) over the unit cube."""
    names = tuple(f"x{i}" for i in range(len(a)))

    def value(x: dict[str, NDArray], time: NDArray) -> NDArray:
        factors = [(np.abs(4 * x[name] - 2) + each) / (1 + each) for name, each in zip(names, a, strict=True)]
        return np.prod(factors, axis=0) + 0 * time

    alone = 1 / (3 * (1 + np.asarray(a)) ** 2)
    variance = np.prod(1 + alone) - 1
    total = np.array([alone[i] * np.prod(np.delete(1 + alone, i)) for i in range(len(a))])
    pairs = {(j, k): alone[j] * alone[k] / variance for j, k in combinations(range(len(a)), 2)}
    return Known(names, space_of(names, 0.0, 1.0), value, alone / variance, total / variance, pairs)


@pytest.fixture
def closed_form() -> type[ClosedForm]:
    """Return the simulator in closed form."""
    return ClosedForm


@pytest.fixture
def ishigami() -> Known:
    """Return Ishigami's function."""
    return make_ishigami()


@pytest.fixture(params=[make_ishigami, make_sobol_g], ids=["ishigami", "sobol-g"])
def known(request: pytest.FixtureRequest) -> Known:
    """Return each function whose indices are known."""
    return request.param()
